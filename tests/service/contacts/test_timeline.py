"""A person's story: everything that happened in one line of days, newest first. Pure."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contacts.tables import Channel, Contact, Direction, Result
from service.contacts.timeline import Entry, small_changes, timeline
from service.contacts.words import CHANNEL_WORDS, DIRECTION_WORDS, RESULT_WORDS
from service.placements.lifecycle import Action, Actor, Status
from service.placements.made import Made
from service.placements.tables import PlacementMove
from service.placements.words import ACTION_WORDS
from service.visits.tables import Feeling, Outcome, Visit
from service.visits.words import FEELING_WORDS, OUTCOME_WORDS

MORNING = datetime(2026, 2, 10, 1, 0, tzinfo=UTC)
DAY = date(2026, 2, 10)
NOBODY = UUID(int=0)
PLACEMENT = UUID(int=1)
TITLES = {PLACEMENT: "境内のそうじ"}
DAYS = st.dates(min_value=DAY - timedelta(days=400), max_value=DAY)


def move(on: date = DAY, action: Action = Action.WANT, note: str = "") -> Made:
    row = PlacementMove(
        municipality_id=NOBODY,
        placement_id=PLACEMENT,
        position=1,
        action=action,
        from_status=Status.PROPOSED,
        to_status=Status.WANTED,
        actor=Actor.CSW,
        occurred_on=on,
        recorded_at=MORNING,
        note=note,
    )
    return Made(row)


def visit(on: date = DAY, outcome: Outcome = Outcome.CAME, **told: Any) -> Visit:
    return Visit(
        id=uuid4(),
        municipality_id=NOBODY,
        placement_id=PLACEMENT,
        occurred_on=on,
        recorded_at=MORNING,
        recorded_by=NOBODY,
        outcome=outcome,
        **told,
    )


def contact(on: date = DAY, **told: Any) -> Contact:
    words = {"channel": Channel.CALL, "direction": Direction.SENT, "result": Result.TALKED}
    return Contact(
        municipality_id=NOBODY,
        occurred_on=on,
        recorded_at=MORNING,
        recorded_by=NOBODY,
        **(words | told),
    )


@given(st.lists(DAYS, max_size=6), st.lists(DAYS, max_size=6), st.lists(DAYS, max_size=6))
def test_nothing_is_lost_and_the_newest_comes_first(
    moves: list[date], visits: list[date], contacts: list[date]
) -> None:
    story = timeline(map(move, moves), map(visit, visits), map(contact, contacts), titles=TITLES)
    assert [entry.on for entry in story] == sorted([*moves, *visits, *contacts], reverse=True)


def test_where_nothing_happened_there_is_no_story() -> None:
    assert timeline([], [], [], titles={}) == []


def test_on_one_day_the_promise_stands_before_the_visit_and_the_talk_about_it() -> None:
    story = timeline([move()], [visit()], [contact()], titles=TITLES)
    assert [entry.title for entry in story] == [
        "境内のそうじ: やってみたいと言った",
        "境内のそうじ: 参加した",
        "電話(発信): 話せた",
    ]


@pytest.mark.parametrize("action", Action)
def test_every_move_reads_with_its_activity(action: Action) -> None:
    (entry,) = timeline([move(action=action, note="理由")], [], [], titles=TITLES)
    assert entry == Entry(DAY, f"境内のそうじ: {ACTION_WORDS[action]}", words="理由")


@pytest.mark.parametrize("outcome", Outcome)
def test_a_visit_that_tells_only_its_outcome_reads_as_that_alone(outcome: Outcome) -> None:
    (entry,) = timeline([], [visit(outcome=outcome)], [], titles=TITLES)
    assert entry.title == f"境内のそうじ: {OUTCOME_WORDS[outcome]}"
    assert (entry.words, entry.small_change) == ("", "")


@pytest.mark.parametrize("feeling", [each for each in Feeling if each is not Feeling.UNKNOWN])
def test_minutes_and_a_known_feeling_stand_beside_the_outcome(feeling: Feeling) -> None:
    (entry,) = timeline([], [visit(minutes=40, feeling=feeling)], [], titles=TITLES)
    assert entry.title == f"境内のそうじ: 参加した・40分・{FEELING_WORDS[feeling]}"


def test_a_corrected_visit_gives_way_to_the_end_of_its_corrections() -> None:
    first = visit(outcome=Outcome.UNKNOWN)
    second = visit(outcome=Outcome.RESTED, corrects_id=first.id)
    third = visit(outcome=Outcome.CAME, corrects_id=second.id)
    story = timeline([], [second, third, first], [], titles=TITLES)
    assert [entry.title for entry in story] == ["境内のそうじ: 参加した"]


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("direction", Direction)
def test_a_contact_says_by_which_way_and_who_began(channel: Channel, direction: Direction) -> None:
    told = contact(channel=channel, direction=direction, result=Result.NOT_REACHED)
    (entry,) = timeline([], [], [told], titles={})
    assert entry.title == (
        f"{CHANNEL_WORDS[channel]}({DIRECTION_WORDS[direction]}): {RESULT_WORDS[told.result]}"
    )


def test_what_was_done_and_what_it_was_meant_for_stay_apart() -> None:
    told = contact(what="花を届けた", intention="顔を覚えてもらう", small_change="窓が開いた")
    (entry,) = timeline([], [], [told], titles={})
    assert (entry.words, entry.intention, entry.small_change) == (
        "花を届けた",
        "顔を覚えてもらう",
        "窓が開いた",
    )


def test_small_changes_are_gathered_from_visits_and_contacts_alike() -> None:
    yesterday = DAY - timedelta(days=1)
    story = timeline(
        [move(note="変化ではない")],
        [visit(yesterday, small_change="自分から来た"), visit()],
        [contact(small_change="電話に出た"), contact(yesterday)],
        titles=TITLES,
    )
    assert [(entry.on, entry.small_change) for entry in small_changes(story)] == [
        (DAY, "電話に出た"),
        (yesterday, "自分から来た"),
    ]


def test_an_activity_without_a_name_is_a_fault_of_ours_and_not_passed_over() -> None:
    with pytest.raises(KeyError):
        timeline([move()], [], [], titles={})
