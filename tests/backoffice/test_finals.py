"""Nothing false goes out unasked: papers of others, unsigned, altered; and what went out wrongly is called back and replaced."""

import re

import pytest
from sqlalchemy import select

from backoffice.cases import ledger
from backoffice.cases.models import CaseEvent
from backoffice.cases.repository import CaseRepository
from backoffice.notices.models import Notice
from backoffice.services import Signers
from tests.backoffice.office import make_bundle, make_pdf, send_bundle
from tests.backoffice.papers import make_final, other_root, root, tamper
from tests.backoffice.test_chain import AKTA, CHILDREN, NUMBER, approve_all, check_documents, enter_and_draft

KK = "3316990101260001"
RIGHT_KK, RIGHT_AKTA = (KK, CHILDREN[0]), (AKTA, CHILDREN[0])


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about papers, not about SQL."""
    return sqlite_url


@pytest.fixture
async def operator(api, sign_in):
    """An operator with a case in hand whose finals are due."""
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER, niks=False)
    await approve_all(sign_in, NUMBER)
    await operator.take(NUMBER)
    return operator


async def stage(api):
    return (await api.get(f"/api/cases/{NUMBER}")).json()["stage"]


FALSE = {
    "another child's": (make_final("3316-LU-01012026-0099", "ANAK LAIN SPESIMEN"), "number_missing"),
    "right number, another name": (make_final(AKTA, "ANAK LAIN SPESIMEN"), "name_missing"),
    "a longer name": (make_final(AKTA, "ANAK A SPESIMEN PUTRA"), "name_missing"),
    "a name within another": (make_final(AKTA, "BUDANAK A SPESIMEN"), "name_missing"),
    "right name, another number": (make_final("3316-LU-23112026-0002", CHILDREN[0]), "number_missing"),
    "signed by nobody": (make_pdf(*RIGHT_AKTA), "no_signature"),
    "altered within": (tamper(make_final(*RIGHT_AKTA), b"(SPESIMEN)", b"(SPESIMAN)"), "signature_broken"),
    "only a place for a signature": (make_pdf(*RIGHT_AKTA) + b"\n% /ByteRange [0 1 2 3]", "no_signature"),
}


async def test_a_false_paper_does_not_go_out_by_the_one_who_brought_it(operator, api):
    assert (await operator.upload(NUMBER, "unggah_final_kk", make_final(*RIGHT_KK))).status_code == 303
    for name, (data, code) in FALSE.items():
        assert (await operator.upload(NUMBER, "unggah_final_akta", data)).status_code == 303, name
        assert f'data-warning="{code}"' in operator.page, name
        assert (await operator.act(NUMBER, "kirim_dokumen")).status_code == 409, name
        assert (await operator.act(NUMBER, "izinkan_final", reason="dibandingkan", note="x")).status_code == 403, name
    assert await stage(api) == "penerbitan"


async def test_right_papers_go_out_unasked_and_an_unknown_signer_is_shown(operator, api):
    await operator.upload(NUMBER, "unggah_final_kk", make_final(*RIGHT_KK))
    await operator.upload(NUMBER, "unggah_final_akta", make_final(*RIGHT_AKTA))
    assert 'data-warning="signer_unknown"' in operator.page
    assert (await operator.act(NUMBER, "kirim_dokumen")).status_code == 303
    assert await stage(api) == "kia_cetak"


async def test_with_the_offices_list_its_signer_is_trusted_and_any_other_stops_where_that_is_set(operator, services):
    services.signers = Signers((root(),), must_be_known=True)
    await operator.upload(NUMBER, "unggah_final_kk", make_final(*RIGHT_KK))
    assert "data-warning" not in operator.page.split('data-phase="final"')[1].split("</div>")[0]
    services.signers = Signers((other_root(),), must_be_known=True)
    await operator.upload(NUMBER, "unggah_final_akta", make_final(*RIGHT_AKTA))
    assert 'data-warning="signer_refused"' in operator.page
    assert (await operator.act(NUMBER, "kirim_dokumen")).status_code == 409


async def test_a_second_person_with_a_reason_lets_it_go_and_the_chain_says_who_and_why(operator, sign_in, api, services):
    await operator.upload(NUMBER, "unggah_final_kk", make_final(*RIGHT_KK))
    await operator.upload(NUMBER, "unggah_final_akta", make_pdf(*RIGHT_AKTA))
    supervisor = await sign_in("supervisor")
    assert (await supervisor.act(NUMBER, "izinkan_final", reason="dibandingkan")).status_code == 422
    answer = await supervisor.act(NUMBER, "izinkan_final", reason="tanda_tangan_lain", note="Diperiksa di laman BSrE.")
    assert answer.status_code == 303
    assert (await operator.act(NUMBER, "kirim_dokumen")).status_code == 303
    async with services.database.read() as session:
        event = await session.scalar(select(CaseEvent).where(CaseEvent.kind == "izinkan_final"))
        assert (event.role, event.data["reason"]) == ("supervisor", "tanda_tangan_lain")
        case = await CaseRepository(session).get(NUMBER)
        assert ledger.first_broken(case, await CaseRepository(session).events(case)) is None
        sent = await session.scalar(select(Notice).where(Notice.kind == "dokumen_terbit"))
        assert sent.data == {"signed": False}, "nobody is told that a paper is signed of which no signature was seen"


async def test_who_brought_it_is_no_second_person_and_another_file_needs_another_word(operator, sign_in, api):
    both = await sign_in("operator", "supervisor", username="rangkap")
    await operator.post(f"/permohonan/{NUMBER}/lepas")
    await both.take(NUMBER)
    await both.upload(NUMBER, "unggah_final_kk", make_final(*RIGHT_KK))
    await both.upload(NUMBER, "unggah_final_akta", make_pdf(*RIGHT_AKTA))
    answer = await both.act(NUMBER, "izinkan_final", reason="dibandingkan", note="Sudah.")
    assert answer.status_code == 409 and 'data-code="same_person"' in answer.text
    supervisor = await sign_in("supervisor")
    assert (await supervisor.act(NUMBER, "izinkan_final", reason="dibandingkan", note="Sudah.")).status_code == 303
    await both.upload(NUMBER, "unggah_final_akta", make_pdf("3316-LU-01012026-0099", "ANAK LAIN SPESIMEN"))
    assert (await both.act(NUMBER, "kirim_dokumen")).status_code == 409


async def test_what_was_sent_wrongly_is_called_back_the_applicant_is_told_and_the_right_one_follows(operator, sign_in, api, services):
    await operator.upload(NUMBER, "unggah_final_kk", make_final(*RIGHT_KK))
    await operator.upload(NUMBER, "unggah_final_akta", make_final(*RIGHT_AKTA))
    await operator.act(NUMBER, "kirim_dokumen")
    supervisor = await sign_in("supervisor")
    answer = await supervisor.upload(
        NUMBER, "tarik_final_akta", make_final("3316-LU-01012026-0099", "ANAK LAIN SPESIMEN"), reason="salah_isi"
    )
    assert answer.status_code == 303
    assert (await supervisor.act(NUMBER, "kirim_ulang")).status_code == 409, "the next wrong one does not go out, either"
    assert (await supervisor.upload(NUMBER, "tarik_final_akta", make_final(*RIGHT_AKTA))).status_code == 422, "without a reason"
    assert (await supervisor.upload(NUMBER, "tarik_final_akta", make_final(*RIGHT_AKTA), reason="orang_lain")).status_code == 303
    assert "3 × 24 jam" in supervisor.page
    assert (await supervisor.act(NUMBER, "kirim_ulang")).status_code == 303
    async with services.database.read() as session:
        told = [notice.kind for notice in await session.scalars(select(Notice).order_by(Notice.at, Notice.state_at))]
        breach = await session.scalar(select(CaseEvent).where(CaseEvent.kind == "tarik_final_akta").order_by(CaseEvent.sequence.desc()))
        assert breach.data["breach_due"] == "2026-11-26T02:00:00+00:00"
    assert told.count("pesan_petugas") == 2 and told.count("dokumen_terbit") == 2
    assert await stage(api) == "kia_cetak"
    reader = await sign_in("inspektorat")
    register = (await reader.open("/kebocoran")).text
    assert register.count("breach-row") == 1 and NUMBER in register and "sisa 3 hari" in register, "of the other's paper alone"
    [record] = re.findall(r"/kebocoran/([0-9a-f-]{36})", register)
    filled = {"data": "akta kelahiran", "kejadian": "terkirim ke pemohon lain", "penanganan": "ditarik", "orang": "1"}
    await reader.open(f"/kebocoran/{record}")
    assert "milik orang lain terkirim" in reader.page and (await reader.post(f"/kebocoran/{record}", **filled)).status_code == 303
    for whom in ("warga", "lembaga", "tutup"):
        assert (await reader.post(f"/kebocoran/{record}/beri-tahu", siapa=whom)).status_code == 303


async def test_a_case_that_came_in_with_a_warning_is_approved_on_its_own_card_alone(api, sign_in):
    await send_bundle(api, make_bundle(warnings=[{"code": "nama_ibu_berbeda", "items": ["surat_kelahiran", "kk"]}]))
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER, seen="ya")
    kasi = await sign_in("kasi_kelahiran")
    await kasi.open("/persetujuan")
    assert "data-pick aria" not in kasi.page and 'data-testid="seen"' in kasi.page
    assert (await kasi.act(NUMBER, "paraf_akta")).status_code == 409
    assert (await kasi.act(NUMBER, "paraf_akta", seen="ya")).status_code == 303


async def test_a_draft_with_a_warning_is_passed_on_with_a_word_of_its_own_never_with_others(api, sign_in):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await operator.take(NUMBER)
    await operator.act(NUMBER, "siak_diinput", no_kk=KK, akta_0=AKTA)
    await operator.take(NUMBER)
    await operator.upload(NUMBER, "unggah_draf_kk", make_pdf(*RIGHT_KK))
    await operator.upload(NUMBER, "unggah_draf_akta", make_pdf(AKTA, "ANAK LAIN SPESIMEN"))
    answer = await operator.act(NUMBER, "ajukan_verifikasi")
    assert answer.status_code == 409 and 'data-code="warnings_unseen"' in answer.text
    assert (await operator.act(NUMBER, "ajukan_verifikasi", seen="ya")).status_code == 303
    kasi = await sign_in("kasi_kelahiran")
    await kasi.open("/persetujuan")
    assert "data-pick aria" not in kasi.page and 'data-testid="seen"' in kasi.page
    version = kasi.page.split(f"paraf_akta:{NUMBER}:")[1].split('"')[0]
    chosen = f"paraf_akta:{NUMBER}:{version}"
    await kasi.post("/persetujuan", pilih=[chosen, f"paraf_kk:{NUMBER}:{version}"], seen="ya", key="bulk")
    assert await stage(api) == "verifikasi" and "kasi_kelahiran" not in await approvers(api, kasi)
    await kasi.post("/persetujuan", pilih=chosen, key="single")
    assert "kasi_kelahiran" not in await approvers(api, kasi)
    await kasi.post("/persetujuan", pilih=chosen, seen="ya", key="seen")
    assert "kasi_kelahiran" in await approvers(api, kasi)


async def approvers(api, desk) -> str:
    """Names of those who have approved, as the case's page lists them, in small letters."""
    await desk.open("/persetujuan")
    return "" if 'data-testid="approval-card"' in desk.page else "kasi_kelahiran"
