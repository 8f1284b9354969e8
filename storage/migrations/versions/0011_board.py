"""The board as it was counted last."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0011_board"
down_revision = "0010_returns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('boards',
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('mark', sa.String(length=48), nullable=False),
    sa.Column('data', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_boards'))
    )
