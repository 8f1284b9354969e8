"""The higher rungs of the ladder: joint meetings with ballots, tasks, papers to the government and letters."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Json, UtcDateTime

revision = "0005_ladder"
down_revision = "0004_issue_clocks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('issues', sa.Column('rung', sa.String(length=24), server_default='', nullable=False))
    op.create_table('meetings',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('issue_no', sa.Integer(), nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('called_by', Id, nullable=False),
    sa.Column('called_at', UtcDateTime(), nullable=False),
    sa.Column('slots', Json, nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=True),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('form_id', Id, nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['issue_no'], ['issues.no'], name=op.f('fk_meetings_issue_no_issues')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_meetings_project_id_projects')),
    sa.ForeignKeyConstraint(['called_by'], ['people.id'], name=op.f('fk_meetings_called_by_people')),
    sa.ForeignKeyConstraint(['form_id'], ['filled_forms.id'], name=op.f('fk_meetings_form_id_filled_forms')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meetings'))
    )
    op.create_index(op.f('ix_meetings_issue_no'), 'meetings', ['issue_no'], unique=False)
    op.create_table('meeting_ballots',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('meeting_id', Id, nullable=False),
    sa.Column('person_id', Id, nullable=False),
    sa.Column('slots', Json, nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_meeting_ballots_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_meeting_ballots_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_ballots')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_meeting_ballots_meeting_id_person_id'))
    )
    op.create_table('tasks',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('owner_id', Id, nullable=False),
    sa.Column('department', sa.String(length=32), nullable=True),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=16), nullable=False),
    sa.Column('source_id', Id, nullable=False),
    sa.Column('issue_no', sa.Integer(), nullable=True),
    sa.Column('project_id', Id, nullable=True),
    sa.Column('made_by', Id, nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('ended_by', Id, nullable=True),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_tasks_owner_id_people')),
    sa.ForeignKeyConstraint(['issue_no'], ['issues.no'], name=op.f('fk_tasks_issue_no_issues')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_tasks_project_id_projects')),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_tasks_made_by_people')),
    sa.ForeignKeyConstraint(['ended_by'], ['people.id'], name=op.f('fk_tasks_ended_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tasks'))
    )
    op.create_index(op.f('ix_tasks_owner_id'), 'tasks', ['owner_id'], unique=False)
    op.create_index(op.f('ix_tasks_issue_no'), 'tasks', ['issue_no'], unique=False)
    op.create_index('ix_tasks_state_due', 'tasks', ['state', 'due'], unique=False)
    op.create_table('submissions',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('issue_no', sa.Integer(), nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('form_id', Id, nullable=False),
    sa.Column('to_whom', sa.Text(), nullable=False),
    sa.Column('made_by', Id, nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('channel', sa.String(length=32), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['issue_no'], ['issues.no'], name=op.f('fk_submissions_issue_no_issues')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_submissions_project_id_projects')),
    sa.ForeignKeyConstraint(['form_id'], ['filled_forms.id'], name=op.f('fk_submissions_form_id_filled_forms')),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_submissions_made_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submissions'))
    )
    op.create_index(op.f('ix_submissions_issue_no'), 'submissions', ['issue_no'], unique=False)
