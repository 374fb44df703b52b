"""Lists of cases are filtered and sorted by kecamatan, and filtered by the features of a bundle

Revision: 0007, after: 0006
"""

import sqlalchemy as sa
from alembic import op

from standard import facts

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ELSEWHERE = "LAINNYA"
PAPERS = "INSERT INTO case_terms (case_id, kind, term) SELECT DISTINCT case_id, 'ciri', item FROM case_documents WHERE item IN ({})"
SEEN = "SELECT kecamatan FROM stage_visits WHERE case_id = {} LIMIT 1"
FEATURES = {
    "kembar": "{children} > 1",
    "pelapor_lain": "{reporter} = 'lain'",
    "anak_seorang_ibu": "{flags} LIKE '%\"anak_seorang_ibu%'",
    "lewat_60_hari": "{flags} LIKE '%\"lewat_60_hari%'",
    "perlu_cek_petugas": "{flags} LIKE '%\"perlu_cek_petugas%'",
    "peka": "{flags} LIKE '%\"peka:%'",
    "peringatan": "{warnings} > 0",
}
PARTS = {
    "postgresql": {
        "children": "jsonb_array_length(bundle -> 'anak')", "reporter": "bundle -> 'conditions' ->> 'pelapor'",
        "flags": "CAST(bundle -> 'flags' AS text)", "warnings": "jsonb_array_length(bundle -> 'warnings')",
    },
    "sqlite": {
        "children": "json_array_length(bundle, '$.anak')", "reporter": "json_extract(bundle, '$.conditions.pelapor')",
        "flags": "json_extract(bundle, '$.flags')", "warnings": "json_array_length(bundle, '$.warnings')",
    },
}  # fmt: skip


def upgrade() -> None:
    name = op.get_bind().dialect.name
    op.add_column("cases", sa.Column("kecamatan", sa.String(length=40), nullable=False, server_default=ELSEWHERE))
    if name == "postgresql":
        op.execute("SET LOCAL statement_timeout = 0")  # every case has one
        op.execute("SET LOCAL maintenance_work_mem = '256MB'")
        # The table is written anew as a whole, its indices sorted in one go: for a million cases an UPDATE takes several times as long.
        op.execute(f"CREATE FUNCTION pg_temp.place_of(bigint) RETURNS varchar LANGUAGE sql STABLE AS $${SEEN.format('$1')}$$")
        op.execute(f"ALTER TABLE cases ALTER kecamatan TYPE varchar(40) USING COALESCE(pg_temp.place_of(id), '{ELSEWHERE}')")
    else:
        op.execute(f"UPDATE cases SET kecamatan = COALESCE(({SEEN.format('cases.id')}), '{ELSEWHERE}')")  # noqa: S608
    _place_those_that_never_moved()
    op.create_index(op.f("ix_cases_kecamatan_submitted_at_id"), "cases", ["kecamatan", "submitted_at", "id"], unique=False)
    op.create_index(op.f("ix_cases_kecamatan_delivered_at_id"), "cases", ["kecamatan", "delivered_at", "id"], unique=False)

    op.execute(PAPERS.format("'surat_nikah', 'sptjm_pasutri', 'sptjm_kelahiran'"))
    names = " UNION ALL ".join(f"SELECT '{feature}' AS name" for feature in FEATURES)
    holds = " ".join(f"WHEN '{feature}' THEN {condition.format(**PARTS[name])}" for feature, condition in FEATURES.items())
    found = f"SELECT id, 'ciri', feature.name FROM cases CROSS JOIN ({names}) AS feature WHERE CASE feature.name {holds} END"  # noqa: S608
    op.execute(f"INSERT INTO case_terms (case_id, kind, term) {found}".replace(":", r"\:"))


def downgrade() -> None:
    op.execute("DELETE FROM case_terms WHERE kind = 'ciri'")
    op.drop_index(op.f("ix_cases_kecamatan_delivered_at_id"), table_name="cases")
    op.drop_index(op.f("ix_cases_kecamatan_submitted_at_id"), table_name="cases")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_column("kecamatan")


def _place_those_that_never_moved() -> None:
    """Of cases with a stay behind them the reports know the kecamatan; the few others are read here as the reports would."""
    cases = sa.table("cases", sa.column("id", sa.BigInteger), sa.column("kecamatan", sa.String), sa.column("bundle", sa.JSON))
    visits = sa.table("stage_visits", sa.column("case_id", sa.BigInteger))
    moved = sa.exists().where(visits.c.case_id == cases.c.id)
    for key, bundle in op.get_bind().execute(sa.select(cases.c.id, cases.c.bundle).where(~moved)).all():
        op.execute(cases.update().where(cases.c.id == key).values(kecamatan=_kecamatan_of(bundle)))


def _kecamatan_of(bundle):
    """As it was worked out when this was published: as answered, else by the first six figures of a number."""
    known = facts.load("places")["kecamatan"]
    answers = bundle.get("answers") or {}
    named = str((answers.get("kecamatan") or {}).get("value") or "").upper()
    if named in known.values():
        return named
    for name in ("pelapor_no_kk", "no_kk", "ibu_nik", "pelapor_nik"):
        number = str((answers.get(name) or {}).get("value") or "")
        if (found := known.get(f"{number[:2]}.{number[2:4]}.{number[4:6]}")) is not None:
            return found
    return ELSEWHERE
