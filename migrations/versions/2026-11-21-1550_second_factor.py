"""second factor: authenticator apps and recovery codes"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1550factor'
down_revision: str | None = '1546signin'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('totp',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=True),
    sa.Column('last_step', sa.Integer(), nullable=False),
    sa.Column('confirmed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('totp_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('totp_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('totp_pkey')),
    sa.UniqueConstraint('account_id', name=op.f('totp_account_id_key'))
    )
    op.create_index(op.f('ix_totp_municipality_id'), 'totp', ['municipality_id'])
    op.create_table('recovery_code',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('lookup', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('code_hash', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('used_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('recovery_code_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('recovery_code_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('recovery_code_pkey'))
    )
    op.create_index(op.f('ix_recovery_code_account_id'), 'recovery_code', ['account_id'])
    op.create_index(op.f('ix_recovery_code_municipality_id'), 'recovery_code', ['municipality_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_recovery_code_municipality_id'), table_name='recovery_code')
    op.drop_index(op.f('ix_recovery_code_account_id'), table_name='recovery_code')
    op.drop_table('recovery_code')
    op.drop_index(op.f('ix_totp_municipality_id'), table_name='totp')
    op.drop_table('totp')
