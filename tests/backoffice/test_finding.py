"""A search finds the cases that hold every word, newest first and page by page, whether its words are rare or common."""

import re

import pytest

from backoffice.cases import finding
from backoffice.cases.models import Case, CaseTerm
from backoffice.cases.search import understand
from backoffice.cases.terms import stored_term
from standard.clock import now
from storage.database import Database
from storage.keyring import Keyring
from storage.migrations import run_migrations
from tests.backoffice.office import KEY, make_bundle, send_bundle

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
    ("0812 3000 0", []),
    ("siti %", [6, 4, 2, 1]),
]


@pytest.fixture
async def filled(database_url):
    """Six cases with their words."""
    await run_migrations(database_url, "backoffice/migrations")
    database = Database.open(database_url, Keyring(KEY))
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
            if key != 2:  # as an older program wrote it
                terms = [(kind, stored_term(database.keyring, kind, term)) for kind, term in terms]
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


async def test_the_four_letters_of_the_public_monitor_find_the_case(api, sign_in):
    await send_bundle(api, make_bundle("LM-261123-REMJ"), draft="d1")
    await send_bundle(api, make_bundle("LM-261123-7K4F"), draft="d2")
    desk = await sign_in("petugas")
    for typed, number in (("remj", "LM-261123-REMJ"), ("7k4f", "LM-261123-7K4F")):
        await desk.open(f"/antrean?q={typed}")
        assert re.findall(r'data-testid="queue-row" data-number="([^"]+)"', desk.page) == [number]


async def test_the_next_free_case_is_taken_and_opened_until_there_is_none(api, sign_in):
    for place, number in enumerate(("LM-261123-AAAA", "LM-261123-CCCC")):
        await send_bundle(api, make_bundle(number), draft=f"d{place}")
    first, second = await sign_in("petugas", username="ani"), await sign_in("petugas", username="ita")
    await first.post("/antrean/berikutnya")
    await second.post("/antrean/berikutnya")
    taken = {re.search(r'data-testid="case" data-number="([^"]+)"', desk.page).group(1) for desk in (first, second)}
    assert taken == {"LM-261123-AAAA", "LM-261123-CCCC"}
    third = await sign_in("petugas", username="uli")
    await third.post("/antrean/berikutnya")
    assert "Tidak ada permohonan lain" in third.page
    assert (await (await sign_in("kepala_dinas")).post("/antrean/berikutnya")).status_code == 403
