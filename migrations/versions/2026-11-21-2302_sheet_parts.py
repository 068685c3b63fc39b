"""English words and a photo of the place for an activity's sheet"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = '2302sheet_parts'
down_revision: str | None = '2258ideas'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('sheet_english',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('activity_id', sa.Uuid(), nullable=False),
    sa.Column('said', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('sheet_english_activity_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('sheet_english_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('sheet_english_pkey')),
    sa.UniqueConstraint('activity_id', name=op.f('sheet_english_activity_id_key'))
    )
    op.create_index(op.f('ix_sheet_english_municipality_id'), 'sheet_english', ['municipality_id'])
    op.create_table('place_photo',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('activity_id', sa.Uuid(), nullable=False),
    sa.Column('large', sa.LargeBinary(), nullable=False),
    sa.Column('small', sa.LargeBinary(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('alternative', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('shown', sa.Enum('nobody', 'all_agreed', name='shown', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('place_photo_activity_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('place_photo_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('place_photo_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('place_photo_pkey')),
    sa.UniqueConstraint('activity_id', name=op.f('place_photo_activity_id_key'))
    )
    op.create_index(op.f('ix_place_photo_municipality_id'), 'place_photo', ['municipality_id'])


def downgrade() -> None:
    op.drop_table('place_photo')
    op.drop_table('sheet_english')
