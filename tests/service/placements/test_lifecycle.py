"""The table of moves by itself: pure, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.accounts.rules import RIGHTS, Right, Role
from service.placements.lifecycle import (
    CLOSED,
    HOLDS,
    MOVES,
    Action,
    Actor,
    Employment,
    EndReason,
    Hold,
    NoSuchMove,
    NotYourMove,
    Side,
    Status,
    advance,
    possible,
    why_not,
)
from service.placements.words import (
    ACTION_WORDS,
    EMPLOYMENT_WORDS,
    END_WORDS,
    SIDE_WORDS,
    STATUS_WORDS,
)
from service.refusals import Kind, Refusal

STAFF = (Actor.CSW, Actor.COORDINATOR)

# Written from the design's list of moves, not from the code's table.
FROM = {
    "want": "proposed",
    "ask": "wanted asked",
    "host_accepts": "asked",
    "host_passes": "asked",
    "agree": "wanted agreed",
    "begin": "agreed resting",
    "continue": "trying",
    "rest": "agreed trying continuing resting",
    "return": "resting",
    "change_dose": "trying continuing",
    "step_up": "trying continuing",
    "step_back": "trying continuing resting",
    "end": "agreed trying continuing resting",
    "pass": "proposed wanted asked agreed",
    "supersede": "proposed wanted asked agreed",
    "reopen": "ended passed superseded",
}
LEADS_TO = {
    "want": "wanted",
    "ask": "asked",
    "host_accepts": "agreed",
    "host_passes": "passed",
    "agree": "agreed",
    "begin": "trying",
    "continue": "continuing",
    "rest": "resting",
    "return": "continuing",
    "end": "ended",
    "pass": "passed",
    "supersede": "superseded",
    "reopen": "proposed",
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("status", Status)
def test_the_table_says_what_the_design_says(status: Status, action: Action) -> None:
    refusal = why_not(status, action, by=Actor.CSW)
    assert (refusal is None) == (status in FROM[action].split())
    if refusal is None:
        assert advance(status, action, by=Actor.CSW) == LEADS_TO.get(action, status)


@given(st.sampled_from(Status), st.sampled_from(Action), st.sampled_from(Actor))
def test_advance_raises_exactly_what_why_not_says(
    status: Status, action: Action, by: Actor
) -> None:
    refusal = why_not(status, action, by=by)
    if refusal is None:
        assert advance(status, action, by=by) in Status
        assert action in possible(status, by=by)
    else:
        with pytest.raises(Refusal) as raised:
            advance(status, action, by=by)
        assert (type(raised.value), str(raised.value)) == (type(refusal), str(refusal))
        assert action not in possible(status, by=by)


@given(st.lists(st.sampled_from(Action), max_size=30))
def test_any_walk_stays_in_the_table_and_holds_a_place_only_after_a_yes(
    walk: list[Action],
) -> None:
    status, said_yes = Status.PROPOSED, False
    for action in walk:
        if why_not(status, action, by=Actor.COORDINATOR) is None:
            status = advance(status, action, by=Actor.COORDINATOR)
            said_yes |= action in {Action.AGREE, Action.HOST_ACCEPTS}
            said_yes &= status not in CLOSED
        assert HOLDS[status] is not Hold.FIRM or said_yes


def test_the_table_has_no_move_twice() -> None:
    assert len({(move.start, move.action) for move in MOVES}) == len(MOVES)


def test_every_status_and_every_action_stands_in_the_table() -> None:
    assert {move.action for move in MOVES} == set(Action)
    assert {move.start for move in MOVES} == set(Status)
    assert {move.end for move in MOVES} == set(Status)
    assert {actor for move in MOVES for actor in move.by} == set(Actor)


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (HOLDS, Status),
        (STATUS_WORDS, Status),
        (ACTION_WORDS, Action),
        (END_WORDS, EndReason),
        (SIDE_WORDS, Side),
        (EMPLOYMENT_WORDS, Employment),
    ],
)
def test_every_member_has_its_line(table: dict[object, str], kind: type[Status]) -> None:
    assert set(table) == set(kind)
    assert all(str(line).strip() for line in table.values())


def test_no_word_of_a_page_stands_for_two_things() -> None:
    for table in (STATUS_WORDS, ACTION_WORDS, END_WORDS, SIDE_WORDS, EMPLOYMENT_WORDS):
        assert len(set(table.values())) == len(table)


def test_only_a_closed_placement_is_opened_again() -> None:
    assert {move.start for move in MOVES if move.action is Action.REOPEN} == CLOSED


def test_a_host_link_answers_a_question_and_does_nothing_else() -> None:
    by_link = {(m.start, m.action) for m in MOVES if Actor.HOST_LINK in m.by}
    assert by_link == {
        (Status.ASKED, Action.HOST_ACCEPTS),
        (Status.ASKED, Action.HOST_PASSES),
    }


def test_a_refused_move_names_what_is_possible() -> None:
    refusal = why_not(Status.PROPOSED, Action.BEGIN, by=Actor.CSW)
    assert isinstance(refusal, NoSuchMove)
    assert refusal.kind is Kind.CONFLICT
    assert refusal.facts["possible"] == ["want", "pass", "supersede"]


def test_a_move_of_somebody_else_is_forbidden_not_impossible() -> None:
    refusal = why_not(Status.ASKED, Action.SUPERSEDE, by=Actor.HOST_LINK)
    assert isinstance(refusal, NotYourMove)
    assert refusal.kind is Kind.FORBIDDEN


def test_a_step_back_is_always_open_where_somebody_takes_part() -> None:
    for status in (Status.TRYING, Status.CONTINUING, Status.RESTING):
        assert advance(status, Action.STEP_BACK, by=Actor.CSW) is status


def test_roles_that_may_place_are_actors() -> None:
    placing = {role.value for role in Role if Right.PLACE in RIGHTS[role]}
    assert placing == {actor.value for actor in STAFF}
