"""Rows become facts: which day counts, whose words answer, and what is about somebody else."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from catalogue.profiles import Stage
from catalogue.tables import Host
from service.contacts.rules import REACHED
from service.contacts.tables import Channel, Concern, Result
from service.followup.facts import HostFacts, PersonFacts, PlacementFacts
from service.followup.gathering import gathered, of_placement, shelved
from service.followup.repository.sources import Material, Placed, Spoken
from service.followup.results import LEAVES, Leaves
from service.followup.tables import Answer, Leaving
from service.persons.tables import Consent, Person
from service.placements.lifecycle import Action, Actor, Side, Status
from service.placements.tables import PlacementMove
from service.visits.tables import Feeling, Outcome, Visit
from service.visits.words import TOOK_PART

TOWN, AREA, WORKER = (UUID(int=number) for number in range(1, 4))
DAY = date(2026, 3, 10)
AT = datetime(2026, 3, 10, 1, tzinfo=UTC)
SOMEBODY = Person(
    municipality_id=TOWN, code="つばき", area_id=AREA, owner_id=WORKER,
    stage=Stage.AT_HOME, known_since=DAY,
)  # fmt: skip
TEMPLE = Host(municipality_id=TOWN, ref="temple", name="寺", type="temple", area_id=AREA)


def placed(status: Status = Status.TRYING, **more: Any) -> Placed:
    days = {"asked_until": None, "first_on": None, "ask_again_on": None}
    known = days | {"status": status, "proposed_on": DAY} | more
    return Placed(id=uuid4(), person_id=SOMEBODY.id, host_id=TEMPLE.id, **known)


def moves(of: Placed, *made: tuple[Action, Status, str]) -> list[PlacementMove]:
    return [
        PlacementMove(
            municipality_id=TOWN, placement_id=of.id, position=position, action=action,
            from_status=Status.PROPOSED, to_status=end, actor=Actor.CSW,
            occurred_on=date.fromisoformat(f"2026-{on}"), recorded_at=AT,
        )
        for position, (action, end, on) in enumerate(made, start=1)
    ]  # fmt: skip


def spoken(on: str = "03-12", result: Result = Result.TALKED, **named: UUID) -> Spoken:
    ids = {"person_id": None, "host_id": None, "placement_id": None} | named
    day = date.fromisoformat(f"2026-{on}")
    return Spoken(uuid4(), **ids, on=day, at=AT, channel=Channel.CALL, result=result, next_on=None)


def gather(**rows: Any) -> list[Any]:
    empty = dict.fromkeys(
        ("people", "hosts", "placed", "moves", "visits", "spoken", "concerns", "answers",
         "consents"), (),
    )  # fmt: skip
    material = Material(**(empty | rows))
    return list(gathered(material, shelved(material)))


def the_placement(**rows: Any) -> PlacementFacts:
    (facts,) = [each for each in gather(**rows) if isinstance(each, PlacementFacts)]
    return facts


def the_person(**rows: Any) -> PersonFacts:
    (facts,) = [each for each in gather(people=[SOMEBODY], **rows) if isinstance(each, PersonFacts)]
    return facts


def test_an_empty_municipality_has_no_facts() -> None:
    assert gather() == []


def test_the_days_are_read_off_the_moves_and_the_last_of_a_kind_counts() -> None:
    one = placed()
    made = moves(
        one,
        (Action.WANT, Status.WANTED, "03-10"),
        (Action.ASK, Status.ASKED, "03-11"),
        (Action.ASK, Status.ASKED, "03-18"),
        (Action.HOST_ACCEPTS, Status.AGREED, "03-20"),
        (Action.BEGIN, Status.TRYING, "03-24"),
        (Action.STEP_BACK, Status.TRYING, "04-01"),
        (Action.STEP_BACK, Status.TRYING, "04-15"),
    )
    days = the_placement(placed=[one], moves=made).days
    assert (days.asked_on, days.agreed_on) == (date(2026, 3, 18), date(2026, 3, 20))
    assert (days.begun_on, days.stepped_back_on) == (date(2026, 3, 24), date(2026, 4, 15))
    assert (days.rested_on, days.closed_on) == (None, None)


def test_after_a_reopening_nothing_of_the_first_time_counts_any_more() -> None:
    one = placed(Status.PROPOSED)
    made = moves(
        one,
        (Action.WANT, Status.WANTED, "03-10"),
        (Action.AGREE, Status.AGREED, "03-11"),
        (Action.BEGIN, Status.TRYING, "03-17"),
        (Action.STEP_BACK, Status.TRYING, "03-20"),
        (Action.END, Status.ENDED, "04-01"),
        (Action.REOPEN, Status.PROPOSED, "09-01"),
    )
    days = the_placement(placed=[one], moves=made).days
    assert days.proposed_on == date(2026, 9, 1)
    assert (days.agreed_on, days.begun_on, days.stepped_back_on, days.closed_on) == (None,) * 4
    closed = the_placement(placed=[one], moves=made[:-1]).days
    assert (closed.proposed_on, closed.closed_on) == (DAY, date(2026, 4, 1))


def test_what_was_said_about_one_placement_answers_nothing_for_another() -> None:
    one, other = placed(), placed()
    about_one = spoken(person_id=SOMEBODY.id, placement_id=one.id)
    about_all = spoken("03-13", person_id=SOMEBODY.id)
    facts = gather(placed=[one, other], spoken=[about_one, about_all])
    told = {each.id: [said.on.day for said in each.ledger.person] for each in facts}
    assert told == {one.id: [12, 13], other.id: [13]}
    assert of_placement([about_one, about_all], None) == [about_all]


def test_a_talk_with_one_side_stands_in_that_sides_ledger_only() -> None:
    one = placed()
    with_host = spoken(host_id=TEMPLE.id, placement_id=one.id)
    ledger = the_placement(placed=[one], spoken=[with_host]).ledger
    assert (len(ledger.host), len(ledger.person)) == (1, 0)


@pytest.mark.parametrize("result", Result)
def test_a_result_answers_and_reaches_as_the_tables_say(result: Result) -> None:
    (told,) = the_person(spoken=[spoken(result=result, person_id=SOMEBODY.id)]).ledger.person
    assert told.reached is REACHED[result]
    assert told.answers is (LEAVES[result] is Leaves.ANSWERED)


def test_contacts_stand_in_the_order_in_which_they_were_whatever_the_order_of_the_rows() -> None:
    rows = [spoken(on, person_id=SOMEBODY.id) for on in ("05-01", "03-12", "04-01")]
    told = the_person(spoken=rows).ledger.person
    assert [each.on.month for each in told] == [3, 4, 5]


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("notice", [True, False, None])
def test_only_a_rest_said_to_be_without_word_is_one(outcome: Outcome, notice: bool | None) -> None:
    one = placed()
    visit = Visit(
        municipality_id=TOWN, placement_id=one.id, occurred_on=DAY, recorded_at=AT,
        recorded_by=WORKER, outcome=outcome, with_notice=notice, feeling=Feeling.HARD,
    )  # fmt: skip
    (seen,) = the_placement(placed=[one], visits=[visit]).visits
    assert seen.rested_without_word == (outcome is Outcome.RESTED and notice is False)
    assert seen.unheard == (outcome is Outcome.UNKNOWN)
    assert (seen.took_part, seen.hard, seen.well) == (TOOK_PART[outcome], True, False)


def concern(**named: Any) -> Concern:
    return Concern(
        municipality_id=TOWN, side=Side.TEAM, raised_on=DAY, recorded_at=AT, words="少し", **named
    )


def test_a_concern_hangs_on_its_placement_or_else_on_each_side_it_names() -> None:
    one = placed()
    about = {"person_id": SOMEBODY.id, "host_id": TEMPLE.id}
    rows: dict[str, Any] = {"placed": [one], "people": [SOMEBODY], "hosts": [TEMPLE]}
    hung = gather(**rows, concerns=[concern(placement_id=one.id, **about)])
    assert [type(each) for each in hung if each.worries] == [PlacementFacts]
    both = gather(**rows, concerns=[concern(**about)])
    assert [type(each) for each in both if each.worries] == [PersonFacts, HostFacts]


@pytest.mark.parametrize("status", Status)
def test_somebody_is_at_home_while_nothing_of_theirs_is_open(status: Status) -> None:
    over = {Status.ENDED, Status.PASSED, Status.SUPERSEDED}
    assert the_person(placed=[placed(status)]).at_home == (status in over)


@pytest.mark.parametrize("stage", Stage)
def test_only_who_is_at_home_or_was_not_met_is_kept_in_touch_with(stage: Stage) -> None:
    who = SOMEBODY.model_copy(update={"stage": stage})
    (facts,) = gather(people=[who])
    assert facts.at_home == (stage in {Stage.NOT_MET, Stage.AT_HOME})


@pytest.mark.parametrize(
    ("untils", "found"),
    [
        ([], None),
        (["2026-06-01"], date(2026, 6, 1)),
        (["2026-06-01", "2026-09-01"], date(2026, 9, 1)),
        (["2026-06-01", None], None),
    ],
)
def test_the_last_consent_to_end_is_the_one_to_speak_about(
    untils: list[str | None], found: date | None
) -> None:
    consents = [
        Consent(
            municipality_id=TOWN, person_id=SOMEBODY.id, recorded_at=AT, recorded_by=WORKER,
            until=date.fromisoformat(until) if until else None,
        )
        for until in untils
    ]  # fmt: skip
    assert the_person(consents=consents).consent_until == found


def test_a_reason_not_to_ask_belongs_to_the_most_particular_thing_it_names() -> None:
    one, item = placed(), uuid4()
    answer = Answer(
        municipality_id=TOWN, item_id=item, placement_id=one.id, person_id=SOMEBODY.id,
        host_id=TEMPLE.id, leaving=Leaving.NOT_NEEDED, why="毎日会う", answered_on=DAY,
        recorded_at=AT, recorded_by=WORKER,
    )  # fmt: skip
    rows: dict[str, Any] = {"placed": [one], "people": [SOMEBODY], "hosts": [TEMPLE]}
    found = [each for each in gather(**rows, answers=[answer]) if each.ledger.left]
    assert [each.id for each in found] == [one.id]
    assert found[0].ledger.left[0].item_id == item


def test_a_host_is_known_since_the_day_it_was_in_japan() -> None:
    evening = datetime(2026, 3, 10, 16, tzinfo=UTC)  # one in the morning of the eleventh there
    (facts,) = gather(hosts=[TEMPLE.model_copy(update={"created_at": evening})])
    assert facts.known_since == date(2026, 3, 11)
