"""What the doctor looks at of the follow-up queue: its triggers stand, and its rows are right."""

from datetime import date
from typing import Final

from sqlalchemy import Engine
from sqlmodel import Session

import migrations
from catalogue import repository as catalogue
from migrations import marks
from migrations.grants import CASEWORK
from service import clock
from service.database import enter
from service.followup.upkeep import astray

Finding = tuple[bool, str]
LOOKED_AT: Final = 3  # portions of each town: a doctor takes a sample, and nobody waits long


def queue(engine: Engine) -> Finding:
    """Say whether every change is marked, and whether a sample of rows is what the rule says."""
    with engine.connect() as connection:
        if not migrations.is_current(connection):
            return False, "behind; run deban migrate"
        if missing := marks.missing(connection):
            return False, f"changes go unseen: the triggers {', '.join(missing)} are missing"
        found = _astray(Session(connection), clock.local_day(clock.moment()))
        connection.rollback()  # laying rows out to look at them is nothing to keep
    if found:
        return False, f"{found} rows are not what the rule says; the next derivation mends them"
    return True, "every change is marked, and the rows looked at are what the rule says"


def _astray(session: Session, today: date) -> int:
    number = 0
    for tenant in catalogue.municipalities(session):
        enter(session, CASEWORK, tenant.id)
        number += len(astray(session, tenant.id, today=today, portions=LOOKED_AT))
    return number
