"""Conversations and drafts have a version: who writes over what another wrote meanwhile is told

Revision ID: 0002_versions
Revises: 0001_intake
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_versions"
down_revision = "0001_intake"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("conversations", "drafts"):
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    for table in ("conversations", "drafts"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("version")
