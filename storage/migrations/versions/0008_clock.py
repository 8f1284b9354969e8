"""The clock: weekly summaries as posted, reminders until they are told, calls a minute."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Json, UtcDateTime

revision = "0008_clock"
down_revision = "0007_understanding"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('week_reports',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('week', sa.String(length=8), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('value', Json, nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_week_reports_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_week_reports')),
    sa.UniqueConstraint('project_id', 'week', 'version', name=op.f('uq_week_reports_project_id_week_version'))
    )
    op.create_table('week_lines',
    sa.Column('project_id', Id, autoincrement=False, nullable=False),
    sa.Column('week', sa.String(length=8), nullable=False),
    sa.Column('line', sa.Text(), nullable=False),
    sa.Column('person_id', Id, nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('project_id', 'week', name=op.f('pk_week_lines'))
    )
    op.create_table('reminders',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('userid', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('once', sa.String(length=128), nullable=True),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('due_at', UtcDateTime(), nullable=False),
    sa.Column('told_at', UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders')),
    sa.UniqueConstraint('once', name=op.f('uq_reminders_once'))
    )
    op.create_index('ix_reminders_told', 'reminders', ['userid', 'told_at'], unique=False)
    op.create_index('ix_reminders_waiting', 'reminders', ['due_at'], unique=False, sqlite_where=sa.text('told_at IS NULL'), postgresql_where=sa.text('told_at IS NULL'))
    op.create_table('send_minutes',
    sa.Column('minute', UtcDateTime(), nullable=False),
    sa.Column('calls', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('minute', name=op.f('pk_send_minutes'))
    )
