"""every record of a conference has a key of its own, so that its end is final while others stay"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from migrations.sealing import AT_ONCE
from service.encryption.keychain import Keychain, keys_of
from service.encryption.rules import Ring, place

revision: str = '1921recordkeys'
down_revision: str | None = '1912versions'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

RING = Ring.CONFERENCE
# A table, which column says whose key its rows have from now on, and what of it is sealed.
TABLES = (
    ('conference_record', 'id', (
        'called_name', 'name', 'kana', 'address', 'telephone', 'household', 'own_words', 'known',
        'came_through', 'worries', 'safety', 'next_step', 'note', 'became',
    )),
    ('conference_entry', 'record_id', ('what', 'intention', 'small_change')),
)


def upgrade() -> None:
    for table, record, sealed in TABLES:
        _seal_anew(table, sealed, before='conference_id', after=record)


def downgrade() -> None:
    for table, record, sealed in TABLES:
        _seal_anew(table, sealed, before=record, after='conference_id')
    # What nothing is sealed with any more would be orphaned.
    op.execute(
        "DELETE FROM data_key WHERE ring = 'conference'"
        ' AND owner_id IN (SELECT id FROM conference_record)'
    )
    if op.get_bind().dialect.name == 'postgresql':
        # Keys made just now wait for a deferred check, and a table that waits cannot be dropped.
        op.execute('SET CONSTRAINTS ALL IMMEDIATE')


def _seal_anew(table: str, sealed: tuple[str, ...], *, before: str, after: str) -> None:
    """Open with the key of one owner and seal with that of another; the place stays the same."""
    link = op.get_bind()
    chain = Keychain(lambda: link, keys_of(link))
    ids = dict.fromkeys(('id', 'municipality_id', before, after))
    rows = sa.table(
        table,
        *(sa.column(name, sa.Uuid()) for name in ids),
        *(sa.column(name, sa.LargeBinary()) for name in sealed),
    )
    query = sa.select(rows).order_by(rows.c.id).limit(AT_ONCE)
    change = sa.update(rows).where(rows.c.id == sa.bindparam('row'))
    change = change.values({name: sa.bindparam(f'new_{name}') for name in sealed})
    some = link.execute(query).all()
    while some:
        link.execute(change, [_anew(chain, table, row, sealed, before, after) for row in some])
        some = link.execute(query.where(rows.c.id > some[-1].id)).all()


def _anew(chain: Keychain, table: str, row: sa.Row, sealed: tuple[str, ...], before: str, after: str) -> dict:
    key = chain.to_seal(RING, getattr(row, after), municipality_id=row.municipality_id)
    found = {'row': row.id}
    for name in sealed:
        old, at = getattr(row, name), place(table, name, row.id)
        if old is not None:
            old = key.seal(chain.to_open(RING, getattr(row, before), old).open(old, at), at)
        found[f'new_{name}'] = old
    return found
