"""Papers dropped together are put each where it belongs, by what stands on them, or none of them is taken."""

import re

import pytest
from sqlalchemy import select

from backoffice.cases.products import Product
from backoffice.delivery.sorting import child_of, kind_of
from documents import Busy
from tests.backoffice.office import make_bundle, make_pdf, send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents

KK, AKTA = "3316990101260001", "3316-LU-23112026-000"


@pytest.fixture
async def operator(api, sign_in):
    """An operator with a case of twins in hand that waits for its drafts."""
    await send_bundle(api, make_bundle(NUMBER, children=2))
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await operator.take(NUMBER)
    form = {"no_kk": KK, "akta_0": f"{AKTA}1", "akta_1": f"{AKTA}2"}
    assert (await operator.act(NUMBER, "siak_diinput", **form)).status_code == 303
    await operator.take(NUMBER)
    return operator


def card() -> bytes:
    return make_pdf("KARTU KELUARGA", KK, "ANAK A SPESIMEN", "ANAK B SPESIMEN")


def akta(child: int) -> bytes:
    return make_pdf("KUTIPAN AKTA KELAHIRAN", f"{AKTA}{child + 1}", f"ANAK {'AB'[child]} SPESIMEN")


async def drop(operator, *papers: bytes, version: str | None = None):
    await operator.open(f"/permohonan/{NUMBER}")
    seen = re.search(r'data-version="(\d+)"', operator.page).group(1)
    files = [("berkas", (f"{n}.pdf", data, "application/pdf")) for n, data in enumerate(papers)]
    return await operator.post(f"/permohonan/{NUMBER}/unggah", files=files, version=version or seen, key="one-press")


async def held(services) -> set[tuple[str, int]]:
    async with services.database.read() as session:
        return {(row.kind, row.child) for row in await session.scalars(select(Product).where(Product.replaced_at.is_(None)))}


async def test_a_card_and_two_aktas_find_their_places_in_whatever_order_they_are_dropped(operator, services):
    answer = await drop(operator, akta(1), card(), akta(0))
    assert answer.status_code == 303 and "3 berkas diunggah" in operator.page
    assert await held(services) == {("kk", 0), ("akta", 0), ("akta", 1)}
    assert not re.search(r'data-warning="(number|name)_missing"', operator.page), "each lies where it belongs"
    await drop(operator, akta(1), card(), akta(0))
    async with services.database.read() as session:
        assert len(list(await session.scalars(select(Product)))) == 3, "the same press once more brings nothing twice"


@pytest.mark.parametrize(
    "papers",
    [(card(), card()), (card(), make_pdf("SURAT NIKAH")), (akta(0), make_pdf("KUTIPAN AKTA KELAHIRAN", "ANAK LAIN"))],
    ids=["two cards", "another paper", "another child"],
)
async def test_what_can_not_be_told_is_taken_with_none_of_the_others(operator, services, papers):
    answer = await drop(operator, *papers)
    assert answer.status_code == 422 and "satu per satu" in answer.text
    assert await held(services) == set()


async def test_a_last_paper_that_can_not_be_looked_at_leaves_none_in_place(operator, services, monkeypatch):
    examine, looks = services.opener.examine, []

    async def busy_at_the_last(data, roots):
        looks.append(data)
        if len(looks) == 3:
            raise Busy
        return await examine(data, roots)

    monkeypatch.setattr(services.opener, "examine", busy_at_the_last)
    assert (await drop(operator, card(), akta(0), akta(1))).status_code == 503 and await held(services) == set()
    assert (await drop(operator, card(), akta(0), akta(1))).status_code == 303 and len(await held(services)) == 3


async def test_nobody_but_the_holder_drops_papers_and_not_from_an_old_page(operator, sign_in, services):
    other = await sign_in("operator", username="lain")
    assert (await drop(other, card(), version="1")).status_code in (409, 422)
    assert (await drop(operator, card(), version="1")).status_code == 409
    assert (await drop(operator)).status_code == 422
    assert await held(services) == set()


def test_a_paper_is_known_by_its_first_heading_and_a_child_by_number_before_name():
    assert kind_of(["REPUBLIK INDONESIA", "KARTU KELUARGA", "No. akta kelahiran"]) == "kk"
    assert kind_of(["KUTIPAN AKTA KELAHIRAN", "kartu keluarga"]) == "akta" and kind_of(["IJAZAH"]) is None
    bundle = {"anak": [{"nama": "ANAK A SPESIMEN"}, {"nama": "ANAK B SPESIMEN"}]}
    siak = {"anak": [{"akta": f"{AKTA}1"}, {"akta": f"{AKTA}2"}]}
    assert child_of([f"{AKTA}2", "ANAK A SPESIMEN"], bundle, siak) == 1
    assert child_of(["ANAK A SPESIMEN"], bundle, siak) == 0
    assert child_of(["ANAK A SPESIMEN", "ANAK B SPESIMEN"], bundle, {}) is None


async def test_what_did_not_get_through_can_be_sent_again_with_a_button(operator):
    await operator.open(f"/permohonan/{NUMBER}")
    form = operator.page.split("data-drop>")[1].split("</form>")[0]
    assert 'data-action="unggah_semua"' in form
