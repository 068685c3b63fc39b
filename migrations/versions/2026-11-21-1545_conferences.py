"""conferences"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1545conf'
down_revision: str | None = '1535audit'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('conference',
    sa.Column('title', sa.LargeBinary(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('convener_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['convener_id'], ['account.id'], name=op.f('conference_convener_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('conference_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('conference_pkey'))
    )
    with op.batch_alter_table('conference', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('conference_membership',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('conference_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('named_by', sa.Uuid(), nullable=False),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('ended_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('conference_membership_account_id_fkey')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('conference_membership_conference_id_fkey')),
    sa.ForeignKeyConstraint(['ended_by'], ['account.id'], name=op.f('conference_membership_ended_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('conference_membership_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['named_by'], ['account.id'], name=op.f('conference_membership_named_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('conference_membership_pkey'))
    )
    with op.batch_alter_table('conference_membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_membership_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_membership_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_membership_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('conference_record',
    sa.Column('called_name', sa.LargeBinary(), nullable=True),
    sa.Column('name', sa.LargeBinary(), nullable=True),
    sa.Column('kana', sa.LargeBinary(), nullable=True),
    sa.Column('address', sa.LargeBinary(), nullable=True),
    sa.Column('telephone', sa.LargeBinary(), nullable=True),
    sa.Column('household', sa.LargeBinary(), nullable=True),
    sa.Column('own_words', sa.LargeBinary(), nullable=True),
    sa.Column('known', sa.LargeBinary(), nullable=True),
    sa.Column('came_through', sa.LargeBinary(), nullable=True),
    sa.Column('worries', sa.LargeBinary(), nullable=True),
    sa.Column('safety', sa.LargeBinary(), nullable=True),
    sa.Column('next_step', sa.LargeBinary(), nullable=True),
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('became', sa.LargeBinary(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('conference_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('ending', sa.Enum('consented', 'ended', name='ending', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('conference_record_area_id_fkey')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('conference_record_conference_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('conference_record_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('conference_record_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('conference_record_pkey'))
    )
    with op.batch_alter_table('conference_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_record_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_record_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('conference_entry',
    sa.Column('what', sa.LargeBinary(), nullable=True),
    sa.Column('intention', sa.LargeBinary(), nullable=True),
    sa.Column('small_change', sa.LargeBinary(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('conference_id', sa.Uuid(), nullable=False),
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('occurred_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.Enum('call', 'visit', 'meeting', 'message', 'letter', 'fax', 'family', name='channel', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('direction', sa.Enum('received', 'sent', name='direction', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('result', sa.Enum('talked', 'saw', 'letter', 'through_family', 'not_reached', 'asked_to_wait', 'not_needed', name='result', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('corrects_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('conference_entry_conference_id_fkey')),
    sa.ForeignKeyConstraint(['corrects_id'], ['conference_entry.id'], name=op.f('conference_entry_corrects_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('conference_entry_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['record_id'], ['conference_record.id'], name=op.f('conference_entry_record_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('conference_entry_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('conference_entry_pkey'))
    )
    with op.batch_alter_table('conference_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_entry_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_entry_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_entry_record_id'), ['record_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('conference_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_entry_record_id'))
        batch_op.drop_index(batch_op.f('ix_conference_entry_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_conference_entry_conference_id'))

    op.drop_table('conference_entry')
    with op.batch_alter_table('conference_record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_record_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_conference_record_conference_id'))

    op.drop_table('conference_record')
    with op.batch_alter_table('conference_membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_membership_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_conference_membership_conference_id'))
        batch_op.drop_index(batch_op.f('ix_conference_membership_account_id'))

    op.drop_table('conference_membership')
    with op.batch_alter_table('conference', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_municipality_id'))

    op.drop_table('conference')
