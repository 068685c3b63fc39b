"""Nobody asks for people, or for what is kept about them, past ``visible_people``."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from sqlmodel import SQLModel

import service.app  # noqa: F401 - its chapters bring all tables with them
from tests.architecture.conftest import Plant
from tests.architecture.source import ROOT, modules, tree

HOME: Final = "persons.repository"
SIGHT: Final = "visible_people"
ASKING: Final = frozenset(
    f"{library}{name}"
    for library in ("", "sqlmodel.", "sqlalchemy.", "sa.")
    for name in ("select", "update", "delete", "exists")
) | {"session.get", "session.get_one"}

# Queries without the filter, each with how many and why. A new query of people asks
# visible_people; only one that is given what was seen before, or shows nobody, finds a place here.
FOR_THE_RULE: Final = "days and words alone; what the rule derives of them is read in sight"
REVIEWED: Final[dict[str, tuple[int, str]]] = {
    "companions.repository.bookings_of": (1, "days to give back; shows nobody"),
    "companions.repository.bookings_on": (1, "days to give back or ask about; shows nobody"),
    "encryption.repository.exchange": (1, "seals anew what was sealed; shows nobody"),
    "encryption.repository.ids_after": (1, "ids alone, to seal their rows anew"),
    "encryption.repository.sealed_rows": (1, "ciphertext, to seal it anew; shows nobody"),
    "encryption.repository.used": (1, "which keys are in use; shows nobody"),
    "contacts.repository.all_told": (1, "ids of corrected contacts, only to leave them out"),
    "contacts.repository.is_corrected": (1, "of a contact that was seen"),
    "contacts.repository.locked_concern": (1, "a concern that was seen, once more for change"),
    "contacts.repository.people_behind": (1, "whom rows that were seen are about, for the audit"),
    "contacts.repository.worried_on": (1, "days of concerns, of a placement that was seen"),
    "disclosures.repository.cards_of": (1, "of a placement that was seen"),
    "disclosures.repository.open_links": (1, "a count, of packets that were seen"),
    "persons.apart.repository.kept_from": (1, "ids for a rule; the refusal names nobody"),
    "persons.apart.repository.pairs_within": (1, "ids for a rule; no answer names them"),
    "placements.leaving.repository.give_rest": (1, "a change of worker; shows nobody"),
    "placements.leaving.repository.handed_of": (1, "of a person who was seen"),
    "placements.leaving.repository.handed_to": (1, "what was given to the caller, without people"),
    "placements.repository.hold_person": (1, "of a person who was seen; shows nobody"),
    "placements.leaving.repository.open_owned": (1, "a count, for who closes an account"),
    "placements.repository.placed_beside": (1, "yes or no, for a rule that names nobody"),
    "placements.repository.slots_shared": (1, "slots, of a pair that was seen"),
    "persons.emergencies.repository.mark_seen": (1, "one's own notice"),
    "persons.emergencies.repository.notices": (1, "one's own notices; people are then asked for"),
    "persons.emergencies.repository.opened": (1, "who, whom and when, for the auditor"),
    "persons.emergencies.repository.unseen": (1, "yes or no, of one's own notices"),
    "disclosures.repository._holds": (2, "only narrow another query"),
    "disclosures.repository.consent_for": (1, "of a person who was seen"),
    "disclosures.repository.links": (1, "of packets that were seen"),
    "disclosures.repository.pseudonym_of": (1, "of a person who was seen"),
    "disclosures.repository.revoke_all": (1, "of a packet that was seen"),
    "disclosures.repository.resting_on": (1, "of a consent that was seen"),
    "hosting.repository.open_links": (1, "of registrations: a host's own, about nobody"),
    "paper.repository.parts_of": (1, "of activities: a sheet's parts name nobody"),
    "paper.repository.part_locked": (1, "of an activity: a sheet's parts name nobody"),
    "paper.repository.picture": (1, "a photo of a place"),
    "replies.repository.unanswered": (2, "a count, of a placement that was seen"),
    "disclosures.repository.shown_by": (1, "by a host's link: what was released under a consent"),
    "hosts.repository.links_of_inquiry": (1, "of an inquiry that was seen"),
    "hosts.repository.municipality_of": (1, "whose a host's link is; shows nobody"),
    "hosts.repository.open_link": (1, "by the hash of the link's own token; shows nobody"),
    "replies.health.repository._asked_since": (2, "a count of questions; no row of anybody"),
    "replies.repository._goes_on": (2, "only narrow another query"),
    "replies.repository._holds": (1, "only narrows another query"),
    "replies.repository.consent_naming": (1, "of a person who was seen"),
    "replies.repository.municipalities_waiting": (1, "whose answers wait; shows nobody"),
    "replies.repository.opened_by": (1, "by a host's link: what its host was asked"),
    "replies.repository.opens": (1, "of an inquiry that was seen: whether it still asks"),
    "replies.repository.replies_to": (1, "of inquiries that were seen"),
    "replies.repository.revoke_unanswered": (3, "ends links; shows nobody"),
    "replies.repository.reply_to": (
        1,
        "of an inquiry that was seen, or that a link opens",
    ),
    "replies.repository.taken_up": (1, "an answer to be drawn into its case; shows nobody"),
    "replies.repository.waiting": (1, "ids of answers to be drawn into their cases; shows nobody"),
    "contacts.repository.told_before": (1, "ids of corrected contacts; read through sight"),
    "drafts.repository.drop_oldest": (1, "deletes one's own oldest; shows nobody"),
    "drafts.repository.drop_over": (1, "deletes what is over; shows nobody"),
    "followup.repository.queue._owned": (2, "only narrows the queue, which rests on sight"),
    "followup.repository.queue.contacts_named": (1, "contacts that rows in sight have chosen"),
    "followup.repository.queue.people_named": (1, "people of rows in sight"),
    "followup.repository.queue.placed_named": (1, "placements of rows in sight"),
    "followup.repository.queue.worries_named": (1, "concerns that rows in sight are about"),
    "followup.repository.sources._answers": (1, FOR_THE_RULE),
    "followup.repository.sources._concerns": (1, FOR_THE_RULE),
    "followup.repository.sources._consents": (1, FOR_THE_RULE),
    "followup.repository.sources._moves": (1, FOR_THE_RULE),
    "followup.repository.sources._people": (1, FOR_THE_RULE),
    "followup.repository.sources._placed": (1, FOR_THE_RULE),
    "followup.repository.sources._spoken": (1, FOR_THE_RULE),
    "followup.repository.sources._visits": (1, FOR_THE_RULE),
    "followup.repository.sources.around": (2, "ids alone, of whom marks name"),
    "followup.repository.sources.everybody": (2, "ids alone, to derive everybody's rows"),
    "followup.repository.stock.clear": (1, "takes derived rows away; shows nobody"),
    "followup.repository.stock.place_all": (1, "days alone, to place derived rows"),
    "notices.repository.told_of": (1, "accounts that the screen tells; shows nobody"),
    "placements.repository._pasts": (2, "bound to people who were seen, by pasts and pasts_of"),
    "placements.repository.being_asked": (1, "a count of a slot, without people"),
    "placements.leaving.repository.follow_worker": (1, "a change of worker; shows nobody"),
    "placements.repository.is_open": (1, "of a person who was seen"),
    "placements.repository.locked": (2, "a placement that was seen, once more for change"),
    "placements.repository.moves_of": (2, "of placements that were seen"),
    "placements.repository.told_on": (1, "only narrows another query"),
    "placements.repository.open_at_host": (1, "to be told what their host said; shows nobody"),
    "placements.repository.person_of": (1, "of a placement that was seen"),
    "placements.repository.placement_linked": (1, "by a host's link: to be moved; shows nobody"),
    "placements.repository.release_lapsed": (1, "gives places back; shows nobody"),
    "placements.repository.suggested": (1, "yes or no, of a person who was seen"),
    "suggestions.repository.rounds_like": (1, "of a person who was seen"),
    "suggestions.repository.answered": (1, "of a person who was seen"),
    "suggestions.repository.mark_shown": (1, "of a round that was seen; shows nobody"),
    "suggestions.repository.shown_of": (2, "of a round that was seen"),
    "suggestions.repository.suggestions_of": (1, "of a round that was seen"),
    "visits.repository._stands": (1, "only narrows another query"),
    "visits.repository.is_corrected": (1, "of a visit that was seen"),
    "visits.repository.visits_of": (1, "of placements that were seen"),
    "persons.names.repository.name_row": (1, "of a person who was seen"),
    "reports.repository._corrected": (1, "ids of corrected visits, only to leave them out"),
    "reports.repository._contacts": (1, "counts by area; no row of anybody leaves"),
    "reports.repository._reached": (1, "ids of corrected contacts, only to leave them out"),
    "reports.repository._reached_hosts": (1, "ids of hosts, only counted"),
    "reports.repository._trials": (1, "counts by area; no row of anybody leaves"),
    "reports.repository.counted": (5, "counts by area; no row of anybody leaves"),
    "repeats.repository.forget_old": (1, "deletes what is over; shows nobody"),
    "repeats.repository.people_among": (
        1,
        "which ids are people, of a form just done; shows nobody",
    ),
    "repeats.repository.kept": (1, "the caller's own answer, shown after is_visible"),
    "retention.owned.keys_of": (1, "keys of what is about to be erased; shows nobody"),
    "retention.owned.rows_of": (1, "what is about to be erased; shows nobody"),
    "retention.repository._held": (1, "ids, only to leave them out"),
    "retention.repository._running": (1, "ids, only to leave them out"),
    "retention.repository.codes_of": (1, "codes of who is on a list, for who may retain"),
    "retention.repository.due_cases": (1, "ids and days of what is due, for who may retain"),
    "retention.repository.due_requests": (1, "ids and days of what is due, for who may retain"),
    "retention.repository.end_of": (1, "of a person who was seen"),
    "retention.repository.erase": (1, "of what is approved to be erased; shows nobody"),
    "retention.repository.has_running": (1, "of a person who was seen"),
    "retention.repository.hold_named": (1, "of a person who was seen"),
    "retention.repository.holds_of": (1, "of a person who was seen"),
    "retention.repository.is_there": (1, "of what is approved to be erased; shows nobody"),
    "retention.repository.request_of": (1, "of a person who was seen"),
    "retention.repository.tenant_of": (1, "of what is approved to be erased; shows nobody"),
    "visits.month.repository._ended_since": (1, "only narrows another query"),
}


@cache
def bearing() -> frozenset[str]:
    """Name every table class that leads to a person by its foreign keys."""
    tables = SQLModel.metadata.sorted_tables
    found = {"person"}
    grown = True
    while grown:
        more = {
            table.name
            for table in tables
            for key in table.foreign_keys
            if key.column.table.name in found
        } - found
        grown = bool(more)
        found |= more
    mappers = SQLModel._sa_registry.mappers
    return frozenset(each.class_.__name__ for each in mappers if each.local_table.name in found)


def _names(node: ast.AST) -> set[str]:
    """Name what an expression speaks of: variables, and what is called on them."""
    plain = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return plain | {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


def _asks_people(call: ast.Call) -> bool:
    """Say whether a query is put to a table that bears people, or to one that has no name here."""
    roots = {
        each.id
        for given in call.args
        for each in ast.walk(given)
        if isinstance(each, ast.Name) and each.id not in {"col", "func"}
    }
    return any(name in bearing() or name.islower() for name in roots)


def _chains(node: ast.AST) -> Iterator[tuple[ast.Call, ast.AST]]:
    """Yield each query with the whole expression that is built on it."""
    above = {child: each for each in ast.walk(node) for child in ast.iter_child_nodes(each)}
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        if ast.unparse(call.func) in ASKING and call.args and _asks_people(call):
            top: ast.AST = call
            while isinstance(above.get(top), ast.Attribute | ast.Call) and not _is_argument(
                above[top], top
            ):
                top = above[top]
            yield call, top


def _is_argument(parent: ast.AST, child: ast.AST) -> bool:
    return isinstance(parent, ast.Call) and child is not parent.func


def _pieces(module: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in module.body:
        match node:
            case ast.FunctionDef(name=name):
                yield name, node
            case ast.ClassDef(name=name):
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef):
                        yield inner.name, inner
            case ast.Assign() | ast.AnnAssign():
                yield ast.unparse(getattr(node, "target", None) or node.targets[0]), node


def _anchored(pieces: list[tuple[str, ast.AST]]) -> set[str]:
    """Name what of a module rests on ``visible_people``, itself or through another piece."""
    found = {SIGHT}
    grown = True
    while grown:
        more = {
            name
            for name, node in pieces
            if isinstance(node, ast.FunctionDef) and found & _names(node)
        } - found
        grown = bool(more)
        found |= more
    return found


def _resting(node: ast.AST, anchored: set[str]) -> set[str]:
    """Add the local names that were given something which rests on sight."""
    local = {
        target.id
        for each in ast.walk(node)
        if isinstance(each, ast.Assign) and anchored & _names(each.value)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    return anchored | local


def unfiltered(root: Path) -> dict[str, int]:
    """Count, by function, the queries of people that do not rest on ``visible_people``."""
    found: dict[str, int] = {}
    for path in modules(root, ("service",)):
        where = ".".join(path.relative_to(root / "service").with_suffix("").parts)
        if where == HOME:
            continue
        pieces = list(_pieces(tree(path)))
        anchored = _anchored(pieces)
        for name, node in pieces:
            resting = _resting(node, anchored)
            bare = sum(not resting & _names(top) for _, top in _chains(node))
            if bare:
                found[f"{where}.{name}"] = found.get(f"{where}.{name}", 0) + bare
    return found


def test_every_query_of_people_rests_on_sight_or_was_reviewed() -> None:
    assert unfiltered(ROOT) == {name: count for name, (count, _) in REVIEWED.items()}


def test_tables_that_lead_to_people_are_known() -> None:
    expected = {"Person", "Assessment", "Consent", "Placement", "PlacementMove", "Visit", "Wish"}
    assert expected | {"Contact", "Concern", "Round", "Suggestion", "Answer"} <= bearing()
    assert not {"Host", "Slot", "Activity", "Account"} & bearing()


SHORTCUTS: Final = (
    "def see(session, person_id):\n    return session.get(Person, person_id)\n",
    "def see(session, town):\n    return select(Person).where(Person.municipality_id == town)\n",
    "def codes(session):\n    return session.exec(select(Person.code)).all()\n",
    "def visits(session, staff):\n    return session.exec(select(Visit)).all()\n",
    "def count(session):\n    return session.exec(select(func.count(col(Contact.id)))).one()\n",
    "def end(session, id_):\n    session.exec(update(Placement).where(col(Placement.id) == id_))\n",
    "def hide(session):\n    other = aliased(Wish)\n    return select(other.own_words)\n",
    "ALL = select(Assessment.picture)\n",
    # one query that is filtered does not excuse the one beside it
    (
        "def both(session, staff):\n"
        "    people = visible_people(staff)\n"
        "    some = select(Visit).where(col(Visit.person_id).in_(people))\n"
        "    return select(Visit).where(Visit.note != '')\n"
    ),
)


def test_planted_shortcuts_are_found(plant: Plant) -> None:
    for shortcut in SHORTCUTS:
        root = plant("service/hosts/repository.py", shortcut)
        name = shortcut.removeprefix("def ").split("(")[0].split(" ")[0]
        assert unfiltered(root) == {f"hosts.repository.{name}": 1}, shortcut


def test_what_rests_on_sight_is_let_through(plant: Plant) -> None:
    text = (
        "def _mine(staff):\n    return visible_people(staff).with_only_columns(Person.id)\n\n"
        "def some(session, staff):\n"
        "    people = _mine(staff)\n"
        "    query = select(Visit).where(col(Visit.person_id).in_(people))\n"
        "    return session.exec(query.where(Visit.note != '')).all()\n\n"
        "def hosts(session):\n    return session.exec(select(Host)).all()\n"
    )
    assert unfiltered(plant("service/hosts/repository.py", text)) == {}
