"""What officers decided of documents, beside what the photo check had said of them

Revision: 0031, after: 0030
"""

import sqlalchemy as sa
from alembic import op

from storage.model import Json

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photo_decisions",
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("reasons", Json, nullable=False),
        sa.Column("features", Json, nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["case_documents.id"], name=op.f("fk_photo_decisions_document_id_case_documents")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_photo_decisions")),
    )
    with op.batch_alter_table("photo_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photo_decisions_day_kind"), ["day", "kind"], unique=False)


def downgrade() -> None:
    op.drop_table("photo_decisions")
