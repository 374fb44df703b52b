"""What a respondent of the survey said of themselves, where they did

Revision: 0029, after: 0028
"""

import sqlalchemy as sa
from alembic import op

from storage.model import Json

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("survey_answers", sa.Column("about", Json, server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("survey_answers", "about")
