"""drafts of forms"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '2252drafts'
down_revision: str | None = '2245registrations'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('page', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('action', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('interrupted', sa.Boolean(), nullable=False),
    sa.Column('kept_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('fields', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('draft_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('draft_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('draft_person_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('draft_pkey'))
    )
    for column in ('municipality_id', 'account_id', 'person_id', 'until'):
        op.create_index(op.f(f'ix_draft_{column}'), 'draft', [column])


def downgrade() -> None:
    op.drop_table('draft')
