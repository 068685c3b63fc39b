"""Carry a mail to the office's own mail server, and understand what it answers."""

import smtplib
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Final

from service.outbox.carrying import Carried
from service.outbox.composing import Parcel, mail_of
from service.outbox.rules import Trouble
from service.settings import MailSecurity, Settings

REFUSING: Final = 500
PATIENCE: Final = 20.0


def post(parcel: Parcel, settings: Settings, *, patience: float = PATIENCE) -> Carried:
    """Hand a mail over; what was taken over is the server's from then on."""
    try:
        trust, password = _trust(settings), _password(settings)
    except (OSError, ValueError):
        return Carried(Trouble.NOT_SET_UP)  # a file of ours is missing, or is not what it should be
    try:
        client = _connected(settings, patience, trust, password)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as refused:
        return Carried(Trouble.NOT_SET_UP, getattr(refused, "smtp_code", None))
    except (ssl.SSLCertVerificationError, UnicodeError):  # a password that no mail server can read
        return Carried(Trouble.NOT_SET_UP)
    except smtplib.SMTPResponseException as refused:
        return Carried(Trouble.NOT_NOW, refused.smtp_code)
    except (OSError, smtplib.SMTPException):
        return Carried(Trouble.NO_ANSWER)
    try:
        return _handed_over(client, parcel, settings)
    finally:
        # What it says to the farewell changes nothing: the mail was taken or was not.
        with suppress(OSError, smtplib.SMTPException):
            client.quit()
        client.close()


def _connected(
    settings: Settings, patience: float, trust: ssl.SSLContext, password: str
) -> smtplib.SMTP:
    """Open a connection, encrypted and signed in as the settings say, or fail; never less."""
    host, port, us = settings.mail_host, settings.mail_port, settings.mail_from.rpartition("@")[2]
    client: smtplib.SMTP
    if settings.mail_security is MailSecurity.TLS:
        client = smtplib.SMTP_SSL(host, port, us, timeout=patience, context=trust)
    else:
        client = smtplib.SMTP(host, port, us, timeout=patience)
    try:
        if settings.mail_security is MailSecurity.STARTTLS:
            client.starttls(context=trust)
        if settings.mail_user:
            client.login(settings.mail_user, password)
    except BaseException:
        client.close()
        raise
    return client


def _trust(settings: Settings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.mail_ca_file or None)


def _password(settings: Settings) -> str:
    if not settings.mail_user:
        return ""
    return Path(settings.mail_password_file).read_text(encoding="utf-8").strip()


def _handed_over(client: smtplib.SMTP, parcel: Parcel, settings: Settings) -> Carried:
    mail = mail_of(parcel, sender=settings.mail_from, origin=settings.origin)
    try:
        client.send_message(mail, from_addr=settings.mail_from, to_addrs=[parcel.to])
    except smtplib.SMTPRecipientsRefused as refused:
        code, _ = refused.recipients[parcel.to]
        return Carried(Trouble.REFUSED if code >= REFUSING else Trouble.NOT_NOW, code)
    except smtplib.SMTPSenderRefused as refused:
        # It is our own address that it does not like.
        code = refused.smtp_code
        return Carried(Trouble.NOT_SET_UP if code >= REFUSING else Trouble.NOT_NOW, code)
    except smtplib.SMTPResponseException as refused:
        code = refused.smtp_code
        return Carried(Trouble.REFUSED if code >= REFUSING else Trouble.NOT_NOW, code)
    except (OSError, smtplib.SMTPException):
        return Carried(Trouble.NO_ANSWER)
    return Carried()
