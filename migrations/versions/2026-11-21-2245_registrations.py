"""activities that hosts register by link or telephone, as drafts that somebody looks at"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = '2245registrations'
down_revision: str | None = '2235showing'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = ('card', 'packet', 'before', 'after', 'own', 'question')
STATES = ('writing', 'sent', 'asked_back', 'accepted', 'declined')
OPENS = 'packet_id IS NOT NULL OR inquiry_id IS NOT NULL'


def upgrade() -> None:
    document = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql')
    op.create_table('registration',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('host_id', sa.Uuid(), nullable=False),
    sa.Column('activity_id', sa.Uuid(), nullable=True),
    sa.Column('seen_version', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum(*STATES, name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('said', document, nullable=False),
    sa.Column('word', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('by_host', sa.Boolean(), nullable=False),
    sa.Column('sent_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('registration_activity_id_fkey')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('registration_decided_by_fkey')),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('registration_host_id_fkey')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('registration_made_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('registration_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('registration_pkey'))
    )
    for column in ('activity_id', 'host_id', 'municipality_id'):
        op.create_index(op.f(f'ix_registration_{column}'), 'registration', [column])
    with op.batch_alter_table('host_link') as batch_op:
        batch_op.add_column(sa.Column('registration_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('host_link_registration_id_fkey'), 'registration', ['registration_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_host_link_registration_id'), ['registration_id'])
        _say(batch_op, 'host_link_opens_check', f'{OPENS} OR registration_id IS NOT NULL')
    _say_purposes((*BEFORE, 'register'))


def _say(batch_op, name: str, condition: str) -> None:
    batch_op.drop_constraint(batch_op.f(name), type_='check')
    batch_op.create_check_constraint(batch_op.f(name), condition)


def _say_purposes(known: Sequence[str]) -> None:
    listed = ', '.join(f"'{each}'" for each in known)
    for table, name in (('host_link', 'purpose'), ('inquiry', 'linkpurpose')):
        with op.batch_alter_table(table) as batch_op:
            _say(batch_op, f'{table}_{name}_check', f'purpose IN ({listed})')


def downgrade() -> None:
    op.execute(
        'DELETE FROM reply WHERE link_id IN '
        '(SELECT id FROM host_link WHERE registration_id IS NOT NULL)'
    )
    op.execute('DELETE FROM host_link WHERE registration_id IS NOT NULL')
    _say_purposes(BEFORE)
    with op.batch_alter_table('host_link') as batch_op:
        _say(batch_op, 'host_link_opens_check', OPENS)
        batch_op.drop_index(batch_op.f('ix_host_link_registration_id'))
        batch_op.drop_constraint(batch_op.f('host_link_registration_id_fkey'), type_='foreignkey')
        batch_op.drop_column('registration_id')
    op.drop_table('registration')
