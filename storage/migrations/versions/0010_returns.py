"""Returns of the departments: campaigns, and what each department handed in."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Json, UtcDateTime

revision = "0010_returns"
down_revision = "0009_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('return_campaigns',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('opened_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_campaigns')),
    sa.UniqueConstraint('kind', 'first', 'last', name=op.f('uq_return_campaigns_kind_first_last'))
    )
    op.create_table('department_returns',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('campaign_id', Id, nullable=False),
    sa.Column('department', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('rows', Json, nullable=False),
    sa.Column('foot', Json, nullable=False),
    sa.Column('returned_by', Id, nullable=True),
    sa.Column('returned_at', UtcDateTime(), nullable=True),
    sa.Column('file_id', Id, nullable=True),
    sa.Column('stamped_id', Id, nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['return_campaigns.id'], name=op.f('fk_department_returns_campaign_id_return_campaigns')),
    sa.ForeignKeyConstraint(['returned_by'], ['people.id'], name=op.f('fk_department_returns_returned_by_people')),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_department_returns_file_id_files')),
    sa.ForeignKeyConstraint(['stamped_id'], ['files.id'], name=op.f('fk_department_returns_stamped_id_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_department_returns')),
    sa.UniqueConstraint('campaign_id', 'department', name=op.f('uq_department_returns_campaign_id_department'))
    )
    op.create_table('surveys',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('opened_by', Id, nullable=False),
    sa.Column('opened_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['opened_by'], ['people.id'], name=op.f('fk_surveys_opened_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_surveys')),
    sa.UniqueConstraint('first', 'last', name=op.f('uq_surveys_first_last'))
    )
    op.create_table('survey_invitations',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('survey_id', Id, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('form_id', Id, nullable=True),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_survey_invitations_survey_id_surveys')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_survey_invitations_project_id_projects')),
    sa.ForeignKeyConstraint(['form_id'], ['filled_forms.id'], name=op.f('fk_survey_invitations_form_id_filled_forms')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_invitations')),
    sa.UniqueConstraint('survey_id', 'project_id', name=op.f('uq_survey_invitations_survey_id_project_id'))
    )
    op.create_index(op.f('ix_survey_invitations_project_id'), 'survey_invitations', ['project_id'], unique=False)
    op.create_table('case_studies',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('case_id', Id, nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('lessons', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('drafted_by', Id, nullable=False),
    sa.Column('drafted_at', UtcDateTime(), nullable=False),
    sa.Column('decided_by', Id, nullable=True),
    sa.Column('decided_at', UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_studies_case_id_cases')),
    sa.ForeignKeyConstraint(['drafted_by'], ['people.id'], name=op.f('fk_case_studies_drafted_by_people')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_case_studies_decided_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_studies')),
    sa.UniqueConstraint('case_id', name=op.f('uq_case_studies_case_id'))
    )
