"""What the doctor looks at of mails and webhooks: set up as a whole, and nothing waits for long."""

import socket
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from service import clock
from service.outbox.counting import tally
from service.outbox.rules import State
from service.settings import MailSecurity, Settings

Finding = tuple[bool, str]
LONGEST_SECONDS: Final = 3600
PATIENCE: Final = 3.0


def mail() -> Finding:
    """Say whether mails could be sent: everything set, and somebody there."""
    settings = Settings()
    if not settings.mail_host:
        return True, "none (DEBAN_MAIL_HOST is not set); notices stay on the screen"
    if amiss := _lacking(settings):
        return False, amiss
    with socket.create_connection((settings.mail_host, settings.mail_port), PATIENCE):
        pass
    open_way = ", unencrypted" if settings.mail_security is MailSecurity.NONE else ""
    return True, f"{settings.mail_host}:{settings.mail_port} answers{open_way}"


def _lacking(settings: Settings) -> str:
    if settings.mail_user and not settings.mail_password_file:
        return "DEBAN_MAIL_USER is set, and DEBAN_MAIL_PASSWORD_FILE is not"
    for name in (settings.mail_password_file, settings.mail_ca_file):
        if name and not Path(name).is_file():
            return f"{name} is no file"
    if not settings.origin:
        return "DEBAN_ORIGIN is not set, so mails have no link to the page"
    return ""


def outbox(engine: Engine) -> Finding:
    """Say whether what is to be told gets out."""
    found = tally(engine, at=clock.moment())
    dead = found.lines[State.DEAD]
    if found.oldest_seconds > LONGEST_SECONDS:
        hours = found.oldest_seconds / LONGEST_SECONDS
        return False, f"something has been waiting for {hours:.0f} h; does deban deliver run?"
    if dead:
        return False, f"{dead} did not arrive; deban dead-letters list"
    return True, f"{found.lines[State.WAITING]} waiting, {found.lines[State.SENT]} sent in 30 days"
