"""People, the desk, and what reports count

Revision: 0002, after: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_outcomes",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("issued", sa.Boolean(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("kecamatan", sa.String(length=40), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_outcomes_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_outcomes")),
    )
    with op.batch_alter_table("case_outcomes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_outcomes_day_issued"), ["day", "issued"], unique=False)

    op.create_table(
        "document_returns",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("kecamatan", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_document_returns_case_id_cases")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_document_returns_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_returns")),
    )
    with op.batch_alter_table("document_returns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_returns_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_returns_day_reason"), ["day", "reason"], unique=False)

    op.create_table(
        "stage_visits",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("kecamatan", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_stage_visits_case_id_cases")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_stage_visits_staff_id_staff")),
        sa.PrimaryKeyConstraint("case_id", "sequence", name=op.f("pk_stage_visits")),
    )
    with op.batch_alter_table("stage_visits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_visits_day_stage"), ["day", "stage"], unique=False)
        batch_op.create_index(batch_op.f("ix_stage_visits_staff_id_day"), ["staff_id", "day"], unique=False)

    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_events_action_at"), ["action", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_events_subject_at"), ["subject", "at"], unique=False)

    with op.batch_alter_table("case_documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_events_kind_at"), ["kind", "at"], unique=False)

    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assigned_to", sa.String(length=36), nullable=True))
        batch_op.create_index(batch_op.f("ix_complaints_assigned_to_state"), ["assigned_to", "state"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_complaints_assigned_to_staff"), "staff", ["assigned_to"], ["id"])

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("totp_step", sa.Integer(), nullable=True))

    with op.batch_alter_table("staff_roles", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stands_for", sa.String(length=36), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_staff_roles_stands_for_staff"), "staff", ["stands_for"], ["id"])

    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code_due", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.drop_column("code_due")

    with op.batch_alter_table("staff_roles", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_staff_roles_stands_for_staff"), type_="foreignkey")
        batch_op.drop_column("stands_for")

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_column("totp_step")

    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_complaints_assigned_to_staff"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_complaints_assigned_to_state"))
        batch_op.drop_column("assigned_to")

    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_events_kind_at"))

    with op.batch_alter_table("case_documents", schema=None) as batch_op:
        batch_op.drop_column("erased_at")

    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_events_subject_at"))
        batch_op.drop_index(batch_op.f("ix_audit_events_action_at"))

    with op.batch_alter_table("stage_visits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_visits_staff_id_day"))
        batch_op.drop_index(batch_op.f("ix_stage_visits_day_stage"))

    op.drop_table("stage_visits")
    with op.batch_alter_table("document_returns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_returns_day_reason"))
        batch_op.drop_index(batch_op.f("ix_document_returns_case_id"))

    op.drop_table("document_returns")
    with op.batch_alter_table("case_outcomes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_outcomes_day_issued"))

    op.drop_table("case_outcomes")
