"""data keys"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1525keys'
down_revision: str | None = '1520stepup'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('data_key',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('ring', sa.Enum('persons', 'conference', 'disclosure', 'audit', name='ring', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made_under', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('wrapped_by', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('wrapped', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('data_key_municipality_id_fkey'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('data_key_pkey')),
    sa.UniqueConstraint('ring', 'owner_id', 'version', name=op.f('data_key_ring_owner_id_version_key'))
    )
    with op.batch_alter_table('data_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_data_key_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_data_key_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_data_key_wrapped_by'), ['wrapped_by'], unique=False)


def downgrade() -> None:
    op.drop_table('data_key')
