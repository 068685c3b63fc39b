"""companions and lifts with calendars of their own"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = '1930companions'
down_revision: str | None = '1926outbox'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = ('companion', 'lift')


def _kind() -> sa.Enum:
    return sa.Enum(*KINDS, name='aidkind', native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table('aid',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('kind', _kind(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('recurrence', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('seats >= 1', name=op.f('aid_seats_check')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('aid_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('aid_pkey'))
    )
    op.create_index(op.f('ix_aid_municipality_id'), 'aid', ['municipality_id'])
    op.create_table('aid_day',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('aid_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('called_off', sa.Boolean(), nullable=False),
    sa.CheckConstraint('taken >= 0 AND taken <= seats', name=op.f('aid_day_seats_check')),
    sa.ForeignKeyConstraint(['aid_id'], ['aid.id'], name=op.f('aid_day_aid_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('aid_day_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('aid_day_pkey')),
    sa.UniqueConstraint('aid_id', 'day', name=op.f('aid_day_aid_id_day_key'))
    )
    for column in ('aid_id', 'municipality_id'):
        op.create_index(op.f(f'ix_aid_day_{column}'), 'aid_day', [column])
    op.create_table('aid_booking',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('aid_id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', _kind(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('booked', 'freed', 'lost', name='bookingstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['aid_id'], ['aid.id'], name=op.f('aid_booking_aid_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('aid_booking_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('aid_booking_person_id_fkey')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('aid_booking_placement_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('aid_booking_pkey'))
    )
    for column in ('aid_id', 'municipality_id', 'person_id', 'placement_id'):
        op.create_index(op.f(f'ix_aid_booking_{column}'), 'aid_booking', [column])
    op.create_index('uq_aid_booking_standing', 'aid_booking', ['placement_id', 'day', 'kind'], unique=True,
                    postgresql_where=sa.text("state = 'booked'"), sqlite_where=sa.text("state = 'booked'"))


def downgrade() -> None:
    op.drop_table('aid_booking')
    op.drop_table('aid_day')
    op.drop_table('aid')
