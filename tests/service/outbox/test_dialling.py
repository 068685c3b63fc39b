"""No webhook leads inside: the address that is dialled is looked at, whatever its name said."""

import hashlib
import hmac
import json
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.outbox.calling import call, fits_url, guarded_client, secret_of
from service.outbox.carrying import Carried
from service.outbox.composing import Parcel
from service.outbox.dialling import Blocked, GuardedNetwork, is_public, networks_of
from service.outbox.rules import Channel, Notice, Trouble
from service.settings import Settings
from tests.receivers import HERE, Receiver, dead_port, http_receiver

NOW = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
LINE = UUID("11111111-2222-4333-8444-555555555555")
SECRET = secret_of(b"k" * 32, LINE)
NAMED = "named.example"
REBINDING = "rebinding.example"
MAPPED = "mapped.example"
BOTH = "both.example"
# Names that this machine would look up: what they say at first, and what later.
SAID = {
    NAMED: [[HERE]],
    REBINDING: [["8.8.8.8"], [HERE]],
    MAPPED: [["::ffff:127.0.0.1"]],
    BOTH: [["8.8.8.8", HERE]],
}
HOSTS = ",".join((*SAID, HERE, "2130706433", "0x7f.1", "::1", "::ffff:127.0.0.1"))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with http_receiver() as receiver:
        yield receiver


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let names be looked up as a hostile resolver would answer."""
    known = {name: list(answers) for name, answers in SAID.items()}
    ask = socket.getaddrinfo

    def looked_up(host: Any, port: Any, *how: Any, **also: Any) -> Any:
        if host not in known:
            return ask(host, port, *how, **also)
        answers = known[host]
        numbers = answers.pop(0) if len(answers) > 1 else answers[0]
        kinds = {4: socket.AF_INET, 6: socket.AF_INET6}
        return [
            (kinds[ip_address(each).version], socket.SOCK_STREAM, 6, "", (each, port))
            for each in numbers
        ]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)


def office(**changes: Any) -> Settings:
    return Settings.model_validate(
        {"webhook_hosts": HOSTS, "origin": "https://deban.example"} | changes
    )


def parcel(url: str) -> Parcel:
    return Parcel(
        id=LINE,
        channel=Channel.WEBHOOK,
        notice=Notice.CONCERN,
        figures={"concern": 1},
        at=NOW,
        to=url,
        secret=SECRET,
    )


# Where the inside of an office or of a machine may be written as an address.
TARGETS = (
    "http://127.0.0.1:{}/",
    f"http://{NAMED}:{{}}/",
    f"http://{MAPPED}:{{}}/",
    f"http://{BOTH}:{{}}/",
    "http://2130706433:{}/",
    "http://0x7f.1:{}/",
    "http://[::1]:{}/",
    "http://[::ffff:127.0.0.1]:{}/",
    "http://0.0.0.0:{}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://[fd00:ec2::254]/",
    "http://168.63.129.16/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
)


@pytest.mark.parametrize("target", TARGETS)
def test_no_way_of_writing_an_inner_address_leads_there(receiver: Receiver, target: str) -> None:
    with guarded_client(office(), encrypted=True) as client, pytest.raises(Blocked):
        client.post(target.format(receiver.port))
    assert receiver.told == []


def test_without_the_guard_the_same_addresses_are_reached(receiver: Receiver) -> None:
    """The control: what the guard keeps out is really there."""
    for target in TARGETS[:2]:
        httpx.post(target.format(receiver.port), trust_env=False)
    assert [each.path for each in receiver.told] == ["/", "/"]


def test_a_name_that_changes_between_the_look_and_the_call_is_not_followed(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"http://{REBINDING}:{receiver.port}/"
    # The control: look first, then ask the library to go there.
    first = socket.getaddrinfo(REBINDING, 80)[0][4][0]
    assert is_public(ip_address(first))
    httpx.post(url, trust_env=False)
    assert len(receiver.told) == 1
    # Ours dials the number that it looked at, and never asks for the name again.
    asked: list[Any] = []
    network = GuardedNetwork(())

    def dialled(host: str, *_how: Any) -> _Stream:
        asked.append(host)
        return _Stream(host)

    monkeypatch.setattr(network.wire, "connect_tcp", dialled)
    monkeypatch.setattr(socket, "getaddrinfo", _resolver(["8.8.8.8"], [HERE]))
    network.connect_tcp(REBINDING, receiver.port)
    assert asked == ["8.8.8.8"]


def _resolver(*answers: list[str]) -> Callable[..., Any]:
    """Look a name up each time as one more answer says."""
    left = list(answers)

    def look_up(_host: str, port: int, **_how: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in left.pop(0)]

    return look_up


class _Stream:
    """A connection that says who is at its other end."""

    def __init__(self, peer: str) -> None:
        self.peer = peer
        self.open = True

    def get_extra_info(self, name: str) -> tuple[str, int]:
        assert name == "server_addr"
        return (self.peer, 443)

    def close(self) -> None:
        self.open = False


def test_whoever_answers_in_the_place_of_the_dialled_one_is_hung_up_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network, stream = GuardedNetwork(()), _Stream("10.0.0.5")
    monkeypatch.setattr(network.wire, "connect_tcp", lambda *_: stream)
    with pytest.raises(Blocked):
        network.connect_tcp("8.8.8.8", 443)
    assert not stream.open


def test_a_redirect_is_no_success_and_is_not_followed(receiver: Receiver) -> None:
    receiver.status, receiver.headers = 307, {"Location": f"http://{HERE}:{receiver.port}/inside"}
    told = call(
        parcel(f"http://{NAMED}:{receiver.port}/hook"),
        office(webhook_networks="127.0.0.0/8"),
        now=lambda: NOW,
    )
    assert told == Carried(Trouble.REFUSED, 307)
    assert [each.path for each in receiver.told] == ["/hook"]


def test_proxy_variables_of_the_machine_change_nothing(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = f"http://{HERE}:{receiver.port}"
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, proxy)
    with guarded_client(office(), encrypted=True) as client, pytest.raises(Blocked):
        client.post(f"http://{BOTH}/x")
    assert receiver.told == []
    # The control: the library by itself goes through it.
    httpx.post(f"http://{BOTH}/x")
    assert len(receiver.told) == 1


def test_unencrypted_goes_to_named_networks_alone(receiver: Receiver) -> None:
    settings = office(webhook_networks="127.0.0.0/8")
    assert not GuardedNetwork(networks_of(["127.0.0.0/8"]), public=False).allows("8.8.8.8")
    assert GuardedNetwork(networks_of(["127.0.0.0/8"]), public=True).allows("8.8.8.8")
    told = call(parcel(f"http://{NAMED}:{receiver.port}/"), settings, now=lambda: NOW)
    assert told == Carried(None, 204)


def test_an_inner_host_that_the_office_names_is_told_and_can_prove_who_told_it(
    receiver: Receiver,
) -> None:
    settings = office(webhook_networks="127.0.0.0/8")
    url = f"http://{NAMED}:{receiver.port}/hook?team=1"
    assert call(parcel(url), settings, now=lambda: NOW) == Carried(None, 204)
    [told] = receiver.told
    assert told.path == "/hook?team=1"
    assert told.headers["Host"] == f"{NAMED}:{receiver.port}"
    assert told.headers["Deban-Id"] == str(LINE)
    stamp = told.headers["Deban-Timestamp"]
    assert int(stamp) == 1795132800  # 2026-11-20T00:00:00Z
    signed = hmac.new(SECRET, stamp.encode() + b"." + told.body, hashlib.sha256).hexdigest()
    assert told.headers["Deban-Signature"] == f"v1={signed}"
    assert json.loads(told.body) == {
        "id": str(LINE),
        "notice": "concern",
        "figures": {"concern": 1},
        "at": "2026-11-20T00:00:00+00:00",
        "link": "https://deban.example/",
    }


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (200, None),
        (400, Trouble.REFUSED),
        (404, Trouble.REFUSED),
        (408, Trouble.NOT_NOW),
        (429, Trouble.NOT_NOW),
        (500, Trouble.NOT_NOW),
        (503, Trouble.NOT_NOW),
    ],
)
def test_only_success_counts_as_told(
    receiver: Receiver, status: int, trouble: Trouble | None
) -> None:
    receiver.status = status
    settings = office(webhook_networks="127.0.0.0/8")
    told = call(parcel(f"http://{NAMED}:{receiver.port}/"), settings, now=lambda: NOW)
    assert told == Carried(trouble, status)


def test_nobody_there_is_no_answer() -> None:
    with dead_port() as port:
        settings = office(webhook_networks="127.0.0.0/8")
        told = call(parcel(f"http://{NAMED}:{port}/"), settings, now=lambda: NOW)
    assert told == Carried(Trouble.NO_ANSWER)


def test_an_address_inside_ends_as_blocked(receiver: Receiver) -> None:
    settings = office(webhook_networks="192.0.2.0/24")
    told = call(parcel(f"http://{NAMED}:{receiver.port}/"), settings, now=lambda: NOW)
    assert told == Carried(Trouble.BLOCKED)


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://named.example/hook", True),
        ("https://NAMED.example:8443/hook", True),
        ("http://named.example/hook", False),  # nothing inside is named
        ("https://other.example/hook", False),
        ("https://named.example.other.example/", False),
        ("https://user@named.example/", False),
        ("https://named.example@other.example/", False),
        ("https://named.example/#part", False),
        ("file:///etc/passwd", False),
        ("ftp://named.example/", False),
        ("https://", False),
        ("nonsense", False),
        ("https://named.example\\@other.example/", False),
    ],
)
def test_only_hosts_that_the_settings_name_are_told(url: str, fits: bool) -> None:
    assert fits_url(url, office()) is fits


def test_without_named_hosts_nobody_is_told() -> None:
    assert not fits_url("https://named.example/", office(webhook_hosts=""))


def test_two_webhooks_have_two_secrets() -> None:
    assert secret_of(b"k" * 32, LINE) != secret_of(b"k" * 32, UUID(int=7))
    assert secret_of(b"k" * 32, LINE) != secret_of(b"l" * 32, LINE)
