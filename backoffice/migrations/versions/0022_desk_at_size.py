"""Complaints of one person, and ended ones by their day, are found without reading all of them.

Revision: 0022, after: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaints", sa.Column("contact_id", sa.String(length=80), nullable=True))
    contact = "contact ->> 'id'" if op.get_bind().dialect.name == "postgresql" else "json_extract(contact, '$.id')"
    op.execute(f"UPDATE complaints SET contact_id = {contact}")  # noqa: S608 (one of two texts of ours)
    op.create_index(op.f("ix_complaints_contact_id"), "complaints", ["contact_id"])
    op.create_index(op.f("ix_complaints_closed_at_id"), "complaints", ["closed_at", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_complaints_closed_at_id"), "complaints")
    op.drop_index(op.f("ix_complaints_contact_id"), "complaints")
    op.drop_column("complaints", "contact_id")
