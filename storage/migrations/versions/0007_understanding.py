"""Of what a talk was about last: the choices that were shown, and what was asked."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json

revision = "0007_understanding"
down_revision = "0006_pressing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('recents', sa.Column('choices', Json, server_default='[]', nullable=False))
    op.add_column('recents', sa.Column('intent', sa.String(length=32), server_default='', nullable=False))
