"""The whole way of a case through the pages of the office, from the bundle to the KIA in the applicant's hands."""

import json
import re
import uuid

from sqlalchemy import select

from backoffice.cases import ledger
from backoffice.cases.models import Case
from backoffice.cases.repository import CaseRepository
from backoffice.cases.state import replay
from backoffice.cases.values import CaseValues
from backoffice.notices.models import Notice
from tests.backoffice.office import make_bundle, make_document, make_pdf, make_picture, send_bundle
from tests.backoffice.papers import make_final

NUMBER = "LM-261123-7K4F"
AKTA = "3316-LU-23112026-0001"
APPROVALS = {
    "kasi_identitas": "paraf_kk",
    "kasi_kelahiran": "paraf_akta",
    "kabid_yancapil": "setuju_akta",
    "kabid_yandafduk": "setuju_kk",
    "kepala_dinas": "setuju_kadis",
}
CHILDREN = ("ANAK A SPESIMEN", "ANAK B SPESIMEN", "ANAK C SPESIMEN")


async def check_documents(desk, number, wrong=()):
    """Takes the case and decides every document that waits: right, but for the items named in `wrong`."""
    await desk.take(number)
    await desk.open(f"/permohonan/{number}")
    for item, submission in documents_on(desk.page):
        await desk.open(f"/permohonan/{number}/berkas/{submission}")
        if 'data-testid="decide"' not in desk.page or f'data-item="{item}"' not in desk.page:
            continue
        if item in wrong:
            await desk.act(number, "dokumen_salah", document=submission, reason="buram", note="Bagian bawah.")
        else:
            await desk.act(number, "dokumen_benar", document=submission)


def documents_on(page):
    """Pairs of item and submission that a case page links to."""
    return list(
        zip(re.findall(r'data-item="(\w+)" data-state', page), dict.fromkeys(re.findall(r"/berkas/([0-9a-f-]{36})", page)), strict=True)
    )


async def approve_all(sign_in, number):
    """Paraf and approvals, each by its own head."""
    for role, transition in APPROVALS.items():
        desk = await sign_in(role)
        assert (await desk.act(number, transition)).status_code == 303, desk.page


async def enter_and_draft(operator, number, children=1, niks=True, first=1, **more):
    """SIAK entered, drafts uploaded and put forward."""
    await operator.take(number)
    kk = f"331699010126000{first}"
    numbers = {f"akta_{child}": f"3316-LU-23112026-000{child + first}" for child in range(children)}
    known = [f"331699011126000{child + first}" for child in range(children)] if niks else []
    numbers |= {f"nik_{child}": nik for child, nik in enumerate(known)}
    assert (await operator.act(number, "siak_diinput", no_kk=kk, **numbers)).status_code == 303
    await operator.take(number)
    assert (await operator.upload(number, "unggah_draf_kk", make_pdf(kk, *CHILDREN[:children], *known))).status_code == 303
    for child in range(children):
        pdf = make_pdf(f"3316-LU-23112026-000{child + first}", CHILDREN[child], *known[child : child + 1])
        assert (await operator.upload(number, "unggah_draf_akta", pdf, child)).status_code == 303
    assert (await operator.act(number, "ajukan_verifikasi", **more)).status_code == 303


async def deliver(operator, number, children=1, niks=True):
    """Finals uploaded and sent."""
    await operator.take(number)
    known = [f"331699011126000{child + 1}" for child in range(children)] if niks else []
    await operator.upload(number, "unggah_final_kk", make_final("3316990101260001", *CHILDREN[:children], *known))
    for child in range(children):
        await operator.upload(
            number, "unggah_final_akta", make_final(f"3316-LU-23112026-000{child + 1}", CHILDREN[child], *known[child : child + 1]), child
        )
    assert (await operator.act(number, "kirim_dokumen")).status_code == 303


async def test_a_case_goes_all_the_way_and_the_applicant_is_told_of_what_matters(api, bot_api, sign_in, services, clock):
    assert (await send_bundle(api)).status_code == 201
    petugas, operator, kia = await sign_in("petugas"), await sign_in("operator"), await sign_in("operator_kia")

    assert NUMBER in petugas.page and "A*** A S******" in petugas.page
    await check_documents(petugas, NUMBER)
    assert (await petugas.act(NUMBER, "lengkap")).status_code == 303
    assert NUMBER not in (await petugas.open("/antrean?tab=tugas")).text

    clock.pass_by(hours=1)
    await operator.open("/antrean")
    await enter_and_draft(operator, NUMBER)
    await approve_all(sign_in, NUMBER)
    await operator.open("/antrean")
    await deliver(operator, NUMBER)
    state = (await api.get(f"/api/cases/{NUMBER}")).json()
    assert (state["stage"], state["clock"], state["deadline"]) == ("kia_cetak", "ended", None) and state[
        "delivered_at"
    ] == "2026-11-23T03:00:00Z"

    await kia.open("/antrean")
    await kia.take(NUMBER)
    await kia.act(NUMBER, "kia_dicetak")
    await kia.take(NUMBER)
    await kia.act(NUMBER, "kia_dikirim", courier="Pos Indonesia", tracking="P2611230001")
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["kia"] == {
        "state": "dikirim",
        "courier": "Pos Indonesia",
        "tracking": "P2611230001",
    }
    await kia.take(NUMBER)
    await kia.act(NUMBER, "kia_diterima", received_by="Ibu Spesimen")
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["stage"] == "selesai"

    async with services.database.read() as session:
        told = list(await session.scalars(select(Notice).order_by(Notice.at)))
        assert sorted(f"{notice.kind} {notice.data.get('stage', '')}".strip() for notice in told) == [
            "berkas_diterima",
            "dokumen_terbit",
            "kia_dikirim",
            "kia_diterima",
        ]
        files = next(notice for notice in told if notice.kind == "dokumen_terbit").attachments
        case = await CaseRepository(session).get(NUMBER)
        events = await CaseRepository(session).events(case)
        assert ledger.first_broken(case, events) is None
        assert replay(events, await CaseValues(session).private(case)) == ledger.state_of(case)
        written = json.dumps([event.data for event in events])
        for word in ("3316990101260001", AKTA, "3316990111260001", "P2611230001", "Ibu Spesimen"):
            assert word not in written and word in json.dumps([case.siak, case.kia]), f"the chain holds names of fields and hashes: {word}"
    assert [file["filename"] for file in files] == [f"Akta Kelahiran {NUMBER}.pdf", f"Kartu Keluarga {NUMBER}.pdf"]
    for file in files:
        answer = await bot_api.get(file["url"])
        assert answer.headers["content-type"] == "application/pdf" and answer.content.startswith(b"%PDF")


async def test_a_returned_document_stops_the_clock_and_its_successor_sets_it_anew(api, sign_in, clock):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await check_documents(petugas, NUMBER, wrong={"kk"})
    assert (await petugas.act(NUMBER, "kembalikan_berkas")).status_code == 303
    state = (await api.get(f"/api/cases/{NUMBER}")).json()
    assert (state["stage"], state["clock"], state["deadline"]) == ("dikembalikan", "stopped", None)
    assert state["returned"] == [{"item": "kk", "reason": "buram", "note": "Bagian bawah."}]

    clock.pass_by(days=2)
    picture = make_picture("kk")
    document = make_document("kk", picture, received_at=clock(), submission=str(uuid.uuid4()))
    path = f"/api/cases/{NUMBER}/documents/{document['submission']}"
    answers = [await api.put(path, json=document) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["stage"] == "diterima" and answers[0].json()["returned"] == []
    assert answers[0].json()["deadline"] == "2026-11-26T02:00:00Z", "the clock runs while the new document is looked at"

    clock.pass_by(hours=1)
    await petugas.open("/")
    if "/masuk" in str((await petugas.open("/antrean")).url):
        await petugas.sign_in("petugas")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["deadline"] == "2026-11-26T02:00:00Z"


async def test_twins_get_an_akta_each(api, sign_in, services):
    await send_bundle(api, make_bundle(children=2))
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER, children=2)
    await approve_all(sign_in, NUMBER)
    await deliver(operator, NUMBER, children=2)
    async with services.database.read() as session:
        sent = await session.scalar(select(Notice).where(Notice.kind == "dokumen_terbit"))
    assert [file["filename"].split(" LM")[0] for file in sent.attachments] == ["Akta Kelahiran 1", "Akta Kelahiran 2", "Kartu Keluarga"]


async def test_a_changed_draft_voids_the_approvals_given_to_it_and_no_others(api, sign_in, services):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    kasi_kk, kasi_akta = await sign_in("kasi_identitas"), await sign_in("kasi_kelahiran")
    await kasi_kk.act(NUMBER, "paraf_kk")
    await kasi_akta.act(NUMBER, "paraf_akta")
    await operator.open("/antrean")
    await operator.take(NUMBER)
    assert (await operator.upload(NUMBER, "unggah_draf_kk", make_pdf("3316990101260001", CHILDREN[0], "KK yang benar"))).status_code == 303
    async with services.database.read() as session:
        cases = CaseRepository(session)
        case = await cases.get(NUMBER)
        given = {approval.transition: approval.voided_at is None for approval in await cases.approvals(case)}
    assert case.stage == "draf" and given == {"paraf_kk": False, "paraf_akta": True}
    assert "Persetujuan batal: Paraf draf KK" in operator.page


async def test_a_case_that_the_office_closes_ends_with_a_reason_for_the_applicant(api, sign_in, services):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    assert (await petugas.act(NUMBER, "tolak", reason="bukan_kewenangan")).status_code == 303
    async with services.database.read() as session:
        case = await session.scalar(select(Case))
        notice = await session.scalar(select(Notice))
    assert (case.stage, notice.kind, notice.data) == ("ditolak", "permohonan_ditolak", {"reason": "bukan_kewenangan", "note": None})
