"""emergencies"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1600emergencies'
down_revision: str | None = '1545names'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _tenant() -> list[sa.Column[object]]:
    return [
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('municipality_id', sa.Uuid(), nullable=False),
    ]


def _keys(table: str, **targets: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.PrimaryKeyConstraint('id', name=op.f(f'{table}_pkey')),
        *(
            sa.ForeignKeyConstraint([column], [f'{target}.id'], name=op.f(f'{table}_{column}_fkey'))
            for column, target in targets.items()
        ),
    ]


def upgrade() -> None:
    op.create_table('emergency_access',
        *_tenant(),
        sa.Column('account_id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('opened_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('reason', sa.LargeBinary(), nullable=True),
        sa.CheckConstraint('until >= opened_at', name=op.f('emergency_access_period_check')),
        *_keys('emergency_access', municipality_id='municipality', account_id='account', person_id='person'),
    )
    op.create_table('emergency_notice',
        *_tenant(),
        sa.Column('emergency_access_id', sa.Uuid(), nullable=False),
        sa.Column('account_id', sa.Uuid(), nullable=False),
        sa.Column('seen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        *_keys('emergency_notice', municipality_id='municipality', emergency_access_id='emergency_access', account_id='account'),
        sa.UniqueConstraint('emergency_access_id', 'account_id', name=op.f('emergency_notice_emergency_access_id_account_id_key')),
    )
    for table, columns in (('emergency_access', ('municipality_id', 'account_id', 'person_id')), ('emergency_notice', ('municipality_id', 'account_id'))):
        for column in columns:
            op.create_index(op.f(f'ix_{table}_{column}'), table, [column], unique=False)


def downgrade() -> None:
    op.drop_table('emergency_notice')
    op.drop_table('emergency_access')
