"""Clocks of issues: the kind of limit, urgency, the officer's own limit, extensions; when to look at an item again."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, UtcDateTime

revision = "0004_issue_clocks"
down_revision = "0003_routing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('issues', sa.Column('kind', sa.String(length=24), server_default='', nullable=False))
    op.add_column('issues', sa.Column('urgent', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.add_column('issues', sa.Column('clock_from', UtcDateTime(), nullable=True))
    op.add_column('issues', sa.Column('desk_by', UtcDateTime(), nullable=True))
    op.add_column('issues', sa.Column('told_level', sa.Integer(), server_default='0', nullable=False))
    op.add_column('issues', sa.Column('extended', sa.Integer(), server_default='0', nullable=False))
    op.add_column('issues', sa.Column('relieved_id', Id, nullable=True))
    op.create_table('issue_extensions',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('issue_no', sa.Integer(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('asked_by', Id, nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('was_by', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('decided_by', Id, nullable=True),
    sa.Column('decided_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['issue_no'], ['issues.no'], name=op.f('fk_issue_extensions_issue_no_issues')),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_issue_extensions_asked_by_people')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_issue_extensions_decided_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issue_extensions'))
    )
    op.create_index(op.f('ix_issue_extensions_issue_no'), 'issue_extensions', ['issue_no'], unique=False)
    op.add_column('case_items', sa.Column('look_at', UtcDateTime(), server_default='1970-01-01 00:00:00.000000', nullable=True))
    op.add_column('case_items', sa.Column('told_lamp', sa.String(length=8), server_default='', nullable=False))
    op.create_index('ix_case_items_look_at', 'case_items', ['look_at'], unique=False, sqlite_where=sa.text('look_at IS NOT NULL'), postgresql_where=sa.text('look_at IS NOT NULL'))
