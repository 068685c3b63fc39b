"""what each host agreed to have printed in the booklet for partners"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '2233booklet'
down_revision: str | None = '1945move_correction'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('booklet_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('host_id', sa.Uuid(), nullable=False),
    sa.Column('shown', sa.Enum('no', 'listed', 'with_needs', name='shown', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('with_telephone', sa.Boolean(), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=False),
    sa.Column('heard_by', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['heard_by'], ['account.id'], name=op.f('booklet_entry_heard_by_fkey')),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('booklet_entry_host_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('booklet_entry_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('booklet_entry_pkey')),
    sa.UniqueConstraint('host_id', name=op.f('booklet_entry_host_id_key'))
    )
    op.create_index(op.f('ix_booklet_entry_municipality_id'), 'booklet_entry', ['municipality_id'])


def downgrade() -> None:
    op.drop_table('booklet_entry')
