"""What was declared, read and taken stands in one row; a value is put right with a reason, and the chain holds none."""

import json
import re

import pytest
from sqlalchemy import select

from backoffice.cases import ledger
from backoffice.cases.corrections import value_of
from backoffice.cases.models import Case, CaseEvent, KeptValue
from backoffice.cases.repository import CaseRepository
from backoffice.cases.values import CaseValues, erase_values
from backoffice.inspection.chain import Break, check_number
from backoffice.notices.models import Notice
from standard import f201
from standard.f201 import FieldType, Scope
from tests.backoffice.office import make_bundle, send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents, enter_and_draft

VALUES = {
    FieldType.NIK: "3316990101900001", FieldType.NO_KK: "3316990101260001", FieldType.DATE: "2026-11-02", FieldType.TIME: "03.30",
    FieldType.INTEGER: "2", FieldType.DECIMAL: "48,5", FieldType.PHONE: "081230000002", FieldType.EMAIL: "siti@example.org",
}  # fmt: skip
"""A value of each kind that can be right."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


def differing(**fields):
    """A bundle whose birth letter says otherwise."""
    bundle = make_bundle()
    letter = next(document for document in bundle["documents"] if document["item"] == "surat_kelahiran")
    read = {"nama_anak": "ANAK B SPESIMEN", "tanggal_lahir": "2026-11-01"} | fields
    letter["check"] |= {
        "fields": read,
        "confidence": {},
        "boxes": {"nama_anak": {"page": 0, "left": 20, "top": 30, "right": 220, "bottom": 70}},
    }
    return bundle, f"/permohonan/{NUMBER}/berkas/{letter['submission']}"


async def test_the_document_page_shows_declared_and_read_with_the_picture_and_marks_what_differs(api, sign_in):
    bundle, here = differing()
    await send_bundle(api, bundle)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    page = (await petugas.open(here)).text
    row = page.split('data-key="anak.0.nama"')[1].split("</div>")[0]
    assert 'data-differs="yes"' in row and "ANAK A SPESIMEN" in row and "ANAK B SPESIMEN" in row and f'src="{here}/kolom/nama_anak"' in row
    assert 'data-differs="no"' in page.split('data-key="anak.0.tanggal_lahir"')[1].split("</div>")[0]
    assert "1 November 2026" in page and "04.30" in page, "also what was declared and not read"


async def test_a_value_is_put_right_with_a_reason_and_the_applicant_is_told(api, sign_in, services):
    bundle, here = differing()
    await send_bundle(api, bundle)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    refused = await petugas.act(NUMBER, "data_diperbaiki", field="anak.0.nama", value="ANAK B SPESIMEN")
    assert refused.status_code == 422
    given = {"field": "anak.0.nama", "value": "anak b spesimen", "reason": "sesuai_dokumen", "document": here.rpartition("/")[2]}
    assert (await petugas.act(NUMBER, "data_diperbaiki", **given)).status_code == 303
    row = petugas.page.split('data-key="anak.0.nama"')[1].split("</div>")[0]
    assert 'data-differs="no"' in row and "semula:" in row and "ANAK A SPESIMEN" in row
    async with services.database.read() as session:
        case = await session.scalar(select(Case))
        events = await CaseRepository(session).events(case)
        notice = await session.scalar(select(Notice).where(Notice.kind == "pesan_petugas"))
        changes = await CaseValues(session).changes(case)
        assert ledger.first_broken(case, events) is None
    assert case.bundle["anak"][0]["nama"] == "ANAK B SPESIMEN" and case.child_name == "ANAK B SPESIMEN"
    assert "ANAK B SPESIMEN" in notice.data["text"]
    event = next(event for event in events if event.kind == "data_diperbaiki")
    assert list(event.data["fields"]) == ["anak.0.nama"] and event.data["reason"] == "sesuai_dokumen"
    assert not any("SPESIMEN" in json.dumps(each.data) for each in events), "the chain holds no value"
    assert [change for _, change in changes["anak.0.nama"]] == [("ANAK A SPESIMEN", "ANAK B SPESIMEN")]
    assert (await petugas.open("/antrean?q=anak+b")).text.count(NUMBER) and NUMBER in (await petugas.open("/antrean?q=spesimen")).text


async def test_erasing_the_key_erases_the_values_and_the_chain_still_verifies(api, sign_in, services):
    bundle, _ = differing()
    await send_bundle(api, bundle)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    await petugas.act(NUMBER, "data_diperbaiki", field="ibu_nama", value="SITI AMINAH SPESIMEN", reason="kata_pemohon")
    async with services.database.write() as session:
        case = await session.scalar(select(Case))
        sealed = await session.scalar(select(KeptValue.sealed))
        assert b"AMINAH" not in sealed
        await erase_values(session, [case.id])
        assert await CaseValues(session).changes(case) == {}
        assert ledger.first_broken(case, await CaseRepository(session).events(case)) is None


async def test_a_note_lies_beside_the_chain_is_read_on_the_page_and_missed_when_another_lies_there(api, sign_in, services):
    bundle, _ = differing()
    await send_bundle(api, bundle)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    for field, note in (("ibu_nama", "Ibu AMINAH menelepon."), ("ayah_nama", "Pak SALEH datang.")):
        await petugas.act(NUMBER, "data_diperbaiki", field=field, value="SITI AMINAH", reason="kata_pemohon", note=note)
    assert "Ibu AMINAH menelepon." in (await petugas.open(f"/permohonan/{NUMBER}")).text
    async with services.database.read() as session:
        events = await CaseRepository(session).events(await CaseRepository(session).get(NUMBER))
        assert "menelepon" not in json.dumps([event.data for event in events]) and await check_number(session, NUMBER) is None
        noted = [event.sequence for event in events if event.kind == "data_diperbaiki"]
    async with services.database.write() as session:
        rows = list(await session.scalars(select(KeptValue).where(KeptValue.field == "~note").order_by(KeptValue.sequence)))
        rows[0].sealed, rows[1].sealed = rows[1].sealed, rows[0].sealed
    async with services.database.read() as session:
        assert await check_number(session, NUMBER) == Break(NUMBER, noted[0]), "one was put in the other's place"
    async with services.database.write() as session:
        await erase_values(session, [(await CaseRepository(session).get(NUMBER)).id])
    async with services.database.read() as session:
        assert await check_number(session, NUMBER) is None
    assert "menelepon" not in (await petugas.open(f"/permohonan/{NUMBER}")).text


async def test_the_officer_may_say_that_what_was_declared_is_right_and_nobody_is_told(api, sign_in, services):
    bundle, here = differing()
    await send_bundle(api, bundle)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    await petugas.act(NUMBER, "data_diperbaiki", field="anak.0.nama", value="ANAK A SPESIMEN", reason="kata_pemohon")
    page = (await petugas.open(here)).text
    assert 'data-differs="no"' in page.split('data-key="anak.0.nama"')[1].split("</div>")[0]
    async with services.database.read() as session:
        assert await session.scalar(select(Notice).where(Notice.kind == "pesan_petugas")) is None


async def test_every_field_of_the_form_is_put_right_from_the_page_whether_a_paper_names_it_or_not(api, sign_in, services):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    page = (await petugas.open(f"/permohonan/{NUMBER}")).text
    offered = set(re.findall(r'data-change="([^"]+)"', page))
    wanted = {f"anak.0.{field.id}" if field.scope is Scope.CHILD else field.id for field in f201.form().fields}
    assert offered == wanted
    for key in sorted(wanted):
        shown = (await petugas.open(f"/permohonan/{NUMBER}?ubah={key}")).text
        assert f'data-testid="compared" data-key="{key}"' in shown and f'name="field" value="{key}"' in shown, key
        field = f201.form().field(key.rpartition(".")[2])
        right = VALUES.get(field.type) or (field.choices[0].label if field.choices else "SITI BARU SPESIMEN")
        answer = await petugas.act(NUMBER, "data_diperbaiki", field=key, value=right, reason="salah_tulis")
        assert answer.status_code == 303, (key, field.type)
    async with services.database.read() as session:
        case = await CaseRepository(session).get(NUMBER)
        assert ledger.first_broken(case, await CaseRepository(session).events(case)) is None
        assert all(value_of(case.bundle, key) for key in wanted)
    for odd in ("no_such", "anak.7.nama", "anak.x.nama", "nama"):
        assert (await petugas.open(f"/permohonan/{NUMBER}?ubah={odd}")).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("anak.0.nama", "ANAK"), ("anak.0.tanggal_lahir", "2026-02-31"), ("anak.0.pukul", "25.10"), ("ibu_nik", "123"),
        ("anak.0.jenis_kelamin", "X"), ("anak.7.nama", "ANAK B SPESIMEN"), ("no_such", "x"), ("anak.0.berat", "tiga kilo"),
    ],
)  # fmt: skip
async def test_a_value_that_cannot_be_one_of_its_field_changes_nothing(api, sign_in, services, field, value):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    answer = await petugas.act(NUMBER, "data_diperbaiki", field=field, value=value, reason="salah_tulis")
    assert answer.status_code == 422
    async with services.database.read() as session:
        assert await session.scalar(select(CaseEvent).where(CaseEvent.kind == "data_diperbaiki")) is None


async def test_what_differs_stands_on_the_siak_sheet_and_the_card_and_is_never_approved_with_others(api, sign_in):
    bundle, _ = differing()
    await send_bundle(api, bundle)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await operator.take(NUMBER)
    sheet = (await operator.open(f"/permohonan/{NUMBER}/siak")).text
    assert "ANAK B SPESIMEN" in sheet.split('data-testid="siak-differs"')[1].split("</small>")[0]
    await enter_and_draft(operator, NUMBER, seen="ya")
    kasi = await sign_in("kasi_identitas")
    card = (await kasi.open("/persetujuan")).text
    assert "ANAK B SPESIMEN" in card.split('data-testid="card-differs"')[1].split("</small>")[0]
    assert f"/berkas/{bundle['documents'][0]['submission']}/halaman/0?kecil=1" in card, "the papers stand beside the draft"
    assert "data-pick " not in card.split('data-testid="approval-card"')[1].split("</article>")[0]
    assert (await kasi.act(NUMBER, "paraf_kk")).status_code == 409
    assert (await kasi.act(NUMBER, "paraf_kk", seen="ya")).status_code == 303


async def test_data_put_right_after_the_drafts_void_what_was_approved_and_are_compared_anew(api, sign_in, services):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    kasi = await sign_in("kasi_kelahiran")
    await kasi.act(NUMBER, "paraf_akta")
    await operator.take(NUMBER)
    given = {"field": "anak.0.nama", "value": "ANAK LAIN SPESIMEN", "reason": "kata_pemohon"}
    assert (await operator.act(NUMBER, "data_diperbaiki_draf", **given)).status_code == 303
    page = (await operator.open(f"/permohonan/{NUMBER}")).text
    assert 'data-stage="draf"' in page and 'data-warning="name_missing"' in page and 'data-valid="no"' in page
