"""what somebody was shown and said themselves; a screen that shows nothing else"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '2235showing'
down_revision: str | None = '2233booklet'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ANSWERS = sa.Enum('look', 'not_now', name='ownanswer', native_enum=False, length=32, create_constraint=True)


def upgrade() -> None:
    op.add_column('sign_in', sa.Column('showing', sa.Uuid(), nullable=True))
    with op.batch_alter_table('suggestion') as batch_op:
        batch_op.add_column(sa.Column('shown_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('own_answer', ANSWERS, nullable=True))
        batch_op.add_column(sa.Column('answered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('suggestion') as batch_op:
        batch_op.drop_constraint(op.f('suggestion_ownanswer_check'), type_='check')
        batch_op.drop_column('answered_at')
        batch_op.drop_column('own_answer')
        batch_op.drop_column('shown_at')
    op.drop_column('sign_in', 'showing')
