"""The audit: every look and act is on the list, filters and pages lose nothing, an export runs no formula, tampering shows."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import delete, select, update

from backoffice.actor import Actor
from backoffice.audit.models import AuditEvent
from backoffice.audit.service import GENESIS, Audit
from backoffice.background import make_jobs
from backoffice.cases.documents import CaseDocument
from backoffice.cases.models import Case, CaseEvent, CaseTask, CaseTerm
from backoffice.escalation.models import CaseAlarm
from backoffice.inspection import chain
from backoffice.inspection.anchoring import ANCHORED, anchor
from backoffice.inspection.listing import Filter, Listing
from backoffice.inspection.wording import act_text, acts_to_choose, detail_text
from backoffice.web.tables import csv_line
from backoffice.web.texts import catalogue
from tests.backoffice.office import send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents

INSPECTOR = Actor("inspektorat", "Inspektorat SPESIMEN", frozenset({"inspektorat"}))


async def everything(services, wanted=None, size=7):
    """All rows of the list, in pages of `size`."""
    rows, place = [], None
    while True:
        async with services.database.read() as session:
            page, place = await Listing(session, INSPECTOR).page(wanted or Filter(), place, size)
        rows += page
        if place is None:
            return rows


async def test_every_look_and_every_act_is_on_the_list_with_who_and_when(api, sign_in, services, clock):
    await send_bundle(api)
    petugas, boss = await sign_in("petugas"), await sign_in("supervisor")
    clock.pass_by(minutes=3)
    await petugas.open(f"/permohonan/{NUMBER}")
    await petugas.open("/antrean?q=3316990101900001")
    page = (await boss.open("/audit")).text
    assert "Petugas SPESIMEN" in page and "halaman permohonan" in page and "Mencari NIK" in page and "3316990101900001" not in page


async def test_pages_hold_every_row_once_whatever_the_ties(services, clock):
    async with services.database.write() as session:
        for place in range(25):
            await Audit(session, clock() + timedelta(seconds=place // 5)).note("masuk", None, f"a{place}", {})
    rows = await everything(services)
    assert [row.subject for row in rows] == [f"a{place}" for place in reversed(range(25))]


async def test_cases_and_other_acts_of_one_moment_come_in_one_order(api, sign_in, services):
    await send_bundle(api)
    desk = await sign_in("petugas")
    for place in range(6):
        await desk.open(f"/permohonan/{NUMBER}")
        await desk.open(f"/antrean?q=331699010190000{place}")
    for size in (1, 3, 100):
        keys = [(row.source, row.id) for row in await everything(services, size=size)]
        assert len(keys) == len(set(keys)) == 2 + 2 + 12, "the bundle and its note, the account and its sign-in, the looks and searches"


async def test_filters_narrow_by_person_case_act_and_day(api, sign_in, services, clock):
    await send_bundle(api)
    petugas, boss = await sign_in("petugas"), await sign_in("supervisor")
    await check_documents(petugas, NUMBER)
    clock.pass_by(days=1)
    await boss.sign_in("supervisor")
    await boss.open(f"/permohonan/{NUMBER}")
    everyone = await everything(services)
    assert {row.subject for row in await everything(services, Filter(subject=NUMBER.lower()))} == {NUMBER}
    looks = await everything(services, Filter(act="dilihat", subject=NUMBER))
    assert looks and {row.kind for row in looks} == {"dilihat"}
    today, yesterday = (clock() + timedelta(hours=7)).date(), (clock() + timedelta(hours=7)).date() - timedelta(days=1)
    by_day = [len(await everything(services, Filter(first=day, last=day))) for day in (yesterday, today)]
    assert sum(by_day) == len(everyone) and by_day[1] == 2
    who = looks[0].event.staff_id
    assert {row.staff_name for row in await everything(services, Filter(staff_id=who))} == {"Supervisor SPESIMEN"}


@pytest.mark.parametrize("role", ["petugas", "kepala_dinas", "petugas_pengaduan"])
async def test_the_audit_is_for_who_audits(sign_in, role):
    desk = await sign_in(role)
    assert (await desk.open("/audit")).status_code == 403
    assert (await desk.open("/audit/unduh.csv")).status_code == 403


async def test_the_export_holds_what_the_page_shows_and_is_noted_itself(api, sign_in, services):
    await send_bundle(api)
    desk = await sign_in("inspektorat")
    await desk.open(f"/permohonan/{NUMBER}")
    answer = await desk.client.get(f"/audit/unduh.csv?tentang={NUMBER}")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    assert rows[0] == ["Waktu (WIB)", "Siapa", "Peran", "Tentang", "Tindakan", "Rincian"]
    assert [row[3] for row in rows[1:]] == [NUMBER] * 3
    assert [row[1] for row in rows[1:]] == ["Sistem", "Inspektorat SPESIMEN", "Sistem"]
    assert rows[2][:3] == ["2026-11-23 09:00:00", "Inspektorat SPESIMEN", "Inspektorat Daerah"]
    assert "ANAK A" not in answer.text
    assert (await everything(services, Filter(act="audit_diekspor")))[0].staff_name == "Inspektorat SPESIMEN"


@pytest.mark.parametrize("cell", ["=1+1", "+62812", "-1", "@SUM(A1)"])
def test_no_cell_of_a_table_runs_as_a_formula(cell):
    assert csv_line([cell]) == f"'{cell}\r\n"


async def checked(services):
    async with services.database.read() as session:
        cases = [found async for found in chain.check_cases(session) if found]
        cases += [gone async for gone in chain.check_arrivals(session)]
        cases += [cut async for cut in chain.check_heads(session)]
        return cases, await chain.check_audit(session)


async def test_an_untouched_chain_is_whole(api, sign_in, services):
    await send_bundle(api)
    await check_documents(await sign_in("petugas"), NUMBER)
    cases, audit = await checked(services)
    assert cases == [] and audit.broken is None and audit.events == 3


@pytest.mark.parametrize(
    ("tamper", "place"),
    [
        (lambda: update(CaseEvent).where(CaseEvent.sequence == 2).values(staff_name="Orang Lain"), 2),
        (lambda: update(CaseEvent).where(CaseEvent.sequence == 3).values(data={"what": "lain"}), 3),
        (lambda: delete(CaseEvent).where(CaseEvent.sequence == 2), 2),
        (lambda: delete(CaseEvent).where(CaseEvent.sequence == 4), 4),
    ],
    ids=["another name", "other data", "one taken out", "the last cut off"],
)
async def test_tampering_with_a_case_shows_at_its_first_false_event_on_the_page_too(api, sign_in, services, tamper, place):
    await send_bundle(api)
    desk = await sign_in("inspektorat")
    for _ in range(3):
        await desk.open(f"/permohonan/{NUMBER}")
    async with services.database.write() as session:
        await session.execute(tamper())
    assert (await checked(services))[0] == [chain.Break(NUMBER, place)]
    page = (await desk.open(f"/audit?tentang={NUMBER}")).text
    assert 'data-whole="no"' in page and f"ke-{place}" in page


async def note_heads(services):
    return await anchor(services)


async def cut_off_after(services, sequence):
    """Takes a case's last events out as somebody would who knows how its row follows from them."""
    async with services.database.write() as session:
        await session.execute(delete(CaseEvent).where(CaseEvent.sequence > sequence))
        last = await session.scalar(select(CaseEvent).where(CaseEvent.sequence == sequence))
        await session.execute(update(Case).values(events=sequence, head_hash=last.hash))


async def test_events_cut_off_the_end_of_a_case_are_missed_though_its_row_agrees(api, sign_in, services, clock):
    await send_bundle(api)
    desk = await sign_in("inspektorat")
    for _ in range(3):
        await desk.open(f"/permohonan/{NUMBER}")
    clock.pass_by(hours=1)
    assert await note_heads(services) == 1
    assert (await checked(services))[0] == []
    await cut_off_after(services, 2)
    assert (await checked(services))[0] == [chain.Break(NUMBER, 3)]
    await desk.sign_in("inspektorat")
    for _ in range(3):
        await desk.open(f"/permohonan/{NUMBER}")
    assert (await checked(services))[0] == [chain.Break(NUMBER, 4)], "other events in their place are not those"


async def test_what_moved_is_noted_once_an_hour_and_nothing_is_left_out_between(api, sign_in, services, clock):
    await send_bundle(api)
    jobs = make_jobs(services, httpx.AsyncClient())

    async def noted():
        await jobs.workers["housekeeping"].drain()
        return len(await everything(services, Filter(act=ANCHORED)))

    assert [await noted(), await noted()] == [1, 1]
    clock.pass_by(minutes=59)
    desk = await sign_in("inspektorat")
    await desk.open(f"/permohonan/{NUMBER}")
    assert await noted() == 1
    clock.pass_by(days=3)
    assert [await noted(), await noted()] == [2, 2]
    clock.pass_by(hours=2)
    assert await noted() == 3, "that its superior was told, after the note of three days, moved it"
    clock.pass_by(hours=2)
    assert await noted() == 3, "nothing moved"
    acts = await everything(services, Filter(act=ANCHORED))
    assert [act_text(row) + " " + detail_text(row) for row in acts] == ["Ujung rantai permohonan dicatat jumlah: 1"] * 3


async def test_tampering_with_the_acts_beside_cases_shows_and_a_noted_head_tells_of_a_cut(sign_in, services):
    await sign_in("supervisor")
    await sign_in("petugas")
    _, before = await checked(services)
    assert before.events == 4
    async with services.database.write() as session:
        last = await session.scalar(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1))
        await session.execute(delete(AuditEvent).where(AuditEvent.id == last.id))
    async with services.database.read() as session:
        cut = await chain.check_audit(session, seen=before.head)
    assert cut.broken is None and not cut.seen, "a cut end leaves a whole chain, but not the head noted before"
    async with services.database.write() as session:
        await session.execute(update(AuditEvent).values(action="keluar"))
    assert (await checked(services))[1].broken is not None


async def test_a_case_with_a_changed_row_behind_its_events_shows(api, services):
    await send_bundle(api)
    async with services.database.write() as session:
        await session.execute(update(Case).values(head_hash="f" * 64))
    assert (await checked(services))[0] == [chain.Break(NUMBER, 2)]


async def test_a_case_taken_out_with_everything_that_belongs_to_it_is_missed(api, sign_in, services):
    await send_bundle(api)
    desk = await sign_in("inspektorat")
    async with services.database.write() as session:
        for table in (CaseEvent, CaseDocument, CaseTask, CaseTerm, CaseAlarm):
            await session.execute(delete(table))
        await session.execute(delete(Case))
    assert (await checked(services))[0] == [chain.Break(NUMBER, 1)]
    assert 'data-whole="no"' in (await desk.open(f"/audit?tentang={NUMBER.lower()}")).text


async def test_a_case_that_was_put_beside_the_others_by_another_hand_shows(api, services):
    await send_bundle(api)
    slipped_in = "LM-261123-XXXX"
    async with services.database.write() as session:
        first = await session.scalar(select(Case))
        row = {name: value for name, value in vars(first).items() if not name.startswith("_") and name != "id"}
        session.add(Case(**row | {"number": slipped_in, "draft_id": "draft-x", "events": 0, "head_hash": GENESIS}))
    assert (await checked(services))[0] == [chain.Break(slipped_in, 1)]


def test_every_audited_action_has_its_words():
    sources = "".join(path.read_text() for path in Path("backoffice").rglob("*.py"))
    actions = set(re.findall(r'(?:\.note|_note)\(\s*"(\w+)"', sources)) | set(re.findall(r'"(akun_(?:dibuka|ditutup))"', sources))
    assert len(actions) > 15
    assert {f"audit_action.{action}" for action in actions} <= set(catalogue())
    kinds = set(re.findall(r'record\(\w+(?:\.\w+)?, case, "(\w+)"', sources))
    assert kinds <= set(acts_to_choose()["cases"])
