"""For some seconds whoever did an act takes it back, where nothing of it has left the house; the case then stands as it stood before."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from sqlalchemy import select

from backoffice.cases import ledger
from backoffice.cases.models import CaseEvent
from backoffice.cases.repository import CaseRepository
from backoffice.cases.state import replay
from backoffice.cases.undoing import offers
from backoffice.cases.values import CaseValues
from backoffice.reports import counting
from backoffice.reports.figures import figures_of
from backoffice.reports.models import StageVisit
from tests.backoffice.office import send_bundle
from tests.backoffice.test_chain import APPROVALS, NUMBER, check_documents, documents_on, enter_and_draft


async def standing(services):
    """What of a case an undone act must leave as it was; its chain is whole and its row follows from it."""
    async with services.database.read() as session:
        case = await CaseRepository(session).get(NUMBER)
        events = await CaseRepository(session).events(case)
        documents = [document.state for document in await CaseRepository(session).documents(case)]
        approvals = [row.transition for row in await CaseRepository(session).approvals(case) if row.voided_at is None]
        assert ledger.first_broken(case, events) is None
        assert replay(events, await CaseValues(session).private(case)) == ledger.state_of(case)
        return case.stage, case.stage_since, sorted(case.facts), case.deadline, documents, approvals


async def undo(desk):
    return await desk.post(f"/permohonan/{NUMBER}/urungkan")


async def test_a_document_put_forward_drafts_and_a_paraf_are_taken_back(api, sign_in, services, clock):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await petugas.take(NUMBER)
    await petugas.open(f"/permohonan/{NUMBER}")
    before = await standing(services)
    (_, submission), *_ = documents_on(petugas.page)
    answer = await petugas.act(NUMBER, "dokumen_benar", document=submission)
    assert f"urung={NUMBER}" in answer.headers["location"]
    clock.pass_by(seconds=9)
    assert (await undo(petugas)).status_code == 303 and await standing(services) == before
    assert (await undo(petugas)).status_code == 409, "there is nothing more of it"

    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    assert (await undo(petugas)).status_code == 409, "the applicant has been told"

    await enter_and_draft(operator, NUMBER)
    assert (await standing(services))[0] == "verifikasi"
    clock.pass_by(seconds=5)
    assert (await undo(operator)).status_code == 303 and (await standing(services))[0] == "draf"
    assert 'data-action="ajukan_verifikasi"' in (await operator.open(f"/permohonan/{NUMBER}")).text, "it is in their hands again"
    await operator.act(NUMBER, "ajukan_verifikasi")
    kasi, before = await sign_in("kasi_identitas"), await standing(services)
    await kasi.act(NUMBER, "paraf_kk")
    assert (await undo(operator)).status_code == 409, "another's act"
    assert (await undo(kasi)).status_code == 303 and await standing(services) == before
    await kasi.act(NUMBER, "paraf_kk")
    clock.pass_by(seconds=30)
    assert (await undo(kasi)).status_code == 409, "after that it is taken back with a reason"


async def test_what_the_stack_offers_to_take_back_is_what_the_event_allows(api, sign_in, services):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    for role, transition in APPROVALS.items():
        head = await sign_in(role)
        await head.open("/persetujuan")
        entry = re.search(rf'"({transition}:{NUMBER}:\d+)"', head.page).group(1)
        for key in ("first", "first"):
            answer = await head.post("/persetujuan", pilih=entry, key=key, seen="ya")
            async with services.database.read() as session:
                event = await session.scalar(select(CaseEvent).where(CaseEvent.kind == transition))
            assert ("urung=" in answer.headers["location"]) == offers(event), transition


async def stays(services):
    async with services.database.read() as session:
        rows = await session.scalars(select(StageVisit).order_by(StageVisit.sequence))
        return [(row.sequence, row.stage, row.seconds) for row in rows]


async def test_an_act_taken_back_leaves_no_stay_of_seconds_and_the_real_one_whole(api, sign_in, services, clock):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    clock.pass_by(seconds=4)
    before = await standing(services)
    for again in range(2):
        assert (await undo(operator)).status_code == 303
        since = (await standing(services))[1]
        clock.pass_by(seconds=5)
        await operator.open(f"/permohonan/{NUMBER}")
        assert (await operator.act(NUMBER, "ajukan_verifikasi")).status_code == 303, again
    assert (await undo(operator)).status_code == 303 and (await standing(services))[1] == since, "the stay began once"
    await operator.open(f"/permohonan/{NUMBER}")
    clock.pass_by(minutes=10)
    assert (await operator.act(NUMBER, "ajukan_verifikasi")).status_code == 303
    found = await stays(services)
    assert [stage for _, stage, _ in found].count("draf") == 1 and "verifikasi" not in [stage for _, stage, _ in found]
    assert found[-1][2] >= 600 and (await standing(services))[0] == before[0]
    await counting.rebuild(services.database)
    assert await stays(services) == found


async def test_a_right_taken_back_gives_reason_and_note_of_the_wrong_before_back(api, sign_in, services):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    await petugas.open(f"/permohonan/{NUMBER}")
    (_, submission), *_ = documents_on(petugas.page)
    await petugas.open(f"/permohonan/{NUMBER}/berkas/{submission}")
    await petugas.act(NUMBER, "dokumen_salah", document=submission, reason="buram", note="Bagian bawah.")
    await petugas.open(f"/permohonan/{NUMBER}/berkas/{submission}")
    assert (await petugas.act(NUMBER, "dokumen_benar", document=submission)).status_code == 303
    assert (await undo(petugas)).status_code == 303
    async with services.database.read() as session:
        document = await CaseRepository(session).document(await CaseRepository(session).get(NUMBER), submission)
        assert (document.state, document.reason, document.note) == ("salah", "buram", "Bagian bawah.")


def happened(sequence, kind, **data):
    at = datetime(2026, 11, 23, 2, tzinfo=UTC) + timedelta(seconds=sequence)
    return SimpleNamespace(sequence=sequence, at=at, kind=kind, staff_id="s", data=data)


def test_a_wrong_document_counts_as_returned_where_the_right_after_it_was_taken_back():
    one = {"item": "kk", "submission": "a"}
    events = [happened(1, "bundel_masuk"), happened(2, "dokumen_salah", reason="buram", **one), happened(3, "dokumen_benar", **one)]
    events += [
        happened(4, "dilihat"),
        happened(5, "diurungkan", undoes="dokumen_benar", **one),
        happened(6, "kembalikan_berkas", to="dikembalikan"),
    ]
    assert [(back.item, back.reason) for back in figures_of(events).returns] == [("kk", "buram")]


def test_what_changed_more_than_the_stage_is_not_offered_to_be_taken_back():
    assert offers(happened(1, "ajukan_verifikasi", to="verifikasi")) and not offers(None)
    assert not any(offers(happened(1, kind, kia={"state": "x"})) for kind in ("kia_dicetak", "ktp_dicetak", "ktp_diserahkan"))
