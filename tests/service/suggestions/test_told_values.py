"""Whatever the matching can answer is told in plain values, in order, with a sentence."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.profiles import Company, Hazard, Stage
from matching import Answer, Arrangement, Proposal, Reason, explain
from matching.answer import ArrangementKind, Exclusion, Start
from service.suggestions import telling
from service.suggestions.schemas import SuggestionsOut, of_profile, written
from service.suggestions.tables import Tier
from service.suggestions.telling import told, told_arrangement, told_proposal, told_reasons

ACTIVITY = "00000000-0000-4000-8000-00000000000a"
# What each arrangement goes from and to, as the matching gives it.
CHANGES: dict[ArrangementKind, tuple[Any, Any]] = {
    ArrangementKind.SHORTER: (90, 30),
    ArrangementKind.SMALLER_DOSE: ("週に2回", "週に1回"),
    ArrangementKind.JUST_BEING: (None, None),
    ArrangementKind.COMPANION: (None, "first_three"),
    ArrangementKind.OTHER_SLOT: ((1, 600, 690), None),
    ArrangementKind.FEWER_PEOPLE: ((6, 12), 4),
    ArrangementKind.OTHER_ROLE: ("会計", "受付"),
    ArrangementKind.LIFT: (40, 15),
    ArrangementKind.HOME: (None, None),
}


def proposal(**changes: Any) -> Proposal:
    fields: dict[str, Any] = {
        "activity": ACTIVITY,
        "score": 0.5,
        "reasons": (),
        "to_check": (),
        "arrangements": (),
        "start": Start(None, "", (), None, None),
    }
    return Proposal(**(fields | changes))


@pytest.mark.parametrize("kind", ArrangementKind)
def test_every_arrangement_is_told_with_a_sentence_in_japanese(kind: ArrangementKind) -> None:
    before, after = CHANGES[kind]
    change = told_arrangement(Arrangement(kind, before, after))
    assert list(change) == ["kind", "from", "to", "text"]
    assert type(change["kind"]) is str
    assert not change["text"].isascii()
    assert json.loads(json.dumps(change)) == change


def test_an_opening_stays_a_day_and_two_times_when_it_is_told() -> None:
    change = told_arrangement(Arrangement(ArrangementKind.OTHER_SLOT, (1, 600, 690)))
    assert change["from"] == [1, 600, 690]
    assert "火 10:00–11:30" in change["text"]


@pytest.mark.parametrize("word", [Stage.AT_HOME, Company.PEERS, Hazard.BEES])
def test_words_of_the_vocabulary_become_plain_text(word: str) -> None:
    [reason] = told_reasons((Reason("step", word, (word,)),))
    assert type(reason["value"]) is str
    assert [type(each) for each in reason["limit"]] == [str]


def test_nought_and_false_are_limits_and_nothing_is_none() -> None:
    nought, nothing = told_reasons((Reason("no_fee", 500, 0), Reason("no_fee", 500)))
    assert nought["limit"] == 0
    assert "limit" not in nothing


def test_one_and_yes_are_told_apart_though_they_are_equal() -> None:
    texts = {told_reasons((Reason("no_fee", value),))[0]["text"] for value in (1, True)}
    assert len(texts) == 2


def test_only_so_many_of_the_misses_are_told_as_are_asked_for() -> None:
    read: list[int] = []

    class Watched(tuple[Exclusion, ...]):
        """As the matching's own sequence: what is not read is never worked out."""

        __slots__ = ()

        def __getitem__(self, at: Any) -> Any:
            read.append(at.stop)
            return super().__getitem__(at)

    misses = Watched(Exclusion(ACTIVITY, (Reason("no_fee", fee),)) for fee in range(9))
    assert len(told(Answer(excluded=misses), misses=2)["excluded"]) == 2
    assert len(told(Answer(excluded=misses))["excluded"]) == 9
    assert read == [2, None]


def test_an_unknown_value_is_told_as_null_and_said_in_words() -> None:
    [reason] = told_reasons((Reason("toilet_to_see", None),))
    assert reason["value"] is None
    assert reason["text"]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), "2027-01-01T00:00:00+09:00"),
        (datetime(2026, 12, 31, 14, 59, 59, 999, tzinfo=UTC), "2026-12-31T23:59:59+09:00"),
        (
            datetime(2028, 2, 28, 20, 0, tzinfo=timezone(timedelta(hours=-8))),
            "2028-02-29T13:00:00+09:00",
        ),
    ],
)
def test_days_are_those_of_japan_whatever_zone_they_came_in(moment: datetime, said: str) -> None:
    start = Start(30, "", (moment,), 5, "bus")
    assert told_proposal(proposal(start=start))["start"]["first_occurrences"] == [said]


@pytest.mark.parametrize(("score", "said"), [(0.0, 0.0), (1.0, 1.0), (0.333_33, 0.3333)])
def test_a_score_has_four_digits(score: float, said: float) -> None:
    assert told_proposal(proposal(score=score))["score"] == said


def test_tiers_are_told_as_such_and_never_mixed() -> None:
    ids = {tier: f"00000000-0000-4000-8000-00000000000{n}" for n, tier in enumerate(Tier)}
    tiers = {tier.value: (proposal(activity=id_),) for tier, id_ in ids.items()}
    answer = told(Answer(**tiers))  # type: ignore[arg-type]  # one tuple for each tier
    assert {tier: answer[tier.value][0]["activity"] for tier in Tier} == ids
    assert set(answer) == {*Tier, "held", "excluded", "order"}


def test_why_one_stands_above_the_next_is_said_along_the_order() -> None:
    ids = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(3)]
    best, then, last = (proposal(activity=id_, score=0.9 - at / 10) for at, id_ in enumerate(ids))
    answer = told(Answer(fits=(then, last), adaptable=(best,), order=tuple(ids)))
    assert answer["order"] == ids
    above = {each["activity"]: each["above"] for tier in Tier for each in answer[tier.value]}
    assert above == {ids[0]: explain((best, then)), ids[1]: explain((then, last)), ids[2]: None}


def test_what_is_told_is_what_the_api_promises() -> None:
    arrangements = tuple(Arrangement(kind, *change) for kind, change in CHANGES.items())
    reasons = (Reason("load.social", 3, 1), Reason("way", (12, "walk")))
    answer = told(
        Answer(
            adaptable=(proposal(reasons=reasons, arrangements=arrangements),),
            excluded=(Exclusion(ACTIVITY, reasons),),
        )
    )
    counted = answer | {"excluded_total": 7}
    shown = of_profile(counted, as_of=date(2026, 11, 20), revision=3)
    printed = json.loads(written(shown))
    promised = SuggestionsOut.model_validate(printed)
    assert promised.model_dump(mode="json", exclude_unset=True) == printed
    assert {name: printed[name] for name in answer} == answer
    assert (printed["catalogue_revision"], printed["excluded_total"]) == (3, 7)


plain = st.text(max_size=5) | st.integers(-1000, 1000)
values = st.none() | plain | st.floats(0, 1000) | st.lists(plain, max_size=3).map(tuple)


@given(value=values, limit=values)
def test_any_value_and_limit_survive_a_database_that_keeps_json(value: Any, limit: Any) -> None:
    [reason] = told_reasons((Reason("other", value, limit),))
    assert json.loads(json.dumps(reason)) == reason
    assert ("limit" in reason) is (limit is not None)
    change = told_arrangement(Arrangement(ArrangementKind.SHORTER, value, limit))
    assert json.loads(json.dumps(change)) == change


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        (Reason("no_fee", 300, "年金なので"), 0),
        (Reason("other", "電話には出られない"), 0),
        (Reason("no_company", ("children",), "children"), 1),
        (Reason("group_at_most", (8, 20), 5), 1),
    ],
    ids=["words for a limit", "words alone", "codes", "figures"],
)
def test_nobodys_own_words_are_kept_for_later_sentences(reason: Reason, kept: int) -> None:
    telling._why.cache_clear()
    (told_one,) = telling.told_reasons([reason])
    assert told_one["text"] == explain(reason)
    assert telling._why.cache_info().currsize == kept
