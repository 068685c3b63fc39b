"""what hosts are asked and answer; how many people a host takes"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = '1910replies'
down_revision: str | None = '1902readings'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PURPOSES = ('card', 'packet', 'before', 'after', 'own', 'question')
ANSWERS = (
    'can', 'other_day', 'not_now', 'rest', 'fewer', 'fine', 'troubled', 'confirmed', 'yes', 'no',
    'talk',
)
BOUNDS = ('max_people', 'new_a_month')


def upgrade() -> None:
    with op.batch_alter_table('host') as batch_op:
        for column in BOUNDS:
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_check_constraint(
                batch_op.f(f'host_{column}_check'), f'{column} IS NULL OR {column} >= 0'
            )
        batch_op.add_column(sa.Column('new_month', sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column('new_people', sa.Integer(), nullable=False, server_default='0')
        )
    document = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql')
    op.add_column('activity', sa.Column('heard', document, nullable=False, server_default='[]'))
    with op.batch_alter_table('contact') as batch_op:
        batch_op.alter_column('recorded_by', existing_type=sa.Uuid(), nullable=True)
    _create_inquiry()
    _widen_host_link()
    _create_reply()


def _create_inquiry() -> None:
    op.create_table('inquiry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.Enum(*PURPOSES, name='linkpurpose', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('host_id', sa.Uuid(), nullable=False),
    sa.Column('activity_id', sa.Uuid(), nullable=True),
    sa.Column('placement_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('consent_id', sa.Uuid(), nullable=True),
    sa.Column('about_on', sa.Date(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('offered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('inquiry_activity_id_fkey')),
    sa.ForeignKeyConstraint(['consent_id'], ['consent.id'], name=op.f('inquiry_consent_id_fkey')),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('inquiry_host_id_fkey')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('inquiry_made_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('inquiry_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('inquiry_person_id_fkey')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('inquiry_placement_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('inquiry_pkey'))
    )
    for column in ('activity_id', 'host_id', 'municipality_id', 'person_id', 'placement_id'):
        op.create_index(op.f(f'ix_inquiry_{column}'), 'inquiry', [column])


def _widen_host_link() -> None:
    with op.batch_alter_table('host_link') as batch_op:
        batch_op.add_column(sa.Column('inquiry_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('host_link_inquiry_id_fkey'), 'inquiry', ['inquiry_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_host_link_inquiry_id'), ['inquiry_id'])
        for column in ('packet_id', 'person_id'):
            batch_op.alter_column(column, existing_type=sa.Uuid(), nullable=True)
        _say_purposes(batch_op, PURPOSES)
        batch_op.create_check_constraint(
            batch_op.f('host_link_opens_check'), 'packet_id IS NOT NULL OR inquiry_id IS NOT NULL'
        )


def _say_purposes(batch_op, known: Sequence[str]) -> None:
    listed = ', '.join(f"'{each}'" for each in known)
    batch_op.drop_constraint(batch_op.f('host_link_purpose_check'), type_='check')
    batch_op.create_check_constraint(batch_op.f('host_link_purpose_check'), f'purpose IN ({listed})')


def _create_reply() -> None:
    op.create_table('reply',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('inquiry_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('link_id', sa.Uuid(), nullable=True),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('channel', sa.Enum('call', 'visit', 'meeting', 'message', 'letter', 'fax', 'family', name='channel', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('answer', sa.Enum(*ANSWERS, name='answer', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('people', sa.Integer(), nullable=True),
    sa.Column('answered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('applied_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('upshot', sa.Enum('moved', 'noted', 'left', name='upshot', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('remark', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('people IS NULL OR people >= 0', name=op.f('reply_people_check')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('reply_account_id_fkey')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('reply_inquiry_id_fkey')),
    sa.ForeignKeyConstraint(['link_id'], ['host_link.id'], name=op.f('reply_link_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('reply_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('reply_person_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('reply_pkey')),
    sa.UniqueConstraint('inquiry_id', name=op.f('reply_inquiry_id_key'))
    )
    for column in ('municipality_id', 'person_id'):
        op.create_index(op.f(f'ix_reply_{column}'), 'reply', [column])
    op.create_index('ix_reply_waiting', 'reply', ['municipality_id'],
                    postgresql_where=sa.text('applied_at IS NULL'), sqlite_where=sa.text('applied_at IS NULL'))


def downgrade() -> None:
    op.drop_table('reply')
    op.execute('DELETE FROM host_link WHERE packet_id IS NULL')
    with op.batch_alter_table('host_link') as batch_op:
        batch_op.drop_constraint(batch_op.f('host_link_opens_check'), type_='check')
        _say_purposes(batch_op, ('card', 'packet'))
        batch_op.drop_index(batch_op.f('ix_host_link_inquiry_id'))
        batch_op.drop_constraint(batch_op.f('host_link_inquiry_id_fkey'), type_='foreignkey')
        batch_op.drop_column('inquiry_id')
        for column in ('packet_id', 'person_id'):
            batch_op.alter_column(column, existing_type=sa.Uuid(), nullable=False)
    op.drop_table('inquiry')
    # What came by a link was written down by whoever has the person, or else by anybody there.
    op.execute(
        'UPDATE contact SET recorded_by = COALESCE('
        '(SELECT p.owner_id FROM person p WHERE p.id = COALESCE(contact.person_id, contact.about_id)), '
        '(SELECT a.id FROM account a WHERE a.municipality_id = contact.municipality_id ORDER BY a.id LIMIT 1)) '
        'WHERE recorded_by IS NULL'
    )
    with op.batch_alter_table('contact') as batch_op:
        batch_op.alter_column('recorded_by', existing_type=sa.Uuid(), nullable=False)
    op.drop_column('activity', 'heard')
    with op.batch_alter_table('host') as batch_op:
        for column in BOUNDS:
            batch_op.drop_constraint(batch_op.f(f'host_{column}_check'), type_='check')
            batch_op.drop_column(column)
        batch_op.drop_column('new_month')
        batch_op.drop_column('new_people')
