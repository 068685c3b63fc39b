"""Mails to a real mail server: what it takes, what it refuses, and what a mail says."""

import smtplib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from service.outbox.carrying import Carried
from service.outbox.composing import Parcel, mail_of
from service.outbox.posting import post
from service.outbox.rules import Channel, Notice, Trouble, fits_address
from service.settings import MailSecurity, Settings
from tests.receivers import HERE, certificate, dead_port, mail_server

ORIGIN = "https://deban.example"
SENDER = "deban@city.example"
LINE = UUID("11111111-2222-4333-8444-555555555555")
PARCEL = Parcel(
    id=LINE,
    channel=Channel.MAIL,
    notice=Notice.DIGEST,
    figures={"concern": 1, "now": 3, "back": 0, "foreign": 9},
    at=datetime(2026, 11, 20, 0, 0, tzinfo=UTC),
    to="tanaka@city.example",
)


def office(port: int, **changes: object) -> Settings:
    known = {
        "mail_host": HERE,
        "mail_port": port,
        "mail_from": SENDER,
        "mail_security": MailSecurity.NONE,
        "origin": ORIGIN,
    }
    return Settings.model_validate(known | changes)


def test_a_mail_says_please_look_how_many_of_what_and_where_and_nothing_else() -> None:
    with mail_server() as server:
        assert post(PARCEL, office(server.port)) == Carried()
    [mail] = server.mails
    assert mail["Subject"] == "出番: 画面を見てください"
    assert mail["Message-ID"] == f"<{LINE}@city.example>"
    assert mail["To"] == "tanaka@city.example"
    assert server.recipients == [["tanaka@city.example"]]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().splitlines() == [
        "出番からのお知らせです。くわしいことは、サインインして画面で見てください。",
        "",
        "困りごと 1件",
        "いま連絡する時期 3件",
        "",
        "https://deban.example/",
        "",
        "このメールには返信できません。どのお知らせを受け取るかは、画面の「お知らせ」で選べます。",
    ]


def test_without_an_address_of_our_own_there_is_no_link() -> None:
    assert "http" not in mail_of(PARCEL, sender=SENDER, origin="").get_content()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"rcpt": "450 busy"}, Carried(Trouble.NOT_NOW, 450)),
        ({"rcpt": "550 no such user"}, Carried(Trouble.REFUSED, 550)),
        ({"data": "451 later"}, Carried(Trouble.NOT_NOW, 451)),
        ({"data": "554 no"}, Carried(Trouble.REFUSED, 554)),
    ],
)
def test_not_now_is_told_from_never(answers: dict[str, str], expected: Carried) -> None:
    with mail_server() as server:
        for name, said in answers.items():
            setattr(server, name, said)
        assert post(PARCEL, office(server.port)) == expected
    assert server.mails == []


def test_nobody_there_is_no_answer() -> None:
    with dead_port() as port:
        assert post(PARCEL, office(port)) == Carried(Trouble.NO_ANSWER)


def test_a_server_that_thinks_too_long_is_left() -> None:
    with mail_server() as server:
        server.patience = 2
        assert post(PARCEL, office(server.port), patience=0.3) == Carried(Trouble.NO_ANSWER)


def test_a_mail_that_was_taken_stays_taken_whatever_is_said_to_the_farewell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(_client: smtplib.SMTP) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtplib.SMTP, "quit", failing)
    with mail_server() as server:
        assert post(PARCEL, office(server.port)) == Carried()
    assert len(server.mails) == 1


def test_with_a_password_the_mail_goes_encrypted_and_to_a_known_server_only(
    tmp_path: Path,
) -> None:
    ca, trust = certificate(tmp_path)
    password = tmp_path / "password"
    password.write_text("secret\n", encoding="utf-8")
    known = {
        "mail_security": MailSecurity.STARTTLS,
        "mail_user": "deban",
        "mail_password_file": str(password),
        "mail_ca_file": str(ca),
    }
    with mail_server(trust=trust, asks=True) as server:
        assert post(PARCEL, office(server.port, **known)) == Carried()
        stranger = office(server.port, **known | {"mail_ca_file": ""})
        assert post(PARCEL, stranger) == Carried(Trouble.NOT_SET_UP)
        password.write_text("wrong", encoding="utf-8")
        assert post(PARCEL, office(server.port, **known)) == Carried(Trouble.NOT_SET_UP, 535)
    assert server.encrypted == [True]


def test_a_server_that_is_encrypted_from_the_start_is_spoken_to_so(tmp_path: Path) -> None:
    ca, trust = certificate(tmp_path)
    known = {"mail_security": MailSecurity.TLS, "mail_ca_file": str(ca)}
    with mail_server(trust=trust, implicit=True) as server:
        assert post(PARCEL, office(server.port, **known)) == Carried()
        plain = office(server.port, mail_security=MailSecurity.NONE)
        assert post(PARCEL, plain, patience=0.5) == Carried(Trouble.NO_ANSWER)
    assert len(server.mails) == 1


def test_where_encryption_is_wanted_and_not_offered_nothing_is_sent() -> None:
    with mail_server() as server:
        settings = office(server.port, mail_security=MailSecurity.STARTTLS)
        assert post(PARCEL, settings) == Carried(Trouble.NOT_SET_UP)
    assert server.mails == []


@pytest.mark.parametrize(
    "said",
    [
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\nX: y",
        "a@b.example, c@d.example",
        "a@b.example c@d.example",
        "<a@b.example>",
        "名前@b.example",
        "a@b",
        "a@@b.example",
        ".a@b.example",
        "a@b.example\x00",
        f"{'a' * 250}@b.example",
        '"a b"@c.example',
        "",
    ],
)
def test_what_could_be_a_second_header_or_recipient_is_no_address(said: str) -> None:
    assert not fits_address(said)


def test_a_plain_address_is_one_and_of_the_domains_that_are_named() -> None:
    assert fits_address("tanaka.hanako+deban@shakyo.city.example")
    assert fits_address("a@city.example", ("city.example",))
    assert fits_address("a@CITY.example", ("city.example",))
    assert not fits_address("a@sub.city.example", ("city.example",))


def test_a_header_cannot_be_smuggled_in_even_past_the_check() -> None:
    smuggled = replace(PARCEL, to="a@b.example\r\nBcc: c@d.example")
    with pytest.raises(ValueError, match="CR"):
        mail_of(smuggled, sender=SENDER, origin=ORIGIN)
