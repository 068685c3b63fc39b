"""passkeys, and the challenges they are to sign"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1700passkeys'
down_revision: str | None = '1635handshake'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('passkey',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('credential_id', sqlmodel.sql.sqltypes.AutoString(length=1400), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.BigInteger(), nullable=False),
    sa.Column('label', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('last_used_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('passkey_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('passkey_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('passkey_pkey')),
    sa.UniqueConstraint('credential_id', name=op.f('passkey_credential_id_key'))
    )
    op.create_index(op.f('ix_passkey_account_id'), 'passkey', ['account_id'])
    op.create_index(op.f('ix_passkey_municipality_id'), 'passkey', ['municipality_id'])
    op.create_table('passkey_challenge',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('sign_in_id', sa.Uuid(), nullable=False),
    sa.Column('challenge_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('passkey_challenge_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['sign_in_id'], ['sign_in.id'], name=op.f('passkey_challenge_sign_in_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('passkey_challenge_pkey')),
    sa.UniqueConstraint('challenge_hash', name=op.f('passkey_challenge_challenge_hash_key'))
    )
    for column in ('expires_at', 'municipality_id', 'sign_in_id'):
        op.create_index(op.f(f'ix_passkey_challenge_{column}'), 'passkey_challenge', [column])


def downgrade() -> None:
    op.drop_table('passkey_challenge')
    op.drop_table('passkey')
