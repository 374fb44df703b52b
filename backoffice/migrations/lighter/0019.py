"""Cases of before are found by the last four letters of their number: as `versions/0019`, written by `backoffice/backfilling.py`

PostgreSQL. Until then a case is found by its whole number, its names and its letters.
"""

from alembic import op


def upgrade() -> None:
    op.execute(
        "CREATE TABLE IF NOT EXISTS backfills (name varchar(80) PRIMARY KEY, place varchar(400) NOT NULL, last bigint NOT NULL, "
        "rows bigint NOT NULL, done_at timestamptz)"
    )
    op.execute("INSERT INTO backfills (name, place, last, rows) SELECT 'short_numbers', '0', coalesce(max(id), 0), 0 FROM cases")
