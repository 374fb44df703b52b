"""One odd row, as an older program or another hand may have left it, breaks no page: the rest of it is shown, and every other case."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, update

from backoffice.cases.documents import CaseDocument
from backoffice.cases.models import Case
from contracts.bundle import BundleAsKept, Check
from contracts.shape import as_far_as_readable
from tests.backoffice.office import make_bundle, send_bundle

ODD = ("31-02-2026", 7, None, ["x"], {"a": {"b": 1}})
NUMBER, OTHER = "LM-261123-7K4F", "LM-261123-AAAA"
MOTHER = {"ibu_nik": {"value": "3316990101900001", "source": "chat"}}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


def mutants(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The object with something odd for each of its leaves, for one top part alone, without one of them, and nothing of it."""
    for odd in ODD:
        yield _all_leaves(whole, odd)
    for name in whole:
        yield from ({**copy.deepcopy(whole), name: odd} for odd in (7, ["x"]))
    for name in whole:
        yield {key: value for key, value in whole.items() if key != name}
    yield {}


def _all_leaves(part: Any, odd: Any) -> Any:
    if isinstance(part, dict):
        return {name: _all_leaves(inner, odd) for name, inner in part.items()}
    return [_all_leaves(inner, odd) for inner in part] if isinstance(part, list) and part else odd


async def test_a_date_that_is_none_breaks_no_case_of_the_same_mother(api, services, sign_in):
    await send_bundle(api, make_bundle(NUMBER, answers=MOTHER))
    await send_bundle(api, make_bundle(OTHER, answers=MOTHER), "draft-2")
    bundle = make_bundle(NUMBER, answers=MOTHER)
    bundle["anak"][0]["tanggal_lahir"] = "31-02-2026"
    async with services.database.write() as session:
        await session.execute(update(Case).where(Case.number == NUMBER).values(bundle=bundle))
    officer = await sign_in("petugas")
    await officer.take(OTHER)
    assert (await officer.open(f"/permohonan/{OTHER}")).status_code == 200 and NUMBER in officer.page
    await officer.take(NUMBER)
    assert (await officer.open(f"/permohonan/{NUMBER}")).status_code == 200 and "ANAK A SPESIMEN" in officer.page


async def test_whatever_a_kept_bundle_holds_its_pages_are_shown(api, services, sign_in):
    await send_bundle(api, make_bundle(NUMBER, answers=MOTHER))
    await send_bundle(api, make_bundle(OTHER, answers=MOTHER), "draft-2")
    async with services.database.read() as session:
        whole = (await session.execute(select(Case.__table__.c.bundle).where(Case.number == NUMBER))).scalar_one()
    officer = await sign_in("petugas", "operator")
    await officer.open(f"/permohonan/{NUMBER}")
    await officer.take(NUMBER)
    paths = ("/antrean", f"/permohonan/{NUMBER}", f"/permohonan/{NUMBER}/siak", f"/permohonan/{OTHER}")
    for mutant in mutants(whole):
        async with services.database.write() as session:
            await session.execute(update(Case).where(Case.number == NUMBER).values(bundle=mutant))
        told = {path: (await officer.open(path)).status_code for path in paths}
        assert set(told.values()) == {200}, (told, mutant)
    assert (await officer.open(f"/permohonan/{NUMBER}/cetak.pdf")).status_code == 200


async def test_whatever_a_kept_check_holds_the_document_is_shown(api, services, sign_in):
    await send_bundle(api)
    async with services.database.read() as session:
        document = await session.scalar(select(CaseDocument).limit(1))
        assert document is not None
        submission, whole = document.submission, document.check
    officer = await sign_in("petugas")
    await officer.open(f"/permohonan/{NUMBER}")
    await officer.take(NUMBER)
    for mutant in mutants(whole):
        async with services.database.write() as session:
            await session.execute(update(CaseDocument).where(CaseDocument.submission == submission).values(check=mutant))
        page = await officer.open(f"/permohonan/{NUMBER}/berkas/{submission}/")
        field = await officer.open(f"/permohonan/{NUMBER}/berkas/{submission}/kolom/nik")
        assert page.status_code == 200 and field.status_code in (200, 404), mutant


@pytest.mark.parametrize("shape", [BundleAsKept, Check])
def test_what_is_right_is_kept_as_it_is(shape):
    bundle = make_bundle()
    whole = bundle if shape is BundleAsKept else bundle["documents"][0]["check"]
    whole = shape.model_validate(whole).body()
    assert as_far_as_readable(shape, whole) == whole


def test_only_what_is_odd_is_left_out():
    kept = make_bundle(children=2)
    del kept["documents"]
    kept["anak"][0]["tanggal_lahir"], kept["anak"][0]["berat"] = "31-02-2026", {"gram": 1}
    kept["warnings"] = [{"items": ["kk"]}, {"code": "lain", "items": ["kk"]}, 7]
    read = as_far_as_readable(BundleAsKept, kept)
    assert read["anak"][0]["nama"] == "ANAK A SPESIMEN" and read["anak"][0]["tanggal_lahir"] is None and "berat" not in read["anak"][0]
    assert read["warnings"] == [{"code": "lain", "items": ["kk"], "told": False, "said": None}]
    assert read["anak"][1]["tanggal_lahir"] == "2026-11-01"
