"""versions of slots and accounts"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = '1912versions'
down_revision: str | None = '1910replies'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # A column at the end needs no new table on SQLite either, so triggers stay where they are.
    for table in ('slot', 'account'):
        op.add_column(table, sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False))


def downgrade() -> None:
    for table in ('slot', 'account'):
        op.drop_column(table, 'version')
