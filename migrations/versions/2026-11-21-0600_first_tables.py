"""first tables"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = '0600first'
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('municipality',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('timezone', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('catalogue_revision', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('municipality_pkey')),
    sa.UniqueConstraint('name', name=op.f('municipality_name_key'))
    )
    op.create_table('area',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('ref', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('area_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['parent_id'], ['area.id'], name=op.f('area_parent_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('area_pkey')),
    sa.UniqueConstraint('municipality_id', 'ref', name=op.f('area_municipality_id_ref_key'))
    )
    with op.batch_alter_table('area', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_area_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('account',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('username', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('display_name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('role', sa.Enum('csw', 'coordinator', 'officer', 'admin', 'auditor', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('password_hash', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('account_area_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('account_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('account_pkey')),
    sa.UniqueConstraint('username', name=op.f('account_username_key'))
    )
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('host',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('ref', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('type', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('telephone', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('last_asked_on', sa.Date(), nullable=True),
    sa.Column('resting_until', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('host_area_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('host_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('host_pkey')),
    sa.UniqueConstraint('municipality_id', 'ref', name=op.f('host_municipality_id_ref_key'))
    )
    with op.batch_alter_table('host', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_host_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_host_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('activity',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('ref', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('host_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('open', sa.Boolean(), nullable=False),
    sa.Column('terms', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('activity_area_id_fkey')),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('activity_host_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('activity_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('activity_pkey')),
    sa.UniqueConstraint('municipality_id', 'ref', name=op.f('activity_municipality_id_ref_key'))
    )
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_activity_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_activity_host_id'), ['host_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_activity_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('follow_up_claim',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('follow_up_claim_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('follow_up_claim_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('follow_up_claim_pkey')),
    sa.UniqueConstraint('item_id', name=op.f('follow_up_claim_item_id_key'))
    )
    with op.batch_alter_table('follow_up_claim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_up_claim_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=False),
    sa.Column('stage', sa.Enum('not_met', 'at_home', 'beginning_to_go_out', 'present_with_support', 'short_role', 'regular_role', 'helper', name='stage', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('age_band', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('contact', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('proposals_paused', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
    sa.Column('known_since', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('person_area_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('person_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['owner_id'], ['account.id'], name=op.f('person_owner_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('person_pkey')),
    sa.UniqueConstraint('municipality_id', 'code', name=op.f('person_municipality_id_code_key'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_owner_id'), ['owner_id'], unique=False)

    op.create_table('sign_in',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('seen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('sign_in_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('sign_in_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('sign_in_pkey')),
    sa.UniqueConstraint('token_hash', name=op.f('sign_in_token_hash_key'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('access_record',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('act', sa.Enum('read', 'list', 'write', 'match', name='act', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('resource', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('access_record_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('access_record_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('access_record_person_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('access_record_pkey'))
    )
    with op.batch_alter_table('access_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_record_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_record_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_record_person_id'), ['person_id'], unique=False)

    op.create_table('assessment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('picture', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('assessment_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('assessment_person_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('assessment_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('assessment_pkey')),
    sa.UniqueConstraint('person_id', 'version', name=op.f('assessment_person_id_version_key'))
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessment_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assessment_person_id'), ['person_id'], unique=False)

    op.create_table('consent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('shared_with', sa.Enum('none', 'team', 'hosts', name='sharedwith', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('scope', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('fields', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.Column('host_id', sa.Uuid(), nullable=True),
    sa.Column('purpose', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=True),
    sa.Column('how', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.CheckConstraint('until IS NULL OR given_on IS NULL OR until >= given_on', name=op.f('consent_period_check')),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('consent_host_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('consent_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('consent_person_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('consent_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('consent_pkey'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consent_person_id'), ['person_id'], unique=False)

    op.create_table('slot',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('activity_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('recurrence', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=True),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.CheckConstraint('capacity >= 0', name=op.f('slot_capacity_check')),
    sa.CheckConstraint('taken >= 0 AND taken <= capacity', name=op.f('slot_places_check')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('slot_activity_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('slot_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('slot_pkey')),
    sa.UniqueConstraint('activity_id', 'position', name=op.f('slot_activity_id_position_key'))
    )
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slot_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_slot_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('wish',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('own_words', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('failed_on', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.Column('wished_on', sa.Date(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('wish_area_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('wish_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('wish_person_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('wish_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('wish_pkey'))
    )
    with op.batch_alter_table('wish', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wish_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_wish_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_wish_person_id'), ['person_id'], unique=False)

    op.create_table('suggestion_round',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('assessment_id', sa.Uuid(), nullable=True),
    sa.Column('asked_by', sa.Uuid(), nullable=False),
    sa.Column('computed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('catalogue_revision', sa.Integer(), nullable=False),
    sa.Column('weights_version', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('held', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=True),
    sa.Column('facts', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.Column('excluded', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['account.id'], name=op.f('suggestion_round_asked_by_fkey')),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('suggestion_round_assessment_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('suggestion_round_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('suggestion_round_person_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('suggestion_round_pkey'))
    )
    with op.batch_alter_table('suggestion_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestion_round_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_suggestion_round_person_id'), ['person_id'], unique=False)

    op.create_table('suggestion',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('activity_id', sa.Uuid(), nullable=False),
    sa.Column('tier', sa.Enum('fits', 'adaptable', 'ask_host', name='tier', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('score', sa.Float(), nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.Column('facts', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('suggestion_activity_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('suggestion_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['round_id'], ['suggestion_round.id'], name=op.f('suggestion_round_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('suggestion_pkey')),
    sa.UniqueConstraint('round_id', 'activity_id', name=op.f('suggestion_round_id_activity_id_key'))
    )
    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestion_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_suggestion_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_suggestion_round_id'), ['round_id'], unique=False)

    op.create_table('placement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('activity_id', sa.Uuid(), nullable=False),
    sa.Column('slot_id', sa.Uuid(), nullable=False),
    sa.Column('suggestion_id', sa.Uuid(), nullable=True),
    sa.Column('owner_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.Enum('proposed', 'wanted', 'asked', 'agreed', 'trying', 'continuing', 'resting', 'ended', 'passed', 'superseded', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('holds_place', sa.Boolean(), nullable=False),
    sa.Column('proposed_on', sa.Date(), nullable=False),
    sa.Column('own_words', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('override_reason', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('asked_until', sa.Date(), nullable=True),
    sa.Column('first_on', sa.Date(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('dose', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('companion', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('may_tell', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.Column('kind', sa.Enum('look', 'taste', 'volunteer', 'non_employed', 'employed', name='employment', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('insured', sa.Boolean(), nullable=True),
    sa.Column('rest_until', sa.Date(), nullable=True),
    sa.Column('ask_again_on', sa.Date(), nullable=True),
    sa.Column('end_reason', sa.Enum('moved_on', 'became_helper', 'job', 'own_way', 'place_closed', 'did_not_fit', 'health', 'moved_away', 'lost_contact', 'wish', name='endreason', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('end_side', sa.Enum('person', 'host', 'team', name='side', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes IS NULL OR minutes > 0', name=op.f('placement_minutes_check')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('placement_activity_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('placement_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['owner_id'], ['account.id'], name=op.f('placement_owner_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('placement_person_id_fkey')),
    sa.ForeignKeyConstraint(['slot_id'], ['slot.id'], name=op.f('placement_slot_id_fkey')),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], name=op.f('placement_suggestion_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('placement_pkey'))
    )
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_slot_id'), ['slot_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_status'), ['status'], unique=False)
        batch_op.create_index('uq_placement_open', ['person_id', 'slot_id'], unique=True, postgresql_where=sa.text("status NOT IN ('ended','passed','superseded')"), sqlite_where=sa.text("status NOT IN ('ended','passed','superseded')"))

    op.create_table('concern',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('host_id', sa.Uuid(), nullable=True),
    sa.Column('side', sa.Enum('person', 'host', 'team', name='side', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('raised_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('settlement', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('concern_host_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('concern_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('concern_person_id_fkey')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('concern_placement_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('concern_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('concern_pkey'))
    )
    with op.batch_alter_table('concern', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_concern_host_id'), ['host_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_concern_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_concern_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_concern_placement_id'), ['placement_id'], unique=False)

    op.create_table('contact',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('host_id', sa.Uuid(), nullable=True),
    sa.Column('placement_id', sa.Uuid(), nullable=True),
    sa.Column('occurred_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.Enum('call', 'visit', 'meeting', 'message', 'letter', 'fax', 'family', name='channel', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('direction', sa.Enum('received', 'sent', name='direction', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('result', sa.Enum('talked', 'saw', 'letter', 'through_family', 'not_reached', 'asked_to_wait', 'not_needed', name='result', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
    sa.Column('intention', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
    sa.Column('small_change', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('corrects_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint('person_id IS NOT NULL OR host_id IS NOT NULL', name=op.f('contact_somebody_check')),
    sa.ForeignKeyConstraint(['corrects_id'], ['contact.id'], name=op.f('contact_corrects_id_fkey')),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('contact_host_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('contact_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('contact_person_id_fkey')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('contact_placement_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('contact_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('contact_pkey'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_host_id'), ['host_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_occurred_on'), ['occurred_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_placement_id'), ['placement_id'], unique=False)

    op.create_table('follow_up_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('host_id', sa.Uuid(), nullable=True),
    sa.Column('leaving', sa.Enum('deferred', 'not_needed', name='leaving', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('follow_up_answer_host_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('follow_up_answer_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('follow_up_answer_person_id_fkey')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('follow_up_answer_placement_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('follow_up_answer_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('follow_up_answer_pkey'))
    )
    with op.batch_alter_table('follow_up_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_up_answer_host_id'), ['host_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_up_answer_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_up_answer_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_up_answer_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_up_answer_placement_id'), ['placement_id'], unique=False)

    op.create_table('placement_move',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('action', sa.Enum('want', 'ask', 'host_accepts', 'host_passes', 'agree', 'begin', 'continue', 'rest', 'return', 'change_dose', 'step_up', 'step_back', 'end', 'pass', 'supersede', 'reopen', name='action', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('from_status', sa.Enum('proposed', 'wanted', 'asked', 'agreed', 'trying', 'continuing', 'resting', 'ended', 'passed', 'superseded', name='from_status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('to_status', sa.Enum('proposed', 'wanted', 'asked', 'agreed', 'trying', 'continuing', 'resting', 'ended', 'passed', 'superseded', name='to_status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('actor', sa.Enum('csw', 'coordinator', 'host_link', name='actor', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('occurred_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
    sa.Column('details', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('placement_move_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('placement_move_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('placement_move_placement_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('placement_move_pkey')),
    sa.UniqueConstraint('placement_id', 'position', name=op.f('placement_move_placement_id_position_key'))
    )
    with op.batch_alter_table('placement_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_move_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_move_placement_id'), ['placement_id'], unique=False)

    op.create_table('visit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('occurred_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('outcome', sa.Enum('came', 'was_there', 'left_early', 'rested', 'host_cancelled', 'companion_unavailable', 'moved', 'unknown', name='outcome', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('with_notice', sa.Boolean(), nullable=True),
    sa.Column('moved_by', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('pieces', sa.Integer(), nullable=True),
    sa.Column('feeling', sa.Enum('ok', 'tired', 'hard', 'unknown', name='feeling', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('small_change', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
    sa.Column('corrects_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint('minutes IS NULL OR minutes >= 0', name=op.f('visit_minutes_check')),
    sa.CheckConstraint('pieces IS NULL OR pieces >= 0', name=op.f('visit_pieces_check')),
    sa.ForeignKeyConstraint(['corrects_id'], ['visit.id'], name=op.f('visit_corrects_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('visit_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('visit_placement_id_fkey')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('visit_recorded_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('visit_pkey'))
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_occurred_on'), ['occurred_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_placement_id'), ['placement_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_placement_id'))
        batch_op.drop_index(batch_op.f('ix_visit_occurred_on'))
        batch_op.drop_index(batch_op.f('ix_visit_municipality_id'))

    op.drop_table('visit')
    with op.batch_alter_table('placement_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_placement_move_placement_id'))
        batch_op.drop_index(batch_op.f('ix_placement_move_municipality_id'))

    op.drop_table('placement_move')
    with op.batch_alter_table('follow_up_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_up_answer_placement_id'))
        batch_op.drop_index(batch_op.f('ix_follow_up_answer_person_id'))
        batch_op.drop_index(batch_op.f('ix_follow_up_answer_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_follow_up_answer_item_id'))
        batch_op.drop_index(batch_op.f('ix_follow_up_answer_host_id'))

    op.drop_table('follow_up_answer')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_placement_id'))
        batch_op.drop_index(batch_op.f('ix_contact_person_id'))
        batch_op.drop_index(batch_op.f('ix_contact_occurred_on'))
        batch_op.drop_index(batch_op.f('ix_contact_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_contact_host_id'))

    op.drop_table('contact')
    with op.batch_alter_table('concern', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_concern_placement_id'))
        batch_op.drop_index(batch_op.f('ix_concern_person_id'))
        batch_op.drop_index(batch_op.f('ix_concern_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_concern_host_id'))

    op.drop_table('concern')
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.drop_index('uq_placement_open', postgresql_where=sa.text("status NOT IN ('ended','passed','superseded')"), sqlite_where=sa.text("status NOT IN ('ended','passed','superseded')"))
        batch_op.drop_index(batch_op.f('ix_placement_status'))
        batch_op.drop_index(batch_op.f('ix_placement_slot_id'))
        batch_op.drop_index(batch_op.f('ix_placement_person_id'))
        batch_op.drop_index(batch_op.f('ix_placement_owner_id'))
        batch_op.drop_index(batch_op.f('ix_placement_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_placement_activity_id'))

    op.drop_table('placement')
    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suggestion_round_id'))
        batch_op.drop_index(batch_op.f('ix_suggestion_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_suggestion_activity_id'))

    op.drop_table('suggestion')
    with op.batch_alter_table('suggestion_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suggestion_round_person_id'))
        batch_op.drop_index(batch_op.f('ix_suggestion_round_municipality_id'))

    op.drop_table('suggestion_round')
    with op.batch_alter_table('wish', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_wish_person_id'))
        batch_op.drop_index(batch_op.f('ix_wish_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_wish_area_id'))

    op.drop_table('wish')
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slot_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_slot_activity_id'))

    op.drop_table('slot')
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_person_id'))
        batch_op.drop_index(batch_op.f('ix_consent_municipality_id'))

    op.drop_table('consent')
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_person_id'))
        batch_op.drop_index(batch_op.f('ix_assessment_municipality_id'))

    op.drop_table('assessment')
    with op.batch_alter_table('access_record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_record_person_id'))
        batch_op.drop_index(batch_op.f('ix_access_record_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_access_record_account_id'))

    op.drop_table('access_record')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_sign_in_account_id'))

    op.drop_table('sign_in')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_owner_id'))
        batch_op.drop_index(batch_op.f('ix_person_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_person_area_id'))

    op.drop_table('person')
    with op.batch_alter_table('follow_up_claim', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_up_claim_municipality_id'))

    op.drop_table('follow_up_claim')
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_activity_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_activity_host_id'))
        batch_op.drop_index(batch_op.f('ix_activity_area_id'))

    op.drop_table('activity')
    with op.batch_alter_table('host', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_host_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_host_area_id'))

    op.drop_table('host')
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_account_municipality_id'))

    op.drop_table('account')
    with op.batch_alter_table('area', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_area_municipality_id'))

    op.drop_table('area')
    op.drop_table('municipality')
