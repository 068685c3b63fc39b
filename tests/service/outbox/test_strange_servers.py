"""Other ends that do not keep to the rules: they hang up, mumble, or are not who they say."""

import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from service.outbox import calling
from service.outbox.calling import call
from service.outbox.carrying import Carried
from service.outbox.composing import Parcel, body_of, mail_of
from service.outbox.posting import post
from service.outbox.rules import Channel, Figure, Notice, Trouble
from service.settings import MailSecurity, Settings
from tests.receivers import HERE, certificate

NOW = datetime(2026, 11, 20, tzinfo=UTC)
LINE = UUID("11111111-2222-4333-8444-555555555555")
PATIENCE = 5


def parcel(to: str, **known: object) -> Parcel:
    told: dict[str, object] = {
        "id": LINE,
        "channel": Channel.MAIL,
        "notice": Notice.CONCERN,
        "figures": {"concern": 1},
        "at": NOW,
        "to": to,
        "secret": b"s" * 32,
    }
    return Parcel(**told | known)  # type: ignore[arg-type] - a test's own keywords


@contextmanager
def speaking(
    answers: Sequence[bytes], *, trust: ssl.SSLContext | None = None
) -> Iterator[tuple[int, list[bytes]]]:
    """Run a server that says these words in turn, whatever it hears, and hangs up after them."""
    heard: list[bytes] = []
    server = socket.create_server((HERE, 0))
    server.settimeout(PATIENCE)

    def serve() -> None:
        try:
            talk, _ = server.accept()
            talk.settimeout(PATIENCE)
            with trust.wrap_socket(talk, server_side=True) if trust else talk as talk:
                for number, each in enumerate(answers):
                    if number or not each.startswith(b"220"):
                        heard.append(talk.recv(65536))
                    talk.sendall(each)
                # What is still on its way would turn hanging up into a reset, and eat the answer.
                talk.shutdown(socket.SHUT_WR)
                while talk.recv(65536):
                    pass
        except OSError:
            heard.append(b"")  # the other end had enough

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1], heard
    finally:
        server.close()
        thread.join(PATIENCE)


HELLO = [b"220 ready\r\n", b"250 hello\r\n"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([b"220 ready\r\n"], Carried(Trouble.NO_ANSWER)),
        ([*HELLO], Carried(Trouble.NO_ANSWER)),
        ([*HELLO, b"421 closing\r\n"], Carried(Trouble.NOT_NOW, 421)),
        ([*HELLO, b"530 sign in first\r\n", b"250 ok\r\n"], Carried(Trouble.NOT_SET_UP, 530)),
        ([*HELLO, b"250 ok\r\n"], Carried(Trouble.NO_ANSWER)),
        ([*HELLO, b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"], Carried(Trouble.NO_ANSWER)),
    ],
    ids=["at_once", "after_hello", "closing", "no_sign_in", "after_sender", "in_the_middle"],
)
def test_a_mail_server_that_leaves_early_has_taken_nothing(
    said: list[bytes], expected: Carried
) -> None:
    with speaking(said) as (port, _):
        settings = Settings(
            mail_host=HERE,
            mail_port=port,
            mail_security=MailSecurity.NONE,
            mail_from="deban@city.example",
        )
        assert post(parcel("tanaka@city.example"), settings, patience=PATIENCE) == expected


@pytest.mark.parametrize(
    ("greeting", "code"), [(b"421 busy\r\n", 421), (b"554 not from here\r\n", 554)]
)
def test_a_mail_server_that_will_not_talk_is_asked_later(greeting: bytes, code: int) -> None:
    """Also where it says never: that is to this machine, and not about the mail."""

    def answer(server: socket.socket) -> None:
        talk, _ = server.accept()
        with talk:
            talk.sendall(greeting)
            talk.recv(1000)

    server = socket.create_server((HERE, 0))
    thread = threading.Thread(target=answer, args=(server,), daemon=True)
    thread.start()
    settings = Settings(
        mail_host=HERE,
        mail_port=server.getsockname()[1],
        mail_security=MailSecurity.NONE,
        mail_from="deban@city.example",
    )
    told = post(parcel("tanaka@city.example"), settings, patience=PATIENCE)
    thread.join(PATIENCE)
    server.close()
    assert told == Carried(Trouble.NOT_NOW, code)


def office(port: int) -> tuple[Settings, str]:
    settings = Settings(webhook_hosts=HERE, webhook_networks="127.0.0.0/8")
    return settings, f"http://{HERE}:{port}/hook"


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ([], Trouble.NOT_NOW),
        ([b"SSH-2.0-OpenSSH_9.6\r\n"], Trouble.NOT_NOW),
        ([b"HTTP/1.1 200"], Trouble.NOT_NOW),
        ([b"HTTP/1.1 abc OK\r\n\r\n"], Trouble.NOT_NOW),
        ([b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000], Trouble.NOT_NOW),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort"], None),
        ([b"HTTP/1.1 304 Not Modified\r\n\r\n"], Trouble.REFUSED),
    ],
    ids=["silence", "another_service", "half", "nonsense", "no_end", "cut_body", "not_modified"],
)
def test_only_an_answer_of_success_counts_however_it_is_said(
    said: list[bytes], trouble: Trouble | None
) -> None:
    with speaking(said or [b""]) as (port, heard):
        settings, url = office(port)
        told = call(parcel(url), settings, now=lambda: NOW)
    assert told.trouble is trouble
    assert b"Deban-Signature: v1=" in b"".join(heard)


def test_a_receiver_that_thinks_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "PATIENCE", 0.2)
    server = socket.create_server((HERE, 0))  # it takes the call up and never answers
    settings, url = office(server.getsockname()[1])
    assert call(parcel(url), settings, now=lambda: NOW) == Carried(Trouble.NO_ANSWER)
    server.close()


def test_a_receiver_for_whom_nobody_vouches_is_told_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ca, trust = certificate(tmp_path)
    taken = [b"HTTP/1.1 204 No Content\r\n\r\n"]

    def told() -> tuple[Carried, bytes]:
        with speaking(taken, trust=trust) as (port, heard):
            settings, url = office(port)
            carried = call(parcel(url.replace("http:", "https:")), settings, now=lambda: NOW)
        return carried, b"".join(heard)

    carried, heard = told()
    assert carried == Carried(Trouble.NO_ANSWER)
    assert b"Deban-Id" not in heard
    # The control: as soon as somebody vouches for it, the same receiver is told.
    vouched = ssl.create_default_context(cafile=str(ca))
    monkeypatch.setattr(ssl, "create_default_context", lambda: vouched)
    carried, heard = told()
    assert carried == Carried(None, 204)
    assert b"Deban-Id" in heard


def test_the_same_line_is_the_same_message_each_time_it_is_tried() -> None:
    """So that a receiver who has it already can tell."""
    one, again = parcel("https://x.example/"), parcel("https://x.example/")
    assert body_of(one, origin="https://deban.example") == body_of(
        again, origin="https://deban.example"
    )
    written = [
        mail_of(each, sender="deban@city.example", origin="").as_bytes()
        for each in (parcel("a@city.example"), parcel("a@city.example"))
    ]
    assert written[0] == written[1]


def test_a_signature_holds_for_its_moment_and_its_body_alone() -> None:
    secret = b"s" * 32
    right = calling.signature(secret, "1795132800", b"{}")
    assert right == calling.signature(secret, "1795132800", b"{}")
    for other in (
        calling.signature(secret, "1795132801", b"{}"),
        calling.signature(secret, "1795132800", b"{ }"),
        calling.signature(b"t" * 32, "1795132800", b"{}"),
        # The border between the two cannot be moved.
        calling.signature(secret, "179513280", b"0.{}"),
    ):
        assert other != right


@pytest.mark.parametrize("figures", [{}, {"concern": 0}, {"unheard": 3}, {"concern": -1}])
def test_what_counts_nothing_or_nothing_known_says_no_figure(figures: dict[str, int]) -> None:
    written = mail_of(
        parcel("a@city.example", figures=figures), sender="deban@city.example", origin=""
    ).get_content()
    assert "件" not in written
    assert b'"figures": {}' in body_of(parcel("x", figures=figures), origin="")


def test_figures_stand_in_the_order_of_their_weight() -> None:
    figures = {str(each): number for number, each in enumerate(reversed(Figure), start=1)}
    written = mail_of(
        parcel("a@city.example", figures=figures), sender="deban@city.example", origin=""
    ).get_content()
    counted = [line for line in written.splitlines() if line.endswith("件")]
    assert [line.rsplit(" ", 1)[1] for line in counted] == [
        f"{number}件" for number in range(len(Figure), 0, -1)
    ]
