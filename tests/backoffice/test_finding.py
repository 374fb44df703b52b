"""A search finds the cases that hold every word, newest first and page by page, whether its words are rare or common."""

import pytest

from backoffice.cases import finding
from backoffice.cases.models import Case, CaseTerm
from backoffice.cases.search import understand
from standard.clock import now
from storage.database import Database
from storage.migrations import run_migrations

NAMES = ["SITI AMINAH", "SITI AISYAH", "BUDI AMINOTO", "SITI AMINAH", "SARI AMINAH", "SITI SITIAMI"]
FOUND = [
    ("siti", [6, 4, 2, 1]),
    ("am si", [4, 1]),
    ("siti ami", [4, 1]),
    ("s", []),
    ("sa", [5]),
    ("budi siti", []),
    ("ami", [5, 4, 3, 1]),
    ("LM-261123-0003", [3]),
    ("3316990101900002", [2]),
    ("0812 3000 0004", [4]),
    ("0812 3000 0", [6, 5, 4, 3, 2, 1]),
    ("siti %", [6, 4, 2, 1]),
]


@pytest.fixture
async def filled(database_url):
    """Six cases with their words."""
    await run_migrations(database_url, "backoffice/migrations")
    database = Database.open(database_url)
    at = now()
    async with database.write() as session:
        for key, name in enumerate(NAMES, 1):
            case = Case(
                id=key, number=f"LM-261123-000{key}", draft_id=str(key), contact="c", submitted_at=at, child_name=name, bundle={},
                stage="diterima", stage_since=at, facts=[], told=[], version=1, events=0, head_hash="", kia={}, siak={},
            )  # fmt: skip
            session.add(case)
            await session.flush()
            terms = [("nama", word) for word in name.split()] + [("nik", f"331699010190000{key}"), ("telepon", f"8123000000{key}"[-11:])]
            session.add_all([CaseTerm(case_id=key, kind=kind, term=term) for kind, term in terms])
    yield database
    await database.close()


@pytest.mark.parametrize("rare", [0, 2, 50_000])
async def test_every_word_is_held_by_what_is_found_newest_first(filled, monkeypatch, rare):
    monkeypatch.setattr(finding, "RARE", rare)
    for typed, expected in FOUND:
        query = understand(typed)
        async with filled.read() as session:
            found = list(await session.scalars(await finding.keys_found(session, query, None))) if query else []
            below = list(await session.scalars((await finding.keys_found(session, query, 4)).limit(1))) if query else []
        assert (typed, found) == (typed, expected)
        assert (typed, below) == (typed, [key for key in expected if key < 4][:1])
