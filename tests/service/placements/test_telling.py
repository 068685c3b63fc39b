"""What a host is told: exactly what was agreed and consented to, whatever else is known."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.profiles import Accompaniment
from service.persons.picture import Picture
from service.persons.tables import Person
from service.persons.telling import SAYING
from service.persons.words import ACCOMPANIMENT_WORDS, TOLD_WORDS
from service.placements.telling import NAMELESS, host_view
from service.placements.terms import Terms

# Each fact is a word of its own, so that a leak shows wherever it comes out.
SECRETS = {
    "nickname": "needle-code",
    "age_band": "needle-age",
    "own_words": "needle-words",
    "limits": "needle-limit",
    "contact": "needle-contact",
}


def somebody() -> Person:
    return Person(
        municipality_id=uuid4(),
        area_id=uuid4(),
        owner_id=uuid4(),
        code=SECRETS["nickname"],
        age_band=SECRETS["age_band"],
        contact=SECRETS["contact"],
        note="needle-note",
        known_since=date(2026, 2, 10),
    )


def picture(**more: object) -> Picture:
    limits = [{"kind": "other", "text": SECRETS["limits"]}, {"kind": "no_fee"}]
    return Picture.model_validate({"own_words": SECRETS["own_words"], "limits": limits} | more)


def said(may_tell: tuple[str, ...], terms: Terms | None = None, **more: object) -> dict[str, str]:
    lines = host_view(
        somebody(), picture(**more), terms or Terms(), title="落ち葉", may_tell=may_tell
    )
    assert len({line.name for line in lines}) == len(lines)
    return {line.name: line.said for line in lines}


@given(st.sets(st.sampled_from(sorted(TOLD_WORDS))))
def test_a_fact_is_told_exactly_when_its_field_may_be(may_tell: set[str]) -> None:
    whole = " ".join(said(tuple(may_tell)).values())
    for field, secret in SECRETS.items():
        assert (secret in whole) == (field in may_tell), field
    assert "needle-note" not in whole


@given(st.sets(st.text(max_size=12)))
def test_a_field_nobody_knows_opens_nothing(may_tell: set[str]) -> None:
    unknown = tuple(may_tell - set(TOLD_WORDS))
    assert said(unknown) == said(())
    assert said(unknown)["来る人"] == NAMELESS


def test_what_was_not_settled_yet_is_said_to_be_open() -> None:
    told = said(())
    assert told == {
        "来る人": NAMELESS,
        "活動": "落ち葉",
        "はじめの日": "これから相談",
        "時間": "これから相談",
    }


def test_what_was_settled_is_said_with_the_day_of_the_week_and_the_era() -> None:
    terms = Terms(minutes=20, dose="10部から", first_on=date(2026, 11, 24), companion="職員")
    told = said((), terms)
    # 24 November 2026 is a Tuesday in the eighth year of Reiwa
    assert told["はじめの日"] == "令和8年11月24日(火)"
    assert told["時間"] == "20分から"
    assert (told["量"], told["いっしょに来る人"]) == ("10部から", "職員")


@pytest.mark.parametrize("pace", Accompaniment)
def test_the_pace_is_said_in_the_words_of_the_page(pace: Accompaniment) -> None:
    told = said(("pace",), accompaniment=pace)
    assert told[TOLD_WORDS["pace"]] == ACCOMPANIMENT_WORDS[pace]


def test_what_is_unknown_leaves_no_empty_line() -> None:
    told = said(("pace", "own_words", "limits"), own_words="", limits=[])
    assert not {TOLD_WORDS[field] for field in ("pace", "own_words", "limits")} & set(told)
    assert all(told.values())


def test_lines_stand_in_the_order_of_the_words_whatever_the_order_of_the_ticks() -> None:
    ticks = tuple(TOLD_WORDS)
    assert list(said(ticks)) == list(said(tuple(reversed(ticks))))


def test_the_persons_own_name_for_themselves_is_said_once() -> None:
    everything = said(tuple(SAYING), accompaniment=Accompaniment.ALWAYS)
    assert sum("needle-code" in each for each in everything.values()) == 1
    assert everything["来る人"] == "needle-code"
