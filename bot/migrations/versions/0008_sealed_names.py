"""Room for what is sealed: numbers and ids of WhatsApp, names of people and files, Meta's words about a send.

Revision: bot_0008, after: bot_0007

What stands in plain stays readable; `python -m bot reseal` seals it while everything runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "bot_0008"
down_revision = "bot_0007"
branch_labels = None
depends_on = None

WIDER = {
    "bot_contact": {"wa_id": 200, "user_id": 200, "name": 300},
    "bot_update": {"key": 500},
    "bot_item": {"wamid": 400},
    "bot_sending": {"wamid": 400, "filename": 300, "error": 500},
    "bot_media": {"url": 4000, "filename": 500},
}


def upgrade() -> None:
    for table, columns in WIDER.items():
        with op.batch_alter_table(table) as batch_op:
            for name, length in columns.items():
                batch_op.alter_column(name, existing_type=sa.String(length), type_=sa.Text(), existing_nullable=True)


def downgrade() -> None:
    """The columns stay wide: what is sealed would not fit."""
