"""A host on a small phone without scripts, and the staff's pages of questions as they are seen."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page

from service.database import open_engine, transaction
from tests.factories import PASSWORD, TEAM, person_in, seed
from tests.journeys.looking import SMALL_TARGETS, UNLABELLED, axe
from tests.journeys.office import office_settings, served
from tests.journeys.screenshots import sign_in
from tests.journeys.test_paper import A_PAGE, SPILLING

Contexts = Callable[..., BrowserContext]
API = "/api/v1"
WIDE = "document.documentElement.scrollWidth > innerWidth"
EVERYTHING: list[dict[str, Any]] = [
    {"ask": "shorter", "value": 480},
    {"ask": "fewer_people", "value": 100},
    {"ask": "other_slot", "value": "we-evening"},
    *({"ask": each} for each in ("just_being", "no_talking", "leave_any_time", "lift", "home")),
]


@dataclass(frozen=True)
class Asking:
    """A served town, a worker's hand on its API, and what was asked."""

    address: str
    staff: httpx.Client
    placement: str
    tea: str
    cafe: str

    def done(self, path: str, **body: Any) -> Any:
        answer = self.staff.post(f"{API}/{path}", json=body)
        assert answer.is_success, (path, answer.text)
        return answer.json()

    def asked(self, **about: Any) -> tuple[str, str]:
        """Return the worker's page of a new question, and the host's."""
        inquiry = self.done("inquiries", **about)["id"]
        return f"/inquiries/{inquiry}", self.done(f"inquiries/{inquiry}/links")["path"]


@pytest.fixture(scope="module")
def asking(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    path = tmp_path_factory.mktemp("asking") / "town.db"
    shutil.copy(sqlite_template, path)
    url = f"sqlite:///{path}"
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        town = seed(session)
        person, tea, cafe = person_in(session, town, consent=TEAM), town.activities["tea"].id, None
        cafe, leaves = town.hosts["cafe"].id, town.activities["leaves"].id
        person_id = person.id
    engine.dispose()
    with served(office_settings(url)) as address, httpx.Client(base_url=address) as staff:
        known = {"username": "csw", "password": PASSWORD}
        token = staff.post(f"{API}/sessions", json=known).json()["token"]
        staff.headers["authorization"] = f"Bearer {token}"
        body = {"person_id": str(person_id), "activity_id": str(leaves)}
        made = staff.post(f"{API}/placements", json=body).json()["id"]
        found = Asking(address, staff, made, str(tea), str(cafe))
        for action in ("want", "ask"):
            found.done(f"placements/{made}/moves", move=action)
        yield found


def test_a_host_puts_its_answer_right_on_the_smallest_phone_without_scripts(
    asking: Asking, context_of: Contexts
) -> None:
    _, path = asking.asked(purpose="own", host_id=asking.cafe)
    phone = context_of(viewport={"width": 320, "height": 560}, java_script_enabled=False)
    page = phone.new_page()
    page.goto(f"{asking.address}{path}")
    assert not page.evaluate(WIDE)
    page.get_by_role("button", name="お返事を送る").click()
    assert page.get_by_role("alert").inner_text().startswith("直すところが 1 つあります")
    page.get_by_role("link", name="どれか一つを選んでください").click()
    assert page.url.endswith("#answer")
    page.get_by_text("しばらく休みたい", exact=True).click()
    page.get_by_label("ひとこと").fill("あ" * 40 + "https://" + "x" * 60)
    page.get_by_role("button", name="お返事を送る").click()
    assert "いつまで休むかを書いてください" in page.get_by_role("alert").inner_text()
    assert page.get_by_role("radio", name="しばらく休みたい").is_checked()
    assert page.get_by_label("ひとこと").input_value().endswith("x" * 60)
    assert not page.evaluate(WIDE)
    page.get_by_label("いつまで休みますか").fill("2026-12-20")
    page.get_by_role("button", name="お返事を送る").click()
    assert "令和8年12月20日(日)まで" in page.get_by_role("status").last.inner_text()
    assert not page.evaluate(WIDE)  # also with a word that no line can hold
    page.reload()
    assert page.locator("main").get_by_role("button").count() == 0


def test_a_host_answers_with_the_keyboard_alone(asking: Asking, context_of: Contexts) -> None:
    _, path = asking.asked(purpose="question", activity_id=asking.tea, asks=EVERYTHING[:1])
    page = context_of().new_page()
    page.goto(f"{asking.address}{path}")
    seen: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focus = "[document.activeElement.name || '', document.activeElement.type || '']"
        name, kind = page.evaluate(focus)
        seen.append(name)
        if kind == "radio":
            page.keyboard.press("ArrowDown")  # from the first answer to the second
        if name == "remark":
            page.keyboard.type("夕方なら")
        if kind == "submit":
            page.keyboard.press("Enter")
            break
    page.wait_for_load_state()
    assert seen.index("answer") < seen.index("remark")
    words = page.get_by_role("status").last.inner_text()
    assert "むずかしい" in words
    assert "夕方なら" in words


def looked_at(page: Page, address: str, path: str) -> list[str]:
    page.goto(f"{address}{path}")
    assert page.locator("h1").count() == 1, path
    wide = ["wide"] if page.evaluate(WIDE) else []
    return [*wide, *page.evaluate(SMALL_TARGETS), *page.evaluate(UNLABELLED), *axe(page)]


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_and_a_thumb_find_nothing_on_the_pages_of_questions(
    asking: Asking, context_of: Contexts, width: int
) -> None:
    about = {"purpose": "question", "activity_id": asking.tea}
    open_page, host = asking.asked(**about, asks=EVERYTHING, own_line="静" * 200)
    done_page, answered = asking.asked(**about, asks=EVERYTHING)
    asking.done(f"host/{answered.removeprefix('/h/')}/reply", answer="yes", remark="はい " * 100)
    context = context_of(viewport={"width": width, "height": 700}, bypass_csp=True)
    page = context.new_page()
    faults = {path: looked_at(page, asking.address, path) for path in (host, answered, "/h/none")}
    sign_in(page, asking.address, "csw", PASSWORD)
    form = f"/activities/{asking.tea}/inquiries/new"
    for path in (open_page, done_page, form, "/hosts/health", f"/activities/{asking.tea}"):
        faults[path] = looked_at(page, asking.address, path)
    assert {path: found for path, found in faults.items() if found} == {}


def test_what_a_host_is_asked_fits_one_page_of_large_print_with_its_square(
    asking: Asking, context_of: Contexts
) -> None:
    about = {"purpose": "question", "activity_id": asking.tea, "own_line": "静" * 50}
    three, _ = asking.asked(**about, asks=EVERYTHING[:3])
    own, _ = asking.asked(purpose="own", host_id=asking.cafe)
    before, _ = asking.asked(purpose="before", placement_id=asking.placement)
    page = context_of().new_page()
    sign_in(page, asking.address, "csw", PASSWORD)
    for path in (before, own, three):
        page.goto(f"{asking.address}{path}")
        page.get_by_role("button", name="リンクと紙を作る").click()
        square = page.get_by_role("img", name="お返事の画面のQRコード")
        assert square.evaluate("it => it.complete && it.naturalWidth > 0")
        assert not page.evaluate(WIDE), path
        page.emulate_media(media="print")
        assert page.evaluate(SPILLING) == 0
        words = page.locator(".paper").inner_text()
        assert not re.search(r"/h/[\w-]{20}", words)  # a square is enough for a wall
        printed = page.pdf(
            format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "14mm")
        )
        assert len(A_PAGE.findall(printed)) == 1, path
        page.set_viewport_size({"width": 688, "height": 1016})  # A4 within those margins
        tall = page.locator(".paper").bounding_box()
        assert tall
        assert tall["height"] < 0.9 * 1016, path  # another machine's fonts may be wider
        page.emulate_media(media="screen")
