"""Who may do what to which table on PostgreSQL: the one list. A new table has to be placed here.

Three group roles stand behind the sign-in (docs/deploying.md says how they come about). Each sees
the rows of one municipality at a time; what is not granted here is denied by the server itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

CASEWORK: Final = "deban_casework"  # csw, coordinator; the officer's figures
OFFICE: Final = "deban_office"  # admin, auditor: nothing about people
HOST: Final = "deban_host"  # the host side, which may run as a process of its own
GROUPS: Final = (CASEWORK, OFFICE, HOST)

NOTHING: Final = ""
READ: Final = "SELECT"
APPEND: Final = "INSERT"
KEEP: Final = "SELECT, INSERT"  # rows that are only ever added
CHANGE: Final = "SELECT, INSERT, UPDATE"
ALL: Final = "SELECT, INSERT, UPDATE, DELETE"


@dataclass(frozen=True, slots=True)
class Place:
    """What each group may do to a table; left out means nothing."""

    casework: str = NOTHING
    office: str = NOTHING
    host: str = NOTHING

    def of(self, group: str) -> str:
        """Return the privileges of a group."""
        return {CASEWORK: self.casework, OFFICE: self.office, HOST: self.host}[group]


PLACES: Final[Mapping[str, Place]] = {
    # what is known to everybody who works here
    "municipality": Place(
        "SELECT, UPDATE (catalogue_revision)", READ, "SELECT, UPDATE (catalogue_revision)"
    ),
    "area": Place(READ, CHANGE, READ),
    # (a host rests, confirms and says how many by its own link: at once, and nothing besides)
    "host": Place(
        CHANGE, READ, "SELECT, UPDATE (resting_until, max_people, confirmed_on, version)"
    ),
    "activity": Place(CHANGE, READ, READ),
    "slot": Place(CHANGE, READ, READ),
    "booklet_entry": Place(CHANGE, READ),
    # (a sheet whose host agreed is shown to everybody, and a host may send a photo by its own link)
    "sheet_readings": Place(CHANGE, READ, READ),
    "sheet_english": Place(CHANGE, READ, READ),
    "place_photo": Place(ALL, READ, CHANGE),
    # who signs in; ending one's own sign-ins belongs to everybody
    "account": Place(READ, CHANGE),
    "sign_in": Place("SELECT, UPDATE", "SELECT, UPDATE"),
    # what guards accounts is asked by the login itself; an admin may take a lost factor away
    "totp": Place(office="SELECT, DELETE"),
    "recovery_code": Place(office="SELECT, DELETE"),
    "passkey": Place(office="SELECT, DELETE"),
    "machine_token": Place(office=CHANGE),
    "passkey_challenge": Place(),
    "throttle": Place(host=ALL),  # of wrong links only: LANES
    "handshake": Place(),
    # people and what is done with them
    # (who manages accounts gives somebody's people to another worker, and sees nothing of them)
    "person": Place(
        CHANGE, "SELECT (id, municipality_id, owner_id, version), UPDATE (owner_id, version)"
    ),
    "assessment": Place(KEEP),
    "emergency_access": Place(KEEP, READ),
    "emergency_notice": Place("SELECT, INSERT, UPDATE (seen_at)", "SELECT, UPDATE (seen_at)"),
    "consent": Place(
        CHANGE,
        host="SELECT (id, municipality_id, shared_with, host_id, given_on, until, withdrawn_on)",
    ),
    "person_name": Place(CHANGE),
    "keep_apart": Place(CHANGE),
    "support_end": Place(ALL),
    "legal_hold": Place(CHANGE),
    "erasure_request": Place(KEEP),
    "disposal_list": Place(CHANGE),
    "disposal_item": Place(KEEP),
    "erasure": Place(READ),
    "suggestion_round": Place(ALL),
    "suggestion": Place(ALL),
    "wish": Place(CHANGE),
    "idea": Place(CHANGE),
    "placement": Place(
        CHANGE,
        "SELECT (municipality_id, person_id, owner_id, status), UPDATE (owner_id)",
        "SELECT (id, municipality_id, status)",
    ),
    "placement_move": Place(KEEP),
    "move_correction": Place(KEEP),
    "hand_over": Place(KEEP, KEEP),
    "visit": Place(KEEP),
    "contact": Place(KEEP),
    "concern": Place(CHANGE),
    "follow_up_answer": Place(CHANGE),
    "follow_up_claim": Place(ALL),
    "kept_answer": Place(ALL),
    "draft": Place(ALL),
    "follow_up_cadence": Place(KEEP),
    "follow_up_closure": Place(CHANGE),
    # what is derived: whoever looks lays it out anew; marks are set by the triggers' owner
    "follow_up_mark": Place("SELECT, DELETE"),
    "follow_up_state": Place(CHANGE),
    "follow_up_due": Place(ALL),
    "aid": Place(CHANGE),
    "aid_day": Place(CHANGE),
    "aid_booking": Place(CHANGE),
    # their keys, wrapped; deleting one is what makes an erasure final
    "data_key": Place("SELECT, INSERT, DELETE", NOTHING, READ),
    # what the members of a 支援会議 keep of people who have not consented
    # (who closes an account is told how many seats end with it, and of what nothing)
    "conference": Place(CHANGE, "SELECT (id, municipality_id, closed_on)"),
    "conference_membership": Place(
        CHANGE,
        "SELECT (id, municipality_id, conference_id, account_id, since, until, ended_at), "
        "UPDATE (ended_at, ended_by)",
    ),
    "conference_record": Place(CHANGE),
    "conference_entry": Place(KEEP),
    # what leaves the office; a host's link asks of a consent and a placement only whether they hold
    "packet": Place(CHANGE, host=READ),
    "pseudonym": Place(KEEP),
    "host_link": Place(CHANGE, host=READ),
    # what hosts are asked and answer; what follows for people is drawn on the staff's side
    "inquiry": Place(CHANGE, host=READ),
    "reply": Place(CHANGE, host=KEEP),
    # (a host writes its own draft by its link; whether it is offered is for the staff's side)
    "registration": Place(CHANGE, host="SELECT, UPDATE (said, state, sent_at, version)"),
    # what is told outside: written by whoever causes it; who is told is asked by the login itself
    # (whether anybody is told at all may be seen by all; addresses and choices by nobody)
    "outbox_event": Place("SELECT, INSERT, DELETE", APPEND, APPEND),
    "outbox_line": Place(CHANGE, "SELECT, UPDATE"),
    "mailbox": Place(
        "SELECT (municipality_id)", "SELECT (municipality_id)", "SELECT (municipality_id)"
    ),
    "webhook": Place(READ, CHANGE, "SELECT (municipality_id, ended_at)"),
    "silenced_notice": Place(),
    "calendar_feed": Place(),
    # who looked at whom
    "access_record": Place(KEEP, KEEP, APPEND),
    "chain_head": Place(CHANGE, CHANGE, CHANGE),
}

# Rows that are found by a token before anybody knows whose they are: beside the municipality's
# own rows the host side sees the one whose hash it holds (deban.token). Table to column.
# An activity's id is no secret: it stands in the address of a sheet that everybody may see.
DOORS: Final[Mapping[str, str]] = {"host_link": "token_hash", "activity": "id::text"}

# Rows that belong to no municipality, and of which the host side sees its own kind alone.
LANES: Final[Mapping[str, str]] = {"throttle": "bucket LIKE 'link:%%'"}
