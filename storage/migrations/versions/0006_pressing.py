"""催办, 督办, tickets of the 12345 hotline."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, UtcDateTime

revision = "0006_pressing"
down_revision = "0005_ladder"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('urges',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('issue_no', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.String(length=64), nullable=True),
    sa.Column('by_id', Id, nullable=True),
    sa.Column('to_id', Id, nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('told_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_urges_project_id_projects')),
    sa.ForeignKeyConstraint(['issue_no'], ['issues.no'], name=op.f('fk_urges_issue_no_issues')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_urges_by_id_people')),
    sa.ForeignKeyConstraint(['to_id'], ['people.id'], name=op.f('fk_urges_to_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_urges'))
    )
    op.create_index(op.f('ix_urges_project_id'), 'urges', ['project_id'], unique=False)
    op.create_index(op.f('ix_urges_issue_no'), 'urges', ['issue_no'], unique=False)
    op.create_index('ix_urges_waiting', 'urges', ['to_id'], unique=False, sqlite_where=sa.text('told_at IS NULL'), postgresql_where=sa.text('told_at IS NULL'))
    op.create_table('presses',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('no', sa.String(length=32), nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('issue_no', sa.Integer(), nullable=False),
    sa.Column('department', sa.String(length=32), nullable=False),
    sa.Column('person_id', Id, nullable=False),
    sa.Column('form_id', Id, nullable=False),
    sa.Column('by_id', Id, nullable=True),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('due_by', UtcDateTime(), nullable=False),
    sa.Column('opinion', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('feedback', sa.Text(), nullable=False),
    sa.Column('answered_by', Id, nullable=True),
    sa.Column('answered_at', UtcDateTime(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('closed_by', Id, nullable=True),
    sa.Column('closed_at', UtcDateTime(), nullable=True),
    sa.Column('look_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_presses_project_id_projects')),
    sa.ForeignKeyConstraint(['issue_no'], ['issues.no'], name=op.f('fk_presses_issue_no_issues')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_presses_person_id_people')),
    sa.ForeignKeyConstraint(['form_id'], ['filled_forms.id'], name=op.f('fk_presses_form_id_filled_forms')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_presses_by_id_people')),
    sa.ForeignKeyConstraint(['answered_by'], ['people.id'], name=op.f('fk_presses_answered_by_people')),
    sa.ForeignKeyConstraint(['closed_by'], ['people.id'], name=op.f('fk_presses_closed_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_presses')),
    sa.UniqueConstraint('no', name=op.f('uq_presses_no'))
    )
    op.create_index(op.f('ix_presses_project_id'), 'presses', ['project_id'], unique=False)
    op.create_index(op.f('ix_presses_person_id'), 'presses', ['person_id'], unique=False)
    op.create_index('uq_presses_open', 'presses', ['issue_no'], unique=True, sqlite_where=sa.text("state <> 'closed'"), postgresql_where=sa.text("state <> 'closed'"))
    op.create_index('ix_presses_look_at', 'presses', ['look_at'], unique=False, sqlite_where=sa.text('look_at IS NOT NULL'), postgresql_where=sa.text('look_at IS NOT NULL'))
    op.create_table('tickets',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('foreign_no', sa.String(length=64), nullable=False),
    sa.Column('issue_no', sa.Integer(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('imported_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['issue_no'], ['issues.no'], name=op.f('fk_tickets_issue_no_issues')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tickets')),
    sa.UniqueConstraint('foreign_no', name=op.f('uq_tickets_foreign_no'))
    )
    op.create_index(op.f('ix_tickets_issue_no'), 'tickets', ['issue_no'], unique=False)
