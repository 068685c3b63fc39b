"""sign-in by a provider: handshakes on their way"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1635handshake'
down_revision: str | None = '1632retention'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('handshake',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('handle_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('nonce', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('verifier', sqlmodel.sql.sqltypes.AutoString(length=128), nullable=False),
    sa.Column('following', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('handshake_pkey')),
    sa.UniqueConstraint('handle_hash', name=op.f('handshake_handle_hash_key'))
    )
    op.create_index(op.f('ix_handshake_expires_at'), 'handshake', ['expires_at'])


def downgrade() -> None:
    op.drop_index(op.f('ix_handshake_expires_at'), table_name='handshake')
    op.drop_table('handshake')
