"""Cases of before are found by the last four letters of their number

Revision: 0019, after: 0018
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL statement_timeout = 0")  # every case gets a word
    op.execute(
        "INSERT INTO case_terms (case_id, kind, term) SELECT id, 'nama', substr(number, length(number) - 3) FROM cases "
        "WHERE true ON CONFLICT DO NOTHING"
    )


def downgrade() -> None:
    """The words stay: they hurt nobody, and a name may be the same word."""
