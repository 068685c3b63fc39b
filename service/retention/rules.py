"""Which kinds of records end, how long after what, and what holds them. Pure."""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class RecordClass(StrEnum):
    """A kind of record that ends as a whole."""

    CASE = "case"
    REQUEST = "request"
    PRE_CONSENT = "pre_consent"


class HoldReason(StrEnum):
    """Why nothing of a person may go; a code, because the reason's story is not ours to keep."""

    LAWSUIT = "lawsuit"
    COMPLAINT = "complaint"
    INSPECTION = "inspection"
    ACCESS_REQUEST = "access_request"


@dataclass(frozen=True, slots=True)
class Term:
    """How long a kind of record is kept: the setting, after what, and why so long by default."""

    data: str
    setting: str
    after: str
    reason: str


TERMS: Final[Mapping[RecordClass, Term]] = {
    RecordClass.CASE: Term(
        data="D2, D3, D4, D6: everything about a person, name and packets with it",
        setting="retain_case_years",
        after="the day on which support ended",
        reason="municipal case files are usually kept five years",
    ),
    RecordClass.REQUEST: Term(
        data="the same, at the person's own request",
        setting="",
        after="the day of the request",
        reason="who asks for the end of their data does not wait for a term",
    ),
    RecordClass.PRE_CONSENT: Term(
        data="D5: a record shared in a 支援会議 without consent",
        setting="retain_pre_consent_years",
        after="the day on which the record was closed",
        reason="without consent no longer than it takes to see whether worry comes back",
    ),
}
# Kinds without a list: what the service itself no longer needs, or must not lose.
OTHERWISE: Final[Mapping[str, str]] = {
    "D0, D1": "as long as the host is in the catalogue",
    "drafts": "retain_draft_days after they were kept, three at most where nobody asked to",
    "sign-ins": "retain_sign_in_days after their end; goes without a list, it is about staff",
    "D7": "at least retain_audit_years; the chain is never cut by the service",
}


def years_before(day: date, years: int) -> date:
    """Return the same day some years before; of a leap day the 28th."""
    if (day.month, day.day) == (2, 29) and not isleap(day.year - years):
        return date(day.year - years, 2, 28)
    return day.replace(year=day.year - years)
