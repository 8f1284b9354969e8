"""政企互动 and 培训, who was invited and what was asked there; wishes for a visit."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, UtcDateTime

revision = "0014_events"
down_revision = "0013_running_items"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('events',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('topic', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('department', sa.String(length=32), nullable=True),
    sa.Column('planned_by', Id, nullable=False),
    sa.Column('planned_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('attendance', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['planned_by'], ['people.id'], name=op.f('fk_events_planned_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events'))
    )
    op.create_index(op.f('ix_events_day'), 'events', ['day'])
    op.create_table('event_invitations',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('event_id', Id, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_invitations_event_id_events')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_event_invitations_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_invitations')),
    sa.UniqueConstraint('event_id', 'project_id', name=op.f('uq_event_invitations_event_id_project_id'))
    )
    op.create_index(op.f('ix_event_invitations_project_id'), 'event_invitations', ['project_id'])
    op.create_table('event_questions',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('event_id', Id, nullable=False),
    sa.Column('issue_no', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_questions_event_id_events')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_questions')),
    sa.UniqueConstraint('event_id', 'issue_no', name=op.f('uq_event_questions_event_id_issue_no'))
    )
    op.create_table('visit_wishes',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('asked_by', Id, nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('visited_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_visit_wishes_asked_by_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_visit_wishes_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_wishes'))
    )
    op.create_index(op.f('ix_visit_wishes_project_id'), 'visit_wishes', ['project_id'])
    op.create_index(
        'uq_visit_wishes_one_open', 'visit_wishes', ['project_id'], unique=True,
        sqlite_where=sa.text('visited_on IS NULL'), postgresql_where=sa.text('visited_on IS NULL'),
    )
