"""retention"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1632retention'
down_revision: str | None = '1550sealed'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('erasure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('case', 'request', 'pre_consent', name='recordclass', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('erasure_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('erasure_pkey'))
    )
    with op.batch_alter_table('erasure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasure_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_erasure_subject_id'), ['subject_id'], unique=False)

    op.create_table('disposal_list',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('drawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('drawn_by', sa.Uuid(), nullable=False),
    sa.Column('approved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('approved_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['approved_by'], ['account.id'], name=op.f('disposal_list_approved_by_fkey')),
    sa.ForeignKeyConstraint(['drawn_by'], ['account.id'], name=op.f('disposal_list_drawn_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('disposal_list_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('disposal_list_pkey'))
    )
    with op.batch_alter_table('disposal_list', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_disposal_list_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('disposal_item',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('list_id', sa.Uuid(), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('case', 'request', 'pre_consent', name='recordclass', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('due_since', sa.Date(), nullable=False),
    sa.Column('erased_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['list_id'], ['disposal_list.id'], name=op.f('disposal_item_list_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('disposal_item_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('disposal_item_pkey')),
    sa.UniqueConstraint('list_id', 'subject_id', name=op.f('disposal_item_list_id_subject_id_key'))
    )
    with op.batch_alter_table('disposal_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_disposal_item_list_id'), ['list_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_disposal_item_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('erasure_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('erasure_request_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('erasure_request_person_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('erasure_request_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('erasure_request_pkey')),
    sa.UniqueConstraint('person_id', name=op.f('erasure_request_person_id_key'))
    )
    with op.batch_alter_table('erasure_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasure_request_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('legal_hold',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.Enum('lawsuit', 'complaint', 'inspection', 'access_request', name='holdreason', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('placed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('placed_by', sa.Uuid(), nullable=False),
    sa.Column('lifted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('lifted_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['lifted_by'], ['account.id'], name=op.f('legal_hold_lifted_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('legal_hold_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('legal_hold_person_id_fkey')),
    sa.ForeignKeyConstraint(['placed_by'], ['account.id'], name=op.f('legal_hold_placed_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('legal_hold_pkey'))
    )
    with op.batch_alter_table('legal_hold', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_legal_hold_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_legal_hold_person_id'), ['person_id'], unique=False)

    op.create_table('support_end',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('support_end_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('support_end_person_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('support_end_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('support_end_pkey')),
    sa.UniqueConstraint('person_id', name=op.f('support_end_person_id_key'))
    )
    with op.batch_alter_table('support_end', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_support_end_municipality_id'), ['municipality_id'], unique=False)


def downgrade() -> None:
    op.drop_table('support_end')
    op.drop_table('legal_hold')
    op.drop_table('erasure_request')
    op.drop_table('disposal_item')
    op.drop_table('disposal_list')
    op.drop_table('erasure')
