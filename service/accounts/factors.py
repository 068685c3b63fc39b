"""The second step: codes of an authenticator app, each good once, and recovery codes on paper."""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session

from service.accounts import repository
from service.accounts.actions import Staff, require_step_up
from service.accounts.happenings import tell
from service.accounts.own import WrongProof, account_of
from service.accounts.tables import Awaits, RecoveryCode, Totp
from service.refusals import Kind, Refusal
from service.settings import SecondFactor, Settings
from service.trail import Happening

STEP_SECONDS: Final = 30
# One step early or late: clocks of telephones drift, and people type slowly.
DRIFT: Final = (0, -1, 1)
DIGITS: Final = 6
TOTP: Final = "totp"
RECOVERY: Final = "recovery"
ISSUER: Final = "Deban"
RECOVERY_CODES: Final = 10
# The first group finds the row; the rest, 75 bits of chance, is what nobody can guess.
LOOKUP: Final = 5
GROUPS: Final = 4
_SIGNS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
# Chance needs no slow hash as chosen words do; ten of them are made at once.
_HASHER = PasswordHasher(time_cost=2, memory_cost=1024, parallelism=1)


class FactorThere(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NotOffered(Refusal):
    kind: ClassVar = Kind.CONFLICT


class FactorNeeded(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NoEnrolment(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app has to know, as a text to type and as an address for its camera."""

    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class Guard:
    """What guards an account besides its password."""

    totp: bool
    recovery_codes_left: int


def guard_of(session: Session, account_id: UUID) -> Guard:
    """Return what guards an account besides its password."""
    return Guard(
        totp=repository.confirmed_totp(session, account_id) is not None,
        recovery_codes_left=repository.recovery_codes_left(session, account_id),
    )


def begin_totp(session: Session, staff: Staff, *, at: datetime, settings: Settings) -> Enrolment:
    """Make a new secret; it guards nothing until a first code shows that the app has it."""
    if settings.second_factor is SecondFactor.OFF:
        raise NotOffered("this office offers no second factor")
    if staff.awaits is Awaits.NOTHING:
        require_step_up(staff, at)
    if repository.confirmed_totp(session, staff.id):
        raise FactorThere("this account has an authenticator app already")
    repository.drop_totp(session, staff.id)
    secret = pyotp.random_base32()
    session.add(Totp(municipality_id=staff.municipality_id, account_id=staff.id, secret=secret))
    session.flush()
    return Enrolment(secret, _uri(secret, account_of(session, staff).username))


def remove_totp(session: Session, staff: Staff, *, at: datetime, settings: Settings) -> None:
    """Take the caller's authenticator app away, where the office does not require one."""
    require_step_up(staff, at)
    if settings.second_factor is SecondFactor.REQUIRED:
        raise FactorNeeded("this office requires a second factor")
    drop_codes(session, staff.id)
    tell(session, Happening.FACTOR_REMOVED, account_of(session, staff), at=at, how=TOTP)


def renewed(session: Session, staff: Staff) -> list[str]:
    """Return ten new recovery codes for an account that an authenticator app guards."""
    if repository.confirmed_totp(session, staff.id) is None:
        raise NoEnrolment("this account has no authenticator app")
    return renew_recovery_codes(session, staff)


def enrolment(session: Session, staff: Staff) -> Enrolment | None:
    """Return the caller's secret that waits for its first code."""
    waiting = repository.unconfirmed_totp(session, staff.id)
    if waiting is None:
        return None
    return Enrolment(waiting.secret, _uri(waiting.secret, account_of(session, staff).username))


def _uri(secret: str, username: str) -> str:
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def confirm_totp(session: Session, staff: Staff, code: str, *, at: datetime) -> list[str]:
    """Take the app's first code; from now on one is asked. Return the recovery codes, once."""
    waiting = repository.unconfirmed_totp(session, staff.id)
    if waiting is None:
        raise NoEnrolment("no authenticator app is being set up")
    step = _step_of(waiting.secret, plain(code), at)
    if step is None:
        raise WrongProof("the code is not right")
    waiting.confirmed_at, waiting.last_step = at, step
    account_of(session, staff).factor_reset_at = None
    return renew_recovery_codes(session, staff)


def code_is_right(session: Session, account_id: UUID, code: str, *, at: datetime) -> str:
    """Say by which factor a code is right ("" for none); it is not right a second time."""
    said = plain(code)
    if len(said) == DIGITS:
        return TOTP if _takes_totp(session, account_id, said, at) else ""
    return RECOVERY if _takes_recovery(session, account_id, said, at) else ""


def plain(code: str) -> str:
    """Return a code as it is compared: typed in full width, in small letters, or with hyphens."""
    folded = unicodedata.normalize("NFKC", code).upper()
    return "".join(sign for sign in folded if sign.isalnum())


def _takes_totp(session: Session, account_id: UUID, code: str, at: datetime) -> bool:
    known = repository.confirmed_totp(session, account_id)
    step = _step_of(known.secret, code, at) if known else None
    return step is not None and repository.use_step(session, account_id, step)


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the time step whose code this is."""
    now = int(at.timestamp()) // STEP_SECONDS
    otp = pyotp.TOTP(secret)
    steps = [now + drift for drift in DRIFT]
    right = [
        step
        for step in steps
        if hmac.compare_digest(otp.generate_otp(step).encode(), code.encode())
    ]
    return max(right, default=None)


def renew_recovery_codes(session: Session, staff: Staff) -> list[str]:
    """Make ten new codes for the day on which the telephone is lost; older ones open nothing."""
    repository.drop_recovery_codes(session, staff.id)
    codes = [_made_up() for _ in range(RECOVERY_CODES)]
    for code in codes:
        bare = plain(code)
        session.add(
            RecoveryCode(
                municipality_id=staff.municipality_id,
                account_id=staff.id,
                lookup=bare[:LOOKUP],
                code_hash=_HASHER.hash(bare),
            )
        )
    session.flush()
    return codes


def _made_up() -> str:
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(LOOKUP)) for _ in range(GROUPS))


def _takes_recovery(session: Session, account_id: UUID, code: str, at: datetime) -> bool:
    for row in repository.recovery_codes_like(session, account_id, code[:LOOKUP]):
        try:
            right = _HASHER.verify(row.code_hash, code)
        except (VerificationError, InvalidHashError):
            continue
        if right:
            return repository.use_recovery_code(session, row.id, at=at)
    return False


def drop_codes(session: Session, account_id: UUID) -> None:
    """Take the authenticator app away, with the codes and passkeys that stand beside it."""
    repository.drop_passkeys(session, account_id)
    repository.drop_totp(session, account_id)
    repository.drop_recovery_codes(session, account_id)
