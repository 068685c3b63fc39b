"""audit chain: every line is tied to the one before it, and none can be changed"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
import sqlmodel
from alembic import op

from service.encryption.keychain import keys_of
from service.encryption.rules import Ring

revision: str = '1535audit'
down_revision: str | None = '1525keys'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

START = '0' * 64
BATCH = 1000
COLUMNS = (
    'id', 'created_at', 'municipality_id', 'seq', 'account_id', 'role', 'person_id', 'act',
    'resource', 'purpose', 'basis', 'basis_id', 'detail', 'at', 'key_id',
)
ACTS = ('read', 'list', 'write', 'match')
ALL_ACTS = (*ACTS, 'export', 'event')
PURPOSES = (
    'support', 'matching', 'follow_up', 'handover', 'disclosure', 'conference', 'reporting',
    'own_access', 'inspection', 'emergency', 'retention', 'security', 'unstated',
)
GROUNDS = ('consent', 'meeting', 'duty', 'emergency')

LINES = sa.table(
    'access_record',
    sa.column('id', sa.Uuid()), sa.column('created_at', sqlmodel.sql.sqltypes.UTCDateTime()),
    sa.column('municipality_id', sa.Uuid()), sa.column('seq', sa.Integer()),
    sa.column('account_id', sa.Uuid()), sa.column('role', sa.String()),
    sa.column('person_id', sa.Uuid()), sa.column('act', sa.String()),
    sa.column('resource', sa.String()), sa.column('purpose', sa.String()),
    sa.column('basis', sa.String()), sa.column('basis_id', sa.Uuid()),
    sa.column('detail', sa.String()), sa.column('at', sqlmodel.sql.sqltypes.UTCDateTime()),
    sa.column('key_id', sa.String()), sa.column('digest', sa.String()),
)
HEADS = sa.table(
    'chain_head',
    sa.column('id', sa.Uuid()), sa.column('created_at', sqlmodel.sql.sqltypes.UTCDateTime()),
    sa.column('municipality_id', sa.Uuid()), sa.column('seq', sa.Integer()),
    sa.column('digest', sa.String()),
)
ACCOUNTS = sa.table('account', sa.column('id', sa.Uuid()), sa.column('role', sa.String()))

# Batch mode rebuilds a table without its triggers: a later revision that does so makes them anew.
SQLITE_GUARDS = (
    "CREATE TRIGGER access_record_keeps BEFORE UPDATE ON access_record "
    "BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END",
    "CREATE TRIGGER access_record_stays BEFORE DELETE ON access_record "
    "BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END",
)
POSTGRESQL_GUARDS = (
    "CREATE OR REPLACE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION 'the audit is never changed' "
    "USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER access_record_keeps BEFORE UPDATE ON access_record "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()",
    "CREATE TRIGGER access_record_stays BEFORE DELETE ON access_record "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()",
    "CREATE TRIGGER access_record_remains BEFORE TRUNCATE ON access_record "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()",
)


def words(listed: Sequence[str], name: str) -> sa.Enum:
    return sa.Enum(*listed, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table('chain_head',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('municipality_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('chain_head_municipality_id_fkey')),
    sa.PrimaryKeyConstraint('id', name=op.f('chain_head_pkey')),
    sa.UniqueConstraint('municipality_id', name=op.f('chain_head_municipality_id_key')),
    )
    with op.batch_alter_table('chain_head', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chain_head_municipality_id'), ['municipality_id'], unique=False)
    with op.batch_alter_table('access_record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_record_person_id'))
        batch_op.drop_index(batch_op.f('ix_access_record_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_access_record_account_id'))
        batch_op.drop_constraint(batch_op.f('access_record_person_id_fkey'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('access_record_act_check'), type_='check')
        batch_op.alter_column('act', existing_type=sa.String(length=32), type_=words(ALL_ACTS, 'act'), existing_nullable=False)
        batch_op.alter_column('account_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.alter_column('person_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.add_column(sa.Column('seq', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('role', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('purpose', words(PURPOSES, 'purpose'), nullable=False, server_default='unstated'))
        batch_op.add_column(sa.Column('basis', words(GROUNDS, 'ground'), nullable=True))
        batch_op.add_column(sa.Column('basis_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('detail', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('key_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False, server_default=''))
    tie_all()
    with op.batch_alter_table('access_record', schema=None) as batch_op:
        batch_op.alter_column('seq', existing_type=sa.Integer(), nullable=False)
        for name in ('role', 'purpose', 'detail', 'key_id', 'digest'):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_unique_constraint(batch_op.f('access_record_municipality_id_seq_key'), ['municipality_id', 'seq'])
        batch_op.create_index('ix_access_record_municipality_id_at', ['municipality_id', 'at'], unique=False)
        batch_op.create_index('ix_access_record_person_id_at', ['person_id', 'at'], unique=False)
        batch_op.create_index('ix_access_record_account_id_at', ['account_id', 'at'], unique=False)
    guard()


def guard() -> None:
    guards = SQLITE_GUARDS if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL_GUARDS
    for statement in guards:
        op.execute(sa.text(statement))


def tie_all() -> None:
    """Number and tie the lines that are there, municipality by municipality, oldest first."""
    link = op.get_bind()
    roles = {row.id: row.role for row in link.execute(sa.select(ACCOUNTS.c.id, ACCOUNTS.c.role))}
    tenants = link.execute(sa.select(LINES.c.municipality_id).distinct()).scalars().all()
    for tenant in tenants:
        newest = keys_of(link).current(Ring.AUDIT)
        ids = link.execute(
            sa.select(LINES.c.id).where(LINES.c.municipality_id == tenant)
            .order_by(LINES.c.at, LINES.c.created_at, LINES.c.id)
        ).scalars().all()
        before = START
        for first in range(0, len(ids), BATCH):
            before = tie(link, ids[first:first + BATCH], first, before, roles, newest.id, newest.secret)
        head = {'id': uuid4(), 'created_at': datetime.now(UTC), 'municipality_id': tenant}
        link.execute(HEADS.insert(), {**head, 'seq': len(ids), 'digest': before})


def tie(
    link: sa.Connection, ids: Sequence[UUID], first: int, before: str,
    roles: Mapping[UUID, str], key_id: str, key: bytes,
) -> str:
    found = {
        row['id']: dict(row)
        for row in link.execute(sa.select(LINES).where(LINES.c.id.in_(ids))).mappings()
    }
    changes = []
    for number, each in enumerate(ids, first + 1):
        line = found[each]
        line |= {'seq': number, 'role': roles[line['account_id']], 'key_id': key_id}
        before = digest(key, before, line)
        changes.append({
            'line': each, 'to_seq': number, 'to_role': line['role'], 'to_key': key_id,
            'to_digest': before,
        })
    link.execute(
        sa.update(LINES).where(LINES.c.id == sa.bindparam('line')).values(
            seq=sa.bindparam('to_seq'), role=sa.bindparam('to_role'),
            key_id=sa.bindparam('to_key'), digest=sa.bindparam('to_digest'),
        ),
        changes,
    )
    return before


def digest(key: bytes, before: str, line: Mapping[str, Any]) -> str:
    content = [before, *(plain(line[name]) for name in COLUMNS)]
    written = json.dumps(content, ensure_ascii=False, separators=(',', ':'))
    return hmac.new(key, written.encode(), hashlib.sha256).hexdigest()


def plain(value: Any) -> str | int | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec='microseconds')
    return value.hex if isinstance(value, UUID) else value


def unguard() -> None:
    postgresql = op.get_bind().dialect.name == 'postgresql'
    names = ('access_record_keeps', 'access_record_stays', 'access_record_remains')
    for name in names if postgresql else names[:2]:
        op.execute(sa.text(f"DROP TRIGGER {name}{' ON access_record' if postgresql else ''}"))
    if postgresql:
        op.execute(sa.text('DROP FUNCTION refuse_change_of_audit()'))


def downgrade() -> None:
    unguard()
    # The older table holds looks at people who are there; nothing else has a place in it.
    op.execute(sa.text(
        "DELETE FROM access_record WHERE act NOT IN ('read', 'list', 'write', 'match') "
        "OR account_id IS NULL OR person_id IS NULL "
        "OR person_id NOT IN (SELECT id FROM person)"
    ))
    with op.batch_alter_table('access_record', schema=None) as batch_op:
        batch_op.drop_index('ix_access_record_account_id_at')
        batch_op.drop_index('ix_access_record_person_id_at')
        batch_op.drop_index('ix_access_record_municipality_id_at')
        batch_op.drop_constraint(batch_op.f('access_record_municipality_id_seq_key'), type_='unique')
        batch_op.drop_constraint(batch_op.f('access_record_act_check'), type_='check')
        batch_op.drop_constraint(batch_op.f('access_record_purpose_check'), type_='check')
        batch_op.drop_constraint(batch_op.f('access_record_ground_check'), type_='check')
        batch_op.alter_column('act', existing_type=sa.String(length=32), type_=words(ACTS, 'act'), existing_nullable=False)
        for name in ('seq', 'role', 'purpose', 'basis', 'basis_id', 'detail', 'key_id', 'digest'):
            batch_op.drop_column(name)
        batch_op.alter_column('account_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.alter_column('person_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.create_foreign_key(batch_op.f('access_record_person_id_fkey'), 'person', ['person_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_access_record_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_record_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_record_account_id'), ['account_id'], unique=False)
    op.drop_table('chain_head')
