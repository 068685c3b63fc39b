"""The page of roles says what the tables say."""

from service.accounts.printed import printed
from service.accounts.rules import Right
from service.accounts.sight import Relation
from tests.architecture.source import ROOT


def test_the_page_of_roles_is_the_one_in_the_tables() -> None:
    written = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")
    assert printed() in written
    assert printed().replace("| write |", "| read |") not in written


def test_every_right_and_relation_is_printed() -> None:
    assert all(f"| `{word}` |" in printed() for word in (*Right, *Relation))
