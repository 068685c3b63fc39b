"""A real mail server and a real HTTP receiver on this machine, which answer as a test says."""

import asyncio
import contextlib
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.faults.running import free_port

HERE = "127.0.0.1"


@dataclass
class Post:
    """What a mail server was given, and what it is to answer."""

    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    rcpt: str = "250 OK"
    data: str = "250 OK"
    patience: float = 0.0
    port: int = 0

    @property
    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]

    async def handle_RCPT(  # noqa: N802 - the library's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(  # noqa: N802 - the library's own name
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.patience:
            await asyncio.sleep(self.patience)
        if self.data.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.raw.append(envelope.content)
            mail = message_from_bytes(envelope.content, policy=default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.recipients.append(list(envelope.rcpt_tos))
            self.encrypted.append(session.ssl is not None)
        return self.data


def _known(_server: object, _session: object, _envelope: object, _way: str, told: object) -> Any:
    fits = isinstance(told, LoginPassword) and told == LoginPassword(b"deban", b"secret")
    return AuthResult(success=fits, handled=False)


@contextmanager
def mail_server(
    *, trust: ssl.SSLContext | None = None, implicit: bool = False, asks: bool = False
) -> Iterator[Post]:
    """Run a mail server: plain, with STARTTLS, or encrypted from the start."""
    post = Post()
    how: dict[str, object] = {}
    if trust and implicit:
        how["ssl_context"] = trust
    elif trust:
        how |= {"tls_context": trust, "require_starttls": True}
    if asks:
        how |= {"authenticator": _known, "auth_required": True}
    post.port = free_port()
    server = Controller(post, hostname=HERE, port=post.port, **how)
    server.start()
    try:
        yield post
    finally:
        server.stop(no_assert=True)


@dataclass(frozen=True)
class Told:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What an HTTP receiver was told, and what it answers."""

    told: list[Told] = field(default_factory=list)
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    port: int = 0

    @property
    def ids(self) -> list[str]:
        return [each.headers["Deban-Id"] for each in self.told]


@contextmanager
def http_receiver() -> Iterator[Receiver]:
    """Run a receiver of webhooks."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            receiver.told.append(Told(self.path, dict(self.headers), body))
            self.send_response(receiver.status)
            for name, said in receiver.headers.items():
                self.send_header(name, said)
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the library's own name

        def log_message(self, *_told: object) -> None:
            """Say nothing: the test's own output is what counts."""

    server = ThreadingHTTPServer((HERE, 0), Handler)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate of this machine; return its file and a server's context."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "deban-test")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    public = folder / "ca.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return public, context


@contextmanager
def dead_port() -> Iterator[int]:
    """Give a port on which nobody answers: it is taken and not listened on."""
    with contextlib.closing(socket.socket()) as taken:
        taken.bind((HERE, 0))
        yield taken.getsockname()[1]
