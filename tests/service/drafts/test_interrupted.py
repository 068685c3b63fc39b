"""A sign-in that ended under an open form: what was typed stands there again, for its writer."""

from urllib.parse import quote

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from sqlalchemy import Connection
from sqlmodel import SQLModel

from service.database import transaction
from service.drafts import rules
from service.settings import Settings
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.browsing import main_of
from tests.service.drafts.desk import Desk, banner, led

STORY = {"what": "縁側で犬の話をした", "result": "talked", "channel": "visit", "direction": "sent"}


@pytest.fixture
def person(connection: Connection, town: Town) -> str:
    with transaction(connection) as session:
        return str(person_in(session, town, consent=TEAM).id)


@pytest.fixture
def path(person: str) -> str:
    return f"/people/{person}/contacts/new"


@pytest.fixture
def idle(app: FastAPI) -> None:
    """An office where a sign-in ends after half an hour, as by default."""
    app.state.settings = Settings(secure_cookies=False)


def rows(connection: Connection, table: str = "draft") -> int:
    counted = sa.select(sa.func.count()).select_from(SQLModel.metadata.tables[table])
    return connection.execute(counted).scalar_one()


@pytest.mark.usefixtures("idle")
def test_what_was_typed_stands_in_the_form_after_signing_in_again(
    app: FastAPI, connection: Connection, path: str, turnable_clock: TurnableClock
) -> None:
    desk = Desk(app)
    form = desk.form(path)
    turnable_clock.turn(minutes=31)
    sent = desk.send(path, form, **STORY)
    assert led(sent) == f"/sign-in?next={quote(path)}"
    assert "犬" not in str(sent.headers)
    page = desk.enter(path)
    assert 'value="縁側で犬の話をした"' in page.text
    assert 'value="visit" checked' in page.text
    assert "書きかけがあります" in banner(page)
    assert "まだ保存していません" in banner(page)
    # sent once more it is saved, and nothing of it is left over
    assert led(desk.write(path, **STORY)) == path.replace("/contacts/new", "?saved=true")
    assert (rows(connection), rows(connection, "contact")) == (0, 1)
    assert banner(desk.look(path)) == ""


@pytest.mark.usefixtures("idle")
def test_the_control_without_a_shelf_the_text_is_gone(
    app: FastAPI, path: str, turnable_clock: TurnableClock
) -> None:
    desk = Desk(app)
    form = desk.form(path)
    turnable_clock.turn(minutes=31)
    app.state.shelf = None
    assert led(desk.send(path, form, **STORY)) == f"/sign-in?next={quote(path)}"
    assert "犬" not in desk.enter(path).text


@pytest.mark.usefixtures("idle")
def test_whoever_signs_in_instead_is_shown_nothing_of_it(
    app: FastAPI, path: str, turnable_clock: TurnableClock
) -> None:
    desk = Desk(app)
    form = desk.form(path)
    turnable_clock.turn(minutes=31)
    desk.send(path, form, **STORY)
    desk.username = "coordinator"
    assert "犬" not in desk.enter(path).text
    desk.username = "csw"
    assert "犬" in desk.enter(path).text


def test_a_form_that_lies_open_while_another_account_signs_in_is_kept_for_nobody(
    app: FastAPI, connection: Connection, path: str
) -> None:
    desk = Desk(app)
    form = desk.form(path)
    desk.username = "coordinator"
    desk.enter()
    assert desk.send(path, form, **STORY).status_code == 403
    assert rows(connection) == 0


def test_a_form_made_before_one_signed_in_anew_comes_back_at_once(
    app: FastAPI, connection: Connection, path: str
) -> None:
    desk = Desk(app)
    form = desk.form(path)
    desk.enter()  # in another window of the same browser
    assert led(desk.send(path, form, **STORY)) == path
    assert 'value="縁側で犬の話をした"' in desk.look(path).text
    assert rows(connection, "contact") == 0


def test_signed_out_in_another_window_or_on_another_device_the_text_is_kept(
    app: FastAPI, path: str, turnable_clock: TurnableClock
) -> None:
    here, elsewhere = Desk(app), Desk(app)
    form, further = here.form(path), elsewhere.form(path)
    here.send("/sign-out", form)
    assert led(here.send(path, form, **STORY)) == path  # which leads to the sign-in
    assert led(here.browser.get(path)).startswith("/sign-in")
    turnable_clock.turn(minutes=5)
    later = {**STORY, "what": "電話が鳴った"}
    assert led(elsewhere.send(path, further, **later)).startswith("/sign-in")
    page = here.enter(path)
    assert "電話が鳴った" in page.text
    other = page.text.split('href="?draft=')[1].split('"')[0]
    assert "犬の話" in here.look(f"{path}?draft={other}").text


@pytest.mark.usefixtures("idle")
def test_of_a_sign_in_that_ended_long_ago_nothing_is_taken(
    app: FastAPI, connection: Connection, path: str, turnable_clock: TurnableClock
) -> None:
    desk = Desk(app)
    form = desk.form(path)
    turnable_clock.turn(hours=10 + 25)
    assert led(desk.send(path, form, **STORY)).startswith("/sign-in")
    assert rows(connection) == 0


@pytest.mark.parametrize("header", ["cross-site", "same-site"])
def test_another_site_leaves_nothing_on_the_shelf(
    app: FastAPI, connection: Connection, path: str, header: str
) -> None:
    desk = Desk(app)
    form = desk.form(path)
    desk.browser.headers["sec-fetch-site"] = header
    assert desk.send(path, form, **STORY).status_code == 403
    assert rows(connection) == 0


@pytest.mark.usefixtures("idle")
def test_a_password_is_never_kept(
    app: FastAPI, connection: Connection, turnable_clock: TurnableClock
) -> None:
    desk = Desk(app)
    form = desk.form("/security/password")
    turnable_clock.turn(minutes=31)
    desk.send("/security/password", form, password="ねこやなぎ と ひばり")
    assert rows(connection) == 0
    kept = rules.kept_fields([("new_password", "a"), ("once", "1"), ("note", "b")])
    assert kept == [("note", "b")]


@pytest.mark.usefixtures("idle")
def test_what_is_kept_lies_sealed_and_goes_with_the_person(
    app: FastAPI, connection: Connection, path: str, person: str, turnable_clock: TurnableClock
) -> None:
    desk = Desk(app)
    form = desk.form(path)
    turnable_clock.turn(minutes=31)
    desk.send(path, form, **STORY)
    [row] = connection.execute(sa.select(SQLModel.metadata.tables["draft"])).mappings()
    assert str(row["person_id"]) == person  # whose key sealed it, and with whom it is erased
    assert "犬".encode() not in row["sealed_fields"]
    assert "犬" not in str(row)
    # nobody asked for it to be kept: three days, then it is gone
    turnable_clock.turn(days=3)
    assert "犬" not in desk.enter(path).text


@pytest.mark.usefixtures("idle")
def test_when_the_person_is_not_seen_any_more_the_text_is_not_shown_either(
    app: FastAPI, connection: Connection, town: Town, turnable_clock: TurnableClock
) -> None:
    with transaction(connection) as session:
        somebody = str(person_in(session, town, consent=TEAM).id)
    path = f"/people/{somebody}/contacts/new"
    colleague, owner = Desk(app, "coordinator"), Desk(app)
    form = colleague.form(path)
    turnable_clock.turn(minutes=31)
    colleague.send(path, form, **STORY)
    owner.enter()
    page = owner.look(f"/people/{somebody}").text
    consent = page.split("/withdrawal")[0].rsplit("/consents/", 1)[1]
    withdrawal = f"/people/{somebody}/consents/{consent}/withdrawal"
    assert led(owner.write(withdrawal)) == f"/people/{somebody}"
    colleague.enter()
    assert colleague.browser.get(path).status_code == 404
    assert "書きかけはありません" in main_of(colleague.look("/drafts"))


@pytest.mark.usefixtures("idle")
def test_the_page_that_opens_again_is_audited_and_the_keeping_is_not(
    app: FastAPI, connection: Connection, path: str, turnable_clock: TurnableClock
) -> None:
    desk = Desk(app)
    form = desk.form(path)
    before = looks(connection)
    turnable_clock.turn(minutes=31)
    desk.send(path, form, **STORY)
    assert looks(connection) == before
    desk.enter(path)
    assert looks(connection) == [*before, "contact"]


def looks(connection: Connection) -> list[str]:
    table = SQLModel.metadata.tables["access_record"]
    about = sa.select(table.c.resource).where(table.c.person_id.is_not(None))
    return list(connection.execute(about.order_by(table.c.seq)).scalars())
