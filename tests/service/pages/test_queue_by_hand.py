"""The pages of the queue in clumsy hands: what was typed stays, and mistakes are named."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session, select

from catalogue.profiles import Stage
from service.contacts.tables import Contact
from service.followup.tables import CadenceVersion, Closure
from service.persons.tables import Person
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send

RHYTHM: Final = "/follow-ups/rhythm"
API: Final = "/api/v1/follow-up-settings"
TALKED: Final = {"result": "talked", "channel": "call", "direction": "sent"}
ROW: Final = re.compile(r'<li id="row-([0-9a-f-]{36})"')
NEXT: Final = re.compile(r'<a class="button plain" href="([^"]+)">つぎの')
ACTION: Final = re.compile(r'<form method="post" action="(/follow-ups/[^"]+)"')
FIELD: Final = re.compile(r'<input[^>]* name="([\w.]+)"[^>]* value="([^"]*)"')
BLAMING: Final = ("欠席", "中断", "対象者", "ケース", "困難事例", "失敗", "キャンセル")


@pytest.fixture
def chief(client_of: Callable[[str], TestClient]) -> TestClient:
    return client_of("coordinator")


@pytest.fixture
def waiting(session: Session, town: Town, turnable_clock: TurnableClock) -> list[Person]:
    """Three people at home whom nobody has rung for a long time."""
    people = [person_in(session, town, consent=TEAM) for _ in range(3)]
    turnable_clock.turn(days=45)
    return people


def page_of(client: TestClient, path: str = "/") -> str:
    answer = client.get(path, headers=OWN)
    assert answer.status_code == 200
    return unescape(answer.text)


def rows_on(client: TestClient, path: str = "/") -> list[str]:
    return ROW.findall(page_of(client, path))


def opened(client: TestClient, number: int = 0, path: str = "/") -> tuple[str, str]:
    """Open a row as its link does, and return its id and where its form goes."""
    item = rows_on(client, path)[number]
    join = "&" if "?" in path else "?"
    action = ACTION.search(page_of(client, f"{path}{join}open={item}"))
    assert action is not None
    return item, action[1]


def figures(client: TestClient) -> dict[str, str]:
    form = page_of(client, RHYTHM).split(f'action="{RHYTHM}"', 1)[1].split("</form>", 1)[0]
    known = dict(FIELD.findall(form))
    return {name: said for name, said in known.items() if name not in {"csrf_token", "once"}}


# Today's page.


def test_more_than_a_page_is_leafed_through_and_nobody_is_twice_or_left_out(
    client: TestClient, session: Session, town: Town, turnable_clock: TurnableClock
) -> None:
    for number in range(52):
        session.add(
            Person(
                municipality_id=town.municipality.id,
                code=f"つぎ{number:02}",
                area_id=town.areas["east"].id,
                owner_id=town.accounts["csw"].id,
                stage=Stage.AT_HOME,
                known_since=date(2026, 11, 20),
            )
        )
    session.flush()
    turnable_clock.turn(days=45)
    first = page_of(client)
    link = NEXT.search(first)
    assert link is not None
    second = page_of(client, link[1])
    shown = [ROW.findall(page) for page in (first, second)]
    assert [len(rows) for rows in shown] == [50, 2]
    assert len({*shown[0], *shown[1]}) == 52
    assert all("<strong>52</strong>" in page for page in (first, second))
    assert NEXT.search(second) is None


def test_what_is_saved_on_a_later_page_leads_back_to_that_page(
    client: TestClient, waiting: list[Person]
) -> None:
    told = client.get("/api/v1/follow-ups", params={"limit": 1}).json()
    _, action = opened(client, path=f"/?after={told['next']}")
    place = led_to(send(client, action, TALKED))
    asked = parse_qs(urlsplit(place).query)
    assert (asked["after"], asked["saved"]) == ([told["next"]], ["true"])
    assert len(rows_on(client)) == 2


def test_the_work_goes_on_at_the_row_behind_the_one_that_was_saved(
    client: TestClient, waiting: list[Person]
) -> None:
    _, second, third = rows_on(client)
    _, action = opened(client)
    assert led_to(send(client, action, TALKED)).endswith(f"#row-{second}")
    assert rows_on(client) == [second, third]


def test_saving_the_last_row_of_all_leads_to_the_kind_word(
    client: TestClient, waiting: list[Person]
) -> None:
    for _ in waiting:
        _, action = opened(client)
        place = led_to(send(client, action, TALKED))
    assert "#row-" not in place
    assert "おつかれさま" in look(client, place)


def test_a_part_of_the_queue_stays_that_part_after_saving(
    client: TestClient, waiting: list[Person], town: Town
) -> None:
    part = f"/?area={town.areas['east'].id}"
    _, action = opened(client, path=part)
    place = led_to(send(client, action, TALKED))
    assert f"area={town.areas['east'].id}" in place
    assert len(rows_on(client, place.split("#", maxsplit=1)[0])) == 2


def test_a_part_in_which_nobody_waits_says_so_and_leads_back(
    client: TestClient, waiting: list[Person], town: Town
) -> None:
    for part in ("another_way=true", "for_coordinator=true", f"area={town.areas['west'].id}"):
        page = look(client, f"/?{part}")
        assert "ここには、いま連絡する相手はいません" in page
        assert "すべてにもどる" in page
        assert waiting[0].code not in page


def test_somebody_else_on_the_telephone_is_said_and_what_was_typed_is_kept(
    client: TestClient, chief: TestClient, waiting: list[Person], session: Session
) -> None:
    item, action = opened(client)
    assert chief.post(f"/api/v1/follow-ups/{item}/claim").status_code == 200
    answer = send(client, action, TALKED | {"what": "長く書いたことば"})
    assert answer.status_code == 422
    assert "ほかの人がこの相手に電話しています" in main_of(answer)
    assert 'value="長く書いたことば"' in answer.text
    assert session.exec(select(Contact)).all() == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"what": "目に\u200bみえない"}, "目に見えない文字があります"),
        ({"intention": "あ" * 3000}, "字までで書いてください"),
        ({"result": "not_needed", "why": "あ" * 1001}, "1000字までで書いてください"),
        ({"result": "not_needed", "why": "\u202eわけ"}, "目に見えない文字があります"),
        ({"result": "asked_to_wait", "why": "かぜ", "until": "あした"}, "令和8年12月1日"),
        ({"result": "asked_to_wait", "why": "かぜ", "until": "2027-01-04"}, "あしたより先の日"),
        ({"next_on": "2027-02-30"}, "令和8年12月1日"),
        ({"result": "shouted"}, "どうだったかを選んでください"),
    ],
)
def test_a_mistake_is_named_beside_what_was_typed_and_nothing_is_kept(
    client: TestClient,
    waiting: list[Person],
    session: Session,
    said: dict[str, str],
    sentence: str,
) -> None:
    _, action = opened(client)
    answer = send(client, action, TALKED | {"small_change": "声が明るい"} | said)
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert "直すところがあります" in answer.text
    assert 'value="声が明るい"' in answer.text
    assert session.exec(select(Contact)).all() == []


def test_a_day_in_the_years_of_an_era_is_understood(
    client: TestClient, waiting: list[Person]
) -> None:
    _, action = opened(client)
    fields = TALKED | {"result": "asked_to_wait", "why": "引っこし", "until": "令和9年1月20日"}
    led_to(send(client, action, fields))
    assert len(rows_on(client)) == 2


def test_words_that_look_like_a_page_are_words(client: TestClient, waiting: list[Person]) -> None:
    _, action = opened(client)
    led_to(send(client, action, TALKED | {"result": "not_reached", "what": "<b onclick=x>る</b>"}))
    raw = client.get("/", headers=OWN).text
    assert "&lt;b onclick=x&gt;" in raw
    assert "<b onclick" not in raw


def test_the_rows_of_the_other_area_are_neither_shown_nor_saved(
    client: TestClient,
    client_of: Callable[[str], TestClient],
    waiting: list[Person],
    session: Session,
) -> None:
    item, action = opened(client)
    west = client_of("csw_west")
    assert rows_on(west) == []
    assert rows_on(west, f"/?area={waiting[0].area_id}") == []
    answer = send(west, action, TALKED)
    assert answer.status_code == 404
    assert waiting[0].code not in answer.text
    assert waiting[0].code not in look(west, "/follow-ups/groups")
    assert item in rows_on(client)
    assert session.exec(select(Contact)).all() == []


def test_who_does_no_casework_is_led_elsewhere_and_sees_no_group(
    client_of: Callable[[str], TestClient], waiting: list[Person]
) -> None:
    for name in ("officer", "admin", "auditor"):
        other = client_of(name)
        assert other.get("/", headers=OWN, follow_redirects=False).status_code == 303
        for path in ("/follow-ups/groups", RHYTHM):
            answer = other.get(path, headers=OWN)
            assert answer.status_code == 403, (name, path)
            assert waiting[0].code not in answer.text


def test_the_groups_lead_to_rows_and_count_them(client: TestClient, waiting: list[Person]) -> None:
    page = page_of(client, "/follow-ups/groups")
    (link,) = re.findall(r'href="(/\?area=[^"]+)"', page)
    assert "3件" in page
    assert len(rows_on(client, link)) == 3


def test_no_page_of_the_queue_blames_anybody(
    client: TestClient, chief: TestClient, waiting: list[Person]
) -> None:
    _, action = opened(client)
    answers: list[Response] = [
        client.get("/", headers=OWN),
        client.get("/follow-ups/groups", headers=OWN),
        chief.get(RHYTHM, headers=OWN),
        send(client, action, {}),
        send(chief, RHYTHM, {"what": "set"}),
    ]
    for answer in answers:
        found = [word for word in BLAMING if word in main_of(answer)]
        assert found == []


# The page of the rhythm.


def test_a_form_without_a_single_figure_names_each_of_them_and_sets_nothing(
    chief: TestClient, session: Session
) -> None:
    names = {name for name in figures(chief) if name.count(".") == 3}
    answer = send(chief, RHYTHM, {"what": "set", "note": "なぜかというと"})
    assert answer.status_code == 422
    words = unescape(answer.text)
    assert {name for name in names if f'href="#{name}"' in words} == names
    assert 'value="なぜかというと"' in words
    assert session.exec(select(CadenceVersion)).all() == []


def test_windows_that_were_added_elsewhere_are_shown_and_kept_by_saving(
    chief: TestClient, session: Session
) -> None:
    lines = chief.get(API).json()["lines"]
    three = [[23, 30, 37], [50, 60, 70], [76, 90, 104]]
    body: dict[str, Any] = {"lines": lines | {"afterwards": {"person": three}}}
    more = {"effective_on": "2026-11-20", "based_on": 0}
    assert chief.post(API, json=body | more).status_code == 201
    shown = figures(chief)
    assert (shown["afterwards.person.2.due"], shown["afterwards.person.3.due"]) == ("60", "90")
    led_to(send(chief, RHYTHM, shown | {"what": "set"}))
    kept = chief.get(API).json()
    assert (kept["version"], kept["lines"]["afterwards"]["person"]) == (2, three)


def test_saving_what_is_shown_changes_no_figure(chief: TestClient) -> None:
    before = chief.get(API).json()["lines"]
    led_to(send(chief, RHYTHM, figures(chief) | {"what": "set"}))
    assert chief.get(API).json()["lines"] == before


def test_days_before_are_written_as_days_before_also_with_a_bound_that_is_passed(
    chief: TestClient,
) -> None:
    seen = figures(chief) | {"what": "set"}
    answer = send(chief, RHYTHM, seen | {"before_first.host.1.earliest": "31"})
    assert "30日より早くはできません" in main_of(answer)
    led_to(send(chief, RHYTHM, seen | {"before_first.host.1.earliest": "30"}))
    assert chief.get(API).json()["lines"]["before_first"]["host"] == [[-30, -3, -1]]


def test_a_form_without_its_version_does_not_overwrite_what_somebody_set(
    chief: TestClient, session: Session
) -> None:
    seen = figures(chief)
    led_to(send(chief, RHYTHM, seen | {"what": "set"}))
    del seen["based_on"]
    # Somebody has set one meanwhile: both are shown, and nothing is set.
    assert send(chief, RHYTHM, seen | {"what": "set"}).status_code == 409
    assert len(session.exec(select(CadenceVersion)).all()) == 1


def test_whoever_does_not_coordinate_can_type_nothing(client: TestClient) -> None:
    page = page_of(client, RHYTHM)
    boxes = re.findall(r"<input[^>]*inputmode=\"numeric\"[^>]*>", page)
    assert boxes
    assert all(" readonly" in box for box in boxes)
    assert send(client, "/follow-ups/closures", {"first_on": "2026-12-24"}).status_code == 403


def test_a_closure_with_a_mistake_keeps_what_was_typed(chief: TestClient, session: Session) -> None:
    typed = {"first_on": "2026-12-24", "last_on": "2026-12-01", "name": "冬の研修"}
    answer = send(chief, "/follow-ups/closures", typed)
    assert answer.status_code == 422
    for said in typed.values():
        assert f'value="{said}"' in answer.text
    # and the figures above are still those that hold
    assert 'name="concern.person.1.late" type="text" inputmode="numeric" value="2"' in answer.text
    assert session.exec(select(Closure)).all() == []


def test_a_closure_at_the_end_of_the_calendar_is_asked_for_again(
    chief: TestClient, session: Session
) -> None:
    typed = {"first_on": "9999-12-31", "name": "おわり"}
    answer = send(chief, "/follow-ups/closures", typed)
    assert answer.status_code == 422
    assert "2年先まで" in answer.text
    assert all(each in answer.text for each in typed.values())
    assert session.exec(select(Closure)).all() == []


def test_a_closure_that_is_gone_cannot_be_taken_back_again(
    chief: TestClient, session: Session
) -> None:
    led_to(send(chief, "/follow-ups/closures", {"first_on": "2026-12-24"}))
    path = f"/follow-ups/closures/{session.exec(select(Closure)).one().id}/end"
    led_to(send(chief, path, {}))
    assert send(chief, path, {}).status_code == 404
