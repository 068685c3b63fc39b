"""What holds of any facts on any day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from service.followup.cadence import STANDARD, Occasion
from service.followup.facts import Days, PlacementFacts
from service.followup.ledger import Ledger, Left, Seen, Told, Worry
from service.followup.order import Rank, in_order, place_of, rank_of
from service.followup.roads import Silence
from service.followup.rules import due, next_window, owed
from service.followup.subjects import SIDES
from service.followup.windows import Due
from service.followup.words import in_english, in_japanese
from service.placements.lifecycle import CLOSED, Side, Status
from tests.service.followup.cases import HOST, PERSON

DATES = st.dates(date(2024, 1, 1), date(2028, 12, 31))
MAYBE = st.none() | DATES
UUIDS = st.uuids()

TOLD = st.builds(
    Told, DATES, st.sampled_from(["call", "visit"]), st.booleans(), st.booleans(), MAYBE
)
SEEN = st.builds(Seen, DATES, *[st.booleans()] * 5)
WORRIES = st.lists(
    st.builds(Worry, UUIDS, st.sampled_from(Side), DATES), max_size=2, unique_by=lambda w: w.id
)
DAYS = st.builds(Days, DATES, *[MAYBE] * 9)
LEDGERS = st.builds(
    Ledger, st.lists(TOLD, max_size=12).map(tuple), st.lists(TOLD, max_size=12).map(tuple)
)
PLACEMENTS = st.builds(
    PlacementFacts,
    UUIDS,
    st.just(PERSON),
    st.just(HOST),
    st.sampled_from(Status),
    DAYS,
    LEDGERS,
    st.lists(SEEN, max_size=6).map(tuple),
    WORRIES.map(tuple),
)


def ids(found: Iterable[Due]) -> set[UUID]:
    return {each.id for each in found}


@given(PLACEMENTS)
def test_each_side_has_one_next_window_or_a_reason_why_not(facts: PlacementFacts) -> None:
    for side in SIDES:
        found = next_window(facts, side, STANDARD)
        if isinstance(found, Silence):
            quiet = facts.status in CLOSED or side is Side.HOST
            assert quiet, "a person with an open placement is never without a next window"
            assert found is not Silence.COMPLETE or facts.status is Status.ENDED
        else:
            assert found.earliest <= found.due <= found.late
            assert found in (replace(each, another_way=False) for each in owed(facts, STANDARD))


@given(PLACEMENTS, DATES, st.integers(0, 800))
def test_what_is_not_answered_never_disappears(
    facts: PlacementFacts, today: date, later: int
) -> None:
    assert ids(due(facts, STANDARD, today)) <= ids(due(facts, STANDARD, today + timedelta(later)))


@given(PLACEMENTS, DATES)
def test_every_window_is_due_some_day(facts: PlacementFacts, today: date) -> None:
    far = date(2040, 1, 1)
    assert ids(due(facts, STANDARD, far)) == ids(owed(facts, STANDARD))
    assert all(each.earliest <= today for each in due(facts, STANDARD, today))


@given(PLACEMENTS)
def test_windows_run_forward_and_have_ids_of_their_own(facts: PlacementFacts) -> None:
    found = owed(facts, STANDARD)
    assert all(each.earliest <= each.due <= each.late for each in found)
    assert len(ids(found)) == len(found)


@given(PLACEMENTS, st.data())
def test_a_contact_today_answers_everything_due_with_that_side(
    facts: PlacementFacts, data: st.DataObject
) -> None:
    today = date(2029, 6, 1)
    side = data.draw(st.sampled_from(SIDES))
    before = {each.id for each in due(facts, STANDARD, today) if each.side is side}
    told = (*facts.ledger.told(side), Told(today, "call"))
    name = "host" if side is Side.HOST else "person"
    after = replace(facts, ledger=replace(facts.ledger, **{name: told}))
    remaining = {each.id for each in due(after, STANDARD, today) if each.side is side}
    assert not before & remaining


@given(PLACEMENTS, st.data())
def test_a_deferral_brings_the_same_row_back_on_its_day(
    facts: PlacementFacts, data: st.DataObject
) -> None:
    today, until = date(2029, 6, 1), date(2029, 6, 20)
    found = due(facts, STANDARD, today)
    if not found:
        return
    item = data.draw(st.sampled_from(found))
    left = replace(facts, ledger=replace(facts.ledger, left=(Left(item.id, today, until),)))
    assert item.id not in ids(due(left, STANDARD, until - timedelta(1)))
    assert item.id in ids(due(left, STANDARD, until))


@given(PLACEMENTS, st.permutations(range(12)))
def test_the_order_in_which_contacts_were_read_changes_nothing(
    facts: PlacementFacts, shuffle: list[int]
) -> None:
    def shuffled(told: tuple[Told, ...]) -> tuple[Told, ...]:
        return tuple(told[index] for index in shuffle if index < len(told))

    ledger = Ledger(shuffled(facts.ledger.person), shuffled(facts.ledger.host))
    again = replace(facts, ledger=ledger, visits=facts.visits)
    assert ids(owed(again, STANDARD)) == ids(owed(facts, STANDARD))


QUEUES = st.lists(PLACEMENTS, max_size=5, unique_by=lambda facts: facts.id)


@given(QUEUES, DATES, st.randoms())
def test_a_queue_has_one_order_whatever_order_it_came_in(
    queue: list[PlacementFacts], today: date, dice: object
) -> None:
    found = [each for facts in queue for each in due(facts, STANDARD, today)]
    once = in_order(found, today)
    assert once == in_order(reversed(found), today) == in_order(once, today)
    assert sorted(found, key=lambda each: each.id) == sorted(once, key=lambda each: each.id)


@given(QUEUES, DATES)
def test_both_sides_of_a_placement_stand_together(queue: list[PlacementFacts], today: date) -> None:
    found = in_order((each for facts in queue for each in due(facts, STANDARD, today)), today)
    places = [each.subject.placement_id for each in found]
    runs = [place for index, place in enumerate(places) if index == 0 or places[index - 1] != place]
    assert len(runs) == len(set(runs))


@given(QUEUES, DATES)
def test_the_first_rows_of_placements_go_by_rank(queue: list[PlacementFacts], today: date) -> None:
    found = in_order((each for facts in queue for each in due(facts, STANDARD, today)), today)
    best: dict[UUID | None, Rank] = {}
    for each in found:
        best.setdefault(each.subject.placement_id, rank_of(each, today))
    assert list(best.values()) == sorted(best.values())


@given(QUEUES, DATES)
def test_no_two_rows_share_a_place(queue: list[PlacementFacts], today: date) -> None:
    found = [each for facts in queue for each in due(facts, STANDARD, today)]
    assert len({place_of(each, today) for each in found}) == len(found)


@given(PLACEMENTS, DATES)
def test_every_row_says_why_in_both_languages(facts: PlacementFacts, today: date) -> None:
    for each in due(facts, STANDARD, today):
        assert f"{each.since.month}月{each.since.day}日" in in_japanese(each)
        assert each.since.isoformat() in in_english(each)
        assert each.occasion in Occasion
