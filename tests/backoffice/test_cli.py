"""The administrator's commands do what they say, leave their events behind, and tell what could not be done."""

import asyncio
import hashlib
import io
import json

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from backoffice.audit.models import AuditEvent
from backoffice.background import make_jobs
from backoffice.cases.documents import CaseDocument
from backoffice.cases.models import Case, CaseEvent, CaseTerm
from backoffice.cases.repository import CaseRepository
from backoffice.cases.terms import stored_term, wanted_terms
from backoffice.cli.parser import make_parser
from backoffice.cli.run import ADMINISTRATOR, run
from backoffice.errors import Problem
from backoffice.notices.models import Notice
from backoffice.services import Services
from backoffice.staff.models import Staff
from runtime.commandline import NotDone
from tests.backoffice.office import ITEMS, make_bundle, make_picture, send_bundle
from tests.backoffice.test_chain import NUMBER, approve_all, check_documents, deliver, enter_and_draft


@pytest.fixture
def shell(services):
    """Does an command as the command line would, on the test's own database."""

    async def call(*arguments):
        parsed = make_parser().parse_args(arguments)
        return await parsed.run(services, parsed)

    return call


async def issue(api, sign_in):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    await approve_all(sign_in, NUMBER)
    await deliver(operator, NUMBER)


async def kinds(services):
    async with services.database.read() as session:
        return list(await session.scalars(select(CaseEvent.kind).order_by(CaseEvent.id)))


async def blobs_there(services, texts=ITEMS):
    return [await services.blobs.exists(hashlib.sha256(make_picture(text)).hexdigest()) for text in texts]


async def test_accounts_are_made_listed_changed_closed_and_opened(shell, services):
    said = await shell("user", "create", "dewi", "Dewi SPESIMEN", "--role", "petugas")
    assert said.startswith("dewi: ") and "first sign-in" in said
    await shell("user", "roles", "dewi", "--role", "operator", "--role", "petugas")
    await shell("user", "close", "dewi", "--yes")
    assert "operator, petugas" in await shell("user", "list") and "closed" in await shell("user", "list")
    listed = {row["username"]: row for row in json.loads(await shell("user", "list", "--json"))}
    assert listed["dewi"]["roles"] == ["operator", "petugas"] and not listed["dewi"]["active"]
    await shell("user", "open", "dewi")
    assert "active" in await shell("user", "list")
    assert (await shell("user", "reset", "dewi", "--second-factor")) != said
    with pytest.raises(Problem):
        await shell("user", "reset", "nobody")


async def test_nobody_takes_the_last_holder_of_a_role_away_unasked(shell, services, monkeypatch):
    await shell("user", "create", "ratna", "Ratna SPESIMEN", "--role", "supervisor")
    await shell("user", "create", "dewi", "Dewi SPESIMEN", "--role", "supervisor", "--role", "petugas")
    held = json.loads(await shell("user", "list", "--json"))
    for name in [row["username"] for row in held if "supervisor" in row["roles"] and row["username"] not in {"ratna", "dewi"}]:
        await shell("user", "close", name, "--yes")
    await shell("user", "close", "ratna")
    for arguments in (("close", "dewi"), ("roles", "dewi", "--role", "petugas")):
        with pytest.raises(NotDone, match=r"Nobody else holds .*supervisor.* say --yes"):
            await shell("user", *arguments)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _asked: "no")
    with pytest.raises(NotDone, match="nothing was changed"):
        await shell("user", "close", "dewi")
    monkeypatch.setattr("builtins.input", lambda _asked: "yes")
    assert await shell("user", "close", "dewi") == "dewi: done"


async def test_a_case_goes_into_the_hands_of_who_can_work_on_it_and_of_nobody_else(api, shell, sign_in, services):
    await send_bundle(api)
    await sign_in("petugas")
    await sign_in("operator")
    assert "Petugas SPESIMEN" in await shell("case", "reassign", NUMBER, "petugas")
    async with services.database.read() as session:
        case = await session.scalar(select(Case))
        assert case.taken_by == await session.scalar(select(Staff.id).where(Staff.username == "petugas"))
    with pytest.raises(Problem):
        await shell("case", "reassign", NUMBER, "operator")
    await shell("case", "release", NUMBER)
    assert (await kinds(services))[-2:] == ["dialihkan", "dilepas"]


async def test_failed_notices_are_tried_again_and_without_any_the_documents_are_sent_again(api, shell, sign_in, services):
    await issue(api, sign_in)
    async with services.database.write() as session:
        await session.execute(update(Notice).where(Notice.kind == "dokumen_terbit").values(state="failed", attempts=9))
    assert "1 failed" in await shell("case", "resend", NUMBER)
    async with services.database.read() as session:
        notice = await session.scalar(select(Notice).where(Notice.kind == "dokumen_terbit"))
    assert (notice.state, notice.attempts) == ("queued", 0)
    assert "sent again" in await shell("case", "resend", NUMBER)
    assert (await kinds(services))[-2:] == ["kabar_diulang", "kirim_ulang"]


async def test_documents_that_were_never_sent_can_not_be_sent_again(api, shell):
    await send_bundle(api)
    with pytest.raises(Problem):
        await shell("case", "resend", NUMBER)


async def test_photos_go_ninety_days_after_delivery_and_the_record_stays(api, shell, sign_in, services, clock):
    await issue(api, sign_in)
    clock.pass_by(days=89)
    assert "0 pictures" in await shell("purge")
    clock.pass_by(days=2)
    assert "Would erase: 6 pictures of 6 documents in 1 cases" in await shell("purge", "--dry-run")
    with pytest.raises(NotDone, match="6 pictures of 1 cases would go for good"):
        await shell("purge", "--days", "10")
    assert all(await blobs_there(services))
    assert "Erased: 6 pictures" in await shell("purge")
    assert not any(await blobs_there(services))
    async with services.database.read() as session:
        case = await CaseRepository(session).get(NUMBER)
        documents = await CaseRepository(session).documents(case)
        products = await CaseRepository(session).products(case)
    assert all(document.erased_at and not document.check["fields"] for document in documents)
    assert all([await services.blobs.exists(product.blob) for product in products])
    assert (await kinds(services))[-1] == "foto_dihapus" and "0 pictures" in await shell("purge")


async def test_with_the_photos_go_the_witnesses_and_the_way_they_are_found_by(api, shell, sign_in, services, clock):
    theirs = {"saksi_1_nama": {"value": "WAGIMIN SPESIMEN"}, "saksi_1_nik": {"value": "3316990505700007"}}
    await issue(api, sign_in)
    async with services.database.write() as session:
        case = await CaseRepository(session).get(NUMBER)
        case.bundle = case.bundle | {"answers": case.bundle["answers"] | theirs}
        CaseRepository(session).add_terms(case, TERMS_OF_A_WITNESS)
    clock.pass_by(days=91)
    await shell("purge")
    async with services.database.read() as session:
        case = await CaseRepository(session).get(NUMBER)
        terms = set(await session.scalars(select(CaseTerm.term).where(CaseTerm.case_id == case.id)))
    assert "saksi_1_nik" not in case.bundle["answers"] and case.bundle["alamat_kia"] is None
    keyring = services.database.keyring
    assert stored_term(keyring, "nik", case.bundle["answers"]["pelapor_nik"]["value"]) in terms
    assert {stored_term(keyring, "nama", word) for word in ("BUDI", "SITI", "ANAK")} <= terms
    assert not {form for kind, term in TERMS_OF_A_WITNESS for form in wanted_terms(keyring, kind, term)} & terms


TERMS_OF_A_WITNESS = [("nama", "WAGIMIN"), ("nik", "3316990505700007")]


async def test_a_case_that_waits_for_its_applicant_keeps_its_pictures_for_half_a_year(api, shell, sign_in, services, clock):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await check_documents(petugas, NUMBER, wrong={"kk"})
    assert (await petugas.act(NUMBER, "kembalikan_berkas")).status_code == 303
    clock.pass_by(days=179)
    assert "0 pictures" in await shell("purge")
    clock.pass_by(days=2)
    assert "Erased: 6 pictures" in await shell("purge")


async def test_a_picture_that_another_case_still_needs_stays(api, shell, sign_in, services, clock):
    await issue(api, sign_in)
    clock.pass_by(days=91)
    await send_bundle(api, make_bundle("LM-270222-AAAA", documents=make_bundle()["documents"][:1]), "draft-2")
    await shell("purge")
    assert await blobs_there(services) == [True] + [False] * 5


async def test_a_picture_that_a_complaint_shows_stays(api, shell, sign_in, services, clock):
    await issue(api, sign_in)
    picture = make_bundle()["documents"][0]["pages"][0]["blob"]
    complaint = {"number": "ADU-261123-AAAA", "contact": make_bundle()["contact"], "category": "lama", "text": "SPESIMEN"}
    await api.put("/api/complaints/c-1", json={**complaint, "created_at": clock().isoformat()})
    message = {"text": "SPESIMEN", "attachments": [{"blob": picture, "mime": "image/jpeg"}], "at": clock().isoformat()}
    assert (await api.put("/api/complaints/ADU-261123-AAAA/messages/m-1", json=message)).status_code == 200
    clock.pass_by(days=91)
    await shell("purge")
    assert await blobs_there(services) == [True] + [False] * 5


async def test_the_running_service_purges_by_itself(api, sign_in, services, clock):
    await issue(api, sign_in)
    clock.pass_by(days=91)
    jobs = make_jobs(services, httpx.AsyncClient())
    jobs.start()
    for _ in range(1000):
        if not any(await blobs_there(services)):
            break
        await asyncio.sleep(0.01)
    await jobs.stop()
    assert not any(await blobs_there(services))


async def test_a_case_page_still_opens_after_the_purge(api, shell, sign_in, services, clock):
    await issue(api, sign_in)
    clock.pass_by(days=91)
    await shell("purge")
    boss = await sign_in("supervisor")
    assert (await boss.open(f"/permohonan/{NUMBER}")).status_code == 200
    assert (await boss.open(f"/permohonan/{NUMBER}/cetak.pdf")).status_code == 200


async def test_a_closed_case_loses_its_photos_after_as_long(api, shell, sign_in, clock):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    await petugas.act(NUMBER, "tolak", reason="sudah_tercatat")
    clock.pass_by(days=91)
    assert "Erased: 6 pictures" in await shell("purge")


async def test_the_check_says_whole_or_where_a_chain_is_broken(api, shell, sign_in, services):
    await send_bundle(api)
    await check_documents(await sign_in("petugas"), NUMBER)
    said = await shell("audit", "check")
    assert said.startswith("1 cases and 3 acts checked, 0 chains broken. Head of the audit: ")
    head = said.rsplit(" ", 1)[1]
    assert await shell("audit", "check", "--seen", head)
    async with services.database.write() as session:
        await session.execute(update(CaseEvent).where(CaseEvent.sequence == 2).values(staff_name="Orang Lain"))
    with pytest.raises(NotDone, match=f"BROKEN {NUMBER} at event 2"):
        await shell("audit", "check")
    with pytest.raises(NotDone, match="CUT audit"):
        await shell("audit", "check", "--seen", "0" * 64)


async def test_exports_are_files_that_only_their_owner_reads_and_are_noted(api, shell, sign_in, services, tmp_path):
    await issue(api, sign_in)
    days = ("--from", "2026-11-01", "--to", "2026-11-30")
    report, audit = tmp_path / "laporan.xlsx", tmp_path / "audit.csv"
    await shell("export", "report", str(report), *days)
    await shell("export", "audit", str(audit), *days)
    assert load_workbook(report).sheetnames[0] == "Ringkasan" and NUMBER in audit.read_text()
    assert report.stat().st_mode & 0o077 == 0
    async with services.database.read() as session:
        noted = list(await session.scalars(select(AuditEvent.action).where(AuditEvent.action.like("%diekspor")).order_by(AuditEvent.id)))
    assert noted == ["laporan_diekspor", "audit_diekspor"]


async def test_the_report_tables_are_counted_anew(api, shell, sign_in):
    await issue(api, sign_in)
    assert await shell("reports", "rebuild") == "1 cases counted"


async def test_what_the_shell_does_is_told_as_the_administrators(api, shell, sign_in, services):
    await send_bundle(api)
    await sign_in("petugas")
    await shell("case", "reassign", NUMBER, "petugas")
    async with services.database.read() as session:
        event = await session.scalar(select(CaseEvent).where(CaseEvent.kind == "dialihkan"))
        held = await session.scalar(select(CaseDocument).limit(1))
    assert event.staff_name == ADMINISTRATOR.name and event.staff_id is None and held.erased_at is None


@pytest.mark.parametrize("days", ["0", "-5", "x", "1.5"])
def test_a_purge_takes_a_number_of_days_only(days, capsys):
    with pytest.raises(SystemExit):
        make_parser().parse_args(["purge", f"--days={days}"])
    assert "a whole number of days from 1 to" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "days", "said"),
    [
        ("laporan.xlsx", ("2026-11-30", "2026-11-01"), "--from 2026-11-30 is after --to 2026-11-01"),
        ("laporan.csv", ("2026-11-01", "2026-11-30"), "this export is .xlsx; laporan.csv says something else"),
        ("tidak/ada/laporan.xlsx", ("2026-11-01", "2026-11-30"), "there is no folder"),
    ],
)
async def test_an_export_that_can_not_be_is_refused_in_one_sentence_and_writes_nothing(shell, tmp_path, file, days, said):
    with pytest.raises(NotDone, match=said):
        await shell("export", "report", str(tmp_path / file), "--from", days[0], "--to", days[1])
    assert list(tmp_path.rglob("laporan*")) == []


async def test_a_name_that_is_taken_is_said_to_be_taken(shell, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    await shell("user", "create", "siti", "Siti SPESIMEN", "--role", "petugas")
    with pytest.raises(NotDone, match="there is an account siti already"):
        await shell("user", "create", "siti", "Siti Lain", "--role", "petugas")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("user", "create", "Siti Aminah", "Siti", "--role", "petugas"), "2 to 40 small letters"),
        (("user", "create", "siti", " ", "--role", "petugas"), "the person's full name"),
        (("user", "create", "siti", "Siti", "--role", "petugass"), "invalid choice: 'petugass' (choose from"),
        (("user", "create", "siti", "Siti"), "required: --role"),
        (("user", "close"), "required: username"),
        (("user", "hapus", "siti"), "invalid choice: 'hapus' (choose from"),
        (("case", "release", "LM-1"), "the number of an application, such as LM-"),
        (("case", "reassign", "LM-261123-7K4F"), "required: username"),
        (("purge", "--days", "0"), "a whole number of days from 1 to"),
        (("purge", "--days", "lima"), "a whole number of days from 1 to"),
        (("export", "report", "x.xlsx", "--from", "01-11-2026", "--to", "2026-11-30"), "a day as year, month, day: 2026-11-23"),
        (("export", "report", "x.xlsx", "--from", "2026-11-01"), "required: --to"),
        (("lapor",), "invalid choice: 'lapor' (choose from"),
    ],
)
def test_a_wrong_argument_is_told_with_what_is_allowed(command, told, capsys):
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args(command)
    assert ended.value.code == 2 and told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("user", "reset", "nobody"), "there is no account of that name (python -m backoffice user list)"),
        (("user", "close", "nobody", "--yes"), "there is no account of that name"),
        (("user", "roles", "petugas", "--role", "administrator", "--role", "petugas"), "those roles can't be held together"),
        (("case", "release", "LM-261123-7K4G"), "no case of that number"),
        (("case", "reassign", NUMBER, "nobody"), "no open account has that name"),
        (("case", "reassign", NUMBER, "kepala_dinas"), "the case waits for nobody of that person's roles"),
        (("case", "resend", NUMBER), "not at a stage at which that can be done"),
    ],
)
async def test_what_can_not_be_done_is_told_in_a_sentence(command, told, api, services, sign_in, monkeypatch):
    await send_bundle(api)
    for role in ("petugas", "kepala_dinas"):
        await sign_in(role)
    monkeypatch.setattr(Services, "open", classmethod(lambda _cls, _settings: services))
    monkeypatch.setattr(services.database, "close", lambda: asyncio.sleep(0))
    parsed = make_parser().parse_args(command)
    with pytest.raises(NotDone) as problem:
        await run(parsed.run, services.settings, parsed)
    assert str(problem.value).startswith("Not done: ") and str(problem.value).endswith(".") and told in str(problem.value)
