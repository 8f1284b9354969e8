"""Which items are under way, so that lists need not read all the others."""

import sqlalchemy as sa
from alembic import op

revision = "0013_running_items"
down_revision = "0012_fees"
branch_labels = None
depends_on = None

_LAST = {
    "postgresql": "COALESCE(events -> -1 ->> 'state', 'planned')",
    "sqlite": "COALESCE(json_extract(events, '$[#-1].state'), 'planned')",
}
_NOT_RUNNING = "('planned', 'completed', 'rejected', 'withdrawn', 'not_accepted', 'revoked')"


def mark(dialect: str) -> str:
    return f"UPDATE case_items SET running = false WHERE {_LAST[dialect]} IN {_NOT_RUNNING}"


def upgrade() -> None:
    op.add_column('case_items', sa.Column('running', sa.Boolean(), server_default=sa.text('true'), nullable=False))
    op.create_index('ix_case_items_running', 'case_items', ['item_id'], unique=False, sqlite_where=sa.text('running'), postgresql_where=sa.text('running'))
    op.execute(mark(op.get_bind().dialect.name))
