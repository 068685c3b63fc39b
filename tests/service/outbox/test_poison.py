"""One line that cannot leave keeps no other from leaving, and ends no process."""

import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.encryption.keyfile import KeysMissing
from service.outbox import webhooks
from service.outbox.actions import write_calls
from service.outbox.calling import call
from service.outbox.carrying import Carried
from service.outbox.composing import Parcel, mail_of
from service.outbox.counting import tally
from service.outbox.delivery import Round, deliver
from service.outbox.dialling import is_public
from service.outbox.posting import post
from service.outbox.rules import Channel, Figure, Notice, State, Trouble, fits_address
from service.outbox.tables import Event, Webhook
from service.settings import MailSecurity, Settings
from tests.receivers import HERE, certificate, http_receiver, mail_server
from tests.service.outbox.conftest import Desk

LINE = UUID("11111111-2222-4333-8444-555555555555")
PARCEL = Parcel(
    id=LINE,
    channel=Channel.MAIL,
    notice=Notice.CONCERN,
    figures={"concern": 1},
    at=datetime(2026, 11, 20, tzinfo=UTC),
    to="tanaka@city.example",
)


def test_what_breaks_each_time_is_given_up_like_the_rest(desk: Desk) -> None:
    desk.mailbox("coordinator")
    desk.write()

    def carry(_parcel: Parcel) -> Carried:
        raise RuntimeError

    for _ in range(3):
        deliver(replace(desk.office(deliver_tries=2), carriers={Channel.MAIL: carry}))
        desk.clock.turn(hours=8)
    assert (desk.line().state, desk.line().tries) == (State.DEAD, 2)


def test_a_carrier_that_breaks_down_says_nobodys_address_in_the_log(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.mailbox("coordinator", "needle@city.example")
    desk.write()

    def carry(parcel: Parcel) -> Carried:
        raise ValueError(parcel.to)

    deliver(replace(desk.office(), carriers={Channel.MAIL: carry}))
    written = capsys.readouterr()
    assert "ValueError" in written.out + written.err
    assert "needle" not in written.out + written.err


# Every sign that an address may have before and behind its at, and some that it may not.
_LOCAL = st.text("abzAZ019!#$%&'*+/=?^_`{|}~.-", min_size=1, max_size=40)
_DOMAIN = st.text("abZ09.-", min_size=1, max_size=40)


@given(_LOCAL, _DOMAIN)
@example("=?utf-8?q?a=40b.example=2C?=", "city.example")
@example("=?us-ascii?b?dGFuYWth?=", "city.example")
@example("a", "-.example")
@example("a" * 240, "city.example")
def test_every_address_that_is_kept_makes_a_mail_to_itself_alone(local: str, domain: str) -> None:
    said = f"{local}@{domain}"
    if fits_address(said):
        mail = mail_of(replace(PARCEL, to=said), sender="deban@city.example", origin="")
        assert [each.addr_spec for each in mail["To"].addresses] == [said]
        unfolded = mail.as_bytes().replace(b"\r\n ", b" ")
        assert f"To: {said}".encode() in unfolded.replace(b"To:  ", b"To: ").split(b"\r\n")


@pytest.mark.parametrize(
    "said",
    [
        "=?utf-8?q?a=40b.example=2C?=@city.example",
        "x=?=@city.example",
        "a@-city.example",
        "a@city-.example",
        "a@city.-.example",
        "a@city..example",
        "a@city.example.",
    ],
)
def test_what_hides_an_address_or_names_no_domain_is_none(said: str) -> None:
    assert not fits_address(said)


@pytest.fixture
def hook(desk: Desk) -> Webhook:
    account = desk.town.accounts["admin"]
    made = Webhook(
        municipality_id=account.municipality_id,
        url="https://hooks.city.example/deban",
        key_id="test-audit",
        made_by=account.id,
    )

    def keep(session: object) -> None:
        session.add(made)  # type: ignore[attr-defined] - a session

    desk.session(keep)
    return made


def called(desk: Desk) -> None:
    """Write a line for every webhook of the town."""
    event = Event(
        municipality_id=desk.town.municipality.id, notice=Notice.CONCERN, at=desk.clock.at
    )
    desk.session(lambda session: write_calls(session, event, {Figure.CONCERN: 1}, at=desk.clock.at))


@pytest.mark.usefixtures("hook")
def test_without_the_key_of_a_webhook_mails_still_leave_and_the_call_waits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_given: object) -> bytes:
        raise KeysMissing("lost")

    called(desk)
    desk.clock.turn(seconds=1)
    desk.mailbox("coordinator")
    desk.write()
    monkeypatch.setattr(webhooks, "key_named", missing)
    settings = Settings(webhook_hosts="hooks.city.example")

    def ring(parcel: Parcel) -> Carried:
        return call(parcel, settings, now=desk.clock)

    done = deliver(
        replace(desk.office(), carriers={Channel.MAIL: desk.carry, Channel.WEBHOOK: ring})
    )
    assert done == Round(sent=1, failed=1)
    waiting = next(line for line in desk.lines() if line.channel is Channel.WEBHOOK)
    assert (waiting.state, waiting.trouble) == (State.WAITING, Trouble.NOT_SET_UP)


def test_a_call_that_nobody_could_check_is_not_made() -> None:
    with http_receiver() as receiver:
        settings = Settings(webhook_hosts=HERE, webhook_networks="127.0.0.0/8")
        unsigned = replace(PARCEL, to=f"http://{HERE}:{receiver.port}/", secret=b"")
        told = call(unsigned, settings, now=lambda: PARCEL.at)
    assert told == Carried(Trouble.NOT_SET_UP)
    assert receiver.told == []


def with_password(folder: Path) -> dict[str, object]:
    ca, _trust = certificate(folder)
    password = folder / "password"
    password.write_text("secret", encoding="utf-8")
    return {"mail_password_file": str(password), "mail_ca_file": str(ca)}


def no_password_file(folder: Path) -> dict[str, object]:
    return {"mail_password_file": str(folder / "nowhere")}


def a_folder_as_password_file(folder: Path) -> dict[str, object]:
    return {"mail_password_file": str(folder)}


def a_picture_as_password_file(folder: Path) -> dict[str, object]:
    (folder / "picture").write_bytes(b"\x89PNG\xff\xfe")
    return {"mail_password_file": str(folder / "picture")}


def a_password_in_kanji(folder: Path) -> dict[str, object]:
    (folder / "password").write_text("秘密", encoding="utf-8")
    return {}


def no_ca_file(folder: Path) -> dict[str, object]:
    return {"mail_ca_file": str(folder / "nowhere.pem")}


def no_certificate_in_it(folder: Path) -> dict[str, object]:
    (folder / "empty.pem").write_text("nothing", encoding="utf-8")
    return {"mail_ca_file": str(folder / "empty.pem")}


@pytest.mark.parametrize(
    "wrong",
    [
        no_password_file,
        a_folder_as_password_file,
        a_picture_as_password_file,
        a_password_in_kanji,
        no_ca_file,
        no_certificate_in_it,
    ],
    ids=lambda wrong: wrong.__name__,
)
def test_a_file_of_ours_that_is_wrong_is_our_own_fault_and_not_the_mail_servers(
    tmp_path: Path, wrong: Callable[[Path], dict[str, object]]
) -> None:
    (tmp_path / "server").mkdir()
    _ca, trust = certificate(tmp_path / "server")
    (tmp_path / "own").mkdir()
    with mail_server(trust=trust, asks=True) as server:
        known = {
            "mail_host": HERE,
            "mail_port": server.port,
            "mail_from": "deban@city.example",
            "mail_security": MailSecurity.STARTTLS,
            "mail_user": "deban",
        }
        right = {"mail_ca_file": str(tmp_path / "server" / "ca.pem")}
        fine = with_password(tmp_path / "own") | right
        told = post(
            PARCEL, Settings.model_validate(known | fine | wrong(tmp_path / "own")), patience=2
        )
        assert told.trouble is Trouble.NOT_SET_UP
        assert server.mails == []


@pytest.mark.parametrize(
    "inside",
    [
        "::127.0.0.1",
        "::10.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b:1::7f00:1",
        "fec0::1",
        "5f00::1",
        "3fff::1",
        "fe80::1",
        "192.0.0.192",
        "192.0.0.8",
        "192.88.99.1",
        "198.18.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "224.0.0.251",
        "ff02::1",
        "2002:a00:1::",
        "64:ff9b::a9fe:a9fe",
        "2001:0:ffff::",
    ],
)
def test_old_and_odd_ways_to_write_something_inside_are_not_public(inside: str) -> None:
    assert not is_public(ip_address(inside))


@pytest.mark.parametrize(
    "outside", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_what_is_really_outside_stays_reachable(outside: str) -> None:
    assert is_public(ip_address(outside))


def test_a_name_that_is_known_to_nobody_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_given: object, **_known: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    settings = Settings(webhook_hosts="hooks.city.example")
    parcel = replace(PARCEL, to="https://hooks.city.example/", secret=b"s" * 32)
    assert call(parcel, settings, now=lambda: PARCEL.at) == Carried(Trouble.NO_ANSWER)


def test_of_a_line_that_has_no_place_no_failed_try_is_counted(desk: Desk) -> None:
    desk.write("officer")  # who has no mailbox
    assert desk.deliver() == Round(dropped=1)
    assert (desk.line().state, desk.line().tries) == (State.DROPPED, 0)
    assert tally(desk.connection, at=desk.now).failed == 0
