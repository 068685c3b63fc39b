"""The admin opens, changes and closes accounts of the own municipality; never the own rights."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts.passwords import why_unfit
from service.accounts.rules import Role
from service.accounts.tables import Account
from tests.factories import PASSWORD, Town, TurnableClock
from tests.service.accounts.test_factors import Phone
from tests.service.browsing import led_to, look, main_of, send

API = "/api/v1"
ACCOUNTS, SESSIONS = f"{API}/accounts", f"{API}/sessions"
NEW = {"username": "newcomer", "display_name": "山田　ゆき", "role": "csw"}
OWN_PASSWORD = "twelve snowflakes on a bench"
Clients = Callable[[str], TestClient]


@pytest.fixture
def admin(client_of: Clients) -> TestClient:
    return client_of("admin")


def path_of(town: Town, username: str) -> str:
    return f"{ACCOUNTS}/{town.accounts[username].id}"


def known(client: TestClient) -> int:
    return client.get(f"{API}/me").status_code


class TestSeeing:
    def test_the_list_holds_every_account_and_nothing_secret(
        self, admin: TestClient, town: Town
    ) -> None:
        answer = admin.get(ACCOUNTS)
        items = answer.json()["items"]
        assert {item["id"] for item in items} == {str(each.id) for each in town.accounts.values()}
        keys = "id username display_name role area_id active password_given second_factor version"
        assert all(set(item) == set(keys.split()) for item in items)
        assert "argon2" not in answer.text

    def test_another_municipalitys_accounts_are_as_absent_as_none(
        self, admin: TestClient, elsewhere: Town
    ) -> None:
        theirs = {str(each.id) for each in elsewhere.accounts.values()}
        assert not theirs & {item["id"] for item in admin.get(ACCOUNTS).json()["items"]}
        for method, suffix in (("PATCH", ""), ("POST", "/password"), ("DELETE", "/factors")):
            answers = [
                admin.request(method, f"{ACCOUNTS}/{id_}{suffix}", json={"active": False})
                for id_ in (elsewhere.accounts["csw"].id, uuid4())
            ]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].content == answers[1].content


class TestOpening:
    def test_a_new_account_gets_a_password_once_that_only_opens_the_choice_of_an_own_one(
        self, app: FastAPI, admin: TestClient, town: Town
    ) -> None:
        body = NEW | {"area_id": str(town.areas["east"].id)}
        made = admin.post(ACCOUNTS, json=body)
        assert made.status_code == 201
        password = made.json()["password"]
        assert why_unfit(password, "newcomer") is None
        assert password not in admin.get(ACCOUNTS).text
        credentials = {"username": "newcomer", "password": password}
        half = TestClient(app).post(SESSIONS, json=credentials).json()
        assert half["awaits"] == "own_password"
        owner = TestClient(app, headers={"authorization": f"Bearer {half['token']}"})
        change = {"old": password, "new": OWN_PASSWORD}
        token = owner.post(f"{API}/me/password", json=change).json()["token"]
        me = TestClient(app).get(f"{API}/me", headers={"authorization": f"Bearer {token}"}).json()
        assert (me["role"], me["display_name"]) == ("csw", "山田　ゆき")
        assert me["area_id"] == body["area_id"]

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            ({"username": "csw"}, 409),
            ({"username": "csw_elsewhere"}, 409),
            ({"username": " yuki"}, 422),
            ({"role": "god"}, 422),
            ({"password": "chosen by the admin"}, 422),
            ({"area_id": str(uuid4())}, 422),
        ],
    )
    @pytest.mark.usefixtures("elsewhere")
    def test_what_does_not_fit_opens_nothing(
        self, admin: TestClient, change: dict[str, str], status: int
    ) -> None:
        before = len(admin.get(ACCOUNTS).json()["items"])
        assert admin.post(ACCOUNTS, json=NEW | change).status_code == status
        assert len(admin.get(ACCOUNTS).json()["items"]) == before

    def test_an_area_of_another_municipality_is_none(
        self, admin: TestClient, elsewhere: Town
    ) -> None:
        theirs = {"area_id": str(elsewhere.areas["east"].id)}
        assert admin.post(ACCOUNTS, json=NEW | theirs).status_code == 422


class TestChanging:
    @pytest.mark.parametrize("change", [{"role": "officer"}, {"active": False}, {"area_id": None}])
    def test_a_change_that_counts_ends_the_sign_ins_at_once(
        self, admin: TestClient, client_of: Clients, town: Town, change: dict[str, object]
    ) -> None:
        office, phone, colleague = client_of("csw"), client_of("csw"), client_of("csw_west")
        assert admin.patch(path_of(town, "csw"), json=change).status_code == 200
        assert [known(client) for client in (office, phone, colleague)] == [401, 401, 200]

    def test_a_new_name_ends_nothing_and_neither_does_what_stays_as_it_was(
        self, admin: TestClient, client_of: Clients, town: Town
    ) -> None:
        client = client_of("csw")
        for change in ({"display_name": "山田"}, {"role": "csw", "active": True}):
            assert admin.patch(path_of(town, "csw"), json=change).status_code == 200
        assert client.get(f"{API}/me").json()["display_name"] == "山田"

    def test_a_new_role_opens_what_it_opens_after_the_next_sign_in(
        self, admin: TestClient, client_of: Clients, town: Town
    ) -> None:
        assert client_of("officer").get(f"{API}/people").status_code == 403
        admin.patch(path_of(town, "officer"), json={"role": "csw"})
        assert client_of("officer").get(f"{API}/people").status_code == 200

    def test_a_closed_account_opens_for_nobody_until_it_is_opened_again(
        self, app: FastAPI, admin: TestClient, client_of: Clients, town: Town
    ) -> None:
        body = {"username": "csw", "password": PASSWORD}
        admin.patch(path_of(town, "csw"), json={"active": False})
        assert TestClient(app).post(SESSIONS, json=body).status_code == 401
        admin.patch(path_of(town, "csw"), json={"active": True})
        assert known(client_of("csw")) == 200

    @pytest.mark.parametrize("change", [{"role": "csw"}, {"active": False}])
    def test_nobody_changes_their_own_role_or_closes_their_own_account(
        self, admin: TestClient, town: Town, change: dict[str, object]
    ) -> None:
        answer = admin.patch(path_of(town, "admin"), json=change)
        assert (answer.status_code, answer.json()["title"]) == (409, "NotOneself")
        assert admin.get(f"{API}/me").json()["role"] == "admin"

    @pytest.mark.parametrize(
        "change",
        [{"username": "other"}, {"password_hash": "x"}, {"id": str(uuid4())}, {"role": None}],
    )
    def test_nothing_else_can_be_changed(
        self, admin: TestClient, town: Town, change: dict[str, object]
    ) -> None:
        assert admin.patch(path_of(town, "csw"), json=change).status_code == 422


class TestLost:
    def test_a_lost_password_is_replaced_by_a_given_one(
        self, app: FastAPI, admin: TestClient, client: TestClient, town: Town
    ) -> None:
        given = admin.post(f"{path_of(town, 'csw')}/password").json()["password"]
        assert known(client) == 401
        for password, status in ((PASSWORD, 401), (given, 201)):
            body = {"username": "csw", "password": password}
            assert TestClient(app).post(SESSIONS, json=body).status_code == status

    def test_a_lost_telephone_is_taken_away_and_the_owner_is_told(
        self, app: FastAPI, admin: TestClient, town: Town, turnable_clock: TurnableClock
    ) -> None:
        phone = Phone(app, turnable_clock)
        found = {item["username"]: item for item in admin.get(ACCOUNTS).json()["items"]}
        assert [found[name]["second_factor"] for name in ("csw", "csw_west")] == [True, False]
        assert admin.delete(f"{path_of(town, 'csw')}/factors").status_code == 204
        assert phone.first_step()["awaits"] == "nothing"
        assert TestClient(app).get(f"{API}/me", headers=bearer(phone.token)).status_code == 401
        visitor = TestClient(app)
        send(visitor, "/sign-in", phone.good)
        assert "管理の人が確認の番号を外しました" in look(visitor, "/security")

    def test_for_oneself_there_is_the_own_page(self, admin: TestClient, town: Town) -> None:
        own = path_of(town, "admin")
        assert admin.post(f"{own}/password").status_code == 409
        assert admin.delete(f"{own}/factors").status_code == 409


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}", "if-match": "*"}


def test_every_change_needs_a_fresh_proof(
    admin: TestClient, town: Town, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(minutes=6)
    path = path_of(town, "csw")
    asked = (
        admin.post(ACCOUNTS, json=NEW),
        admin.patch(path, json={"role": "officer"}),
        admin.post(f"{path}/password"),
        admin.delete(f"{path}/factors"),
    )
    for answer in asked:
        assert (answer.status_code, answer.json().get("step_up")) == (403, True)
    assert admin.get(ACCOUNTS).status_code == 200


class TestPages:
    @pytest.fixture
    def visitor(self, app: FastAPI) -> TestClient:
        visitor = TestClient(app)
        send(visitor, "/sign-in", {"username": "admin", "password": PASSWORD})
        return visitor

    def test_an_account_is_opened_changed_and_closed(
        self, visitor: TestClient, town: Town, session: Session
    ) -> None:
        assert "職員 csw" in look(visitor, "/accounts")
        fields = NEW | {"area_id": str(town.areas["east"].id)}
        made = send(visitor, "/accounts", fields)
        assert "に渡すパスワード" in main_of(made)
        account = session.exec(select(Account).where(Account.username == "newcomer")).one()
        path = f"/accounts/{account.id}"
        assert "山田 ゆき" in look(visitor, path)
        changed = {"role": "coordinator", "area_id": "", "display_name": "山田", "version": "1"}
        assert led_to(send(visitor, path, changed)) == "/accounts"
        session.refresh(account)
        assert (account.role, account.area_id) == (Role.COORDINATOR, None)
        assert "に渡すパスワード" in main_of(send(visitor, f"{path}/password", {}))
        assert led_to(send(visitor, f"{path}/factors", {})) == path
        for active, shown in (("", True), ("yes", False)):
            assert led_to(send(visitor, f"{path}/closing", {"active": active})) == "/accounts"
            assert ("止めています" in look(visitor, "/accounts")) is shown

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"username": "csw"}, "もう使われています"),
            ({"role": ""}, "役割を選んでください"),
            ({"username": ""}, "使えない文字があるか"),
        ],
    )
    def test_what_does_not_fit_is_said_at_its_place(
        self, visitor: TestClient, change: dict[str, str], words: str
    ) -> None:
        answer = send(visitor, "/accounts", NEW | change)
        assert answer.status_code == 422
        assert words in main_of(answer)

    def test_others_do_not_come_in(self, app: FastAPI) -> None:
        visitor = TestClient(app)
        send(visitor, "/sign-in", {"username": "csw", "password": PASSWORD})
        headers = {"accept": "text/html", "sec-fetch-site": "same-origin"}
        assert visitor.get("/accounts", headers=headers).status_code == 403
        assert 'href="/accounts"' not in visitor.get("/security", headers=headers).text
