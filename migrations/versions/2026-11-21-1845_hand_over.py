"""who was given to whom, with what was said"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1845hand_over'
down_revision: str | None = '1836keep_apart'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('hand_over',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('before_id', sa.Uuid(), nullable=False),
    sa.Column('to_id', sa.Uuid(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('placements', sa.Integer(), nullable=False),
    sa.Column('message', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('handed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('handed_by', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['before_id'], ['account.id'], name=op.f('hand_over_before_id_fkey')),
    sa.ForeignKeyConstraint(['handed_by'], ['account.id'], name=op.f('hand_over_handed_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('hand_over_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('hand_over_person_id_fkey')),
    sa.ForeignKeyConstraint(['to_id'], ['account.id'], name=op.f('hand_over_to_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('hand_over_pkey'))
    )
    for column in ('municipality_id', 'person_id', 'before_id', 'to_id'):
        op.create_index(op.f(f'ix_hand_over_{column}'), 'hand_over', [column])


def downgrade() -> None:
    op.drop_table('hand_over')
