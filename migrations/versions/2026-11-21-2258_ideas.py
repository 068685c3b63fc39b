"""ideas: what wishes have in common, in words that are nobody's"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '2258ideas'
down_revision: str | None = '2252drafts'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

RESULTS = sa.Enum(
    'looking', 'opened', 'not_now',
    name='idearesult', native_enum=False, create_constraint=True, length=32,
)


def upgrade() -> None:
    op.create_table('idea',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('thoughts', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('asked', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('result', RESULTS, nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('idea_area_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('idea_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('idea_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('idea_pkey'))
    )
    for column in ('municipality_id', 'area_id'):
        op.create_index(op.f(f'ix_idea_{column}'), 'idea', [column])
    with op.batch_alter_table('wish') as batch_op:
        batch_op.add_column(sa.Column('idea_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('wish_idea_id_fkey'), 'idea', ['idea_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_wish_idea_id'), ['idea_id'])


def downgrade() -> None:
    with op.batch_alter_table('wish') as batch_op:
        batch_op.drop_index(batch_op.f('ix_wish_idea_id'))
        batch_op.drop_constraint(batch_op.f('wish_idea_id_fkey'), type_='foreignkey')
        batch_op.drop_column('idea_id')
    op.drop_table('idea')
