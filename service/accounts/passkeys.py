"""Passkeys: a key that never leaves its device signs a challenge of ours, for our address alone.

They stand beside an authenticator app and never without one: whoever has no JavaScript or has lost
the device goes on with a code. Where this service is to be found is what the office has set; what
a request says of it counts for nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    bytes_to_base64url,
    generate_challenge,
    options_to_json_dict,
    parse_client_data_json,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from service.accounts import actions, own, repository, throttling
from service.accounts.actions import Entered, NotSignedIn, Staff, require_step_up
from service.accounts.factors import ISSUER, FactorNeeded, FactorThere, NotOffered
from service.accounts.happenings import tell
from service.accounts.own import NothingAwaited, WrongProof, account_of
from service.accounts.proving import Door, Tried, count_try
from service.accounts.tables import Awaits, Passkey, PasskeyChallenge
from service.database import transaction
from service.refusals import Kind, Refusal
from service.settings import SecondFactor, Settings
from service.trail import Happening
from service.web.tokens import hashed

LASTS: Final = timedelta(minutes=5)
MOST: Final = 10
PASSKEY: Final = "passkey"
_CHOICE: Final = UserVerificationRequirement.PREFERRED


class NoPasskey(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NoSuchPasskey(Refusal):
    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class Answer:
    """What a device says to a challenge; ``parts`` are the words of the standard."""

    credential_id: str
    client_data: str
    parts: Mapping[str, str]

    def whole(self) -> dict[str, Any]:
        """Return the answer as the library reads it."""
        return {
            "id": self.credential_id,
            "rawId": self.credential_id,
            "type": "public-key",
            "response": {"clientDataJSON": self.client_data, **self.parts},
        }


def begin(session: Session, staff: Staff, *, at: datetime, settings: Settings) -> dict[str, Any]:
    """Return what a browser asks a device for a new key with."""
    require_step_up(staff, at)
    if settings.second_factor is SecondFactor.OFF:
        raise NotOffered("this office offers no second factor")
    rp_id = _rp_id(settings)
    held = _held_beside_app(session, staff)
    account = account_of(session, staff)
    options = generate_registration_options(
        rp_id=rp_id,
        rp_name=ISSUER,
        user_id=account.id.bytes,
        user_name=account.username,
        user_display_name=account.display_name,
        challenge=_new_challenge(session, staff, at),
        exclude_credentials=_described(held),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=_CHOICE
        ),
    )
    return options_to_json_dict(options)


def register(door: Door, answer: Answer, label: str) -> Passkey:
    """Keep the public half of a key that has just been made for the caller."""
    tried = count_try(door)
    require_step_up(tried.staff, door.at)
    challenge = _taken(door, tried, answer)
    with _doubting():
        made = verify_registration_response(
            credential=answer.whole(),
            expected_challenge=challenge,
            expected_rp_id=_rp_id(door.settings),
            expected_origin=door.settings.origin,
        )
    with transaction(door.bind) as session:
        _held_beside_app(session, tried.staff)
        passkey = Passkey(
            municipality_id=tried.account.municipality_id,
            account_id=tried.account.id,
            credential_id=bytes_to_base64url(made.credential_id),
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            label=label,
        )
        _add(session, passkey)
        throttling.give_back(session, tried.bucket)
        tell(session, Happening.FACTOR_ADDED, tried.account, at=door.at, how=PASSKEY)
    return passkey


def _add(session: Session, passkey: Passkey) -> None:
    try:
        with session.begin_nested():
            session.add(passkey)
    except IntegrityError as taken:
        raise FactorThere("this passkey is in use already") from taken


def _held_beside_app(session: Session, staff: Staff) -> Sequence[Passkey]:
    """Return the caller's passkeys; refuse who may have no further one."""
    if repository.confirmed_totp(session, staff.id) is None:
        raise FactorNeeded("please set up an authenticator app first")
    held = repository.passkeys_of(session, staff.id)
    if len(held) >= MOST:
        raise FactorThere(f"an account has at most {MOST} passkeys")
    return held


def remove(session: Session, staff: Staff, passkey_id: UUID, *, at: datetime) -> None:
    """Take one of the caller's passkeys away; somebody else's is as absent as none."""
    require_step_up(staff, at)
    if not repository.drop_passkey(session, staff.id, passkey_id):
        raise NoSuchPasskey("no such passkey")
    tell(session, Happening.FACTOR_REMOVED, account_of(session, staff), at=at, how=PASSKEY)


def are_there(session: Session, staff: Staff, settings: Settings) -> bool:
    """Say whether the caller can show a passkey here."""
    return bool(settings.origin and repository.passkeys_of(session, staff.id))


def offered(door: Door, awaiting: Awaits = Awaits.NOTHING) -> bool:
    """Say whether whoever stands at the door can show a passkey; a stranger cannot."""
    with transaction(door.bind) as session:
        try:
            staff = actions.recognise(
                session, door.token, at=door.at, settings=door.settings, awaiting=awaiting
            )
        except NotSignedIn:
            return False
        return are_there(session, staff, door.settings)


def ask(session: Session, staff: Staff, *, at: datetime, settings: Settings) -> dict[str, Any]:
    """Return what a browser asks for one of the caller's passkeys with."""
    rp_id = _rp_id(settings)
    held = repository.passkeys_of(session, staff.id)
    if not held:
        raise NoPasskey("this account has no passkey")
    options = generate_authentication_options(
        rp_id=rp_id,
        challenge=_new_challenge(session, staff, at),
        allow_credentials=_described(held),
        user_verification=_CHOICE,
    )
    return options_to_json_dict(options)


def show(door: Door, answer: Answer) -> Entered:
    """Take the second step of a sign-in by a passkey; it goes on with a new token."""
    tried = count_try(door, Awaits.CODE)
    if tried.staff.awaits is not Awaits.CODE:
        raise NothingAwaited("this sign-in awaits no second step")
    challenge = _taken(door, tried, answer)
    with transaction(door.bind) as session:
        _refuse_unsigned(session, door, tried, answer, challenge)
        throttling.give_back(session, tried.bucket)
        return own.go_on(session, tried.staff, at=door.at, settings=door.settings)


def step_up(door: Door, answer: Answer) -> None:
    """Note that the caller has just proved by a passkey who they are."""
    tried = count_try(door)
    challenge = _taken(door, tried, answer)
    with transaction(door.bind) as session:
        _refuse_unsigned(session, door, tried, answer, challenge)
        throttling.give_back(session, tried.bucket)
        own.mark_stepped_up(session, tried.staff, at=door.at)
        tell(session, Happening.STEP_UP, tried.account, at=door.at, how=PASSKEY)


def _refuse_unsigned(
    session: Session, door: Door, tried: Tried, answer: Answer, challenge: bytes
) -> None:
    known = repository.passkey_named(session, tried.account.id, answer.credential_id)
    if known is None:
        raise _wrong(session, door, tried, Happening.STEP_UP_FAILED)
    try:
        with _doubting():
            signed = verify_authentication_response(
                credential=answer.whole(),
                expected_challenge=challenge,
                expected_rp_id=_rp_id(door.settings),
                expected_origin=door.settings.origin,
                credential_public_key=known.public_key,
                # Compared below, in one statement: two workers cannot both take the same count.
                credential_current_sign_count=0,
            )
    except WrongProof as wrong:
        raise _wrong(session, door, tried, Happening.STEP_UP_FAILED) from wrong
    if not repository.count_on(session, known.id, signed.new_sign_count, at=door.at):
        raise _wrong(session, door, tried, Happening.PASSKEY_COPIED)


def _wrong(session: Session, door: Door, tried: Tried, what: Happening) -> WrongProof:
    """Tell of an answer that proves nothing, and return its refusal: the same for every fault."""
    tell(session, what, tried.account, at=door.at, how=PASSKEY, even_if_refused=True)
    return WrongProof("the passkey's answer is not right")


def _taken(door: Door, tried: Tried, answer: Answer) -> bytes:
    """Return the challenge that was answered, if it is this sign-in's; it is used up now."""
    with _doubting():
        said = parse_client_data_json(base64url_to_bytes(answer.client_data)).challenge
    with transaction(door.bind) as session:
        if not repository.take_challenge(
            session, tried.staff.sign_in_id, _digest(said), at=door.at
        ):
            raise _wrong(session, door, tried, Happening.STEP_UP_FAILED)
    return said


def _new_challenge(session: Session, staff: Staff, at: datetime) -> bytes:
    """Make the one challenge that this sign-in may answer; only its hash is kept."""
    repository.drop_challenges(session, staff.sign_in_id, at=at)
    challenge = generate_challenge()
    session.add(
        PasskeyChallenge(
            municipality_id=staff.municipality_id,
            sign_in_id=staff.sign_in_id,
            challenge_hash=_digest(challenge),
            expires_at=at + LASTS,
        )
    )
    return challenge


def _digest(challenge: bytes) -> str:
    return hashed(bytes_to_base64url(challenge))


def _described(held: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential_id)) for each in held
    ]


def _rp_id(settings: Settings) -> str:
    """Return the name that passkeys are bound to, which only the office can set."""
    name = urlsplit(settings.origin).hostname
    if not name:
        raise NotOffered("this office offers no passkeys")
    return name


@contextmanager
def _doubting() -> Iterator[None]:
    """Take whatever goes wrong while a stranger's bytes are read for a wrong proof."""
    try:
        yield
    except Exception as wrong:
        raise WrongProof("the passkey's answer is not right") from wrong
