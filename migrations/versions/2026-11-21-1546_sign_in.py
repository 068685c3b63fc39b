"""sign-in: tries, unfinished sign-ins, given passwords"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1546signin'
down_revision: str | None = '1618disclosures'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

AWAITS = sa.Enum(
    'nothing', 'code', 'enrolment', 'own_password',
    name='awaits', native_enum=False, create_constraint=True, length=32,
)


def upgrade() -> None:
    op.create_table('throttle',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('bucket', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('full_at', sa.Float(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('throttle_pkey')),
    sa.UniqueConstraint('bucket', name=op.f('throttle_bucket_key'))
    )
    op.create_index(op.f('ix_throttle_full_at'), 'throttle', ['full_at'])
    # Plain, not in batch mode: SQLite then rebuilds nothing, and no trigger is lost.
    op.add_column('account', sa.Column('password_given', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('sign_in') as batch_op:
        batch_op.add_column(sa.Column('awaits', AWAITS, server_default='nothing', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('sign_in') as batch_op:
        batch_op.drop_constraint(op.f('sign_in_awaits_check'), type_='check')
        batch_op.drop_column('awaits')
    op.drop_column('account', 'password_given')
    op.drop_index(op.f('ix_throttle_full_at'), table_name='throttle')
    op.drop_table('throttle')
