"""Passwords: which ones are fit, how they are kept, how they are compared."""

import secrets
import unicodedata
from enum import StrEnum
from threading import BoundedSemaphore
from typing import ClassVar, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from catalogue.terms.signs import unfit_sign
from service.refusals import Kind, Refusal

SHORTEST: Final = 12
LONGEST: Final = 200
# What has to be left of a password when the user name is taken out of it.
LEFT_WITHOUT_NAME: Final = 8
# The estimator's worst two of five classes: up to a million guesses.
GUESSED_SOON: Final = 1
# It takes quadratic time, and says nothing new about what follows.
ESTIMATED: Final = 64
# One hashing holds 64 MiB; a rush of sign-ins waits rather than take all the memory.
AT_ONCE: Final = 4

_HASHER = PasswordHasher()
_PLACES = BoundedSemaphore(AT_ONCE)
# Verified when nobody has the name, so that both answers take the same time.
_NOBODY = _HASHER.hash(secrets.token_urlsafe())
# No 0 and O, no 1 and I: a given password is read from paper or heard on the telephone.
_SIGNS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Unfit(StrEnum):
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    OWN_NAME = "own_name"
    AS_BEFORE = "as_before"
    HIDDEN_SIGN = "hidden_sign"


SENTENCES: Final[dict[Unfit, str]] = {
    Unfit.TOO_SHORT: f"a password needs at least {SHORTEST} characters",
    Unfit.TOO_LONG: f"a password has at most {LONGEST} characters",
    Unfit.COMMON: "this password is among the first that anybody would try",
    Unfit.OWN_NAME: "the user name is no password",
    Unfit.AS_BEFORE: "the new password is the old one",
    Unfit.HIDDEN_SIGN: "a password has only signs that can be seen",
}


class UnfitPassword(Refusal):
    kind: ClassVar = Kind.MALFORMED

    def __init__(self, reason: Unfit) -> None:
        super().__init__(SENTENCES[reason], reason=reason)
        self.reason = reason


def refuse_unfit(password: str, username: str) -> None:
    """Refuse a new password that is short, long, common or the user name; ask for no mixture."""
    if reason := why_unfit(password, username):
        raise UnfitPassword(reason)


def replacement(old: str, new: str, username: str) -> str:
    """Return what is kept of a new password that is fit and not the old one."""
    refuse_unfit(new, username)
    if new == old:
        raise UnfitPassword(Unfit.AS_BEFORE)
    return hashed(new)


def why_unfit(password: str, username: str) -> Unfit | None:
    """Say what keeps a password from being taken."""
    if len(password) < SHORTEST:
        return Unfit.TOO_SHORT
    if len(password) > LONGEST:
        return Unfit.TOO_LONG
    if unfit_sign(password, one_line=True):
        return Unfit.HIDDEN_SIGN
    plain = _folded(password)
    if len(plain.replace(_folded(username), "")) < LEFT_WITHOUT_NAME:
        return Unfit.OWN_NAME
    return Unfit.COMMON if is_common(plain) else None


def is_common(password: str) -> bool:
    """Say whether the packaged lists hold it, or whether it is as easily guessed."""
    plain = _folded(password)
    if any(plain in words for words in _LISTS):
        return True
    score: int = zxcvbn(plain[:ESTIMATED])["score"]
    return score <= GUESSED_SOON


def _folded(text: str) -> str:
    # Full width or capitals do not make a common word another one. What is kept is as it was typed.
    return unicodedata.normalize("NFKC", text).casefold().strip()


_LISTS: Final = tuple(frozenset(words) for words in FREQUENCY_LISTS.values())


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    with _PLACES:
        return _HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Compare with what is kept; where nothing is, take as long and say no."""
    if len(password) > LONGEST:
        password, kept = "", None
    with _PLACES:
        try:
            return _HASHER.verify(kept or _NOBODY, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def made_up() -> str:
    """Make a password that an office gives out once: a hundred bits in four groups."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(5)) for _ in range(4))
