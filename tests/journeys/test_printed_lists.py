"""The other paper, as it comes out of a printer: every sheet says its day, its number, for whom."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pypdfium2
import pytest
from playwright.sync_api import BrowserContext, Page
from sqlmodel import Session

from catalogue.profiles import SharedWith
from catalogue.tables import Host
from migrations import upgrade
from service.booklet.actions import agree
from service.booklet.rules import Shown
from service.conferences.actions import open_conference, write_record
from service.conferences.rules import Part
from service.database import open_engine, transaction
from service.disclosures import actions as disclosures
from service.disclosures.lifecycle import Action
from service.placements.lifecycle import Status
from service.placements.tables import Placement
from service.visits.month.actions import ROWS
from tests.factories import MORNING, PASSWORD, Town, TurnableClock, person_in, seed, staff_of
from tests.journeys.conftest import Office
from tests.journeys.office import office_settings, served

MARK: Final = "あいうえお会"
LONG: Final = MARK + "とても長い名前の、だれでも来られる、みんなの居場所と畑と台所の会" * 3
PEOPLE: Final = ROWS + 5
HOSTS: Final = 5  # of one area, beside the two of the small town
WIDE: Final = """() => [...document.querySelectorAll('main :not(.hidden-label)')].filter(
  e => e.offsetParent && e.scrollWidth > e.clientWidth + 1
    && getComputedStyle(e).display !== 'inline').map(e => e.className || e.tagName)"""
Paper = tuple[list[str], list[tuple[float, float]]]


def _people(session: Session, town: Town) -> None:
    """Let more people come on Tuesdays than one sheet holds."""
    town.activities["last_place"].title = LONG
    session.add(town.activities["last_place"])
    for number in range(PEOPLE):
        person = person_in(session, town, code=f"あお-{number:02}")
        name = "leaves" if number < ROWS else "last_place"
        activity, (slot, *_) = town.activities[name], town.slots[name]
        known = {"activity_id": activity.id, "slot_id": slot.id, "status": Status.TRYING}
        owner = town.accounts["csw"].id
        session.add(
            Placement(
                municipality_id=town.municipality.id,
                person_id=person.id,
                owner_id=owner,
                proposed_on=MORNING.date(),
                **known,
            )
        )
    session.flush()


def _packet(session: Session, town: Town, url: str) -> str:
    """Release to the temple more words than anybody tells."""
    own, chief = (staff_of(session, town.accounts[name]) for name in ("csw", "coordinator"))
    fields = ["age_band", "pace", "limits"]
    limits = [{"kind": "other", "text": LONG} for _ in range(3)]
    consent = {"shared_with": SharedWith.HOSTS, "host_id": town.hosts["temple"].id}
    told = {"fields": fields, "purpose": LONG, "how": "口頭", "given_on": None, "until": None}
    person = person_in(session, town, picture={"limits": limits}, consent=consent | told)
    packet = disclosures.draft(session, chief, person.id, town.hosts["temple"].id, at=MORNING)
    for staff, move in ((chief, Action.PREPARE), (own, Action.RELEASE)):
        disclosures.move(session, staff, packet.id, move, at=MORNING, settings=office_settings(url))
    return f"/disclosures/{packet.id}/paper"


def _booklet(session: Session, town: Town) -> None:
    staff, area = staff_of(session, town.accounts["csw"]), town.areas["east"]
    for number in range(HOSTS):
        host = Host(
            municipality_id=town.municipality.id,
            ref=f"more-{number}",
            name=f"{LONG} {number}",
            type="farm",
            area_id=area.id,
        )
        session.add(host)
        session.flush()
        known = {"shown": Shown.WITH_NEEDS, "with_telephone": True, "agreed_on": staff.on}
        agree(session, staff, host.id, seen=0, **known)
    agree(
        session,
        staff,
        town.hosts["temple"].id,
        shown=Shown.LISTED,
        with_telephone=False,
        agreed_on=staff.on,
        seen=0,
    )


def _conference(session: Session, town: Town) -> str:
    staff = staff_of(session, town.accounts["csw"])
    conference = open_conference(session, staff, title="東-3", at=MORNING)
    for _ in range(8):
        said = {Part.NAME: "needle-name", Part.WORRIES: LONG * 3}
        write_record(session, staff, conference.id, said, at=MORNING)
    return f"/conferences/{conference.id}/paper?words=true"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, dict[str, str]]]:
    """A small town with more of everything than one sheet holds, and where each paper is."""
    folder: Path = tmp_path_factory.mktemp("papers")
    url = f"sqlite:///{folder / 'town.db'}"
    engine = open_engine(url, connections=1)
    upgrade(engine)
    with transaction(engine) as session:
        town = seed(session)
        _people(session, town)
        _booklet(session, town)
        paths = {
            "month": "/visits/month/paper?month=2026-11",
            "host": _packet(session, town, url),
            "booklet": "/booklet",
            "agenda": _conference(session, town),
        }
    engine.dispose()
    with served(office_settings(url), now=TurnableClock(MORNING)) as address:
        yield Office(address, "csw", PASSWORD), paths


@pytest.fixture
def page(papers: tuple[Office, dict[str, str]], context_of: Callable[..., BrowserContext]) -> Page:
    return papers[0].enter(context_of().new_page())


def printed(page: Page, address: str) -> Paper:
    """Print a page; return the words and the size of each sheet."""
    page.goto(address)
    page.emulate_media(media="print")
    made: Any = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    # a printer's words have no spaces of their own
    words = ["".join(sheet.get_textpage().get_text_bounded().split()) for sheet in made]
    sizes = [sheet.get_size() for sheet in made]
    page.emulate_media(media="screen")
    return words, sizes


HANDLING: Final = {"month": "部外秘", "host": "部外秘", "booklet": "どなたでも", "agenda": "部外秘"}


def test_every_sheet_says_when_it_was_printed_for_whom_it_is_and_which_it_is(
    papers: tuple[Office, dict[str, str]], page: Page
) -> None:
    office, paths = papers
    assert set(HANDLING) == set(paths)
    found = {name: printed(page, f"{office.address}{path}") for name, path in paths.items()}
    for name, (words, sizes) in found.items():
        for number, said in enumerate(words, start=1):
            assert "印刷令和8年11月20日(金)" in said, name
            assert HANDLING[name] in said, name
            assert f"{number}/{len(words)}" in said, name
        assert {width > height for width, height in sizes} == {name == "month"}
    month, host, booklet, agenda = (found[name][0] for name in paths)
    # two sheets of rows, each with its head, and everybody on one of them
    assert len(month) == 2
    assert all("番号・人・活動" in said for said in month)
    assert all(f"あお-{number:02}" in "".join(month) for number in range(PEOPLE))
    assert len(host) == 1
    assert "お返事くださった方" in host[0]
    # the contents, and then half a page a host: never more than two
    names = [said.count(MARK) for said in booklet]
    assert "もくじ" in booklet[0]
    assert names[0] == HOSTS
    assert max(names[1:]) <= 2
    assert sum(names[1:]) == HOSTS
    assert "needle-name" not in "".join(agenda)
    assert len(agenda) > 1


def test_nothing_is_wider_than_the_paper(papers: tuple[Office, dict[str, str]], page: Page) -> None:
    office, paths = papers
    page.set_viewport_size({"width": 690, "height": 990})  # A4 less its margins, in CSS pixels
    for name, path in paths.items():
        if name == "month":
            page.set_viewport_size({"width": 1030, "height": 690})
        page.goto(f"{office.address}{path}")
        page.emulate_media(media="print")
        assert page.evaluate(WIDE) == [], name
        page.emulate_media(media="screen")


def test_a_planted_wide_line_and_a_page_without_its_words_are_found(
    papers: tuple[Office, dict[str, str]], page: Page
) -> None:
    office, _ = papers
    words, _ = printed(page, f"{office.address}/people")
    assert "部外秘" not in words[0]
    page.set_content(f"<main><pre>{LONG * 9}</pre></main>")
    assert page.evaluate(WIDE) == ["PRE"]


def test_a_month_is_typed_by_the_keyboard_alone(
    papers: tuple[Office, dict[str, str]], page: Page
) -> None:
    office, _ = papers
    page.goto(f"{office.address}/visits/month?month=2026-11&sheet=2")
    page.locator(".month-row input").first.focus()
    for _ in range(2):
        page.keyboard.type("1")
        page.keyboard.press("Tab")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    page.get_by_text("3日分を保存しました").wait_for()
    assert page.locator(".month-row").first.locator(".box.known").count() == 3
