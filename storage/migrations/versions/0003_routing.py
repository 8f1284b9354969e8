"""Whose hands a problem went through, who handles it beside the lead, what was learnt; offers and privacy of issues."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, UtcDateTime

revision = "0003_routing"
down_revision = "0002_case_to_archive"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('issue_turns',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('issue_no', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('person_id', Id, nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('department', sa.String(length=32), nullable=True),
    sa.Column('to_department', sa.String(length=32), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['issue_no'], ['issues.no'], name=op.f('fk_issue_turns_issue_no_issues')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_issue_turns_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issue_turns'))
    )
    op.create_index(op.f('ix_issue_turns_issue_no'), 'issue_turns', ['issue_no'], unique=False)
    op.create_table('issue_parts',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('issue_no', sa.Integer(), nullable=False),
    sa.Column('department', sa.String(length=32), nullable=False),
    sa.Column('representative_id', Id, nullable=True),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('respond_by', UtcDateTime(), nullable=True),
    sa.Column('answer_by', UtcDateTime(), nullable=True),
    sa.Column('next_at', UtcDateTime(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by', Id, nullable=True),
    sa.ForeignKeyConstraint(['issue_no'], ['issues.no'], name=op.f('fk_issue_parts_issue_no_issues')),
    sa.ForeignKeyConstraint(['representative_id'], ['people.id'], name=op.f('fk_issue_parts_representative_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issue_parts')),
    sa.UniqueConstraint('issue_no', 'department', name=op.f('uq_issue_parts_issue_no_department'))
    )
    op.create_index(op.f('ix_issue_parts_representative_id'), 'issue_parts', ['representative_id'], unique=False)
    op.create_index(op.f('ix_issue_parts_next_at'), 'issue_parts', ['next_at'], unique=False)
    op.create_table('routing_lessons',
    sa.Column('issue_no', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('item_id', sa.String(length=64), nullable=True),
    sa.Column('category', sa.String(length=24), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('department', sa.String(length=32), nullable=False),
    sa.Column('guess', sa.String(length=32), nullable=True),
    sa.ForeignKeyConstraint(['issue_no'], ['issues.no'], name=op.f('fk_routing_lessons_issue_no_issues')),
    sa.PrimaryKeyConstraint('issue_no', name=op.f('pk_routing_lessons'))
    )
    op.add_column('issues', sa.Column('offered_department', sa.String(length=32), nullable=True))
    op.add_column('issues', sa.Column('offered_to', Id, nullable=True))
    op.add_column('issues', sa.Column('offer_until', UtcDateTime(), nullable=True))
    op.add_column('issues', sa.Column('private', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.add_column('issues', sa.Column('about_person', Id, nullable=True))
