"""consents in depth, packets, pseudonyms and links of hosts"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1618disclosures'
down_revision: str | None = '1600emergencies'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Every consent gets its number among those of its person, in the order of writing down.
NUMBERED = """
UPDATE consent SET version = (
  SELECT count(*) FROM consent AS earlier
  WHERE earlier.person_id = consent.person_id
    AND (earlier.recorded_at < consent.recorded_at
         OR (earlier.recorded_at = consent.recorded_at AND earlier.id <= consent.id))
)
"""


def upgrade() -> None:
    # Plain, not in batch mode: SQLite then rebuilds nothing, and no trigger is lost.
    text = sqlmodel.sql.sqltypes.AutoString
    op.add_column('consent', sa.Column('body', text(length=200), nullable=False, server_default=''))
    op.add_column('consent', sa.Column('withdrawn_by', sa.Uuid(), nullable=True))
    op.add_column('consent', sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
    op.add_column('consent', sa.Column('replaces', sa.Integer(), nullable=True))
    op.execute(NUMBERED)
    op.create_index('uq_consent_version', 'consent', ['person_id', 'version'], unique=True)
    _create_pseudonym()
    _create_packet()
    _create_host_link()


def _create_pseudonym() -> None:
    op.create_table('pseudonym',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('host_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('pseudonym_host_id_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('pseudonym_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('pseudonym_person_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pseudonym_pkey')),
    sa.UniqueConstraint('host_id', 'name', name=op.f('pseudonym_host_id_name_key')),
    sa.UniqueConstraint('host_id', 'person_id', name=op.f('pseudonym_host_id_person_id_key'))
    )
    op.create_index(op.f('ix_pseudonym_municipality_id'), 'pseudonym', ['municipality_id'])
    op.create_index(op.f('ix_pseudonym_person_id'), 'pseudonym', ['person_id'])


def _create_packet() -> None:
    op.create_table('packet',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('host_id', sa.Uuid(), nullable=False),
    sa.Column('consent_id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=True),
    sa.Column('sort', sa.Enum('card', 'packet', name='sort', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('state', sa.Enum('draft', 'prepared', 'released', 'refused', 'ended', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('prepared_by', sa.Uuid(), nullable=True),
    sa.Column('prepared_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('alone', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('alone OR decided_by <> prepared_by', name=op.f('packet_two_people_check')),
    sa.CheckConstraint("(sort = 'card') = (placement_id IS NOT NULL)", name=op.f('packet_card_check')),
    sa.ForeignKeyConstraint(['consent_id'], ['consent.id'], name=op.f('packet_consent_id_fkey')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('packet_decided_by_fkey')),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('packet_host_id_fkey')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('packet_made_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('packet_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('packet_person_id_fkey')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('packet_placement_id_fkey')),
    sa.ForeignKeyConstraint(['prepared_by'], ['account.id'], name=op.f('packet_prepared_by_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('packet_pkey'))
    )
    for column in ('consent_id', 'host_id', 'municipality_id', 'person_id', 'state'):
        op.create_index(op.f(f'ix_packet_{column}'), 'packet', [column])


def _create_host_link() -> None:
    op.create_table('host_link',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('packet_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('host_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.Enum('card', 'packet', name='purpose', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('revoked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['host_id'], ['host.id'], name=op.f('host_link_host_id_fkey')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('host_link_made_by_fkey')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('host_link_municipality_id_fkey')),
    sa.ForeignKeyConstraint(['packet_id'], ['packet.id'], name=op.f('host_link_packet_id_fkey')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('host_link_person_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('host_link_pkey')),
    sa.UniqueConstraint('token_hash', name=op.f('host_link_token_hash_key'))
    )
    for column in ('host_id', 'municipality_id', 'packet_id', 'person_id'):
        op.create_index(op.f(f'ix_host_link_{column}'), 'host_link', [column])


def downgrade() -> None:
    op.drop_table('host_link')
    op.drop_table('packet')
    op.drop_table('pseudonym')
    op.drop_index('uq_consent_version', 'consent')
    for column in ('replaces', 'version', 'withdrawn_by', 'body'):
        op.drop_column('consent', column)
