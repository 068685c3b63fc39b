"""tokens of machines"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1831machines'
down_revision: str | None = '1700passkeys'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('machine_token',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('scope', sa.Enum('figures', 'catalogue', 'metrics', name='scope', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('last_used_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('machine_token_made_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('machine_token_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('machine_token_pkey')),
    sa.UniqueConstraint('token_hash', name=op.f('machine_token_token_hash_key'))
    )
    op.create_index(op.f('ix_machine_token_municipality_id'), 'machine_token', ['municipality_id'])


def downgrade() -> None:
    op.drop_table('machine_token')
