"""What stands in the audit, in the order in which it was written."""

from sqlalchemy import Connection, text
from sqlmodel import Session, col, select

from service.audit.tables import AccessRecord, Act
from service.trail import write_waiting


def lines(session: Session) -> list[AccessRecord]:
    """Every line, also what this session has collected and would write when it commits."""
    write_waiting(session)
    query = select(AccessRecord).order_by(col(AccessRecord.municipality_id), col(AccessRecord.seq))
    return list(session.exec(query))


def looks(session: Session) -> list[AccessRecord]:
    """The lines about people who were looked at."""
    return [line for line in lines(session) if line.act is not Act.EVENT]


def events(session: Session) -> list[AccessRecord]:
    """The lines about security."""
    return [line for line in lines(session) if line.act is Act.EVENT]


def unguarded(connection: Connection) -> None:
    """Take the triggers away, as only the owner of the database can."""
    place = " ON access_record" if connection.dialect.name == "postgresql" else ""
    for name in ("access_record_keeps", "access_record_stays"):
        connection.execute(text(f"DROP TRIGGER {name}{place}"))
