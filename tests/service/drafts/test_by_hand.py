"""途中まで保存: a long form put aside without JavaScript, found again, thrown away or saved."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from sqlalchemy import Connection
from sqlmodel import SQLModel

from service.database import transaction
from service.drafts import actions, repository, rules
from service.drafts.actions import NothingToKeep, Sheet
from service.drafts.words import words_of
from tests.factories import MORNING, TEAM, Town, TurnableClock, person_in, staff_of
from tests.service.browsing import main_of
from tests.service.drafts.desk import Desk, Shown, banner, led

NEW = "/people/new"


@pytest.fixture
def desk(app: FastAPI) -> Desk:
    return Desk(app)


def rows(connection: Connection) -> int:
    table = SQLModel.metadata.tables["draft"]
    return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def keys(connection: Connection) -> int:
    table = SQLModel.metadata.tables["data_key"]
    return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_a_form_is_put_aside_with_nothing_in_it_right_yet(
    desk: Desk, connection: Connection
) -> None:
    kept = desk.later(NEW, own_words="花の名前を", max_minutes="たくさん", modes=["walk", "bus"])
    assert led(kept) == NEW
    page = desk.look(NEW)
    assert "花の名前を</textarea>" in page.text
    assert 'value="たくさん"' in page.text
    assert page.text.count('name="modes" value="walk" id="modes" checked') == 1
    assert "11月20日(金) 9:00" in banner(page) or "11月20日(金) 09:00" in banner(page)
    assert rows(connection) == 1
    # put aside once more, it is the same draft with other words
    desk.later(NEW, own_words="花の名前を知りたい")
    assert "花の名前を知りたい</textarea>" in desk.look(NEW).text
    assert rows(connection) == 1


def test_a_box_that_was_cleared_stays_cleared(
    desk: Desk, connection: Connection, town: Town
) -> None:
    heard = {"travel": {"modes": ["walk"]}, "own_words": "土"}
    with transaction(connection) as session:
        somebody = person_in(session, town, picture=heard).id
    path = f"/people/{somebody}/assessments/new"
    form = desk.form(path)
    assert form.pop("modes") == ["walk"]
    desk.browser.post("/drafts", data={**form, "sent_to": path})
    assert 'value="walk" id="modes" checked' not in desk.look(path).text


def test_todays_page_counts_the_drafts_and_the_list_leads_to_each(
    desk: Desk, connection: Connection, town: Town
) -> None:
    with transaction(connection) as session:
        somebody = person_in(session, town)
    assert "書きかけ" not in main_of(desk.look("/"))
    desk.later(NEW, own_words="花")
    path = f"/people/{somebody.id}/contacts/new"
    desk.later(path, what="庭で会った")
    assert "書きかけ 2" in main_of(desk.look("/"))
    listed = desk.look("/drafts")
    assert "新しい人" in main_of(listed)
    assert f"関わりの記録({somebody.code})" in main_of(listed)
    assert "庭で会った" not in listed.text
    leads = [each.split('"')[0] for each in listed.text.split('href="')[1:] if "draft=" in each]
    assert [lead.partition("?")[0] for lead in leads] in ([path, NEW], [NEW, path])
    assert "庭で会った" in desk.look(next(lead for lead in leads if path in lead)).text


def test_a_draft_is_thrown_away_with_its_key(desk: Desk, connection: Connection) -> None:
    before = keys(connection)
    desk.later(NEW, own_words="花")
    assert keys(connection) == before + 1
    listed = desk.look("/drafts")
    end = listed.text.split('action="/drafts/')[1].split('"')[0]
    gone = desk.send(f"/drafts/{end}", desk.form("/drafts", f"/drafts/{end}"))
    assert led(gone) == "/drafts"
    assert (rows(connection), keys(connection)) == (0, before)
    assert "書きかけはありません" in main_of(desk.look("/drafts"))
    again = desk.send(f"/drafts/{end}", desk.form(NEW))
    assert again.status_code == 404


def test_nobody_throws_away_or_sees_the_draft_of_another_account(
    app: FastAPI, desk: Desk, connection: Connection
) -> None:
    desk.later(NEW, own_words="花の名前")
    end = desk.look("/drafts").text.split('action="/drafts/')[1].split('"')[0]
    for other in ("coordinator", "csw_west", "admin", "officer"):
        colleague = Desk(app, other)
        token = colleague.form("/security/password")
        assert colleague.send(f"/drafts/{end}", token).status_code == 404
        assert "書きかけはありません" in main_of(colleague.look("/drafts"))
    assert rows(connection) == 1


def test_what_another_device_kept_meanwhile_is_not_written_over(
    app: FastAPI, desk: Desk, connection: Connection, turnable_clock: TurnableClock
) -> None:
    phone = Desk(app)
    here, there = desk.form(NEW), phone.form(NEW)
    phone.browser.post("/drafts", data={**there, "own_words": "電車で書いた", "sent_to": NEW})
    turnable_clock.turn(minutes=5)
    desk.browser.post("/drafts", data={**here, "own_words": "机で書いた", "sent_to": NEW})
    page = desk.look(NEW)
    assert "机で書いた</textarea>" in page.text
    assert "べつの書きかけを見る" in banner(page)
    assert "09:00" in banner(page)  # when the other one was kept
    other = page.text.split('href="?draft=')[1].split('"')[0]
    assert "電車で書いた</textarea>" in desk.look(f"{NEW}?draft={other}").text
    assert rows(connection) == 2
    # saved from here, what the telephone holds is still there
    said = {"area": "east", "stage": "at_home", "own_words": "机で書いた"}
    assert led(desk.write(NEW, **said)).startswith("/people/")
    assert rows(connection) == 1
    assert "電車で書いた</textarea>" in phone.look(NEW).text


def test_a_draft_that_grew_on_another_device_outlives_the_form_that_was_saved(
    app: FastAPI, desk: Desk, connection: Connection
) -> None:
    desk.later(NEW, own_words="はじめ")
    phone = Desk(app)
    here = desk.form(NEW)
    phone.later(NEW, own_words="つづきがある")
    said = {"area": "east", "stage": "at_home", "own_words": "はじめ"}
    assert led(desk.send(NEW, here, **said)).startswith("/people/")
    assert "つづきがある</textarea>" in phone.look(NEW).text
    assert rows(connection) == 1


def test_a_form_with_mistakes_keeps_its_draft_and_ends_it_when_it_is_saved(
    desk: Desk, connection: Connection
) -> None:
    desk.later(NEW, own_words="花", area="east", stage="at_home")
    wrong = desk.write(NEW, max_minutes="たくさん", area="east", stage="at_home")
    assert wrong.status_code == 422
    assert rows(connection) == 1
    [right] = [form for sent_to, form in Shown(wrong.text).found if sent_to == NEW]
    assert led(desk.send(NEW, right, max_minutes="20")).startswith("/people/")
    assert rows(connection) == 0


def test_the_script_is_answered_with_a_line_and_what_it_has_seen(
    desk: Desk, connection: Connection
) -> None:
    form = {**desk.form(NEW), "own_words": "花", "sent_to": NEW}
    first = desk.browser.post("/drafts", data=form, headers={"x-draft": "1"})
    assert first.status_code == 200
    assert "書きかけを保存しました 09:00" in first.text
    seen = first.text.split('value="')[1].split('"')[0]
    form |= {"own_words": "花と土", "draft": seen}
    second = desk.browser.post("/drafts", data=form, headers={"x-draft": "1"})
    assert seen not in second.text
    assert rows(connection) == 1
    empty = {**desk.form("/security/password"), "sent_to": NEW}
    assert desk.browser.post("/drafts", data=empty, headers={"x-draft": "1"}).status_code == 204


def test_an_address_that_is_not_ours_is_never_led_to(desk: Desk, connection: Connection) -> None:
    form = desk.form(NEW) | {"own_words": "花", "sent_to": NEW}
    for page in ("//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere", "/sign-in"):
        slip = f"whose=x&about=&page={page}"
        answer = desk.browser.post("/drafts", data=form | {"slip": slip})
        assert led(answer) in {"/", "/sign-in"}
    assert rows(connection) == 0


def test_of_one_account_no_more_is_kept_than_a_desk_holds(
    connection: Connection, town: Town
) -> None:
    with transaction(connection) as session:
        staff = staff_of(session, town.accounts["csw"])
        for n in range(rules.MOST + 3):
            at = MORNING + timedelta(minutes=n)
            sheet = Sheet(f"/aids?n={n}", "/aids", [("name", f"車{n}")])
            actions.keep(session, staff, sheet, days=14, at=at)
        later = MORNING + timedelta(hours=2)
        pages = {row.page for row in repository.drafts(session, staff, at=later)}
        assert len(pages) == rules.MOST
        assert not pages & {"/aids?n=0", "/aids?n=1", "/aids?n=2"}
        long = Sheet("/aids", "/aids", [("name", "車" * rules.MOST_BYTES)])
        with pytest.raises(NothingToKeep):
            actions.keep(session, staff, long, days=14, at=later)


def test_after_its_term_a_draft_is_gone_for_good(connection: Connection, town: Town) -> None:
    with transaction(connection) as session:
        staff = staff_of(session, town.accounts["csw"])
        person = person_in(session, town, consent=TEAM).id
        pages = ("/aids", f"/people/{person}/contacts/new")
        for page, interrupted in zip(pages, (True, False), strict=True):
            sheet = Sheet(page, page, [("name", "車")])
            actions.keep(session, staff, sheet, days=14, at=MORNING, interrupted=interrupted)
        assert actions.forget_over(session, at=MORNING + timedelta(days=3)) == 1
        assert actions.forget_over(session, at=MORNING + timedelta(days=13, hours=23)) == 0
        assert actions.forget_over(session, at=MORNING + timedelta(days=14)) == 1
    assert rows(connection) == 0


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (NEW, "新しい人"),
        ("/placements/0f8fad5b-d9cb-469f-a165-70867728950e/visits/new", "参加の記録"),
        ("/aids", "そのほかの書きこみ"),
    ],
)
def test_a_draft_is_called_by_what_was_being_written(path: str, said: str) -> None:
    assert words_of(path) == said
