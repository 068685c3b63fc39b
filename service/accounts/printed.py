"""Print who may do what for docs/roles.md: ``python -m service.accounts.printed``."""

import sys
from collections.abc import Iterator

from service.accounts.rules import RIGHTS, Right, Role
from service.accounts.sight import NEEDED, REACH, Reach, Relation, Standing


def printed() -> str:
    """Return the tables of rights and of sight as Markdown."""
    return "\n".join((*_rights(), "", *_sight(), ""))


def _rights() -> Iterator[str]:
    yield _row("right", *Role, "needs of a person")
    yield _row(*["---"] * (len(Role) + 2))
    for right in Right:
        held = ["yes" if right in RIGHTS[role] else "–" for role in Role]
        needed = NEEDED.get(right)
        yield _row(f"`{right}`", *held, needed.name.lower() if needed else "")


def _sight() -> Iterator[str]:
    yield _row("relation", *(f"consent: {standing}" for standing in Standing))
    yield _row(*["---"] * (len(Standing) + 1))
    for relation in Relation:
        far = (REACH[relation][standing] for standing in Standing)
        yield _row(
            f"`{relation}`", *("–" if one is Reach.NOTHING else one.name.lower() for one in far)
        )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(printed())
