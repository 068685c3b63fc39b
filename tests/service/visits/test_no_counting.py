"""Nothing anywhere counts absences, streaks or rates against a person.

Three looks: at every name that the API gives a value, at every word of every page and answer, and
at what changes when the same days are lived as rests instead of as visits. A number that was
derived from somebody's resting would change then, whatever it is called.
"""

import re
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from sqlmodel import select

from service.database import SessionDep
from service.followup.words import OCCASION_WORDS
from service.languages.ours import english_of
from service.visits.tables import Visit
from service.visits.words import FEELING_WORDS, OUTCOME_WORDS
from tests.service.disclosures import test_silence
from tests.service.disclosures.test_silence import (
    DESK,
    Afternoon,
    Outputs,
    afternoon,
    differing,
    done,
    moved,
    staff_outputs,
)
from tests.service.tenancy.asking import asks

__all__ = ["afternoon"]

API: Final = "/api/v1"
ON_ONE: Final = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
# English names of values, and Japanese words of pages.
NAMES: Final = re.compile(
    r"absen|missed|no_?show|streak|attendance|debt|arrears|penalt|skipped|fail(?!ed_on)|truan"
    r"|(?:^|_)(?:rate|ratio|percent|share)(?:$|_)|(?:visits|rests|rested)_(?:count|total)"
)
WORDS: Final = re.compile(
    r"欠席|無断|サボ|休みがち|ドタキャン|皆勤|ノルマ|出席率|参加率|達成率|定着率|連続\d|\d+回連続"
    r"|\d+回(?:休|欠)|休んだ(?:回数|日数)|未参加|不参加|失敗しま|no.?show|absence(?!_notice)|streak|missed"
)
# Names that only look so; each with its reason.
ALLOWED: Final = {
    "absence_notice": "how a host wants to be told that somebody rests; it speaks of nobody",
    "usual_attendance": "how many people an activity usually has; it speaks of nobody",
    "regulars_share": "how many of them usually come: of the place, not of a person",
    "Attendance": "the same, with how sure it is",
}
# What tells of the days themselves, one by one, as they were written down; and a step up, which is
# proposed after days on which somebody was there and never taken back for others.
TOLD_ONE_BY_ONE: Final = frozenset(
    {
        f"GET {API}/visits",
        "GET /people/{person_id}",
        f"GET {API}/placements/{{placement_id}}/step",
    }
)
DAYS: Final = ("2026-10-06", "2026-10-13", "2026-10-20", "2026-10-27", "2026-11-03")


def named(app: FastAPI) -> Iterator[str]:
    """Yield every name that the API gives a value or a word of a closed list."""
    for name, schema in app.openapi()["components"]["schemas"].items():
        yield name
        yield from schema.get("properties", {})
        yield from (str(word) for word in schema.get("enum", ()))


def unkind(names: Iterator[str]) -> list[str]:
    return sorted({name for name in names if NAMES.search(name.lower()) and name not in ALLOWED})


@pytest.fixture
def going(afternoon: Afternoon) -> Afternoon:
    """The same person, agreed long ago and gone for a while."""
    for action, more in (
        ("host_accepts", {"occurred_on": "2026-11-20", "first_on": DAYS[0], "minutes": 30}),
        ("begin", {}),
    ):
        moved(afternoon.client, {"id": str(afternoon.ids["placement"])}, action, **more)
    return afternoon


def lived(day: Afternoon, *outcomes: str) -> Outputs:
    """Live the same days with these outcomes, ask for everything, and take it back."""
    with day.connection.begin_nested() as savepoint:
        for on, outcome in zip(DAYS, outcomes, strict=True):
            known: dict[str, Any] = {"occurred_on": on, "outcome": outcome}
            if outcome == "rested":
                known["with_notice"] = True
            done(day.client, "visits", placement_id=str(day.ids["placement"]), **known)
        found = staff_outputs(day)
        savepoint.rollback()
    return found


@ON_ONE
def test_no_name_in_the_api_counts_against_anybody(app: FastAPI) -> None:
    assert unkind(named(app)) == []
    assert unkind(iter(["absence_rate", "missed", "streak", "no_show", "visits_count"])) == [
        "absence_rate", "missed", "no_show", "streak", "visits_count",
    ]  # fmt: skip
    assert set(ALLOWED) - set(named(app)) == set(), "an exception that nothing needs"


def test_no_word_for_a_day_or_a_contact_blames() -> None:
    said = [*OUTCOME_WORDS.values(), *FEELING_WORDS.values(), *OCCASION_WORDS.values()]
    said += [english_of(words) for words in said]
    assert [words for words in said if WORDS.search(words)] == []


@ON_ONE
def test_no_word_and_no_number_changes_with_how_often_somebody_rested(going: Afternoon) -> None:
    """One or five rests among five days: only the days themselves are told apart."""
    seldom, often = (
        lived(going, *["rested"] * rests, *["was_there"] * (5 - rests)) for rests in (1, 5)
    )
    assert len([name for name, (status, _) in often.items() if status == 200]) >= 35
    said = {name: WORDS.search(text) for name, (_, text) in often.items()}
    assert {name: found for name, found in said.items() if found} == {}
    changed = set(differing(seldom, often))
    assert changed <= TOLD_ONE_BY_ONE
    assert f"GET {API}/visits" in changed  # the days are there, so the comparison sees something


@ON_ONE
def test_a_planted_rate_is_found(going: Afternoon, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a number under an innocent name, and a word on a page."""
    planted = APIRouter()

    @planted.get("/people/{person_id}/planted")
    def rhythm(person_id: UUID, session: SessionDep) -> dict[str, float]:
        days = session.exec(select(Visit.outcome).where(Visit.person_id == person_id)).all()
        return {"rhythm": days.count("rested") / max(len(days), 1)}

    going.app.include_router(planted)
    few = [ask for ask in asks(going.app) if "planted" in ask.path or ask.path.endswith("/visits")]
    monkeypatch.setattr(test_silence, "asks", lambda _app: few)
    lives = [lived(going, *["rested"] * rests, *["came"] * (5 - rests)) for rests in (1, 3)]
    assert "GET /people/{person_id}/planted" in differing(*lives)
    assert WORDS.search("今月は3回休みました")
    assert WORDS.search("参加率 80%")


def test_the_desk_is_looked_at_as_well(client: TestClient, request: pytest.FixtureRequest) -> None:
    """The placement's own page tells moves; it is left out above and holds no such name either."""
    schema = client.get("/openapi.json").json()["components"]["schemas"]
    keys = [*schema["PlacementDetail"]["properties"], *schema["MoveOut"]["properties"]]
    assert unkind(iter(keys)) == []
    assert f"{API}/placements" in DESK
