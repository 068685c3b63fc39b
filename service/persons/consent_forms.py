"""Read a consent from its form: to whom what may be told, for what and until when."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session

from catalogue import repository as catalogue
from catalogue.profiles import SharedWith
from catalogue.tables import Host
from service.accounts.actions import Staff
from service.languages.ours import joined, ours, say
from service.persons import words
from service.web.filled import Filled

KNOWN_FIELDS: Final = joined("、", tuple(words.TOLD_WORDS.values()))
UNKNOWN_FIELD: Final = say("話してよいことは、次から選んでください: {fields}", fields=KNOWN_FIELDS)
NOBODY_CHOSEN: Final = ours("だれに話してよいかを選んでください")

HostName = tuple[str, str]


def hosts_named(session: Session, staff: Staff) -> list[HostName]:
    """Return the hosts that a consent may name, by id and name."""
    every = catalogue.all_by_ref(session, Host, staff.municipality_id).values()
    return sorted(((str(host.id), host.name) for host in every), key=lambda pair: pair[1])


def read_consent(filled: Filled, hosts: list[HostName], *, today: date) -> dict[str, Any]:
    """Return the columns of a consent; what cannot be is named among the mistakes."""
    given_on, until = filled.day("given_on"), filled.day("until")
    if given_on and given_on > today:
        filled.mistakes["given_on"] = ours("まだ来ていない日です")
    if given_on and until and until < given_on:
        filled.mistakes["until"] = ours("聞いた日よりあとの日にしてください")
    shared_with = filled.needed("shared_with", words.SHARED_WORDS, sentence=NOBODY_CHOSEN)
    return {
        "shared_with": shared_with,
        "host_id": _host(filled, shared_with, hosts),
        "body": _body(filled, shared_with),
        "purpose": filled.text("purpose", longest=500),
        "scope": filled.text("consent_scope", longest=1000),
        "fields": told_fields(filled),
        "how": filled.text("consent_how"),
        "given_on": given_on,
        "until": until,
    }


def _host(filled: Filled, shared_with: SharedWith | None, hosts: list[HostName]) -> UUID | None:
    host_id = filled.id("host")
    if host_id is not None and str(host_id) not in dict(hosts):
        filled.mistakes["host"] = ours("受け入れ先を選びなおしてください")
    elif host_id is not None and shared_with is not SharedWith.HOSTS:
        filled.mistakes["host"] = ours("「受け入れ先にも」のときだけ選べます")
    return host_id


def _body(filled: Filled, shared_with: SharedWith | None) -> str:
    body = filled.text("body")
    if body and shared_with is not SharedWith.NONE:
        filled.mistakes["body"] = ours("ほかの機関への同意は、それだけで1つの同意にしてください")
    return body


def told_fields(filled: Filled) -> list[str]:
    """Return what may be told as ticked, in the table's order; a name of no field is a mistake."""
    ticked = filled.ticked("fields")
    if not set(ticked) <= words.TOLD_WORDS.keys():
        filled.mistakes["fields"] = UNKNOWN_FIELD
    return [field for field in words.TOLD_WORDS if field in ticked]
