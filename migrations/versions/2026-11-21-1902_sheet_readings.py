"""readings over the words of an activity's sheet, as somebody looked them through"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = '1902readings'
down_revision: str | None = '1845hand_over'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('sheet_readings',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('activity_id', sa.Uuid(), nullable=False),
    sa.Column('marked', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('sheet_readings_activity_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('sheet_readings_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('sheet_readings_pkey')),
    sa.UniqueConstraint('activity_id', name=op.f('sheet_readings_activity_id_key'))
    )
    op.create_index(op.f('ix_sheet_readings_municipality_id'), 'sheet_readings', ['municipality_id'])


def downgrade() -> None:
    op.drop_table('sheet_readings')
