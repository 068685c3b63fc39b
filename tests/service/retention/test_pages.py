"""Pages of ends: said, asked for, held; a list is drawn by one and approved by another."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from service.accounts.rules import Role
from service.persons.tables import Person
from tests.factories import TurnableClock
from tests.service.browsing import OWN, Fields, led_to, look, main_of, send
from tests.service.retention.conftest import prove

FIVE_YEARS = 366 * 5


@pytest.fixture
def path(person: Person) -> str:
    return f"/people/{person.id}"


def drawn(client: TestClient) -> str:
    return led_to(send(client, "/retention", {}))


def test_support_is_ended_its_day_put_right_and_taken_back(client: TestClient, path: str) -> None:
    assert "支援の終わりと記録" in look(client, path)
    assert "支援は続いています" in look(client, f"{path}/end")
    assert led_to(send(client, f"{path}/end", {"ended_on": ""})) == f"{path}/end"
    assert "令和8年11月20日(金) に終わりました。それから5年" in look(client, f"{path}/end")
    send(client, f"{path}/end", {"ended_on": "2026-11-02"})
    assert "令和8年11月2日(月) に終わりました" in look(client, f"{path}/end")
    assert led_to(send(client, f"{path}/end/taking-back", {})) == f"{path}/end"
    assert "支援は続いています" in look(client, f"{path}/end")


@pytest.mark.parametrize(
    ("place", "fields", "told"),
    [
        ("end", {"ended_on": "2026-11-21"}, {"ended_on": "今日か、今日より前の日"}),
        ("end", {"ended_on": "きのう"}, {"ended_on": "日付を、令和8年12月1日 か"}),
        ("erasure-request", {"asked_on": "2026-11-21"}, {"asked_on": "今日か、今日より前の日"}),
        ("holds", {"until": "2026-11-20"}, {"reason": "どうして止めるかを選んで"}),
        ("holds", {"reason": "lawsuit", "until": "2026-11-19"}, {"until": "今日より後の日"}),
    ],
    ids=["ahead", "unreadable", "asked-ahead", "no-reason", "passed"],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_kept(
    coordinator: TestClient, path: str, place: str, fields: Fields, told: dict[str, str]
) -> None:
    answer = send(coordinator, f"{path}/{place}", fields)
    assert answer.status_code == 422
    for field, sentence in told.items():
        assert sentence in main_of(answer)
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}"' in answer.text
    page = look(coordinator, f"{path}/end")
    assert "支援は続いています" in page
    assert "止めていません" in page
    assert "求めがありました" not in page


def test_a_request_is_written_once_and_is_due_at_once(
    client: TestClient, coordinator: TestClient, path: str
) -> None:
    assert "消すときが来た記録: 0件" in look(coordinator, "/retention")
    assert led_to(send(client, f"{path}/erasure-request", {})) == f"{path}/end"
    assert "記録を消してほしいと求めがありました" in look(client, f"{path}/end")
    again = send(client, f"{path}/erasure-request", {})
    assert (again.status_code, "もう書いてあります" in main_of(again)) == (422, True)
    assert "消すときが来た記録: 1件" in look(coordinator, "/retention")


def test_a_hold_keeps_somebody_off_the_list_until_it_is_lifted(
    client: TestClient, coordinator: TestClient, path: str
) -> None:
    send(client, f"{path}/erasure-request", {})
    assert led_to(send(coordinator, f"{path}/holds", {"reason": "lawsuit"})) == f"{path}/end"
    assert "裁判 のため、止めています" in look(client, f"{path}/end")
    assert "消すときが来た記録: 0件" in look(coordinator, "/retention")
    assert "針山-1" not in look(coordinator, drawn(coordinator))
    page = coordinator.get(f"{path}/end", headers=OWN).text
    lifting = page.split(f'action="{path}/holds/')[1].split('"')[0]
    assert led_to(send(coordinator, f"{path}/holds/{lifting}", {})) == f"{path}/end"
    assert "止めていません" in look(coordinator, f"{path}/end")
    assert send(coordinator, f"{path}/holds/{lifting}", {}).status_code == 404
    assert "針山-1" in look(coordinator, drawn(coordinator))


def test_one_draws_and_another_approves(
    client: TestClient,
    coordinator: TestClient,
    another: TestClient,
    path: str,
    turnable_clock: TurnableClock,
) -> None:
    send(client, f"{path}/end", {})
    turnable_clock.turn(days=FIVE_YEARS)
    place = drawn(coordinator)
    own = look(coordinator, place)
    assert "針山-1 支援が終わり、期間がすぎた・令和8年11月20日(金)から" in own
    assert "自分で作った一覧は、自分では確認できません" in own
    refused = send(another, f"{place}/approval", {})
    assert led_to(refused).startswith("/step-up")  # five years after the sign-in
    for each in (coordinator, another):
        prove(each)
    assert f'action="{place}/approval"' not in coordinator.get(place, headers=OWN).text
    refused = send(coordinator, f"{place}/approval", {})
    assert (refused.status_code, "自分では確認できません" in main_of(refused)) == (422, True)
    assert "確認まち" in look(coordinator, "/retention")
    assert "もとにもどりません" in look(another, place)
    assert led_to(send(another, f"{place}/approval", {})) == place
    assert "確認した人: 職員 2" in look(coordinator, place)
    twice = send(another, f"{place}/approval", {})
    assert (twice.status_code, "もう確認してあります" in main_of(twice)) == (422, True)
    # Codes, classes and days; nothing that is kept about anybody.
    assert "庭の手入れ" not in look(another, place)


def test_lists_and_holds_are_the_coordinators_alone(
    client_of: Callable[[str], TestClient], coordinator: TestClient, path: str
) -> None:
    place = drawn(coordinator)
    for role in set(Role) - {Role.COORDINATOR}:
        caller = client_of(role)
        for page in ("/retention", place):
            assert caller.get(page, headers=OWN).status_code == 403
        for form in ("/retention", f"{place}/approval", f"{path}/holds"):
            assert send(caller, form, {"reason": "lawsuit"}).status_code == 403
    assert "調整役が止めます" in look(client_of("csw"), f"{path}/end")
    assert "確認まち" in look(coordinator, "/retention")


def test_whoever_may_not_see_the_person_finds_no_page_of_their_end(
    client_of: Callable[[str], TestClient], path: str
) -> None:
    stranger = client_of("csw_west")
    assert stranger.get(f"{path}/end", headers=OWN).status_code == 404
    for form in ("end", "end/taking-back", "erasure-request"):
        assert send(stranger, f"{path}/{form}", {}).status_code == 404


def test_a_coordinator_is_led_to_the_lists_from_every_page(
    client: TestClient, coordinator: TestClient
) -> None:
    assert 'href="/retention"' in coordinator.get("/people", headers=OWN).text
    assert 'href="/retention"' not in client.get("/people", headers=OWN).text
