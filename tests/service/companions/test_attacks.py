"""Companions and lifts as a clumsy hand, another town and the end of a year would have them."""

from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection
from sqlmodel import SQLModel

from service.companions.rules import AID_WORDS, LOST_WORDS, NOBODY_WORDS
from service.database import transaction
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.browsing import OWN, look, main_of, send

ClientOf = Callable[[str], TestClient]
API: Final = "/api/v1"
AIDS: Final = f"{API}/aids"
# The leaves are collected on Tuesdays; today is Friday, 20 November 2026.
FIRST, SECOND, THIRD = "2026-11-24", "2026-12-01", "2026-12-08"
NEEDLE: Final = "藤木はなよ"
TUESDAYS: Final = {"rrule": "FREQ=WEEKLY;BYDAY=TU", "start": "09:00", "end": "12:00"}
MONDAYS: Final = TUESDAYS | {"rrule": "FREQ=WEEKLY;BYDAY=MO"}
COMPANION: Final = {"kind": "companion", "name": NEEDLE, "seats": 1, "schedule": TUESDAYS}
WITH_COMPANY: Final = {
    "own_words": "庭の手入れなら好き",
    "windows": [],
    "travel": {"modes": ["walk"]},
    "accompaniment": "always",
}
BY_CAR: Final = WITH_COMPANY | {"accompaniment": "none", "travel": {"modes": ["lift"]}}
BOTH: Final = WITH_COMPANY | {"travel": {"modes": ["lift"]}}


def made(answer: Response) -> dict[str, Any]:
    assert answer.status_code in {200, 201}, answer.text
    body: dict[str, Any] = answer.json()
    return body


def aid(client: TestClient, **changes: Any) -> str:
    return str(made(client.post(AIDS, json=COMPANION | changes))["id"])


def off(client: TestClient, aid_id: str, day: str) -> Response:
    return client.post(f"{AIDS}/{aid_id}/days-off", json={"day": day})


def taken(client: TestClient, aid_id: str) -> dict[str, int]:
    """Return on which days how many are kept; empty days are left out."""
    found = client.get(f"{AIDS}/{aid_id}/days").json()
    return {each["day"]: each["taken"] for each in found if each["taken"]}


def rows(connection: Connection, table: str) -> int:
    counted = sa.select(sa.func.count()).select_from(SQLModel.metadata.tables[table])
    return connection.execute(counted).scalar_one()


def states(connection: Connection) -> list[str]:
    table = SQLModel.metadata.tables["aid_booking"]
    return sorted(str(each) for each in connection.execute(sa.select(table.c.state)).scalars())


@pytest.fixture
def somebody(connection: Connection, town: Town) -> Callable[..., str]:
    def make(**picture: Any) -> str:
        with transaction(connection) as session:
            said = WITH_COMPANY | picture
            return str(person_in(session, town, picture=said, consent=TEAM).id)

    return make


@pytest.fixture
def promise(client: TestClient, town: Town) -> Callable[[str, str], Response]:
    """Walk with somebody as far as the promise of a first day; the leaves have place for all."""
    slot = town.slots["leaves"][0].id
    made(client.patch(f"{API}/slots/{slot}", json={"capacity": 9}))

    def walk(person: str, first_on: str) -> Response:
        body = {"person_id": person, "activity_id": str(town.activities["leaves"].id)}
        placement = made(client.post(f"{API}/placements", json=body))["id"]
        made(move(client, placement, "want"))
        return move(client, placement, "agree", first_on=first_on)

    return walk


def move(client: TestClient, placement: str, name: str, **terms: Any) -> Response:
    return client.post(f"{API}/placements/{placement}/moves", json={"move": name} | terms)


def offered(client: TestClient, town: Town, person: str) -> list[str]:
    """Return the dates on which the leaves are proposed."""
    told = made(client.post(f"{API}/suggestions", json={"person_id": person}))
    leaves = str(town.activities["leaves"].id)
    tiers = told["fits"] + told["adaptable"] + told["ask_host"]
    shown = [each["start"]["first_occurrences"] for each in tiers if each["activity"] == leaves]
    return [day[:10] for dates in shown for day in dates]


WRONG: Final[list[tuple[str, Any]]] = [
    ("kind", "bus"),
    ("name", ""),
    ("name", NEEDLE * 21),
    ("name", f"{NEEDLE}\u200b"),
    ("name", f"{NEEDLE}\n二行目"),
    ("name", None),
    ("seats", 0),
    ("seats", 21),
    ("seats", 1.5),
    ("seats", True),
    ("schedule", None),
    ("schedule", TUESDAYS | {"start": "12:00"}),
    ("schedule", TUESDAYS | {"rrule": "FREQ=WEEKLY;BYDAY=XX"}),
    ("schedule", {"start": "09:00", "end": "12:00"}),
    ("person_id", "1"),
]


def test_what_is_wrong_with_a_new_companion_is_named_by_its_field_and_nothing_is_kept(
    client: TestClient, connection: Connection
) -> None:
    for field, said in WRONG:
        answer = client.post(AIDS, json=COMPANION | {field: said})
        assert answer.status_code == 422, (field, said)
        assert field in str(answer.json()["errors"])
        assert NEEDLE not in answer.text
    assert rows(connection, "aid") == 0


def test_a_change_to_nothing_is_no_change(client: TestClient) -> None:
    aid_id = aid(client)
    before = client.get(f"{AIDS}/{aid_id}").json()
    for change in ({"name": None}, {"seats": None}, {"active": None}, {"kind": "lift"}):
        assert client.patch(f"{AIDS}/{aid_id}", json=change).status_code == 422, change
    assert client.get(f"{AIDS}/{aid_id}").json() == before


def test_a_change_leaves_alone_what_it_does_not_name(client: TestClient) -> None:
    aid_id = aid(client, seats=3)
    before = client.get(f"{AIDS}/{aid_id}").json()
    after = made(client.patch(f"{AIDS}/{aid_id}", json={"active": False}))
    assert after == before | {"active": False, "version": before["version"] + 1}


def test_of_two_editors_of_one_companion_the_second_is_shown_both(client: TestClient) -> None:
    path = f"{AIDS}/{aid(client)}"
    seen = {"if-match": client.get(path).headers["etag"]}
    made(client.patch(path, json={"seats": 2}, headers=seen))
    late = client.patch(path, json={"name": "別の人"}, headers=seen)
    assert (late.status_code, late.json()["title"]) == (409, "Stale")
    assert (late.json()["current"]["seats"], late.json()["current"]["name"]) == (2, NEEDLE)
    assert late.json()["sent"] == {"name": "別の人"}
    assert client.get(path).json()["name"] == NEEDLE


def test_the_neighbour_town_is_told_nothing_of_our_volunteers(
    client: TestClient, client_of: ClientOf, elsewhere: Town
) -> None:
    assert elsewhere.accounts
    aid_id, neighbour = aid(client), client_of("coordinator_elsewhere")
    assert neighbour.get(AIDS).json()["items"] == []
    assert NEEDLE not in look(neighbour, "/aids")
    for path, method, body in (
        ("", "GET", None),
        ("/days", "GET", None),
        ("", "PATCH", {"seats": 2}),
        ("/days-off", "POST", {"day": FIRST}),
    ):
        answers = [
            neighbour.request(method, f"{AIDS}/{each}{path}", json=body)
            for each in (aid_id, uuid4())
        ]
        assert [each.status_code for each in answers] == [404, 404]
        assert answers[0].json() == answers[1].json()
    hidden = send(neighbour, f"/aids/{aid_id}/days-off", {"day": FIRST})
    assert hidden.status_code == 404
    assert NEEDLE not in hidden.text
    assert client.get(f"{AIDS}/{aid_id}/days").json()[0]["called_off"] is False


def test_the_neighbour_s_calendar_makes_nobody_scarce_here(
    client: TestClient,
    client_of: ClientOf,
    elsewhere: Town,
    town: Town,
    somebody: Callable[..., str],
) -> None:
    assert elsewhere.accounts
    aid(client_of("coordinator_elsewhere"), schedule=MONDAYS)
    assert offered(client, town, somebody())[0] == FIRST
    aid(client, schedule=MONDAYS)  # the control: our own does
    assert offered(client, town, somebody()) == []


def test_pages_of_companions_follow_one_another_those_at_rest_too(client: TestClient) -> None:
    known = [aid(client, name=f"{NEEDLE}{number}") for number in range(5)]
    made(client.patch(f"{AIDS}/{known[2]}", json={"active": False}))
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = client.get(AIDS, params={"limit": "2"} | after).json()
        seen += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert sorted(seen) == sorted(known)
    assert len(look(client, "/aids").split(NEEDLE)) == 1 + 5


def test_while_the_only_companion_is_at_rest_nobody_is_free(
    client: TestClient,
    town: Town,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
) -> None:
    aid_id = aid(client)
    assert offered(client, town, somebody())[0] == FIRST
    made(client.patch(f"{AIDS}/{aid_id}", json={"active": False}))
    assert offered(client, town, somebody()) == []
    refused = promise(somebody(), FIRST)
    assert (refused.status_code, refused.json()["lacking"]) == (409, "companion")
    made(client.patch(f"{AIDS}/{aid_id}", json={"active": True}))
    assert promise(somebody(), FIRST).status_code == 200


@pytest.mark.parametrize(
    "change", [{"active": False}, {"schedule": MONDAYS}], ids=["rests", "other_days"]
)
def test_a_day_that_was_kept_is_still_seen_and_can_still_be_called_off(
    client: TestClient,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
    connection: Connection,
    change: dict[str, Any],
) -> None:
    aid_id = aid(client)
    assert promise(somebody(), SECOND).status_code == 200
    made(client.patch(f"{AIDS}/{aid_id}", json=change))
    assert taken(client, aid_id) == {SECOND: 1}
    days = [each["day"] for each in client.get(f"{AIDS}/{aid_id}/days").json()]
    assert days == sorted(set(days))
    assert off(client, aid_id, SECOND).status_code == 200
    assert states(connection) == ["lost"]
    assert taken(client, aid_id) == {}


@pytest.mark.parametrize("day", ["2026-11-17", "2026-11-25"], ids=["over", "wednesday"])
def test_a_day_on_which_nobody_comes_is_a_slip_and_calls_nothing_off(
    client: TestClient, connection: Connection, day: str
) -> None:
    aid_id = aid(client)
    refused = off(client, aid_id, day)
    assert (refused.status_code, refused.json()["title"]) == (422, "NotTheirDay")
    assert rows(connection, "aid_day") == 0


def test_a_visit_that_is_over_raises_no_worry_when_its_day_is_called_off_late(
    client: TestClient,
    connection: Connection,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
    turnable_clock: TurnableClock,
) -> None:
    aid_id = aid(client)
    assert promise(somebody(), FIRST).status_code == 200
    turnable_clock.turn(days=5)
    assert off(client, aid_id, FIRST).status_code == 422
    assert rows(connection, "concern") == 0
    assert states(connection) == ["booked"]


def test_what_is_no_day_is_refused_by_its_field(client: TestClient) -> None:
    aid_id = aid(client)
    for day in ("", "2026-02-29", "2026-13-01", "あした", 20261124, None):
        answer = client.post(f"{AIDS}/{aid_id}/days-off", json={"day": day})
        assert answer.status_code == 422, day
        assert "day" in str(answer.json()["errors"])


def test_to_call_the_same_day_off_again_worries_nobody_twice(
    client: TestClient,
    connection: Connection,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
) -> None:
    aid_id = aid(client, seats=2)
    for _ in range(2):
        assert promise(somebody(), FIRST).status_code == 200
    first, again = off(client, aid_id, FIRST), off(client, aid_id, FIRST)
    assert made(first) == made(again)
    assert rows(connection, "concern") == 2  # one for each of the two
    assert states(connection) == ["lost", "lost"]


def test_only_the_day_that_is_called_off_is_lost(
    client: TestClient,
    connection: Connection,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
) -> None:
    one, other = aid(client), aid(client, name="別の人")
    for day in (FIRST, SECOND, FIRST):
        assert promise(somebody(), day).status_code == 200
    before = taken(client, one), taken(client, other)
    assert [kept[FIRST] for kept in before] == [1, 1]
    assert sum(kept.get(SECOND, 0) for kept in before) == 1
    assert off(client, one, FIRST).status_code == 200
    del before[0][FIRST]
    assert (taken(client, one), taken(client, other)) == before
    assert states(connection) == ["booked", "booked", "lost"]
    # nobody else steps in unasked: the one whose day is lost is asked about
    assert rows(connection, "concern") == 1


def test_a_lift_is_kept_for_whoever_comes_by_nothing_else(
    client: TestClient,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
) -> None:
    car, friend = aid(client, kind="lift", name="青い車"), aid(client)
    answer = promise(somebody(**BY_CAR), FIRST)
    assert answer.status_code == 200, answer.text
    assert (taken(client, car), taken(client, friend)) == ({FIRST: 1}, {})


def test_who_needs_both_gets_both_or_neither(
    client: TestClient,
    connection: Connection,
    town: Town,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
) -> None:
    weekly, fortnightly = TUESDAYS, TUESDAYS | {"dtstart": SECOND}
    fortnightly |= {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"}
    friend = aid(client, schedule=weekly)
    car = aid(client, kind="lift", name="青い車", schedule=fortnightly)
    both = somebody(**BOTH)
    assert offered(client, town, both)[:2] == [SECOND, "2026-12-15"]
    refused = promise(both, FIRST)
    assert (refused.status_code, refused.json()["lacking"]) == (409, "lift")
    assert rows(connection, "aid_booking") == 0  # the companion was given back with the refusal
    assert taken(client, friend) == {}
    assert promise(somebody(**BOTH), SECOND).status_code == 200
    assert taken(client, friend) == taken(client, car) == {SECOND: 1}


def test_seats_are_kept_one_by_one_and_more_can_be_added(
    client: TestClient,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
) -> None:
    aid_id = aid(client, seats=2)
    assert [promise(somebody(), FIRST).status_code for _ in range(2)] == [200, 200]
    assert promise(somebody(), FIRST).json()["title"] == "NobodyFree"
    made(client.patch(f"{AIDS}/{aid_id}", json={"seats": 3}))
    assert promise(somebody(), FIRST).status_code == 200
    assert taken(client, aid_id) == {FIRST: 3}


def test_too_few_seats_change_nothing_at_all(
    client: TestClient,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
) -> None:
    path = f"{AIDS}/{aid(client, seats=2)}"
    for _ in range(2):
        assert promise(somebody(), FIRST).status_code == 200
    before = client.get(path).json()
    refused = client.patch(path, json={"seats": 1, "name": "別の人", "active": False})
    assert (refused.status_code, refused.json()["taken"]) == (409, 2)
    assert client.get(path).json() == before


def test_seats_of_days_that_are_over_hinder_no_change(
    client: TestClient,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
    turnable_clock: TurnableClock,
) -> None:
    path = f"{AIDS}/{aid(client, seats=2)}"
    for _ in range(2):
        assert promise(somebody(), FIRST).status_code == 200
    turnable_clock.turn(days=5)
    assert made(client.patch(path, json={"seats": 1}))["seats"] == 1


def test_who_lets_it_be_gives_the_day_to_somebody_else(
    client: TestClient,
    connection: Connection,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
) -> None:
    aid_id = aid(client)
    placement = made(promise(somebody(), FIRST))
    made(move(client, placement["id"], "pass", side="team"))
    assert (taken(client, aid_id), states(connection)) == ({}, ["freed"])
    assert promise(somebody(), FIRST).status_code == 200
    assert states(connection) == ["booked", "freed"]


def test_a_promise_that_is_said_again_keeps_its_day_once(
    client: TestClient,
    connection: Connection,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
) -> None:
    aid_id = aid(client)
    placement = made(promise(somebody(), FIRST))["id"]
    made(move(client, placement, "agree", first_on=FIRST))
    assert (taken(client, aid_id), states(connection)) == ({FIRST: 1}, ["booked"])
    made(move(client, placement, "agree", first_on=THIRD))
    assert (taken(client, aid_id), states(connection)) == ({THIRD: 1}, ["booked", "freed"])


def test_a_promise_that_finds_no_other_day_keeps_the_one_it_has(
    client: TestClient,
    connection: Connection,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
) -> None:
    aid_id = aid(client)
    placement = made(promise(somebody(), FIRST))["id"]
    assert off(client, aid_id, SECOND).status_code == 200
    assert move(client, placement, "agree", first_on=SECOND).status_code == 409
    assert (taken(client, aid_id), states(connection)) == ({FIRST: 1}, ["booked"])
    assert made(client.get(f"{API}/placements/{placement}"))["first_on"] == FIRST


def test_a_calendar_goes_on_over_the_end_of_the_year_and_leaves_out_what_it_says(
    client: TestClient, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(days=38)  # 28 December
    schedule = TUESDAYS | {"except": ["2026-12-29"], "also": ["2027-01-01"]}
    aid_id = aid(client, schedule=schedule)
    days = [each["day"] for each in client.get(f"{AIDS}/{aid_id}/days").json()]
    assert days[:2] == ["2027-01-01", "2027-01-05"]
    # 200 days from 28 December 2026 end on 16 July 2027
    assert days[-1] == "2027-07-13"


def test_the_29th_of_february_is_a_day_where_there_is_one(
    client: TestClient, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(days=365 + 60)  # 19 January 2028
    yearly = {"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "start": "09:00", "end": "12:00"}
    answer = client.post(AIDS, json=COMPANION | {"schedule": yearly | {"dtstart": "2024-02-29"}})
    aid_id = made(answer)["id"]
    days = [each["day"] for each in client.get(f"{AIDS}/{aid_id}/days").json()]
    assert days == ["2028-02-29"]


def test_closed_on_holidays_means_nobody_comes_on_one(client: TestClient) -> None:
    # Monday, 23 November 2026 is a holiday
    for holidays, first in (("open", "2026-11-23"), ("closed", "2026-11-30")):
        aid_id = aid(client, schedule=MONDAYS | {"holidays": holidays})
        assert client.get(f"{AIDS}/{aid_id}/days").json()[0]["day"] == first


def test_the_same_key_makes_one_companion_and_calls_a_day_off_once(
    client: TestClient, connection: Connection
) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    first, again = (client.post(AIDS, json=COMPANION, headers=headers) for _ in range(2))
    assert first.json() == again.json()
    assert first.headers["etag"] == again.headers["etag"]
    assert rows(connection, "aid") == 1
    table = SQLModel.metadata.tables["kept_answer"]
    [kept] = connection.execute(sa.select(table)).mappings()
    assert NEEDLE.encode() not in kept["sealed_answer"]


def test_a_form_with_everything_missing_names_each_mistake_and_keeps_what_was_typed(
    client: TestClient, connection: Connection
) -> None:
    empty = send(client, "/aids", {})
    assert empty.status_code == 422
    for field in ("kind", "name", "days"):
        assert f'href="#{field}' in empty.text
    typed = {"name": "山の車", "seats": "３", "start": "9:30", "end": "12:00"}
    half = send(client, "/aids", typed)
    assert half.status_code == 422
    for said in typed.values():
        assert f'value="{said}"' in half.text
    assert "直すところがあります" in half.text
    assert rows(connection, "aid") == 0


SLIPS: Final = [
    ("seats", "21", "1から20までの数で書いてください"),
    ("seats", "ふたり", "1から20までの数で書いてください"),
    ("seats", "0", "1から20までの数で書いてください"),
    ("start", "25:00", "時刻を、13:30 のように書いてください"),
    ("end", "10:00", "始まりと終わりを"),
    ("name", "藤" * 101, "100字までで書いてください(いま101字です)"),
    ("name", "藤\u200b木", "2文字目に、目に見えない文字があります"),
    ("name", "   ", "名前か呼び名を書いてください"),
    ("days", "XX", "曜日を一つは選んでください"),
    ("kind", "bus", "同行する人か、送り迎えかを選んでください"),
]


def test_each_slip_in_the_form_is_said_in_plain_words(
    client: TestClient, connection: Connection
) -> None:
    right = {"kind": "lift", "name": "青い車", "days": ["TU"], "seats": "2"}
    right |= {"start": "10:00", "end": "16:00"}
    for field, said, sentence in SLIPS:
        answer = send(client, "/aids", right | {field: said})
        assert answer.status_code == 422, (field, said)
        assert sentence in main_of(answer)
    assert rows(connection, "aid") == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "休みになる日を書いてください"),
        ("あした", "日付を、令和8年12月1日 か 2026-12-01 のように書いてください"),
        ("2026-11-25", "これからの予定のある日から選んでください"),
        ("2026-11-17", "これからの予定のある日から選んでください"),
    ],
    ids=["empty", "word", "wednesday", "over"],
)
def test_a_slip_in_a_day_off_is_said_beside_that_day_and_the_day_stays_typed(
    client: TestClient, typed: str, sentence: str
) -> None:
    aid(client, name="別の人")
    aid_id = aid(client)
    answer = send(client, f"/aids/{aid_id}/days-off", {"day": typed})
    assert answer.status_code == 422
    assert main_of(answer).count(sentence) == 2  # in the summary, and at the field it leads to
    mine = answer.text.split(f'action="/aids/{aid_id}/days-off"')[1].split("</form>")[0]
    assert 'id="day"' in mine
    assert f'value="{typed}"' in mine
    assert answer.text.count('id="day"') == 1
    # the form for somebody new stands there as it does otherwise
    assert 'value="10:00"' in answer.text


def test_a_day_off_may_be_written_in_the_japanese_way(client: TestClient) -> None:
    aid_id = aid(client)
    assert send(client, f"/aids/{aid_id}/days-off", {"day": "令和8年11月24日"}).status_code == 303
    [first, *_] = client.get(f"{AIDS}/{aid_id}/days").json()
    assert (first["day"], first["called_off"]) == (FIRST, True)


def test_a_name_with_signs_of_a_page_stays_a_name(client: TestClient) -> None:
    aid(client, name='<img src=x onerror="alert(1)">')
    page = client.get("/aids", headers=OWN)
    assert "<img src=x" not in page.text
    assert "&lt;img src=x" in page.text


def test_a_page_without_a_sign_of_ours_calls_nothing_off(client: TestClient) -> None:
    aid_id = aid(client)
    forged = client.post(
        f"/aids/{aid_id}/days-off", data={"day": FIRST}, headers=OWN, follow_redirects=False
    )
    assert forged.status_code == 403
    assert client.get(f"{AIDS}/{aid_id}/days").json()[0]["called_off"] is False


def test_for_whom_a_day_is_kept_stands_neither_in_the_list_nor_on_the_page(
    client: TestClient,
    somebody: Callable[..., str],
    promise: Callable[[str, str], Response],
) -> None:
    person = somebody()
    code = client.get(f"{API}/people/{person}").json()["code"]
    aid_id = aid(client)
    placement = made(promise(person, FIRST))["id"]
    told = [client.get(f"{AIDS}/{aid_id}/days").text, client.get(AIDS).text]
    told.append(client.get("/aids", headers=OWN).text)
    for said in (person, placement, code):
        assert not any(said in each for each in told)
    assert "1人まで、約束 1人" in look(client, "/aids")


def test_the_words_speak_of_help_and_blame_nobody() -> None:
    said = "".join([*AID_WORDS.values(), *NOBODY_WORDS.values(), *LOST_WORDS.values()])
    assert not any(word in said for word in ("欠席", "ケース", "対象者", "キャンセル", "拒否"))
    assert set(AID_WORDS) == set(NOBODY_WORDS) == set(LOST_WORDS)
