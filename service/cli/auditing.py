"""``deban audit``: hold the chains against themselves and their anchors; say who saw whom."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Engine
from sqlmodel import Session

from catalogue import repository as catalogue
from service.audit import repository
from service.audit.anchors import Anchor, add_anchors, anchored, read_anchors
from service.audit.keys import current_key, key_named
from service.audit.reading import told
from service.audit.repository import Span
from service.audit.saying import TITLES
from service.audit.verifying import MOST_TOLD, Breach, Fault, Mark, verify
from service.cli.office import current, tenant_named
from service.cli.reading import USAGE, refuse
from service.clock import TOKYO, moment
from service.database import transaction
from service.encryption.keyfile import KeysMissing
from service.persons.repository import codes_by_id
from service.refusals import Refusal
from service.trail import Happening, record_event
from service.web.sheets import written

Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Question:
    """Which lines are asked for, by the names that people know."""

    first: datetime
    last: datetime
    person: str | None
    account: str | None
    municipality: str | None


def verify_chains(anchor_file: Path | None) -> None:
    """Say of every municipality whether its chain holds; end with 1 where one does not."""
    with current() as engine:
        anchors = _anchors(anchor_file)
        with transaction(engine) as session:
            tenants = {each.id: each.name for each in catalogue.municipalities(session)}
            ends = {each: repository.head_of(session, each) or (0, "") for each in tenants}
        marks, faults = _marks(engine, anchors)
        with _progress(sum(seq for seq, _ in ends.values())) as step:
            for tenant in tenants:
                walk = verify(_opener(engine), tenant, anchors=marks.get(tenant, ()), step=step)
                faults += islice(walk, MOST_TOLD)
    gone = marks.keys() - tenants.keys()
    faults += [Fault(each, 0, Breach.CUT) for each in gone]
    for tenant, name in tenants.items():
        if not any(fault.municipality_id == tenant for fault in faults):
            typer.echo(f"{name}: {ends[tenant][0]:,} lines hold")
    for fault in faults:
        typer.echo(f"{tenants.get(fault.municipality_id, '')} {fault}".strip(), err=True)
    if faults:
        refuse("the audit does not hold")


def _opener(engine: Engine) -> Callable[[], AbstractContextManager[Session]]:
    return lambda: transaction(engine)


def _anchors(path: Path | None) -> list[Anchor]:
    if path is None:
        return []
    if not path.exists():
        refuse(f"{path}: there is no such file", code=USAGE)
    try:
        return read_anchors(path)
    except Refusal as unreadable:
        refuse(str(unreadable))


def _marks(engine: Engine, anchors: list[Anchor]) -> tuple[dict[UUID, list[Mark]], list[Fault]]:
    """Return what the anchors that are ours demand, and the faults of those that are not."""
    marks: dict[UUID, list[Mark]] = {}
    faults: list[Fault] = []
    with transaction(engine) as session:
        for anchor in anchors:
            if _is_ours(session, anchor):
                mark = Mark(anchor.seq, anchor.digest, Breach.ANCHOR)
                marks.setdefault(anchor.municipality, []).append(mark)
            else:
                faults.append(Fault(anchor.municipality, anchor.seq, Breach.FORGED))
    return marks, faults


def _is_ours(session: Session, anchor: Anchor) -> bool:
    try:
        return anchor.is_ours(key_named(session, anchor.key))
    except KeysMissing:
        return False


@contextmanager
def _progress(number: int) -> Iterator[Step]:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("audit", total=number)
        yield lambda done: bar.advance(task, done)


def anchor_chains(path: Path) -> None:
    """Add how far each chain has come to a file, unless a chain is shorter than the file says."""
    with current() as engine:
        earlier = _anchors(path) if path.exists() else []
        with transaction(engine) as session:
            _refuse_going_back(session, earlier)
            key, at = current_key(session), moment()
            made = [
                anchored(tenant.id, *head, at=at, key=key)
                for tenant in catalogue.municipalities(session)
                if (head := repository.head_of(session, tenant.id))
            ]
    add_anchors(path, made)
    typer.echo(f"{len(made)} chains anchored in {path}")


def _refuse_going_back(session: Session, anchors: list[Anchor]) -> None:
    newest = {anchor.municipality: anchor for anchor in anchors}
    for anchor in newest.values():
        if not _is_ours(session, anchor):
            refuse(f"the newest anchor of {anchor.municipality} is not ours; nothing was added")
        if repository.digest_at(session, anchor.municipality, anchor.seq) != anchor.digest:
            refuse(
                f"the chain of {anchor.municipality} is not the one that was anchored at"
                f" line {anchor.seq}; nothing was added: run deban audit verify --anchor"
            )


def write_looks(question: Question, path: Path) -> None:
    """Write who saw whom into a file for a spreadsheet; that somebody asked is a line as well."""
    with current() as engine:
        with transaction(engine) as session:
            tenant = tenant_named(session, question.municipality)
            codes = codes_by_id(session, tenant.id)
            span = _span(session, tenant.id, question, codes)
            record_event(
                session,
                municipality_id=tenant.id,
                account_id=None,
                event=Happening.AUDIT_READ,
                at=moment(),
                detail={"by": "command line"},
            )
        rows = (
            (*line.cells(), _code(codes, line.person_id)) for line in told(_opener(engine), span)
        )
        number = -1
        with path.open("w", encoding="utf-8", newline="") as file:
            for number, line in enumerate(written((*TITLES, "本人"), rows)):  # noqa: B007 - told below
                file.write(line)
    typer.echo(f"{number:,} lines in {path}")


def _code(codes: Mapping[UUID, str], person_id: UUID | None) -> str:
    return codes.get(person_id, person_id.hex) if person_id else ""


def _span(session: Session, tenant: UUID, question: Question, codes: Mapping[UUID, str]) -> Span:
    person = account = None
    if question.person is not None:
        person = next((each for each, code in codes.items() if code == question.person), None)
        if person is None:
            refuse("nobody has this code", code=USAGE)
    if question.account is not None:
        named = repository.names(session, tenant)
        account = next(
            (e for e, known in named.items() if known.username == question.account), None
        )
        if account is None:
            refuse(f"no account is called {question.account}", code=USAGE)
    return Span(
        municipality_id=tenant,
        since=question.first.replace(tzinfo=TOKYO),
        until=question.last.replace(tzinfo=TOKYO) + timedelta(days=1),
        person_id=person,
        account_id=account,
    )
