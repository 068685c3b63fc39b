"""A passkey in a real browser, whose device is the browser's own virtual one."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pyotp
from playwright.sync_api import BrowserContext, Page, expect

from service import clock
from service.database import open_engine, transaction
from tests.factories import PASSWORD, seed
from tests.journeys.office import office_settings, served
from tests.journeys.screenshots import sign_in

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_a_device(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def set_up_app(page: Page, address: str) -> None:
    """Set an authenticator app up, as its owner would with the secret typed in."""
    page.goto(f"{address}/security/code")
    page.get_by_role("button", name="はじめる").click()
    secret = page.locator("p.words.figure").inner_text().replace(" ", "")
    page.get_by_label("6けたの番号").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="この番号で確かめる").click()
    expect(page.get_by_role("heading", name="予備の番号をひかえる")).to_be_visible()


def test_a_device_is_added_opens_the_second_step_and_proves_again(
    own_database: str, context_of: Callable[..., BrowserContext]
) -> None:
    settings = office_settings(own_database)
    prepare_town(own_database)
    with served(settings, now=clock.moment) as served_at:
        address = f"http://localhost:{urlsplit(served_at).port}"
        settings.origin = address  # known only now: the port was free by chance
        page = context_of().new_page()
        give_a_device(page)
        sign_in(page, address, "csw", PASSWORD)
        set_up_app(page, address)
        page.goto(f"{address}/security")
        page.get_by_role("button", name="この端末のパスキーを加える").click()
        expect(page.get_by_role("status").last).to_have_text("名前を入れてください。")
        page.get_by_label("この端末の呼び名").fill("仕事の電話")
        page.get_by_role("button", name="この端末のパスキーを加える").click()
        expect(page.get_by_text("パスキーを加えました")).to_be_visible()
        page.get_by_role("button", name="サインアウト", exact=True).click()
        sign_in(page, address, "csw", PASSWORD)
        page.get_by_role("button", name="番号のかわりに、パスキーで確かめる").click()
        page.wait_for_url(f"{address}/")
        page.goto(f"{address}/step-up?next=/people")
        page.get_by_role("button", name="パスキーで確かめる").click()
        page.wait_for_url(f"{address}/people")


def prepare_town(url: str) -> None:
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        seed(session)
    engine.dispose()
