"""A mistake is put right in two presses, and what was written before stays readable."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.contacts.tables import Contact
from service.placements.lifecycle import Status
from service.visits.tables import Outcome, Visit
from tests.factories import Town, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send
from tests.service.placements.walks import way_to

Clients = Callable[[str], TestClient]
TALKED = {"result": "talked", "channel": "call", "direction": "sent", "occurred_on": "2026-11-19"}
FIELD = re.compile(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"')
CHOSEN = re.compile(r'name="(\w+)" value="(\w+)"[^>]* checked')


@pytest.fixture
def client(client_of: Clients) -> TestClient:
    return client_of("csw")


@pytest.fixture
def person(session: Session, town: Town) -> str:
    """Somebody of whom the team may not know: only their own worker sees them."""
    return str(person_in(session, town).id)


@pytest.fixture
def trying(client: TestClient, person: str, town: Town) -> str:
    """The id of a trial of theirs."""
    body = {"person_id": person, "activity_id": str(town.activities["leaves"].id)}
    made = client.post("/api/v1/placements", json=body).json()
    for move in way_to(Status.TRYING):
        path = f"/api/v1/placements/{made['id']}/moves"
        assert client.post(path, json={"move": move}).status_code == 200
    return str(made["id"])


def filled_in(client: TestClient, path: str) -> dict[str, str]:
    """Return what the form of a page would send if nothing were changed in it."""
    page = client.get(path, headers=OWN).text
    form = page.split('class="sheet stack reading"')[1].split("</form>")[0]
    texts = {name: said for name, said in FIELD.findall(form) if 'type="radio"' not in said}
    known = {name: said for name, said in texts.items() if name not in {"once", "csrf_token"}}
    return known | dict(CHOSEN.findall(form))


def mends(client: TestClient, path: str) -> list[str]:
    page = client.get(path, headers=OWN).text
    return re.findall(r'class="mend" href="([^"]+)"', page)


def test_a_contact_is_put_right_and_its_first_words_stay(
    client: TestClient, session: Session, person: str
) -> None:
    path = f"/people/{person}"
    led_to(
        send(
            client,
            f"{path}/contacts/new",
            TALKED | {"what": "火曜がよい", "intention": "日を決める"},
        )
    )
    (mend,) = mends(client, path)
    as_told = filled_in(client, mend)
    assert (as_told["what"], as_told["result"]) == ("火曜がよい", "talked")
    assert as_told["occurred_on"] == "2026-11-19"
    place = led_to(send(client, mend, as_told | {"what": "水曜がよい"}))
    assert place == f"{path}?saved=true#flow"
    page = look(client, path)
    assert page.index("水曜がよい") < page.index("直す前の記録") < page.index("「火曜がよい」")
    assert {each.what for each in session.exec(select(Contact))} == {"火曜がよい", "水曜がよい"}
    # corrected once more: both of the former stay readable
    (mend,) = mends(client, path)
    led_to(send(client, mend, filled_in(client, mend) | {"what": "木曜がよい"}))
    page = look(client, path)
    assert page.index("木曜がよい") < page.index("水曜がよい") < page.index("火曜がよい")


def test_who_corrects_second_sees_both_and_corrects_the_correction(
    client: TestClient, session: Session, person: str
) -> None:
    path = f"/people/{person}"
    led_to(send(client, f"{path}/contacts/new", TALKED | {"what": "火曜がよい"}))
    (mend,) = mends(client, path)
    typed = filled_in(client, mend)
    led_to(send(client, mend, typed | {"what": "水曜がよい"}))
    answer = send(client, mend, typed | {"what": "金曜がよい"})
    assert answer.status_code == 409
    assert "ほかの人が先に直しました" in main_of(answer)
    assert "水曜がよい" in main_of(answer)
    assert 'value="金曜がよい"' in answer.text
    # the form goes on to what stands now, so that a second press is taken
    again = re.findall(r'action="(/people/[^"]+/correction)"', answer.text)
    led_to(send(client, again[0], typed | {"what": "金曜がよい"}))
    assert len(session.exec(select(Contact)).all()) == 3


def test_a_correction_that_cannot_be_is_said_at_its_field(client: TestClient, person: str) -> None:
    path = f"/people/{person}"
    led_to(send(client, f"{path}/contacts/new", TALKED | {"what": "火曜がよい"}))
    (mend,) = mends(client, path)
    answer = send(client, mend, TALKED | {"occurred_on": "2026-12-01", "what": "水曜"})
    assert answer.status_code == 422
    assert "まだ来ていない日です" in main_of(answer)
    assert 'value="水曜"' in answer.text


def test_a_day_is_put_right_and_its_first_words_stay(
    client: TestClient, session: Session, person: str, trying: str
) -> None:
    day = {"outcome": "unknown", "occurred_on": "2026-11-20", "note": "まだ聞いていない"}
    led_to(send(client, f"/placements/{trying}/visits/new", day))
    mend = next(each for each in mends(client, f"/people/{person}") if "/visits/" in each)
    as_told = filled_in(client, mend)
    assert (as_told["outcome"], as_told["note"]) == ("unknown", "まだ聞いていない")
    better = as_told | {"outcome": "came", "minutes": "30", "note": "楽しそうだった"}
    assert led_to(send(client, mend, better)) == f"/people/{person}?saved=true#flow"
    page = look(client, f"/people/{person}")
    assert "参加した・30分" in page
    assert (
        page.index("楽しそうだった") < page.index("直す前の記録") < page.index("まだ聞いていない")
    )
    outcomes = [each.outcome for each in session.exec(select(Visit))]
    assert sorted(outcomes) == [Outcome.CAME, Outcome.UNKNOWN]
    second = send(client, mend, better | {"outcome": "rested"})
    assert second.status_code == 409
    assert "参加した" in main_of(second)
    early = send(
        client, mends(client, f"/people/{person}")[0], better | {"occurred_on": "2027-01-01"}
    )
    assert early.status_code == 422


def test_a_move_is_put_right_on_a_page_of_its_own(
    client: TestClient, person: str, trying: str
) -> None:
    mend = mends(client, f"/placements/{trying}")[0]
    as_told = filled_in(client, mend)
    assert as_told["occurred_on"] == "2026-11-20"
    led_to(send(client, mend, as_told | {"note": "ゆっくり始めた"}))
    page = look(client, f"/people/{person}")
    assert page.index("ゆっくり始めた") < page.index("直す前の記録")
    assert "直しました" in look(client, f"/placements/{trying}")
    refused = send(client, mend, {"occurred_on": "2027-01-01", "note": "あした"})
    assert refused.status_code == 422
    assert "この日には直せません" in main_of(refused)
    assert 'value="あした"' in refused.text


def test_nobody_out_of_sight_is_corrected_and_nothing_under_another_name(
    *,
    client: TestClient,
    client_of: Clients,
    session: Session,
    town: Town,
    person: str,
    trying: str,
) -> None:
    led_to(send(client, f"/people/{person}/contacts/new", TALKED))
    day = {"outcome": "came", "occurred_on": "2026-11-20"}
    led_to(send(client, f"/placements/{trying}/visits/new", day))
    paths = mends(client, f"/people/{person}")
    assert {len(paths)} == {len(set(paths))}
    west = client_of("csw_west")
    other = str(person_in(session, town).id)
    foreign = [each.replace(person, other).replace(trying, str(uuid4())) for each in paths]
    for asking, addresses in ((west, paths), (client, foreign)):
        for path in addresses:
            assert asking.get(path, headers=OWN).status_code == 404, path
            assert send(asking, path, TALKED | day).status_code == 404, path
    assert len(session.exec(select(Contact)).all()) == 1


def test_consent_is_said_at_the_top_in_words(client: TestClient, person: str) -> None:
    path = f"/people/{person}"
    assert "同意: まだありません。支援会議の範囲だけで話します。" in look(client, path)
    body = {"shared_with": "team", "fields": [], "how": "口頭", "given_on": "2026-08-20"}
    assert client.post(f"/api/v1{path}/consents", json=body).status_code == 201
    page = look(client, path)
    assert "まだありません" not in page.split("流れ")[0]
    assert "・口頭・令和8年8月20日" in page
