"""accounts: when an admin took a second factor away"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1610reset'
down_revision: str | None = '1550factor'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # Plain, not in batch mode: SQLite then rebuilds nothing, and no trigger is lost.
    op.add_column('account', sa.Column('factor_reset_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('account', 'factor_reset_at')
