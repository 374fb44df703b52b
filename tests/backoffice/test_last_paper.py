"""The last paper's word and the whole bundle's are one press where nothing differs, and never where something does."""

import pytest
from sqlalchemy import select

from backoffice.cases import ledger
from backoffice.cases.models import CaseEvent
from backoffice.cases.repository import CaseRepository
from tests.backoffice.office import make_bundle, send_bundle
from tests.backoffice.test_chain import NUMBER, documents_on
from tests.backoffice.test_compared import differing

OFFERED = 'data-action="dokumen_benar_lengkap"'


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


async def all_but_the_last(desk):
    """Takes the case and finds all papers right but one; returns the page's address of that one, with its submission."""
    await desk.open(f"/permohonan/{NUMBER}")
    await desk.take(NUMBER)
    await desk.open(f"/permohonan/{NUMBER}")
    *others, (_, last) = documents_on(desk.page)
    for _, submission in others:
        assert OFFERED not in (await desk.open(f"/permohonan/{NUMBER}/berkas/{submission}")).text
        await desk.act(NUMBER, "dokumen_benar", document=submission)
    return f"/permohonan/{NUMBER}/berkas/{last}", last


async def test_the_last_paper_completes_the_bundle_in_one_press_and_both_are_events(api, sign_in, services):
    await send_bundle(api, make_bundle(flags=[]))
    petugas = await sign_in("petugas")
    here, last = await all_but_the_last(petugas)
    assert OFFERED in (await petugas.open(here)).text
    answer = await petugas.act(NUMBER, "dokumen_benar", document=last, lalu="lengkap")
    assert answer.headers["location"].startswith(f"/permohonan/{NUMBER}") and "urung=" not in answer.headers["location"], "it was told"
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["stage"] == "lengkap"
    async with services.database.read() as session:
        case = await CaseRepository(session).get(NUMBER)
        assert ledger.first_broken(case, await CaseRepository(session).events(case)) is None
        kinds = list(await session.scalars(select(CaseEvent.kind).where(CaseEvent.kind != "dilihat").order_by(CaseEvent.id)))
    assert kinds[-2:] == ["dokumen_benar", "lengkap"]


async def test_where_a_paper_says_otherwise_than_the_chat_it_is_not_offered(api, sign_in):
    bundle, _ = differing()
    await send_bundle(api, bundle)
    petugas = await sign_in("petugas")
    here, _ = await all_but_the_last(petugas)
    assert OFFERED not in (await petugas.open(here)).text


async def test_what_can_not_be_completed_is_not_half_done(api, sign_in):
    await send_bundle(api, make_bundle(flags=[]))
    petugas = await sign_in("petugas")
    await petugas.open(f"/permohonan/{NUMBER}")
    await petugas.take(NUMBER)
    await petugas.open(f"/permohonan/{NUMBER}")
    (_, first), *_ = documents_on(petugas.page)
    refused = await petugas.act(NUMBER, "dokumen_benar", document=first, lalu="lengkap")
    assert refused.status_code == 409
    assert 'data-state="benar"' not in (await petugas.open(f"/permohonan/{NUMBER}")).text
