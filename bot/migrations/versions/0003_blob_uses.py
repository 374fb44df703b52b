"""Who needs which blob is noted, in tables that the bot and the intake share."""

import sqlalchemy as sa
from alembic import op

revision = "bot0003"
down_revision = "bot0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tables()
    connection = op.get_bind()
    fetched = connection.execute(
        sa.text(
            "SELECT m.id, m.blob FROM bot_media m JOIN bot_item i ON i.id = m.item_id LEFT JOIN bot_turn t ON t.id = i.turn_id"
            " WHERE m.blob IS NOT NULL AND (t.id IS NULL OR t.state <> 'done')"
        )
    )
    sent = connection.execute(sa.text("SELECT id, blob FROM bot_sending WHERE blob IS NOT NULL"))
    _note({*((f"media:{row.id}", row.blob) for row in fetched), *((f"sending:{row.id}", row.blob) for row in sent)})


def downgrade() -> None:
    """The tables stay: the intake needs them."""


def _tables() -> None:
    """The bot and the intake share them: whichever migrates first makes them."""
    if sa.inspect(op.get_bind()).has_table("kept_blobs"):
        return
    op.create_table(
        "kept_blobs",
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("blob", name=op.f("pk_kept_blobs")),
    )
    op.create_table(
        "blob_uses",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["blob"], ["kept_blobs.blob"], name=op.f("fk_blob_uses_blob_kept_blobs")),
        sa.PrimaryKeyConstraint("owner", "blob", name=op.f("pk_blob_uses")),
    )
    op.create_index(op.f("ix_blob_uses_blob"), "blob_uses", ["blob"])


def _note(uses: set[tuple[str, str]]) -> None:
    connection = op.get_bind()
    for owner, blob in sorted(uses):
        connection.execute(sa.text("INSERT INTO kept_blobs (blob) VALUES (:blob) ON CONFLICT DO NOTHING"), {"blob": blob})
        row = {"owner": owner, "blob": blob}
        connection.execute(
            sa.text("INSERT INTO blob_uses (owner, blob, noted_at) VALUES (:owner, :blob, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING"), row
        )
