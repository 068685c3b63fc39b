"""Every account query."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import case, func, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select, update

from catalogue.record import now
from service.accounts.rules import CASEWORK
from service.accounts.tables import (
    Account,
    Handshake,
    MachineToken,
    Passkey,
    PasskeyChallenge,
    RecoveryCode,
    SignIn,
    Throttle,
    Totp,
)

# Sums of fractions of a second are not exact; a thousandth costs nobody a try.
ROUNDING = 0.001


def account_named(session: Session, username: str) -> Account | None:
    return session.exec(select(Account).where(Account.username == username)).one_or_none()


def account_with(session: Session, account_id: UUID) -> Account | None:
    return session.exec(select(Account).where(Account.id == account_id)).one_or_none()


def names_of(session: Session, municipality_id: UUID) -> dict[UUID, str]:
    """Return what everybody of an office is called, by account."""
    return {each.id: each.display_name for each in accounts_of(session, municipality_id)}


def hold_account(session: Session, account_id: UUID) -> None:
    """Hold an account's row: who is given to it meanwhile waits, or is seen."""
    session.exec(select(Account.id).where(Account.id == account_id).with_for_update()).one()


def accounts_of(session: Session, municipality_id: UUID) -> Sequence[Account]:
    """Return every account of a municipality by name, those that are closed last."""
    query = select(Account).where(Account.municipality_id == municipality_id)
    return session.exec(
        query.order_by(col(Account.active).desc(), col(Account.display_name), col(Account.id))
    ).all()


def open_sign_in(session: Session, token_hash: str) -> tuple[SignIn, Account] | None:
    """Return the sign-in that is not ended, with its active account."""
    found = session.exec(
        select(SignIn, Account)
        .join(Account, col(Account.id) == col(SignIn.account_id))
        .where(SignIn.token_hash == token_hash, col(SignIn.ended_at).is_(None), Account.active)
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def sign_in_known(session: Session, token_hash: str) -> tuple[SignIn, Account] | None:
    """Return a sign-in, ended or not, with its active account."""
    found = session.exec(
        select(SignIn, Account)
        .join(Account, col(Account.id) == col(SignIn.account_id))
        .where(SignIn.token_hash == token_hash, Account.active)
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def caseworkers(session: Session, municipality_id: UUID) -> Sequence[Account]:
    """Return who of a municipality may have people of their own now, by name."""
    query = select(Account).where(
        Account.municipality_id == municipality_id, Account.active, col(Account.role).in_(CASEWORK)
    )
    return session.exec(query.order_by(col(Account.display_name), col(Account.id))).all()


def sign_in_with(session: Session, sign_in_id: UUID) -> SignIn:
    return session.exec(select(SignIn).where(SignIn.id == sign_in_id)).one()


def open_sign_ins(session: Session, account_id: UUID, *, at: datetime) -> Sequence[SignIn]:
    """Return an account's sign-ins that are open, the newest first."""
    return session.exec(
        select(SignIn)
        .where(
            SignIn.account_id == account_id,
            col(SignIn.ended_at).is_(None),
            col(SignIn.expires_at) > at,
        )
        .order_by(col(SignIn.seen_at).desc(), col(SignIn.id))
    ).all()


def end_all(session: Session, account_id: UUID, *, at: datetime, but: UUID | None = None) -> None:
    """End every sign-in of an account at once, or every other than one."""
    ended = update(SignIn).where(
        col(SignIn.account_id) == account_id, col(SignIn.ended_at).is_(None)
    )
    if but is not None:
        ended = ended.where(col(SignIn.id) != but)
    session.exec(ended.values(ended_at=at))


def end_one(session: Session, account_id: UUID, sign_in_id: UUID, *, at: datetime) -> bool:
    """End one open sign-in of an account; say whether there was one."""
    ended = session.exec(
        update(SignIn)
        .where(
            col(SignIn.id) == sign_in_id,
            col(SignIn.account_id) == account_id,
            col(SignIn.ended_at).is_(None),
        )
        .values(ended_at=at)
    )
    return ended.rowcount == 1


def take_try(session: Session, bucket: str, *, at: float, interval: float, most: float) -> bool:
    """Move a bucket on by one try unless it would pass ``most``: one guarded statement."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    first = insert(Throttle).values(
        id=uuid4(), created_at=now(), bucket=bucket, full_at=at + interval
    )
    held = col(Throttle.full_at)
    next_full = case((held > at, held), else_=literal(at)) + interval
    taken = first.on_conflict_do_update(
        index_elements=["bucket"],
        set_={"full_at": next_full},
        where=next_full <= most + ROUNDING,
    ).returning(held)
    return session.execute(taken).first() is not None


def bucket_full_at(session: Session, bucket: str) -> float:
    return session.exec(select(Throttle.full_at).where(Throttle.bucket == bucket)).one()


def return_try(session: Session, bucket: str, interval: float) -> None:
    session.exec(
        update(Throttle)
        .where(col(Throttle.bucket) == bucket)
        .values(full_at=Throttle.full_at - interval)
    )


def sweep_buckets(session: Session, *, at: float) -> None:
    """Take away the buckets that are full again, save those that somebody is just taking from."""
    full = (
        select(Throttle.id)
        .where(col(Throttle.full_at) <= at)
        .limit(100)
        .with_for_update(skip_locked=True)
    )
    session.exec(delete(Throttle).where(col(Throttle.id).in_(full)))


def has_second_factor(session: Session, account_id: UUID) -> bool:
    return bool(with_second_factor(session, [account_id]))


def with_second_factor(session: Session, account_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of the accounts have a second factor."""
    found = session.exec(
        select(Totp.account_id).where(
            col(Totp.account_id).in_(account_ids), col(Totp.confirmed_at).is_not(None)
        )
    )
    return set(found.all())


def confirmed_totp(session: Session, account_id: UUID) -> Totp | None:
    return session.exec(
        select(Totp).where(Totp.account_id == account_id, col(Totp.confirmed_at).is_not(None))
    ).one_or_none()


def unconfirmed_totp(session: Session, account_id: UUID) -> Totp | None:
    return session.exec(
        select(Totp).where(Totp.account_id == account_id, col(Totp.confirmed_at).is_(None))
    ).one_or_none()


def drop_totp(session: Session, account_id: UUID) -> None:
    session.exec(delete(Totp).where(col(Totp.account_id) == account_id))


def use_step(session: Session, account_id: UUID, step: int) -> bool:
    """Use a time step up: whoever comes second with its code, on any worker, comes too late."""
    used = session.exec(
        update(Totp)
        .where(col(Totp.account_id) == account_id, col(Totp.last_step) < step)
        .values(last_step=step)
    )
    return used.rowcount == 1


def recovery_codes_like(session: Session, account_id: UUID, lookup: str) -> Sequence[RecoveryCode]:
    return session.exec(
        select(RecoveryCode).where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.lookup == lookup,
            col(RecoveryCode.used_at).is_(None),
        )
    ).all()


def use_recovery_code(session: Session, code_id: UUID, *, at: datetime) -> bool:
    used = session.exec(
        update(RecoveryCode)
        .where(col(RecoveryCode.id) == code_id, col(RecoveryCode.used_at).is_(None))
        .values(used_at=at)
    )
    return used.rowcount == 1


def recovery_codes_left(session: Session, account_id: UUID) -> int:
    return session.exec(
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, col(RecoveryCode.used_at).is_(None))
    ).one()


def drop_recovery_codes(session: Session, account_id: UUID) -> None:
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))


def take_up_handshake(session: Session, handle_hash: str, *, at: datetime) -> Handshake | None:
    """Return a handshake and take it away, so that nobody comes with it again."""
    found = session.exec(
        select(Handshake).where(
            Handshake.handle_hash == handle_hash, col(Handshake.expires_at) > at
        )
    ).one_or_none()
    if found is None:
        return None
    taken = session.exec(delete(Handshake).where(col(Handshake.id) == found.id))
    return found if taken.rowcount == 1 else None


def sweep_handshakes(session: Session, *, at: datetime) -> None:
    session.exec(delete(Handshake).where(col(Handshake.expires_at) <= at))


def passkeys_of(session: Session, account_id: UUID) -> Sequence[Passkey]:
    """Return an account's passkeys, the oldest first."""
    query = select(Passkey).where(Passkey.account_id == account_id)
    return session.exec(query.order_by(col(Passkey.created_at), col(Passkey.id))).all()


def passkey_named(session: Session, account_id: UUID, credential_id: str) -> Passkey | None:
    return session.exec(
        select(Passkey).where(
            Passkey.account_id == account_id, Passkey.credential_id == credential_id
        )
    ).one_or_none()


def count_on(session: Session, passkey_id: UUID, count: int, *, at: datetime) -> bool:
    """Take a passkey's new count unless it has been seen; devices that do not count say nought."""
    held = col(Passkey.sign_count)
    counted = session.exec(
        update(Passkey)
        .where(col(Passkey.id) == passkey_id, held < count if count else held == 0)
        .values(sign_count=count, last_used_at=at)
    )
    return counted.rowcount == 1


def drop_passkey(session: Session, account_id: UUID, passkey_id: UUID) -> bool:
    """Take one of an account's passkeys away; say whether it was there."""
    dropped = session.exec(
        delete(Passkey).where(col(Passkey.id) == passkey_id, col(Passkey.account_id) == account_id)
    )
    return dropped.rowcount == 1


def drop_passkeys(session: Session, account_id: UUID) -> None:
    session.exec(delete(Passkey).where(col(Passkey.account_id) == account_id))


def drop_challenges(session: Session, sign_in_id: UUID, *, at: datetime) -> None:
    """Take a sign-in's earlier challenges away, and everybody's that are past."""
    session.exec(
        delete(PasskeyChallenge).where(
            (col(PasskeyChallenge.sign_in_id) == sign_in_id)
            | (col(PasskeyChallenge.expires_at) <= at)
        )
    )


def take_challenge(
    session: Session, sign_in_id: UUID, challenge_hash: str, *, at: datetime
) -> bool:
    """Take a challenge of this sign-in away; whoever comes with it again comes too late."""
    taken = session.exec(
        delete(PasskeyChallenge).where(
            col(PasskeyChallenge.challenge_hash) == challenge_hash,
            col(PasskeyChallenge.sign_in_id) == sign_in_id,
            col(PasskeyChallenge.expires_at) > at,
        )
    )
    return taken.rowcount == 1


def machine_tokens_of(session: Session, municipality_id: UUID) -> Sequence[MachineToken]:
    """Return every token of a municipality's machines, the newest first."""
    query = select(MachineToken).where(MachineToken.municipality_id == municipality_id)
    return session.exec(
        query.order_by(col(MachineToken.created_at).desc(), col(MachineToken.id))
    ).all()


def machine_token_with(session: Session, token_hash: str, *, at: datetime) -> MachineToken | None:
    """Return the token that is neither ended nor past."""
    return session.exec(
        select(MachineToken).where(
            MachineToken.token_hash == token_hash,
            col(MachineToken.ended_at).is_(None),
            col(MachineToken.expires_at) > at,
        )
    ).one_or_none()


def end_machine_token(
    session: Session, municipality_id: UUID, token_id: UUID, *, at: datetime
) -> bool:
    """End one of a municipality's tokens; say whether there was one to end."""
    ended = session.exec(
        update(MachineToken)
        .where(
            col(MachineToken.id) == token_id,
            col(MachineToken.municipality_id) == municipality_id,
            col(MachineToken.ended_at).is_(None),
        )
        .values(ended_at=at)
    )
    return ended.rowcount == 1


def note_use(session: Session, token_id: UUID, *, on: date) -> None:
    """Keep the day on which a token was last used: one write a day, not one a request."""
    last = col(MachineToken.last_used_on)
    session.exec(
        update(MachineToken)
        .where(col(MachineToken.id) == token_id, last.is_(None) | (last < on))
        .values(last_used_on=on)
    )
