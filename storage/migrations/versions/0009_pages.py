"""Links that open a page outside the client."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, UtcDateTime

revision = "0009_pages"
down_revision = "0008_clock"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('page_links',
    sa.Column('id', Id, autoincrement=True, nullable=False),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('person_id', Id, nullable=False),
    sa.Column('page', sa.String(length=128), nullable=False),
    sa.Column('until', UtcDateTime(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_page_links_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page_links')),
    sa.UniqueConstraint('token', name=op.f('uq_page_links_token'))
    )
    op.create_index(op.f('ix_page_links_person_id'), 'page_links', ['person_id'], unique=False)
