"""What a line of the audit may say, as tables: why somebody looked, and on what ground."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID


class Act(StrEnum):
    READ = "read"
    LIST = "list"
    WRITE = "write"
    MATCH = "match"
    EXPORT = "export"
    EVENT = "event"


class Purpose(StrEnum):
    """Why somebody looked. Where nobody chooses it, the resource says it."""

    SUPPORT = "support"
    MATCHING = "matching"
    FOLLOW_UP = "follow_up"
    HANDOVER = "handover"
    DISCLOSURE = "disclosure"
    CONFERENCE = "conference"
    REPORTING = "reporting"
    OWN_ACCESS = "own_access"
    INSPECTION = "inspection"
    EMERGENCY = "emergency"
    RETENTION = "retention"
    SECURITY = "security"
    UNSTATED = "unstated"


class Why(StrEnum):
    """Why people leave the service in a file; a code, because a story would be about them."""

    MEETING = "meeting"
    HANDOVER = "handover"
    WITHOUT_POWER = "without_power"
    INSPECTION = "inspection"
    COUNTING = "counting"


class Ground(StrEnum):
    """What allowed the look: consent, a 支援会議, its duty to an own person, or an emergency."""

    CONSENT = "consent"
    MEETING = "meeting"
    DUTY = "duty"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Basis:
    """The ground of a look, with the id of the consent, conference or opening it rests on."""

    kind: Ground
    id: UUID | None = None


# Every kind of thing that is looked at, and why one usually looks. A new kind needs its line here:
# without one nothing is recorded, so nothing is shown.
PURPOSES: Final[dict[str, Purpose]] = {
    "person": Purpose.SUPPORT,
    "name": Purpose.SUPPORT,
    "assessment": Purpose.SUPPORT,
    "consent": Purpose.SUPPORT,
    "placement": Purpose.SUPPORT,
    "keep_apart": Purpose.SUPPORT,
    "plan": Purpose.SUPPORT,
    "suggestion": Purpose.MATCHING,
    "candidate": Purpose.MATCHING,
    "assignment": Purpose.MATCHING,
    "wish": Purpose.MATCHING,
    "visit": Purpose.FOLLOW_UP,
    "contact": Purpose.FOLLOW_UP,
    "concern": Purpose.FOLLOW_UP,
    "follow_up": Purpose.FOLLOW_UP,
    "repeat": Purpose.SUPPORT,
    "draft": Purpose.SUPPORT,
    "handover": Purpose.HANDOVER,
    "card": Purpose.DISCLOSURE,
    "packet": Purpose.DISCLOSURE,
    "disclosure": Purpose.DISCLOSURE,
    "host_link": Purpose.DISCLOSURE,
    "inquiry": Purpose.DISCLOSURE,
    "reply": Purpose.FOLLOW_UP,
    "conference": Purpose.CONFERENCE,
    "conference_record": Purpose.CONFERENCE,
    "conference_entry": Purpose.CONFERENCE,
    "report": Purpose.REPORTING,
    "export": Purpose.REPORTING,
    "access_log": Purpose.OWN_ACCESS,
    "audit": Purpose.INSPECTION,
    "break_glass": Purpose.EMERGENCY,
    "retention": Purpose.RETENTION,
    "legal_hold": Purpose.RETENTION,
    "erasure": Purpose.RETENTION,
}


def usual_purpose(resource: str) -> Purpose:
    """Return why one usually looks at a kind of thing; an unknown kind is a fault of ours."""
    if resource not in PURPOSES:
        raise LookupError(f"{resource} has no purpose yet: service.audit.rules.PURPOSES")
    return PURPOSES[resource]
