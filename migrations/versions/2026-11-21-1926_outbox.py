"""the outbox: what is told outside, to whom, and calendar feeds"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = '1926outbox'
down_revision: str | None = '1915queue'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('calendar_feed',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('content_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('calendar_feed_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('calendar_feed_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('calendar_feed_pkey')),
    sa.UniqueConstraint('account_id', name=op.f('calendar_feed_account_id_key')),
    sa.UniqueConstraint('token_hash', name=op.f('calendar_feed_token_hash_key'))
    )
    op.create_index(op.f('ix_calendar_feed_municipality_id'), 'calendar_feed', ['municipality_id'])
    op.create_table('mailbox',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
    sa.Column('digest_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('mailbox_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('mailbox_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('mailbox_pkey')),
    sa.UniqueConstraint('account_id', name=op.f('mailbox_account_id_key'))
    )
    op.create_index(op.f('ix_mailbox_municipality_id'), 'mailbox', ['municipality_id'])
    op.create_table('outbox_event',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('notice', sa.Enum('concern', 'emergency', 'release', 'dead_letter', 'digest', name='notice', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('about_id', sa.Uuid(), nullable=True),
    sa.Column('ref_id', sa.Uuid(), nullable=True),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('outbox_event_by_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('outbox_event_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('outbox_event_pkey'))
    )
    op.create_index(op.f('ix_outbox_event_about_id'), 'outbox_event', ['about_id'])
    op.create_index(op.f('ix_outbox_event_municipality_id'), 'outbox_event', ['municipality_id'])
    op.create_table('silenced_notice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('notice', sa.Enum('concern', 'emergency', 'release', 'dead_letter', 'digest', name='notice', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('silenced_notice_account_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('silenced_notice_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('silenced_notice_pkey')),
    sa.UniqueConstraint('account_id', 'notice', name=op.f('silenced_notice_account_id_notice_key'))
    )
    op.create_index(op.f('ix_silenced_notice_municipality_id'), 'silenced_notice', ['municipality_id'])
    op.create_table('webhook',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('url', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('key_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('webhook_made_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('webhook_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('webhook_pkey'))
    )
    op.create_index(op.f('ix_webhook_municipality_id'), 'webhook', ['municipality_id'])
    op.create_table('outbox_line',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.Enum('mail', 'webhook', name='channel', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('notice', sa.Enum('concern', 'emergency', 'release', 'dead_letter', 'digest', name='notice', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('webhook_id', sa.Uuid(), nullable=True),
    sa.Column('about_id', sa.Uuid(), nullable=True),
    sa.Column('figures', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql'), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'sent', 'dead', 'closed', 'dropped', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('next_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('held_by', sa.Uuid(), nullable=True),
    sa.Column('held_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('trouble', sa.Enum('no_answer', 'not_now', 'not_set_up', 'interrupted', 'refused', 'blocked', name='trouble', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('answer', sa.Integer(), nullable=True),
    sa.Column('settled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('closed_by', sa.Uuid(), nullable=True),
    sa.Column('closing', sa.Enum('told_otherwise', 'not_needed', 'address_wrong', 'other', name='closing', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('once', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=True),
    sa.CheckConstraint('account_id IS NOT NULL OR webhook_id IS NOT NULL', name=op.f('outbox_line_somewhere_check')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('outbox_line_account_id_fkey')),
    sa.ForeignKeyConstraint(['closed_by'], ['account.id'], name=op.f('outbox_line_closed_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('outbox_line_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['webhook_id'], ['webhook.id'], name=op.f('outbox_line_webhook_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('outbox_line_pkey')),
    sa.UniqueConstraint('once', name=op.f('outbox_line_once_key'))
    )
    op.create_index(op.f('ix_outbox_line_about_id'), 'outbox_line', ['about_id'])
    op.create_index(op.f('ix_outbox_line_account_id'), 'outbox_line', ['account_id'])
    op.create_index(op.f('ix_outbox_line_municipality_id'), 'outbox_line', ['municipality_id'])
    op.create_index('ix_outbox_line_state_next_at', 'outbox_line', ['state', 'next_at'])
    op.create_index(op.f('ix_outbox_line_webhook_id'), 'outbox_line', ['webhook_id'])


def downgrade() -> None:
    op.drop_table('outbox_line')
    op.drop_table('webhook')
    op.drop_table('silenced_notice')
    op.drop_table('outbox_event')
    op.drop_table('mailbox')
    op.drop_table('calendar_feed')
