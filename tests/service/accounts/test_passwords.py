"""Which passwords are taken, what is kept of them, and that every answer costs the same."""

import hashlib
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts import passwords
from service.accounts.passwords import SENTENCES, Unfit, hashed, made_up, matches, why_unfit
from service.accounts.security_pages import UNFIT_WORDS
from service.accounts.tables import Account
from tests.factories import PASSWORD

SESSIONS = "/api/v1/sessions"
HUNDRED = hashlib.sha512(b"any signs").hexdigest()[:100]


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("eleven sign", Unfit.TOO_SHORT),
        ("twelve signs", None),
        (HUNDRED + HUNDRED[::-1], None),
        (HUNDRED + HUNDRED[::-1] + "x", Unfit.TOO_LONG),
        ("1qaz2wsx3edc", Unfit.COMMON),
        ("1QAZ2wsx3edc", Unfit.COMMON),
        ("１ｑａｚ２ｗｓｘ３ｅｄｃ", Unfit.COMMON),
        ("leavemealone", Unfit.COMMON),
        ("  leavemealone ", Unfit.COMMON),
        ("passwordpassword", Unfit.COMMON),
        ("123456789012", Unfit.COMMON),
        ("aaaaaaaaaaaaaaa", Unfit.COMMON),
        ("yamada.hanako", Unfit.OWN_NAME),
        ("Yamada.Hanako2026", Unfit.OWN_NAME),
        ("ｙａｍａｄａ．ｈａｎａｋｏ！", Unfit.OWN_NAME),
        ("yamada.hanako likes the rain", None),
        ("    うみのみえる　まどのした", None),
        ("plum blossoms in february", None),
        ("only small letters", None),
        ("with a hidden\u200b sign", Unfit.HIDDEN_SIGN),
        ("two\nlines of words", Unfit.HIDDEN_SIGN),
        ("824617395062", None),
    ],
)
def test_long_uncommon_words_are_taken_and_no_mixture_is_asked_for(
    password: str, reason: Unfit | None
) -> None:
    assert why_unfit(password, "yamada.hanako") is reason


def test_the_lists_without_folding_would_miss_a_common_one() -> None:
    """The control: what full width and capitals would hide if the lists were asked as it stands."""
    disguised = "１ＱＡＺ２ＷＳＸ３ＥＤＣ"
    assert not any(disguised in words for words in passwords._LISTS)
    assert passwords.is_common(disguised)


def test_every_reason_has_words_for_programs_and_for_people() -> None:
    assert set(SENTENCES) == set(UNFIT_WORDS) == set(Unfit)


def test_what_is_kept_opens_by_the_very_signs_alone() -> None:
    kept = hashed("ｆｕｌｌ　ｗｉｄｔｈ　ｓｉｇｎｓ")
    assert matches(kept, "ｆｕｌｌ　ｗｉｄｔｈ　ｓｉｇｎｓ")
    assert not matches(kept, "full width signs")
    assert kept.startswith("$argon2id$")
    assert "full" not in kept


@pytest.mark.parametrize("kept", [None, "nobody signs in with this", ""])
def test_where_nothing_is_kept_nothing_matches(kept: str | None) -> None:
    assert not matches(kept, "")
    assert not matches(kept, PASSWORD)


def test_a_given_password_is_fit_new_each_time_and_easy_to_read_aloud() -> None:
    given = {made_up() for _ in range(50)}
    assert len(given) == 50
    for password in given:
        assert why_unfit(password, "csw") is None
        assert len(password) == 23
        assert not set(password) & set("01IO")


class Counting:
    """Stands for the hasher and counts what it is asked: a clock would tell less, and wrongly."""

    def __init__(self, own: Any) -> None:
        self.own, self.asked = own, 0

    def verify(self, kept: str, password: str) -> bool:
        self.asked += 1
        return bool(self.own.verify(kept, password))


@pytest.mark.parametrize(
    "body",
    [
        {"username": "csw", "password": "a wrong password"},
        {"username": "nobody at all", "password": "a wrong password"},
        {"username": "closed", "password": PASSWORD},
        {"username": "csw", "password": "x" * 199},
    ],
)
def test_every_refusal_compares_exactly_once_and_reads_the_same(
    app: FastAPI,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    body: dict[str, str],
) -> None:
    closed = session.exec(select(Account).where(Account.username == "officer")).one()
    closed.username, closed.active = "closed", False
    session.flush()
    counting = Counting(passwords._HASHER)
    monkeypatch.setattr(passwords, "_HASHER", counting)
    answer = TestClient(app).post(SESSIONS, json=body)
    assert counting.asked == 1
    assert (answer.status_code, answer.json()["detail"]) == (
        401,
        "the username or the password is not right",
    )


def test_the_dummy_costs_what_a_real_one_costs() -> None:
    """Equal counts mean equal time only while both hashes ask for equal work."""
    work = [kept.split("$")[:4] for kept in (passwords._NOBODY, hashed("anybody's password"))]
    assert work[0] == work[1]
