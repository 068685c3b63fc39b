"""the queue laid out in rows, its marks and its state; the office's rhythm and closures"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import marks

revision: str = '1915queue'
down_revision: str | None = '1921recordkeys'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('follow_up_mark',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('follow_up_mark_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('follow_up_mark_pkey'))
    )
    op.create_index(op.f('ix_follow_up_mark_municipality_id'), 'follow_up_mark', ['municipality_id'])
    op.create_table('follow_up_state',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('rule', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('placed_on', sa.Date(), nullable=True),
    sa.Column('laid_as', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('follow_up_state_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('follow_up_state_pkey')),
    sa.UniqueConstraint('municipality_id', name=op.f('follow_up_state_municipality_id_key'))
    )
    op.create_index(op.f('ix_follow_up_state_municipality_id'), 'follow_up_state', ['municipality_id'])
    op.create_table('follow_up_cadence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('lines', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('follow_up_cadence_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('follow_up_cadence_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('follow_up_cadence_pkey')),
    sa.UniqueConstraint('municipality_id', 'version', name=op.f('follow_up_cadence_municipality_id_version_key'))
    )
    op.create_index(op.f('ix_follow_up_cadence_municipality_id'), 'follow_up_cadence', ['municipality_id'])
    op.create_table('follow_up_closure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('ended_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint('last_on >= first_on', name=op.f('follow_up_closure_span_check')),
    sa.ForeignKeyConstraint(['ended_by'], ['account.id'], name=op.f('follow_up_closure_ended_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('follow_up_closure_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('follow_up_closure_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('follow_up_closure_pkey'))
    )
    op.create_index(op.f('ix_follow_up_closure_municipality_id'), 'follow_up_closure', ['municipality_id'])
    op.create_table('follow_up_due',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('topic_id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('host_id', sa.Uuid(), nullable=True),
    sa.Column('about_id', sa.Uuid(), nullable=True),
    sa.Column('last_contact_id', sa.Uuid(), nullable=True),
    sa.Column('side', sa.Enum('person', 'host', 'team', name='side', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('occasion', sa.Enum('concern', 'before_first', 'after_first', 'early', 'middle', 'later', 'yearly', 'rested', 'unheard', 'stepped_back', 'told_of_rest', 'resting', 'exit', 'afterwards', 'asked', 'waiting', 'at_home', 'consent_ends', 'unconfirmed', name='occasion', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('opens', sa.Date(), nullable=False),
    sa.Column('earliest', sa.Date(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('late', sa.Date(), nullable=False),
    sa.Column('bend', sa.Enum('worse', 'steady', 'promised', name='bend', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('back_on', sa.Date(), nullable=True),
    sa.Column('deferrals', sa.Integer(), nullable=False),
    sa.Column('another_way', sa.Boolean(), nullable=False),
    sa.Column('appears_on', sa.Date(), nullable=False),
    sa.Column('lead_rank', sa.Integer(), nullable=True),
    sa.Column('lead_behind', sa.Float(), nullable=True),
    sa.Column('lead_due', sa.Date(), nullable=True),
    sa.Column('lead_id', sa.Uuid(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('behind', sa.Float(), nullable=True),
    sa.ForeignKeyConstraint(['about_id'], ['person.id'], name=op.f('follow_up_due_about_id_fkey')),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('follow_up_due_host_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('follow_up_due_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('follow_up_due_person_id_fkey')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('follow_up_due_placement_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('follow_up_due_pkey'))
    )
    op.create_index(op.f('ix_follow_up_due_about_id'), 'follow_up_due', ['about_id'])
    op.create_index(op.f('ix_follow_up_due_host_id'), 'follow_up_due', ['host_id'])
    op.create_index(op.f('ix_follow_up_due_municipality_id'), 'follow_up_due', ['municipality_id'])
    op.create_index('ix_follow_up_due_order', 'follow_up_due', ['municipality_id', 'lead_rank', 'lead_behind', 'lead_due', 'lead_id', 'rank', 'behind', 'due', 'id'])
    op.create_index(op.f('ix_follow_up_due_person_id'), 'follow_up_due', ['person_id'])
    op.create_index(op.f('ix_follow_up_due_placement_id'), 'follow_up_due', ['placement_id'])
    op.create_index(op.f('ix_follow_up_due_subject_id'), 'follow_up_due', ['subject_id'])
    # Leases of half an hour: to begin anew loses nothing.
    op.drop_table('follow_up_claim')
    _create_claims('rung_id', 'item_id')
    for table in ('contact', 'visit'):
        op.create_index(op.f(f'ix_{table}_corrects_id'), table, ['corrects_id'])


def downgrade() -> None:
    marks.take_away(op.get_bind())
    for table in ('visit', 'contact'):
        op.drop_index(op.f(f'ix_{table}_corrects_id'), table)
    op.drop_table('follow_up_claim')
    _create_claims('item_id')
    for table in ('due', 'closure', 'cadence', 'state', 'mark'):
        op.drop_table(f'follow_up_{table}')


def _create_claims(unique: str, *more: str) -> None:
    op.create_table('follow_up_claim',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column(unique, sa.Uuid(), nullable=False),
    *(sa.Column(name, sa.Uuid(), nullable=False) for name in more),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('follow_up_claim_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('follow_up_claim_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('follow_up_claim_pkey')),
    sa.UniqueConstraint(unique, name=op.f(f'follow_up_claim_{unique}_key'))
    )
    for name in ('municipality_id', *more):
        op.create_index(op.f(f'ix_follow_up_claim_{name}'), 'follow_up_claim', [name])
