"""people who are kept apart"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1836keep_apart'
down_revision: str | None = '1850repeats'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OPEN = sa.text('ended_at IS NULL')


def upgrade() -> None:
    op.create_table('keep_apart',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('other_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('ended_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint('person_id <= other_id', name=op.f('keep_apart_order_check')),
    sa.ForeignKeyConstraint(['ended_by'], ['account.id'], name=op.f('keep_apart_ended_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('keep_apart_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['other_id'], ['person.id'], name=op.f('keep_apart_other_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('keep_apart_person_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('keep_apart_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('keep_apart_pkey'))
    )
    for column in ('municipality_id', 'person_id', 'other_id'):
        op.create_index(op.f(f'ix_keep_apart_{column}'), 'keep_apart', [column])
    op.create_index('uq_keep_apart_open', 'keep_apart', ['person_id', 'other_id'], unique=True, postgresql_where=OPEN, sqlite_where=OPEN)


def downgrade() -> None:
    op.drop_table('keep_apart')
