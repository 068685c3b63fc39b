"""A line of the audit in plain words: on pages, in a file, and for the person itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from service.accounts.words import ROLE_WORDS
from service.audit import words
from service.audit.repository import UNNAMED, Line, Named
from service.audit.rules import Act, Ground, Purpose
from service.clock import TOKYO
from service.languages.ours import ours

TITLES: Final = ours(("いつ", "だれが", "利用者名", "役割", "何をした", "何を", "なぜ", "根拠"))


@dataclass(frozen=True, slots=True)
class Said:
    """A line in plain words."""

    seq: int
    at: datetime
    name: str
    username: str
    role: str
    act: str
    resource: str
    purpose: str
    basis: str
    person_id: UUID | None

    @classmethod
    def of(cls, line: Line, names: Mapping[UUID, Named]) -> "Said":
        who = names.get(line["account_id"], UNNAMED)
        return cls(
            seq=line["seq"],
            at=line["at"],
            name=who.display_name or (ours("しくみ") if line["account_id"] is None else ""),
            username=who.username,
            role=_ROLES.get(line["role"], ""),
            act=words.ACT_WORDS[Act(line["act"])],
            resource=words.resource_words(line["resource"]),
            purpose=words.PURPOSE_WORDS[Purpose(line["purpose"])],
            basis=_GROUNDS[line["basis"]],
            person_id=line["person_id"],
        )

    def cells(self) -> tuple[str, ...]:
        """Return what stands in a file, beside TITLES."""
        at = self.at.astimezone(TOKYO)
        return (
            f"{at:%Y-%m-%d %H:%M:%S}",
            self.name,
            self.username,
            self.role,
            self.act,
            self.resource,
            self.purpose,
            self.basis,
        )


_ROLES: Final[Mapping[str, str]] = {str(role): said for role, said in ROLE_WORDS.items()}
_GROUNDS: Final[Mapping[Ground | None, str]] = {**words.GROUND_WORDS, None: ""}
