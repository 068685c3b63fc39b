"""Which group role of the database each role of a caller works under."""

from typing import Final

from migrations.grants import CASEWORK, OFFICE
from service.accounts.rules import Role

GROUP: Final[dict[Role, str]] = {
    Role.CSW: CASEWORK,
    Role.COORDINATOR: CASEWORK,
    Role.OFFICER: CASEWORK,
    Role.ADMIN: OFFICE,
    Role.AUDITOR: OFFICE,
}
