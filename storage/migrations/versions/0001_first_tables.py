"""The first tables: site, people, projects, cases, issues, talk, operation."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Json, UtcDateTime

revision = "0001_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('actor', sa.String(length=64), nullable=False),
    sa.Column('action', sa.String(length=48), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('details', Json, nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit')),
    sa.UniqueConstraint('project_id', 'seq', name=op.f('uq_audit_project_id_seq'))
    )
    op.create_table('blobs',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blobs'))
    )
    op.create_table('counters',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_counters'))
    )
    op.create_table('departments',
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('utility', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_departments'))
    )
    op.create_table('enterprises',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('name', sa.String(length=128), nullable=False),
    sa.Column('credit_code', sa.String(length=18), nullable=False),
    sa.Column('address', sa.String(length=255), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enterprises')),
    sa.UniqueConstraint('credit_code', name=op.f('uq_enterprises_credit_code'))
    )
    op.create_table('heartbeats',
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_heartbeats'))
    )
    op.create_table('inbox',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('key', sa.String(length=128), nullable=False),
    sa.Column('channel', sa.String(length=8), nullable=False),
    sa.Column('sender', sa.String(length=64), nullable=False),
    sa.Column('chat', sa.String(length=128), nullable=True),
    sa.Column('message', Json, nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('understood', Json, nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('error', sa.String(length=128), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inbox')),
    sa.UniqueConstraint('key', name=op.f('uq_inbox_key'))
    )
    op.create_index('ix_inbox_pending', 'inbox', ['id'], unique=False, sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'"))
    op.create_table('people',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('userid', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('phone', sa.String(length=32), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('userid', name=op.f('uq_people_userid'))
    )
    op.create_table('runs',
    sa.Column('job', sa.String(length=48), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('period', sa.String(length=32), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('job', 'subject', 'period', name=op.f('pk_runs'))
    )
    op.create_table('site_versions',
    sa.Column('version', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('loaded_at', UtcDateTime(), nullable=False),
    sa.Column('document', Json, nullable=False),
    sa.PrimaryKeyConstraint('version', name=op.f('pk_site_versions'))
    )
    op.create_table('cards',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('task_id', sa.String(length=128), nullable=False),
    sa.Column('person_id', Id, nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('sent_at', UtcDateTime(), nullable=False),
    sa.Column('response_code', sa.Text(), nullable=False),
    sa.Column('done', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_cards_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cards')),
    sa.UniqueConstraint('task_id', name=op.f('uq_cards_task_id'))
    )
    op.create_index(op.f('ix_cards_person_id'), 'cards', ['person_id'], unique=False)
    op.create_index(op.f('ix_cards_subject'), 'cards', ['subject'], unique=False)
    op.create_table('catalogue_items',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=128), nullable=False),
    sa.Column('lead', sa.String(length=32), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['lead'], ['departments.key'], name=op.f('fk_catalogue_items_lead_departments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalogue_items'))
    )
    op.create_index(op.f('ix_catalogue_items_lead'), 'catalogue_items', ['lead'], unique=False)
    op.create_table('dialogs',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('person_id', Id, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('step', sa.String(length=32), nullable=False),
    sa.Column('answers', Json, nullable=False),
    sa.Column('updated_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_dialogs_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialogs')),
    sa.UniqueConstraint('person_id', 'project_id', name=op.f('uq_dialogs_person_id_project_id'))
    )
    op.create_index(op.f('ix_dialogs_person_id'), 'dialogs', ['person_id'], unique=False)
    op.create_table('duties',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('person_id', Id, nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('department', sa.String(length=32), nullable=True),
    sa.Column('post', sa.String(length=1), nullable=False),
    sa.Column('topics', Json, nullable=False),
    sa.Column('leave_from', sa.Date(), nullable=True),
    sa.Column('leave_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['department'], ['departments.key'], name=op.f('fk_duties_department_departments')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_duties_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duties'))
    )
    op.create_index('ix_duties_department_role', 'duties', ['department', 'role'], unique=False)
    op.create_index(op.f('ix_duties_person_id'), 'duties', ['person_id'], unique=False)
    op.create_table('outbox',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('speech', Json, nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('once', sa.String(length=128), nullable=True),
    sa.Column('inbox_id', Id, nullable=True),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('due_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('claimed_by', sa.String(length=64), nullable=True),
    sa.Column('claimed_until', UtcDateTime(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('error', sa.String(length=128), nullable=False),
    sa.Column('receipt', Json, nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('sent_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['inbox_id'], ['inbox.id'], name=op.f('fk_outbox_inbox_id_inbox')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('once', name=op.f('uq_outbox_once'))
    )
    op.create_index(op.f('ix_outbox_inbox_id'), 'outbox', ['inbox_id'], unique=False)
    op.create_index('ix_outbox_sent', 'outbox', ['target', 'sent_at'], unique=False)
    op.create_index('ix_outbox_subject', 'outbox', ['subject'], unique=False)
    op.create_index('ix_outbox_under_way', 'outbox', ['target'], unique=False, sqlite_where=sa.text("state IN ('claimed', 'sending')"), postgresql_where=sa.text("state IN ('claimed', 'sending')"))
    op.create_index('ix_outbox_waiting', 'outbox', ['due_at', 'id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_table('projects',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=128), nullable=False),
    sa.Column('type', sa.String(length=32), nullable=False),
    sa.Column('enterprise_id', Id, nullable=False),
    sa.Column('officer_id', Id, nullable=False),
    sa.Column('deputy_id', Id, nullable=True),
    sa.Column('national_code', sa.String(length=32), nullable=False),
    sa.Column('facts', Json, nullable=False),
    sa.ForeignKeyConstraint(['deputy_id'], ['people.id'], name=op.f('fk_projects_deputy_id_people')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprises.id'], name=op.f('fk_projects_enterprise_id_enterprises')),
    sa.ForeignKeyConstraint(['officer_id'], ['people.id'], name=op.f('fk_projects_officer_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_projects')),
    sa.UniqueConstraint('code', name=op.f('uq_projects_code'))
    )
    op.create_index(op.f('ix_projects_deputy_id'), 'projects', ['deputy_id'], unique=False)
    op.create_index(op.f('ix_projects_enterprise_id'), 'projects', ['enterprise_id'], unique=False)
    op.create_index(op.f('ix_projects_national_code'), 'projects', ['national_code'], unique=False)
    op.create_index(op.f('ix_projects_officer_id'), 'projects', ['officer_id'], unique=False)
    op.create_table('cases',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('no', sa.String(length=32), nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('level', sa.String(length=16), nullable=False),
    sa.Column('scope', sa.String(length=16), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('accepted_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_cases_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('no', name=op.f('uq_cases_no'))
    )
    op.create_index(op.f('ix_cases_project_id'), 'cases', ['project_id'], unique=False)
    op.create_index(op.f('ix_cases_status'), 'cases', ['status'], unique=False)
    op.create_table('files',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('project_id', Id, nullable=True),
    sa.Column('uploaded_by', Id, nullable=True),
    sa.Column('inbox_id', Id, nullable=True),
    sa.Column('uploaded_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['inbox_id'], ['inbox.id'], name=op.f('fk_files_inbox_id_inbox')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_files_project_id_projects')),
    sa.ForeignKeyConstraint(['sha256'], ['blobs.sha256'], name=op.f('fk_files_sha256_blobs')),
    sa.ForeignKeyConstraint(['uploaded_by'], ['people.id'], name=op.f('fk_files_uploaded_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_files'))
    )
    op.create_index(op.f('ix_files_inbox_id'), 'files', ['inbox_id'], unique=False)
    op.create_index(op.f('ix_files_project_id'), 'files', ['project_id'], unique=False)
    op.create_index(op.f('ix_files_sha256'), 'files', ['sha256'], unique=False)
    op.create_table('project_people',
    sa.Column('project_id', Id, nullable=False),
    sa.Column('person_id', Id, nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_project_people_person_id_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_project_people_project_id_projects')),
    sa.PrimaryKeyConstraint('project_id', 'person_id', 'role', name=op.f('pk_project_people'))
    )
    op.create_index(op.f('ix_project_people_person_id'), 'project_people', ['person_id'], unique=False)
    op.create_table('recents',
    sa.Column('person_id', Id, nullable=False),
    sa.Column('chat', sa.String(length=128), nullable=False),
    sa.Column('project_id', Id, nullable=True),
    sa.Column('item_id', sa.String(length=64), nullable=True),
    sa.Column('issue_no', sa.Integer(), nullable=True),
    sa.Column('updated_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recents_person_id_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_recents_project_id_projects')),
    sa.PrimaryKeyConstraint('person_id', 'chat', name=op.f('pk_recents'))
    )
    op.create_table('work_groups',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('appchat', sa.String(length=64), nullable=True),
    sa.Column('bot_chat', sa.String(length=128), nullable=True),
    sa.Column('owner', sa.String(length=64), nullable=False),
    sa.Column('members', Json, nullable=False),
    sa.Column('gone', sa.Boolean(), nullable=False),
    sa.Column('since', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_work_groups_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_groups')),
    sa.UniqueConstraint('appchat', name=op.f('uq_work_groups_appchat')),
    sa.UniqueConstraint('bot_chat', name=op.f('uq_work_groups_bot_chat')),
    sa.UniqueConstraint('project_id', name=op.f('uq_work_groups_project_id'))
    )
    op.create_table('case_items',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('case_id', Id, nullable=False),
    sa.Column('item_id', sa.String(length=64), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('events', Json, nullable=False),
    sa.Column('planned_submit', sa.Date(), nullable=True),
    sa.Column('planned_done', sa.Date(), nullable=True),
    sa.Column('result_no', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_items_case_id_cases')),
    sa.ForeignKeyConstraint(['item_id'], ['catalogue_items.id'], name=op.f('fk_case_items_item_id_catalogue_items')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_items')),
    sa.UniqueConstraint('case_id', 'item_id', name=op.f('uq_case_items_case_id_item_id'))
    )
    op.create_index(op.f('ix_case_items_case_id'), 'case_items', ['case_id'], unique=False)
    op.create_index(op.f('ix_case_items_item_id'), 'case_items', ['item_id'], unique=False)
    op.create_table('issues',
    sa.Column('no', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('case_id', Id, nullable=True),
    sa.Column('category', sa.String(length=24), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('raised_by', Id, nullable=False),
    sa.Column('raised_at', UtcDateTime(), nullable=False),
    sa.Column('item_id', sa.String(length=64), nullable=True),
    sa.Column('wish', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('level', sa.String(length=24), nullable=False),
    sa.Column('department', sa.String(length=32), nullable=True),
    sa.Column('representative_id', Id, nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('respond_by', UtcDateTime(), nullable=True),
    sa.Column('answer_by', UtcDateTime(), nullable=True),
    sa.Column('rule_version', sa.Integer(), nullable=False),
    sa.Column('steps', Json, nullable=False),
    sa.Column('next_step_at', UtcDateTime(), nullable=True),
    sa.Column('returns', sa.Integer(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by', Id, nullable=True),
    sa.Column('released_at', UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by'], ['people.id'], name=op.f('fk_issues_answered_by_people')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_issues_case_id_cases')),
    sa.ForeignKeyConstraint(['department'], ['departments.key'], name=op.f('fk_issues_department_departments')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_issues_project_id_projects')),
    sa.ForeignKeyConstraint(['raised_by'], ['people.id'], name=op.f('fk_issues_raised_by_people')),
    sa.ForeignKeyConstraint(['representative_id'], ['people.id'], name=op.f('fk_issues_representative_id_people')),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_issues'))
    )
    op.create_index('ix_issues_next_step_at', 'issues', ['next_step_at'], unique=False, sqlite_where=sa.text('next_step_at IS NOT NULL'), postgresql_where=sa.text('next_step_at IS NOT NULL'))
    op.create_index(op.f('ix_issues_project_id'), 'issues', ['project_id'], unique=False)
    op.create_index(op.f('ix_issues_representative_id'), 'issues', ['representative_id'], unique=False)
    op.create_index('ix_issues_status', 'issues', ['status'], unique=False)
    op.create_table('materials',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('case_item_id', Id, nullable=False),
    sa.Column('name', sa.String(length=128), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('form', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.String(length=255), nullable=False),
    sa.Column('deferred_until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['case_item_id'], ['case_items.id'], name=op.f('fk_materials_case_item_id_case_items')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_materials')),
    sa.UniqueConstraint('case_item_id', 'name', name=op.f('uq_materials_case_item_id_name'))
    )
    op.create_index(op.f('ix_materials_case_item_id'), 'materials', ['case_item_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_materials_case_item_id'), table_name='materials')
    op.drop_table('materials')
    op.drop_index('ix_issues_status', table_name='issues')
    op.drop_index(op.f('ix_issues_representative_id'), table_name='issues')
    op.drop_index(op.f('ix_issues_project_id'), table_name='issues')
    op.drop_index('ix_issues_next_step_at', table_name='issues', sqlite_where=sa.text('next_step_at IS NOT NULL'), postgresql_where=sa.text('next_step_at IS NOT NULL'))
    op.drop_table('issues')
    op.drop_index(op.f('ix_case_items_item_id'), table_name='case_items')
    op.drop_index(op.f('ix_case_items_case_id'), table_name='case_items')
    op.drop_table('case_items')
    op.drop_table('work_groups')
    op.drop_table('recents')
    op.drop_index(op.f('ix_project_people_person_id'), table_name='project_people')
    op.drop_table('project_people')
    op.drop_index(op.f('ix_files_sha256'), table_name='files')
    op.drop_index(op.f('ix_files_project_id'), table_name='files')
    op.drop_index(op.f('ix_files_inbox_id'), table_name='files')
    op.drop_table('files')
    op.drop_index(op.f('ix_cases_status'), table_name='cases')
    op.drop_index(op.f('ix_cases_project_id'), table_name='cases')
    op.drop_table('cases')
    op.drop_index(op.f('ix_projects_officer_id'), table_name='projects')
    op.drop_index(op.f('ix_projects_national_code'), table_name='projects')
    op.drop_index(op.f('ix_projects_enterprise_id'), table_name='projects')
    op.drop_index(op.f('ix_projects_deputy_id'), table_name='projects')
    op.drop_table('projects')
    op.drop_index('ix_outbox_waiting', table_name='outbox', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index('ix_outbox_under_way', table_name='outbox', sqlite_where=sa.text("state IN ('claimed', 'sending')"), postgresql_where=sa.text("state IN ('claimed', 'sending')"))
    op.drop_index('ix_outbox_subject', table_name='outbox')
    op.drop_index('ix_outbox_sent', table_name='outbox')
    op.drop_index(op.f('ix_outbox_inbox_id'), table_name='outbox')
    op.drop_table('outbox')
    op.drop_index(op.f('ix_duties_person_id'), table_name='duties')
    op.drop_index('ix_duties_department_role', table_name='duties')
    op.drop_table('duties')
    op.drop_index(op.f('ix_dialogs_person_id'), table_name='dialogs')
    op.drop_table('dialogs')
    op.drop_index(op.f('ix_catalogue_items_lead'), table_name='catalogue_items')
    op.drop_table('catalogue_items')
    op.drop_index(op.f('ix_cards_subject'), table_name='cards')
    op.drop_index(op.f('ix_cards_person_id'), table_name='cards')
    op.drop_table('cards')
    op.drop_table('site_versions')
    op.drop_table('runs')
    op.drop_table('people')
    op.drop_index('ix_inbox_pending', table_name='inbox', sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'"))
    op.drop_table('inbox')
    op.drop_table('heartbeats')
    op.drop_table('enterprises')
    op.drop_table('departments')
    op.drop_table('counters')
    op.drop_table('blobs')
    op.drop_table('audit')
