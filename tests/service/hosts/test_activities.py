"""Activities over HTTP: each term said, changed, forgotten again and refused."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from catalogue.repository import profiles, revision
from catalogue.tables import Activity
from catalogue.terms import ActivityTerms
from tests.factories import Town, activity_row

ACTIVITIES = "/api/v1/activities"

# A value of every term, none of them what an activity of the small town has already.
SAID: dict[str, Any] = {
    "plain_title": "かんたんな名前",
    "description": "説明",
    "tags": ["animals"],
    "facets": ["animals"],
    "lat": -35.5,
    "lon": -135.5,
    "minutes": {"min": 0, "max": 1440},
    "dose": "月に1回",
    "when": "日は相談",
    "season": ["11-01", "02-29"],
    "closed_until": "2026-12-31",
    "next_dates": ["2026-12-06"],
    "rain_rule": "雨なら中で",
    "capacity": 9,
    "group_size": [1, 1],
    "usual_attendance": {"median": 3, "highest": 5},
    "regulars_share": 0.5,
    "staff_present": "住職",
    "company": ["customers"],
    "load": {"physical": 4, "social": 3, "cognitive": 2, "sensory": 1, "pressure": 0},
    "load_just_being": {
        "physical": 0, "social": 1, "cognitive": None, "sensory": None, "pressure": None,
    },
    "own_pace": "no",
    "just_being_ok": False,
    "no_talk_ok": False,
    "accompaniment_ok": False,
    "leave_any_time": False,
    "roles": ["受付"],
    "setting": "both",
    "hazards": ["alcohol", "allergen:卵"],
    "alcohol": "served",
    "handles_cash": True,
    "heaviest_kg": 2.5,
    "standing_minutes": 15,
    "reward": "in_kind",
    "reward_detail": "野菜",
    "fee_yen": 500,
    "access": {
        "steps": 12, "wheelchair": False, "toilet": "和式", "seat": "なし", "minutes_from_stop": 20,
    },
    "toilet": {"western": True, "multipurpose": False},
    "handrail": True,
    "slope": False,
    "age": [18, 64],
    "families_only": False,
    "brings_ok": ["animal"],
    "booking": "前の日まで電話かファクスで",
    "to_bring": "ぼうし",
    "landmarks": ["赤い橋をわたる"],
    "absence_notice": ["ファクス"],
    "needs": {"people": "力のある人", "things": "軍手", "place": "", "money": ""},
    "worry": "冬は手が足りない",
    "in_return": "近所への説明を手伝う",
    "not_published": True,
}  # fmt: skip

BAD: list[tuple[str, Any]] = [
    ("title", None),
    ("title", ""),
    ("title", "あ" * 201),
    ("capacity", None),
    ("capacity", -1),
    ("open", None),
    ("open", "yes"),
    ("area", None),
    ("minutes", {"min": 30}),
    ("minutes", {"min": 0, "max": 1441}),
    ("season", ["04-01"]),
    ("season", ["2026-12-01", "2026-04-01"]),
    ("season", [0, 13]),
    ("next_dates", ["2026-02-29"]),
    ("group_size", [4, 2]),
    ("group_size", [4]),
    ("usual_attendance", {"median": 5, "highest": 3}),
    ("regulars_share", 1.01),
    ("company", ["elves"]),
    ("load", {"physical": -1}),
    ("own_pace", "maybe"),
    ("setting", "moon"),
    ("hazards", ["allergen: "]),
    ("alcohol", "some"),
    ("heaviest_kg", -0.1),
    ("fee_yen", 1_000_001),
    ("fee_yen", "５００"),
    ("access", {"steps": 1001}),
    ("age", [64, 18]),
    ("brings_ok", ["piano"]),
    ("reward", "gold"),
    ("worry", "a\0b"),
    ("worry", "あ" * 4001),
    ("schedule", [{"rrule": "FREQ=WEEKLY", "start": "10:00"}]),
    ("schedule", None),
    ("host_id", "00000000-0000-4000-8000-000000000000"),
    ("ref", "other"),
    ("version", 1),
]


@pytest.fixture
def path(town: Town) -> str:
    return f"{ACTIVITIES}/{town.activities['leaves'].id}"


def body(town: Town, **changes: Any) -> dict[str, Any]:
    row = activity_row("new", **changes) | {"host_id": str(town.hosts["temple"].id)}
    return {name: value for name, value in row.items() if name not in {"id", "host"}}


def test_the_sample_says_something_of_every_term() -> None:
    assert set(SAID) == set(ActivityTerms.model_fields)


@pytest.mark.parametrize("term", SAID)
def test_a_term_is_changed_alone_and_kept(client: TestClient, path: str, term: str) -> None:
    before = client.get(path).json()
    assert before[term] != SAID[term]
    changed = client.patch(path, json={term: SAID[term]})
    assert changed.status_code == 200, changed.text
    assert changed.json() == before | {term: SAID[term], "version": 2}
    assert client.get(path).json() == changed.json()


@pytest.mark.parametrize(
    "term",
    sorted(name for name, field in ActivityTerms.model_fields.items()
           if field.default is None and name != "capacity"),
)  # fmt: skip
def test_a_term_that_was_known_can_become_unknown_again(
    client: TestClient, path: str, term: str
) -> None:
    assert client.patch(path, json={term: SAID[term]}).json()[term] == SAID[term]
    assert client.patch(path, json={term: None}).json()[term] is None
    assert client.get(path).json()[term] is None


def test_an_activity_of_which_everything_is_said_is_created_as_such(
    client: TestClient, town: Town
) -> None:
    created = client.post(ACTIVITIES, json=body(town, **SAID))
    assert created.status_code == 201, created.text
    assert created.json().items() >= SAID.items()


def test_an_activity_of_which_nothing_is_said_is_unknown_in_everything(
    client: TestClient, town: Town
) -> None:
    least = {
        "host_id": str(town.hosts["temple"].id),
        "title": "いるだけ",
        "area": "east",
        "capacity": 1,
    }
    shown = client.post(ACTIVITIES, json=least).json()
    unsaid = {name for name in SAID if shown[name] is None}
    optional = {name for name, field in ActivityTerms.model_fields.items() if field.default is None}
    assert unsaid == optional - {"capacity"}
    assert set(shown["load"].values()) == {None}
    assert shown["schedule"] == []


@pytest.mark.parametrize(("term", "bad"), BAD)
def test_a_term_that_cannot_be_is_refused_at_its_place_and_changes_nothing(
    client: TestClient, path: str, term: str, bad: Any
) -> None:
    before = client.get(path).json()
    answer = client.patch(path, json={term: bad, "dose": "ほかのことば"})
    assert answer.status_code == 422, answer.text
    assert all(fault["where"].startswith(f"body.{term}") for fault in answer.json()["errors"])
    assert client.get(path).json() == before


@pytest.mark.parametrize("field", ["host_id", "title", "area", "capacity"])
def test_an_activity_needs_a_host_a_title_an_area_and_a_number_of_places(
    client: TestClient, town: Town, field: str
) -> None:
    least = {name: value for name, value in body(town).items() if name != field}
    answer = client.post(ACTIVITIES, json=least)
    assert [fault["where"] for fault in answer.json()["errors"]] == [f"body.{field}"]


def test_a_title_and_a_ref_have_their_bounds(client: TestClient, town: Town) -> None:
    longest = client.post(ACTIVITIES, json=body(town, title="あ" * 200, ref="r" * 64))
    assert longest.status_code == 201
    assert client.post(ACTIVITIES, json=body(town, ref="r" * 65)).status_code == 422
    taken = client.post(ACTIVITIES, json=body(town, ref="leaves"))
    assert taken.status_code == 409
    assert taken.json()["title"] == "NameTaken"


@pytest.mark.parametrize("missing", ["host", "area"])
def test_an_activity_needs_a_host_and_an_area_of_its_own_town(
    client: TestClient, town: Town, elsewhere: Town, missing: str
) -> None:
    wrong = {"host_id": str(elsewhere.hosts["temple"].id)} if missing == "host" else {"area": "n"}
    assert client.post(ACTIVITIES, json=body(town) | wrong).status_code == 404
    assert len(client.get(ACTIVITIES).json()["items"]) == 4


def test_an_activity_refused_for_its_name_leaves_no_slots_behind(
    client: TestClient, town: Town
) -> None:
    before = client.get("/api/v1/slots").json()
    client.post(ACTIVITIES, json=body(town, ref="leaves"))
    assert client.get("/api/v1/slots").json() == before


def test_the_list_of_one_host_names_only_its_own(client: TestClient, town: Town) -> None:
    found = client.get(ACTIVITIES, params={"host_id": str(town.hosts["cafe"].id)}).json()["items"]
    assert {activity["ref"] for activity in found} == {"tea", "closed"}
    nobody = client.get(ACTIVITIES, params={"host_id": str(uuid4())}).json()
    assert nobody == {"items": [], "next": None}


def test_moving_an_activity_to_another_area_leaves_its_host_where_it_was(
    client: TestClient, town: Town, path: str
) -> None:
    assert client.patch(path, json={"area": "west"}).json()["area"] == "west"
    assert client.get(f"/api/v1/hosts/{town.hosts['temple'].id}").json()["area"] == "east"
    assert client.patch(path, json={"area": "north"}).status_code == 404


@pytest.mark.parametrize("tag", ['"2"', 'W/"9"', "abc", '"１"'])
def test_an_edit_on_a_version_that_never_was_is_refused(
    client: TestClient, path: str, tag: str
) -> None:
    headers = {"if-match": tag.encode()}
    answer = client.patch(path, json={"title": "別の題"}, headers=headers)  # type: ignore[arg-type]  # raw bytes
    assert answer.status_code == 409
    assert answer.json()["version"] == 1


def test_two_editors_who_send_no_version_both_get_through_one_after_the_other(
    client_of: Callable[[str], TestClient], path: str
) -> None:
    first = client_of("csw").patch(path, json={"worry": "人手"})
    second = client_of("csw_west").patch(path, json={"dose": "月1回"})
    assert (first.json()["version"], second.json()["version"]) == (2, 3)
    assert second.json()["worry"] == "人手"


def test_a_closure_and_a_season_reach_the_days_that_matching_sees(
    client: TestClient, session: Session, town: Town, path: str
) -> None:
    def days(on: date) -> list[date]:
        session.expire_all()
        found = profiles(session, town.municipality.id, as_of=on)
        [leaves] = [each for each in found if each.id == str(town.activities["leaves"].id)]
        return [opening.start.date() for opening in leaves.openings]

    new_year = date(2026, 12, 28)
    assert days(new_year)[:2] == [date(2026, 12, 29), date(2027, 1, 5)]
    client.patch(path, json={"closed_until": "2027-01-05"})
    assert days(new_year)[0] == date(2027, 1, 12)
    client.patch(path, json={"closed_until": None, "season": ["02-01", "03-31"]})
    assert days(new_year)[0] == date(2027, 2, 2)
    client.patch(path, json={"season": None, "next_dates": ["2026-12-30"]})
    assert days(new_year)[:2] == [date(2026, 12, 29), date(2026, 12, 30)]


def test_a_change_that_is_refused_after_it_began_leaves_the_revision(
    client: TestClient, session: Session, town: Town, path: str
) -> None:
    before = revision(session, town.municipality.id)
    terms = session.exec(select(Activity.terms).where(Activity.ref == "leaves")).one()
    assert client.patch(path, json={"worry": "x", "area": "north"}).status_code == 404
    session.expire_all()
    assert revision(session, town.municipality.id) == before
    assert session.exec(select(Activity.terms).where(Activity.ref == "leaves")).one() == terms
