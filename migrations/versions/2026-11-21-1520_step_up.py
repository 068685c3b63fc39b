"""step-up"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '1520stepup'
down_revision: str | None = '0600first'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # Plain, not in batch mode: SQLite then rebuilds nothing, and no trigger is lost.
    op.add_column('sign_in', sa.Column('stepped_up_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('sign_in', 'stepped_up_at')
