"""The case from application to archive: forms, ledger, ratings, deliveries, suspensions, notices, codes.

Columns are only added, with a default: SQLite cannot add a foreign key to a table that others refer to.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Json, UtcDateTime

revision = "0002_case_to_archive"
down_revision = "0001_first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('catalogue_changes',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=128), nullable=False),
    sa.Column('what', Json, nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['version'], ['site_versions.version'], name=op.f('fk_catalogue_changes_version_site_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalogue_changes')),
    sa.UniqueConstraint('version', 'item_id', name=op.f('uq_catalogue_changes_version_item_id'))
    )
    op.create_table('item_factors',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('item_id', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('told_by', Id, nullable=False),
    sa.Column('told_at', UtcDateTime(), nullable=False),
    sa.Column('withdrawn_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['told_by'], ['people.id'], name=op.f('fk_item_factors_told_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_factors'))
    )
    op.create_index(op.f('ix_item_factors_item_id'), 'item_factors', ['item_id'], unique=False)
    op.create_table('appointments',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('project_id', Id, nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('wish', sa.Text(), nullable=False),
    sa.Column('wished_at', UtcDateTime(), nullable=True),
    sa.Column('asked_by', Id, nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('officer_id', Id, nullable=False),
    sa.Column('agreed_at', UtcDateTime(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_appointments_asked_by_people')),
    sa.ForeignKeyConstraint(['officer_id'], ['people.id'], name=op.f('fk_appointments_officer_id_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_appointments_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointments'))
    )
    op.create_index(op.f('ix_appointments_project_id'), 'appointments', ['project_id'], unique=False)
    op.create_table('invitations',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('project_id', Id, nullable=True),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('issued_by', Id, nullable=False),
    sa.Column('issued_at', UtcDateTime(), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('used_by', Id, nullable=True),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['issued_by'], ['people.id'], name=op.f('fk_invitations_issued_by_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_invitations_project_id_projects')),
    sa.ForeignKeyConstraint(['used_by'], ['people.id'], name=op.f('fk_invitations_used_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_invitations_code_hash'))
    )
    op.create_index(op.f('ix_invitations_project_id'), 'invitations', ['project_id'], unique=False)
    op.create_table('attachments',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('inbox_id', Id, nullable=False),
    sa.Column('purpose', sa.String(length=16), nullable=False),
    sa.Column('target', Id, nullable=False),
    sa.Column('person_id', Id, nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('file_id', Id, nullable=True),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_attachments_file_id_files')),
    sa.ForeignKeyConstraint(['inbox_id'], ['inbox.id'], name=op.f('fk_attachments_inbox_id_inbox')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_attachments_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments')),
    sa.UniqueConstraint('inbox_id', 'purpose', 'target', name=op.f('uq_attachments_inbox_id_purpose_target'))
    )
    op.create_index(op.f('ix_attachments_file_id'), 'attachments', ['file_id'], unique=False)
    op.create_index(op.f('ix_attachments_inbox_id'), 'attachments', ['inbox_id'], unique=False)
    op.create_table('deliveries',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('case_id', Id, nullable=False),
    sa.Column('inbound', sa.Boolean(), nullable=False),
    sa.Column('mode', sa.String(length=16), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('things', Json, nullable=False),
    sa.Column('courier', sa.String(length=32), nullable=False),
    sa.Column('tracking_no', sa.String(length=64), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('received_by', sa.String(length=64), nullable=False),
    sa.Column('handled_by', Id, nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_deliveries_case_id_cases')),
    sa.ForeignKeyConstraint(['handled_by'], ['people.id'], name=op.f('fk_deliveries_handled_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliveries'))
    )
    op.create_index(op.f('ix_deliveries_case_id'), 'deliveries', ['case_id'], unique=False)
    op.create_table('filled_forms',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('no', sa.String(length=32), nullable=False),
    sa.Column('form', sa.String(length=8), nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('case_id', Id, nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('values', Json, nullable=False),
    sa.Column('signers', Json, nullable=False),
    sa.Column('signatures', Json, nullable=False),
    sa.Column('made_by', Id, nullable=True),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_filled_forms_case_id_cases')),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_filled_forms_made_by_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_filled_forms_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filled_forms')),
    sa.UniqueConstraint('no', 'version', name=op.f('uq_filled_forms_no_version'))
    )
    op.create_index(op.f('ix_filled_forms_case_id'), 'filled_forms', ['case_id'], unique=False)
    op.create_index(op.f('ix_filled_forms_project_id'), 'filled_forms', ['project_id'], unique=False)
    op.create_table('log_entries',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('case_id', Id, nullable=True),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('service_type', sa.String(length=16), nullable=False),
    sa.Column('item_id', sa.String(length=64), nullable=True),
    sa.Column('milestone', sa.String(length=16), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('departments', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('next_step', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('recorded_by', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('edited', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_log_entries_case_id_cases')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_log_entries_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_entries'))
    )
    op.create_index('ix_log_entries_at', 'log_entries', ['at'], unique=False)
    op.create_index(op.f('ix_log_entries_case_id'), 'log_entries', ['case_id'], unique=False)
    op.create_index(op.f('ix_log_entries_project_id'), 'log_entries', ['project_id'], unique=False)
    op.create_index('ix_log_entries_subject', 'log_entries', ['subject'], unique=False)
    op.create_table('plan_choices',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('case_id', Id, nullable=False),
    sa.Column('item_id', sa.String(length=64), nullable=False),
    sa.Column('wanted', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by', Id, nullable=False),
    sa.Column('decided_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_plan_choices_case_id_cases')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_plan_choices_decided_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_choices')),
    sa.UniqueConstraint('case_id', 'item_id', name=op.f('uq_plan_choices_case_id_item_id'))
    )
    op.create_index(op.f('ix_plan_choices_case_id'), 'plan_choices', ['case_id'], unique=False)
    op.create_table('ratings',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('case_id', Id, nullable=False),
    sa.Column('grade', sa.Integer(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('anonymous', sa.Boolean(), nullable=False),
    sa.Column('rated_by', Id, nullable=False),
    sa.Column('rated_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('rectify_by', sa.Date(), nullable=True),
    sa.Column('rectification', sa.Text(), nullable=False),
    sa.Column('rectified_by', Id, nullable=True),
    sa.Column('rectified_at', UtcDateTime(), nullable=True),
    sa.Column('follow_up', sa.Text(), nullable=False),
    sa.Column('appeal', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_ratings_case_id_cases')),
    sa.ForeignKeyConstraint(['rated_by'], ['people.id'], name=op.f('fk_ratings_rated_by_people')),
    sa.ForeignKeyConstraint(['rectified_by'], ['people.id'], name=op.f('fk_ratings_rectified_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ratings')),
    sa.UniqueConstraint('case_id', name=op.f('uq_ratings_case_id'))
    )
    op.create_table('suspensions',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('case_id', Id, nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.String(length=8), nullable=False),
    sa.Column('explanation', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('proposed_by', Id, nullable=False),
    sa.Column('proposed_at', UtcDateTime(), nullable=False),
    sa.Column('coordination', sa.Text(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=True),
    sa.Column('cause_removed', sa.Text(), nullable=False),
    sa.Column('resume_officer', Id, nullable=True),
    sa.Column('resume_enterprise', Id, nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_suspensions_case_id_cases')),
    sa.ForeignKeyConstraint(['proposed_by'], ['people.id'], name=op.f('fk_suspensions_proposed_by_people')),
    sa.ForeignKeyConstraint(['resume_enterprise'], ['people.id'], name=op.f('fk_suspensions_resume_enterprise_people')),
    sa.ForeignKeyConstraint(['resume_officer'], ['people.id'], name=op.f('fk_suspensions_resume_officer_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suspensions'))
    )
    op.create_index(op.f('ix_suspensions_case_id'), 'suspensions', ['case_id'], unique=False)
    op.create_table('demand_defects',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('case_item_id', Id, nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('reported_by', Id, nullable=True),
    sa.Column('reported_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_item_id'], ['case_items.id'], name=op.f('fk_demand_defects_case_item_id_case_items')),
    sa.ForeignKeyConstraint(['reported_by'], ['people.id'], name=op.f('fk_demand_defects_reported_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_demand_defects'))
    )
    op.create_index(op.f('ix_demand_defects_case_item_id'), 'demand_defects', ['case_item_id'], unique=False)
    op.create_table('one_time_notices',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('case_item_id', Id, nullable=False),
    sa.Column('told_at', UtcDateTime(), nullable=False),
    sa.Column('told_by', Id, nullable=False),
    sa.Column('materials', Json, nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('extra', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['case_item_id'], ['case_items.id'], name=op.f('fk_one_time_notices_case_item_id_case_items')),
    sa.ForeignKeyConstraint(['told_by'], ['people.id'], name=op.f('fk_one_time_notices_told_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_notices'))
    )
    op.create_index(op.f('ix_one_time_notices_case_item_id'), 'one_time_notices', ['case_item_id'], unique=False)
    op.create_table('progress_news',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('project_id', Id, nullable=False),
    sa.Column('case_item_id', Id, nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('person_id', Id, nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('told_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['case_item_id'], ['case_items.id'], name=op.f('fk_progress_news_case_item_id_case_items')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_progress_news_person_id_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_progress_news_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progress_news'))
    )
    op.create_index('ix_progress_news_untold', 'progress_news', ['project_id'], unique=False, sqlite_where=sa.text('told_at IS NULL'), postgresql_where=sa.text('told_at IS NULL'))
    op.create_table('material_versions',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('material_id', Id, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('file_id', Id, nullable=False),
    sa.Column('uploaded_by', Id, nullable=False),
    sa.Column('uploaded_at', UtcDateTime(), nullable=False),
    sa.Column('truthful', sa.Boolean(), nullable=False),
    sa.Column('decision', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by', Id, nullable=True),
    sa.Column('decided_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_material_versions_decided_by_people')),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_material_versions_file_id_files')),
    sa.ForeignKeyConstraint(['material_id'], ['materials.id'], name=op.f('fk_material_versions_material_id_materials')),
    sa.ForeignKeyConstraint(['uploaded_by'], ['people.id'], name=op.f('fk_material_versions_uploaded_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material_versions')),
    sa.UniqueConstraint('material_id', 'version', name=op.f('uq_material_versions_material_id_version'))
    )
    op.create_index(op.f('ix_material_versions_file_id'), 'material_versions', ['file_id'], unique=False)
    op.create_index(op.f('ix_material_versions_material_id'), 'material_versions', ['material_id'], unique=False)
    op.add_column('case_items', sa.Column('parallel_group', sa.String(length=32), server_default='', nullable=False))
    op.add_column('case_items', sa.Column('commitment', sa.Text(), server_default='', nullable=False))
    op.add_column('cases', sa.Column('stages', Json, server_default='[]', nullable=False))
    op.add_column('cases', sa.Column('service_types', Json, server_default='[]', nullable=False))
    op.add_column('cases', sa.Column('channel', sa.String(length=16), server_default='group', nullable=False))
    op.add_column('cases', sa.Column('applied_by', Id, nullable=True))
    op.add_column('cases', sa.Column('applied_at', UtcDateTime(), nullable=True))
    op.add_column('cases', sa.Column('decided_by', Id, nullable=True))
    op.add_column('cases', sa.Column('closed_on', sa.Date(), nullable=True))
    op.add_column('cases', sa.Column('green_channel', sa.String(length=64), server_default='', nullable=False))
    op.add_column('cases', sa.Column('version', sa.Integer(), server_default='0', nullable=False))
    op.add_column('inbox', sa.Column('project_id', Id, nullable=True))
    op.create_index('ix_inbox_project_id', 'inbox', ['project_id'], unique=False)
    op.add_column('materials', sa.Column('commitment', sa.Text(), server_default='', nullable=False))
    op.add_column('materials', sa.Column('listed', sa.Boolean(), server_default=sa.text('true'), nullable=False))
