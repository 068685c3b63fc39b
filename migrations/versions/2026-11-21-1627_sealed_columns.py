"""sealed columns"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from migrations.sealing import DOCUMENT, Column, Table, seal, unseal

revision: str = '1550sealed'
down_revision: str | None = '1610reset'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def text(name: str, length: int) -> Column:
    return Column(name, sa.String(length))


ABOUT = ('person_id', 'about_id', 'municipality_id')
TABLES = (
    Table('person', (
        text('age_band', 32), text('contact', 200), text('note', 4000),
        Column('proposals_paused', sa.String(500), None),
        Column('lat', sa.Float(), None), Column('lon', sa.Float(), None),
    ), ('id',)),
    Table('assessment', (Column('picture', DOCUMENT, {}),)),
    Table('consent', (text('scope', 1000), text('body', 200), text('purpose', 500), text('how', 200))),
    Table('contact', (text('what', 4000), text('intention', 2000), text('small_change', 1000)), ABOUT),
    Table('concern', (text('words', 2000), text('settlement', 2000)), ABOUT),
    Table('visit', (text('note', 2000), text('small_change', 1000))),
    Table('placement', (
        text('own_words', 1000), text('override_reason', 500), text('dose', 200), text('companion', 200),
    )),
    Table('placement_move', (text('note', 2000), Column('details', DOCUMENT, {}))),
    Table('wish', (text('own_words', 1000), Column('failed_on', DOCUMENT, []))),
    Table('suggestion_round', (
        Column('held', sa.String(1000), None), Column('facts', DOCUMENT, {}), Column('excluded', DOCUMENT, []),
    )),
    Table('suggestion', (Column('content', DOCUMENT, {}), Column('facts', DOCUMENT, {}))),
    Table('follow_up_answer', (text('why', 1000),)),
)
# A row about a person says about whom, so that its key is that person's.
NAMED = (
    ('visit', 'person_id', 'placement', 'placement_id'),
    ('placement_move', 'person_id', 'placement', 'placement_id'),
    ('suggestion', 'person_id', 'suggestion_round', 'round_id'),
)
BEHIND = ('contact', 'concern')


def upgrade() -> None:
    for table, column, parent, by in NAMED:
        name(table, column, f'SELECT p.person_id FROM {parent} p WHERE p.id = {table}.{by}')
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, existing_type=sa.Uuid(), nullable=False)
    for table in BEHIND:
        # the column of the row itself is meant, not the placement's
        name(table, 'about_id',
             f'SELECT p.person_id FROM placement p WHERE p.id = {table}.placement_id AND {table}.person_id IS NULL')
    seal(TABLES)


def name(table: str, column: str, person: str) -> None:
    with op.batch_alter_table(table) as batch_op:
        batch_op.add_column(sa.Column(column, sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f(f'{table}_{column}_fkey'), 'person', [column], ['id'])
        batch_op.create_index(batch_op.f(f'ix_{table}_{column}'), [column], unique=False)
    op.execute(f'UPDATE {table} SET {column} = ({person})')


def downgrade() -> None:
    unseal(TABLES)
    for table, column in ((each[0], each[1]) for each in NAMED):
        unname(table, column)
    for table in BEHIND:
        unname(table, 'about_id')


def unname(table: str, column: str) -> None:
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_index(batch_op.f(f'ix_{table}_{column}'))
        batch_op.drop_constraint(batch_op.f(f'{table}_{column}_fkey'), type_='foreignkey')
        batch_op.drop_column(column)
