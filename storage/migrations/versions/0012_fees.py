"""What is to be paid for an approval item, and by when; since when a card's code is there."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, UtcDateTime

revision = "0012_fees"
down_revision = "0011_board"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('cards', sa.Column('code_at', UtcDateTime(), nullable=True))
    op.create_table('fees',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('case_item_id', Id, nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('set_by', Id, nullable=False),
    sa.Column('set_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_item_id'], ['case_items.id'], name=op.f('fk_fees_case_item_id_case_items')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_fees_project_id_projects')),
    sa.ForeignKeyConstraint(['set_by'], ['people.id'], name=op.f('fk_fees_set_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fees'))
    )
    op.create_index(op.f('ix_fees_project_id'), 'fees', ['project_id'])
    op.create_index('ix_fees_state_due', 'fees', ['state', 'due'])
    op.create_index(
        'uq_fees_one_due', 'fees', ['case_item_id'], unique=True,
        sqlite_where=sa.text("state = 'due'"), postgresql_where=sa.text("state = 'due'"),
    )
