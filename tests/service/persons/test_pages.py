"""Pages of people: somebody new, the list, a new hearing, consents and pauses."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from catalogue.profiles import SharedWith, Stage
from service.audit.tables import AccessRecord, Act
from service.persons.tables import Consent, Person
from tests.factories import Town, person_in
from tests.service.browsing import led_to, look, main_of, send

NEW = {
    "area": "east",
    "stage": "beginning_to_go_out",
    "own_words": "庭の手入れなら好き",
    "load_social": "1",
    "days_1": ["TU", "WE"],
    "from_1": "09:30",
    "to_1": "12:00",
    "modes": "walk",
    "no_hazard": ["bees", "crowd"],
    "flags": "no_talking_required",
    "group_at_most": "５",
    "shared_with": "none",
}


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    return person_in(session, town)


def test_somebody_new_gets_a_code_and_comes_to_the_candidates(
    client: TestClient, session: Session
) -> None:
    place = led_to(send(client, "/people/new", NEW))
    person = session.exec(select(Person)).one()
    assert place == f"/people/{person.id}/candidates"
    assert person.stage is Stage.BEGINNING_TO_GO_OUT
    page = look(client, f"/people/{person.id}")
    assert person.code in page
    for words in (
        "庭の手入れなら好き",
        "ハチ、人ごみ",
        "話さなくてよい",
        "人数の上限: 5人まで",
        "火水",
    ):
        assert words in page, words


def test_saving_alone_leads_to_the_persons_page(client: TestClient, session: Session) -> None:
    place = led_to(send(client, "/people/new", NEW | {"then": "person"}))
    assert place == f"/people/{session.exec(select(Person)).one().id}"


def test_a_form_with_mistakes_keeps_what_was_written_and_stores_nobody(
    client: TestClient, session: Session
) -> None:
    answer = send(client, "/people/new", NEW | {"area": "", "group_at_most": "たくさん"})
    assert answer.status_code == 422
    page = main_of(answer)
    assert "直すところが 2 つあります" in page
    assert "圏域を選んでください" in page
    assert "庭の手入れなら好き" in answer.text
    assert 'value="たくさん"' in answer.text
    assert session.exec(select(Person)).all() == []


def test_a_consent_says_how_it_was_given(client: TestClient, session: Session) -> None:
    answer = send(client, "/people/new", NEW | {"shared_with": "hosts", "fields": "nickname"})
    assert "同意をどのように聞いたかを選んでください" in main_of(answer)
    given = NEW | {"shared_with": "hosts", "fields": "nickname", "consent_how": "口頭"}
    led_to(send(client, "/people/new", given))
    consent = session.exec(select(Consent)).one()
    assert (consent.shared_with, consent.fields) == (SharedWith.HOSTS, ["nickname"])


def test_no_consent_yet_is_not_written_down_as_one(client: TestClient, session: Session) -> None:
    led_to(send(client, "/people/new", NEW))
    assert session.exec(select(Consent)).all() == []


def test_what_somebody_writes_is_never_markup(client: TestClient, session: Session) -> None:
    led_to(send(client, "/people/new", NEW | {"own_words": "<script>alert(1)</script>"}))
    person = session.exec(select(Person)).one()
    shown = client.get(f"/people/{person.id}", headers={"accept": "text/html"}).text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


def test_the_list_names_everybody_by_code_and_stage(
    client: TestClient, person: Person, session: Session
) -> None:
    page = look(client, "/people")
    assert person.code in page
    assert "家で過ごしている" in page
    acts = session.exec(select(AccessRecord.act).where(AccessRecord.person_id == person.id)).all()
    assert Act.LIST in acts


def test_another_area_answers_as_if_nobody_were_there(
    client_of: Callable[[str], TestClient], person: Person
) -> None:
    west = client_of("csw_west")
    for path in ("", "/candidates", "/assessments/new", "/contacts/new", "/consents/new"):
        answer = west.get(f"/people/{person.id}{path}", headers={"accept": "text/html"})
        assert answer.status_code == 404, path
        assert person.code not in answer.text
        assert "次にできること" in answer.text


@pytest.mark.parametrize("username", ["officer", "admin", "auditor"])
def test_roles_that_see_nobody_are_told_so_on_a_page(
    client_of: Callable[[str], TestClient], person: Person, username: str
) -> None:
    answer = client_of(username).get(f"/people/{person.id}", headers={"accept": "text/html"})
    assert answer.status_code == 403
    assert "この操作はできません" in answer.text


def test_a_new_hearing_begins_with_the_last_one_and_leaves_it_standing(
    client: TestClient, person: Person
) -> None:
    path = f"/people/{person.id}/assessments/new"
    assert "庭の手入れなら好き" in client.get(path, headers={"accept": "text/html"}).text
    led_to(send(client, path, {"own_words": "畑もしてみたい", "load_physical": "3"}))
    page = look(client, f"/people/{person.id}")
    assert "畑もしてみたい" in page
    assert "2回目" in page
    earlier = client.get(f"/api/v1/people/{person.id}/assessments").text
    assert "庭の手入れなら好き" in earlier


def test_a_hearing_with_a_mistake_is_shown_again(client: TestClient, person: Person) -> None:
    answer = send(client, f"/people/{person.id}/assessments/new", {"max_minutes": "すぐ"})
    assert answer.status_code == 422
    assert "1から240までの数で書いてください" in main_of(answer)


def test_a_consent_is_kept_and_withdrawn_on_its_page(
    client: TestClient, person: Person, session: Session
) -> None:
    fields = {"shared_with": "hosts", "fields": ["nickname", "pace"], "consent_how": "文書"}
    led_to(send(client, f"/people/{person.id}/consents/new", fields | {"given_on": "2026-11-19"}))
    page = look(client, f"/people/{person.id}")
    assert "受け入れ先にも" in page
    assert "呼び名、いっしょに行く人とペース" in page
    consent = session.exec(select(Consent)).one()
    led_to(send(client, f"/people/{person.id}/consents/{consent.id}/withdrawal", {}))
    assert "まだ同意はありません" in look(client, f"/people/{person.id}")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"shared_with": ""}, "だれに話してよいかを選んでください"),
        ({"given_on": "2026-11-25"}, "まだ来ていない日です"),
        ({"until": "2026-11-01"}, "聞いた日よりあとの日にしてください"),
        ({"host": "00000000-0000-0000-0000-000000000000"}, "受け入れ先を選びなおしてください"),
        ({"body": "ハローワーク"}, "それだけで1つの同意にしてください"),
        ({"fields": "diagnosis"}, "話してよいことは、次から選んでください: 呼び名、年代"),
    ],
)
def test_a_consent_that_cannot_be_is_not_kept(
    client: TestClient, person: Person, session: Session, changed: dict[str, str], sentence: str
) -> None:
    fields = {"shared_with": "team", "consent_how": "口頭", "given_on": "2026-11-19"} | changed
    answer = send(client, f"/people/{person.id}/consents/new", fields)
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert session.exec(select(Consent)).all() == []


def test_a_consent_is_narrowed_on_its_page_and_never_widened(
    client: TestClient, person: Person, session: Session, town: Town
) -> None:
    temple = town.hosts["temple"]
    fields = {"shared_with": "hosts", "host": str(temple.id), "fields": ["nickname", "limits"],
              "consent_how": "口頭", "given_on": "2026-11-19"}  # fmt: skip
    led_to(send(client, f"/people/{person.id}/consents/new", fields))
    assert f"{temple.name}だけに" in look(client, f"/people/{person.id}")
    [old] = session.exec(select(Consent)).all()
    narrowing = f"/people/{person.id}/consents/{old.id}/narrowing"
    assert "せまくする" in look(client, narrowing)
    refused = send(client, narrowing, fields | {"host": ""})
    assert refused.status_code == 422
    assert "もとの同意より広くなります" in main_of(refused)
    led_to(send(client, narrowing, fields | {"fields": ["nickname"]}))
    page = look(client, f"/people/{person.id}")
    assert "話してよいこと: 呼び名" in page
    assert "呼び名、避けること" not in page


def test_pausing_stops_the_proposals_until_they_begin_again(
    client: TestClient, person: Person
) -> None:
    led_to(send(client, f"/people/{person.id}/pause", {"reason": "安全の話が先"}))
    held = look(client, f"/people/{person.id}/candidates")
    assert "今は紹介しません" in held
    assert "つなぐ" not in held
    led_to(send(client, f"/people/{person.id}/pause", {}))
    assert "今は紹介しません" not in look(client, f"/people/{person.id}/candidates")


def test_the_stage_is_a_word_that_moves_both_ways(client: TestClient, person: Person) -> None:
    for stage, words in (("short_role", "短い役割がある"), ("at_home", "家で過ごしている")):
        led_to(send(client, f"/people/{person.id}/stage", {"stage": stage}))
        assert words in look(client, f"/people/{person.id}")


def test_a_form_from_another_site_changes_nothing(client: TestClient, session: Session) -> None:
    foreign = {"accept": "text/html", "sec-fetch-site": "cross-site"}
    answer = client.post("/people/new", data=NEW, headers=foreign)
    assert answer.status_code == 403
    assert session.exec(select(Person)).all() == []
