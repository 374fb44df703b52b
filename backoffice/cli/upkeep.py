"""Commands about the whole installation: exports, purge, the check of the chains, the reports counted anew."""

import argparse
import asyncio
import json
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import update

from backoffice.actor import THE_SYSTEM
from backoffice.audit.service import Audit
from backoffice.cases.hashed import hash_plain, renew
from backoffice.cases.retention import KEEP
from backoffice.cases.retention import purge as purge_photos
from backoffice.cli.run import ADMINISTRATOR
from backoffice.escalation import planning
from backoffice.inspection import chain
from backoffice.inspection.listing import Filter, all_rows
from backoffice.inspection.wording import line_of
from backoffice.metadata import METADATA
from backoffice.notices.models import Notice, NoticeState
from backoffice.reports import counting
from backoffice.reports.period import Cut, Scope
from backoffice.reports.photo_decisions import learnt_from
from backoffice.reports.queries import Reports
from backoffice.reports.wording import tables_of
from backoffice.services import Services
from backoffice.staff.proof import renew_secrets
from backoffice.web.tables import csv_line, make_xlsx
from runtime.commandline import NotDone, require_yes
from storage import backfills
from storage.keyring import SealBroken
from storage.points import note_reconciled
from storage.sealed import reseal as reseal_rows

LONGEST_DAYS = 36_500


async def reseal(services: Services, _arguments: argparse.Namespace) -> str:
    """Brings rows, words and files to the newest key of BLOB_KEY while everything runs. Raises NotDone where rows are left."""
    async with services.database.read() as session:
        if filling := await backfills.unfinished(session):
            raise NotDone(f"Not yet: the running back office is still filling in {', '.join(filling)} (python -m backoffice backfills).")
    try:
        rows, left = await reseal_rows(services.database, METADATA)
        words, cases = await hash_plain(services), await renew(services)
        accounts = await renew_secrets(services)
    except SealBroken as fault:
        raise NotDone(f"Not done: {fault}.") from fault
    files = await services.kept.reseal()
    said = f"{rows} rows, {words} words, {cases} cases, {accounts} second factors and {files} files brought to the newest key"
    if left:
        raise NotDone(f"{said}; {left} rows were held by others all the time: once more.")
    return f"{said}; none is left."


async def show_backfills(services: Services, arguments: argparse.Namespace) -> str:
    """What the update left to be filled in, and how far the running back office has come."""
    async with services.database.read() as session:
        found = await backfills.progress(session)
    if arguments.json:
        rows = [{"name": each.name, "rows": each.rows, "done_at": each.done_at and each.done_at.isoformat()} for each in found]
        return json.dumps(rows, indent=1)
    lines = [f"{each.name}: {each.rows} rows, {'done' if each.done_at else 'under way'}" for each in found]
    return "\n".join(lines) or "Nothing was left to be filled in."


async def check_chains(services: Services, arguments: argparse.Namespace) -> str:
    """Says of every chain whether it is whole. Raises NotDone where one is broken.

    Whoever notes the head down proves with `--seen` later that nothing was cut off.
    """
    cases, broken = 0, []
    async with services.database.read() as session:
        async for found in chain.check_cases(session):
            cases += 1
            broken += [found] if found else []
        for more in (chain.check_arrivals(session), chain.check_heads(session)):
            known = {found.what for found in broken}
            broken += [gone async for gone in more if gone.what not in known]
        acts = await chain.check_audit(session, arguments.seen)
    broken += [acts.broken] if acts.broken else []
    if arguments.json:
        rows = [{"chain": found.what, "event": found.place} for found in broken]
        said = json.dumps({"cases": cases, "acts": acts.events, "broken": rows, "head": acts.head, "seen": acts.seen}, indent=1)
        if broken or not acts.seen:
            raise NotDone(said)
        return said
    lines = [f"BROKEN {found.what} at event {found.place}" for found in broken]
    if not acts.seen:
        lines.append(f"CUT audit: the head {arguments.seen} is not part of the chain any more")
    lines.append(f"{cases} cases and {acts.events} acts checked, {len(broken)} chains broken. Head of the audit: {acts.head}")
    if broken or not acts.seen:
        raise NotDone("\n".join(lines))
    return lines[0]


async def export_report(services: Services, arguments: argparse.Namespace) -> str:
    """The tables of a period as XLSX, without personal data. Raises NotDone."""
    _require(arguments, ".xlsx")
    async with services.database.read() as session:
        report = await Reports(session, Scope(arguments.first, arguments.last, None, Cut.MONTH), services.clock()).whole()
    data = make_xlsx(tables_of(report))
    await _note(services, "laporan_diekspor", {"format": "xlsx", "from": arguments.first.isoformat(), "until": arguments.last.isoformat()})
    return await asyncio.to_thread(_write, arguments.file, data)


async def export_audit(services: Services, arguments: argparse.Namespace) -> str:
    """Events and acts of a period as CSV. Raises NotDone."""
    _require(arguments, ".csv")
    wanted = Filter(first=arguments.first, last=arguments.last)
    pieces = ["\ufeff"]
    async for rows in all_rows(services.database, wanted, THE_SYSTEM):
        pieces += [csv_line(line_of(row)) for row in rows]
    data = "".join(pieces).encode()
    await _note(services, "audit_diekspor", {"from": arguments.first.isoformat(), "until": arguments.last.isoformat()})
    return await asyncio.to_thread(_write, arguments.file, data)


async def export_photos(services: Services, arguments: argparse.Namespace) -> str:
    """What `python -m documents calibrate` sets limits by. Raises NotDone."""
    _require(arguments, ".jsonl")
    scope = Scope(arguments.first, arguments.last, None, Cut.MONTH)
    async with services.database.read() as session:
        lines = [json.dumps(row, ensure_ascii=False) + "\n" async for row in learnt_from(session, scope)]
    await _note(services, "ukuran_foto_diekspor", {"from": arguments.first.isoformat(), "until": arguments.last.isoformat()})
    return await asyncio.to_thread(_write, arguments.file, "".join(lines).encode())


async def purge(services: Services, arguments: argparse.Namespace) -> str:
    """Erases working copies of photos whose time is over. Sooner than the office keeps them it asks. Raises NotDone."""
    before = timedelta(days=arguments.days)
    if before < KEEP and not arguments.dry_run:
        going = await purge_photos(services, ADMINISTRATOR, before, dry=True)
        if going.blobs:
            gone = f"{going.blobs} pictures of {going.cases} cases would go for good"
            require_yes(arguments, f"{gone}, of some sooner than after the {KEEP.days} days that the office keeps them.")
    done = await purge_photos(services, ADMINISTRATOR, before, dry=arguments.dry_run)
    return f"{'Would erase' if arguments.dry_run else 'Erased'}: {done.blobs} pictures of {done.documents} documents in {done.cases} cases"


async def rebuild_reports(services: Services, _arguments: argparse.Namespace) -> str:
    """Counts the report tables anew from the events."""
    return f"{await counting.rebuild(services.database)} cases counted"


async def rebuild_alarms(services: Services, _arguments: argparse.Namespace) -> str:
    """Sets the alarms of all cases under way anew, as after a change in `deadlines.yml`."""
    return f"alarms of {await planning.rebuild(services.database)} cases set"


def read_days(given: str) -> int:
    """A number of days, at least one. Raises ArgumentTypeError."""
    if not given.isdecimal() or not 1 <= int(given) <= LONGEST_DAYS:
        raise argparse.ArgumentTypeError(f"a whole number of days from 1 to {LONGEST_DAYS}")
    return int(given)


def read_day(given: str) -> date:
    """A day as arguments name it, `2026-11-23`. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError("a day as year, month, day: 2026-11-23") from None


def _require(arguments: argparse.Namespace, ending: str) -> None:
    """Raises NotDone where the period ends before it begins, or the file can't be what it is called."""
    if arguments.first > arguments.last:
        raise NotDone(f"Not done: --from {arguments.first} is after --to {arguments.last}.")
    if arguments.file.suffix.lower() != ending:
        raise NotDone(f"Not done: this export is {ending}; {arguments.file.name} says something else.")
    if not arguments.file.parent.is_dir():
        raise NotDone(f"Not done: there is no folder {arguments.file.parent}.")


def _write(file: Path, data: bytes) -> str:
    file.touch(mode=0o600)
    file.write_bytes(data)
    return f"{file}: {len(data)} bytes"


async def _note(services: Services, action: str, data: dict[str, str]) -> None:
    async with services.database.write() as session:
        await Audit(session, services.clock()).note(action, None, None, data)


async def reconcile(services: Services, _arguments: argparse.Namespace) -> str:
    """Tells the bot again of every notice whose message has not gone out; the bot knows again what it has. Then the work goes on."""
    on_their_way = Notice.state.in_((NoticeState.HANDED_OVER, NoticeState.WAITING_WINDOW))
    again = {"state": NoticeState.QUEUED, "next_try_at": services.clock(), "attempts": 0}
    async with services.database.write() as session:
        again_ids = (await session.scalars(update(Notice).where(on_their_way).values(again).returning(Notice.id))).all()
    await note_reconciled(services.database, "backoffice")
    return f"{len(again_ids)} notices are sent again."
