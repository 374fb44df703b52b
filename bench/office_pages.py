"""Opens every page of the back office a hundred times, beside the bare SQL that it needs, and holds both against the limits."""

import os
import re
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
from sqlalchemy import select, text

from backoffice.cases.models import Case
from backoffice.cases.queues import write_cursor
from backoffice.staff.cookies import SESSION
from bench.office_server import Office
from bench.office_sql import Bare, Listener
from standard.clock import now, today
from storage.database import Database
from tests.backoffice.office import PASSWORD, Desk

FACTOR, ALLOWANCE = 3, 0.020
"""A page may take three times its SQL and 20 milliseconds."""
LONGEST = 25.0
CLICK = 0.100
"""What a queue or a case page may take at p95, in seconds."""
NARROWED = ("kecamatan=CEPU", "ciri=sptjm_pasutri", "pemegang=bebas&urut=kecamatan", "waktu=hampir", "urut=terbaru")
NARROWED_DONE = ("kecamatan=CEPU", "ciri=perlu_cek_petugas", "ciri=kembar", "urut=pertama")
"""What lists are narrowed to and sorted by; no case of the filled database is about twins."""


@dataclass
class Page:
    """One page, opened by `role` (None: nobody signed in) at each of `paths` in turn. `limit`: seconds at p95, where there is one."""

    name: str
    role: str | None
    paths: list[str]
    limit: float | None = None
    times: list[float] = field(default_factory=list)
    sql: list[float] = field(default_factory=list)
    cpu: float = 0.0
    """Seconds that the process worked on one request, on average: what a busy machine can't blur."""
    statements: int = 0
    size: int = 0

    def row(self) -> dict[str, object]:
        """The figures, in milliseconds."""
        page, sql = percentile(self.times, 95), percentile(self.sql, 95)
        allowed = FACTOR * sql + ALLOWANCE
        return {
            "page": self.name, "role": self.role or "–", "requests": len(self.times), "statements": self.statements, "bytes": self.size,
            "p50": round(percentile(self.times, 50) * 1000, 1), "p95": round(page * 1000, 1),
            "sql_p50": round(percentile(self.sql, 50) * 1000, 1), "sql_p95": round(sql * 1000, 1),
            "allowed": round(allowed * 1000, 1), "cpu": round(self.cpu * 1000, 1), "limit": self.limit and round(self.limit * 1000),
            "ok": page <= allowed and (self.limit is None or page <= self.limit),
        }  # fmt: skip


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else sum(values)


@asynccontextmanager
async def signed_in(address: str, username: str) -> AsyncIterator[Desk]:
    """A browser in which that person is signed in."""
    async with httpx.AsyncClient(base_url=address, timeout=120) as client:
        desk = Desk(client)
        answer = await desk.sign_in(username, PASSWORD)
        assert answer.status_code == 303, (username, answer.status_code)
        yield desk


async def choose_pages(database: Database, petugas: Desk) -> list[Page]:
    """The pages to measure, with cases that are there."""
    async with database.read() as session:

        async def numbers(where: str, limit: int = 30) -> list[str]:
            return list(await session.scalars(text(f"SELECT number FROM cases WHERE {where} LIMIT {limit}")))

        fresh = await numbers("stage = 'diterima' ORDER BY deadline", 20)
        drafted = await numbers("stage = 'verifikasi'")
        middle = await session.scalar(text("SELECT max(id) / 2 FROM cases"))
        old = await numbers(f"id > {middle} ORDER BY id")
        people = (await session.execute(text(f"SELECT kind, term FROM case_terms WHERE case_id BETWEEN {middle} AND {middle + 14}"))).all()
        rare = list(await session.execute(select(Case.child_name).where(Case.id.between(middle, middle + 29))))
        done = select(Case.delivered_at, Case.id).where(Case.id >= middle, Case.delivered_at.is_not(None)).order_by(Case.id).limit(1)
        day = (await session.execute(done)).one()
    held = []
    for number in fresh:
        await petugas.open("/antrean")
        await petugas.post(f"/permohonan/{number}/ambil")
        if 'class="hold mine"' in petugas.page:
            held.append(number)
            submissions = re.findall(rf"/permohonan/{number}/berkas/([\w-]+)\"", petugas.page)
    documents = [f"/permohonan/{held[-1]}/berkas/{submission}" for submission in dict.fromkeys(submissions)]
    names = [f"{first}+{last}" for first, last in ((row[0].split()[0], row[0].split()[1]) for row in rare)]
    deep = write_cursor(*(value for value in day if value is not None))
    queue = [
        Page(f"queue, {tab}", role, [f"/antrean?tab={tab}"], CLICK)
        for role, tab in (
            ("petugas2", "tugas"), ("operator1", "tugas"), ("operator_kia1", "tugas"), ("kasi_kelahiran1", "tugas"),
            ("kabid_yandafduk1", "tugas"), ("kepala_dinas1", "tugas"), ("petugas1", "saya"), ("petugas2", "mendesak"),
            ("supervisor1", "berjalan"), ("supervisor1", "menunggu"), ("supervisor1", "selesai"),
        )
    ]  # fmt: skip
    first = today(now()).replace(day=1)
    before = first - timedelta(days=1)
    month, year = f"mulai={before.replace(day=1)}&sampai={before}", first.year
    last_year = f"mulai={year - 1}-01-01&sampai={year - 1}-12-31"
    return [
        *queue,
        Page("queue, running, narrowed", "supervisor1", [f"/antrean?tab=berjalan&{narrow}" for narrow in NARROWED], CLICK),
        Page("queue, done, narrowed", "supervisor1", [f"/antrean?tab=selesai&{narrow}" for narrow in NARROWED_DONE], CLICK),
        Page("queue, deep in done", "supervisor1", [f"/antrean?tab=selesai&dari={deep}"], CLICK),
        Page("search, number", "petugas2", [f"/antrean?q={number}" for number in old], CLICK),
        Page("search, NIK", "supervisor1", [f"/antrean?q={term}" for kind, term in people if kind == "nik"], CLICK),
        Page("search, phone", "supervisor1", [f"/antrean?q=0{term}" for kind, term in people if kind == "telepon"], CLICK),
        Page("search, name and surname", "supervisor1", [f"/antrean?q={name}" for name in names], CLICK),
        Page("search, a common name", "supervisor1", ["/antrean?q=SITI", "/antrean?q=MUHAMMAD", "/antrean?q=SPESIMEN"], CLICK),
        Page("search, beginnings of two", "supervisor1", ["/antrean?q=si+wid", "/antrean?q=mu+utan", "/antrean?q=an+specim"], CLICK),
        Page("case, new, held", "petugas1", [f"/permohonan/{number}" for number in held], CLICK),
        Page("case, drafted", "kasi_identitas1", [f"/permohonan/{number}" for number in drafted], CLICK),
        Page("case, years ago", "supervisor1", [f"/permohonan/{number}" for number in old], CLICK),
        Page("document", "petugas1", documents, CLICK),
        Page("stack of Kepala Dinas", "kepala_dinas1", ["/persetujuan"]),
        Page("superior's list", "supervisor1", ["/perhatian", "/perhatian?jam=tahap"], CLICK),
        Page("superior's list", "kepala_dinas1", ["/perhatian"], CLICK),
        Page("audit, one case", "inspektorat1", [f"/audit?tentang={number}" for number in old]),
        Page("report, this month", "kepala_dinas1", ["/laporan"]),
        Page("report, a month", "kepala_dinas1", [f"/laporan?{month}"]),
        Page("report, a month, one kecamatan", "kepala_dinas1", [f"/laporan?{month}&kecamatan=CEPU"]),
        Page("report, this year", "kepala_dinas1", [f"/laporan?mulai={year}-01-01&sampai={today(now())}"]),
        Page("report, last year", "kepala_dinas1", [f"/laporan?{last_year}"]),
        Page("report, five years", "kepala_dinas1", [f"/laporan?mulai={year - 5}-12-01&sampai={today(now())}"]),
        Page(
            "list behind a number, month",
            "kepala_dinas1",
            [f"/laporan/daftar?{month}&apa={what}" for what in ("terbit", "tahap:draf", "masuk")],
        ),
        Page(
            "list behind a number, year",
            "kepala_dinas1",
            [f"/laporan/daftar?{last_year}&apa={what}" for what in ("terlambat", "dikembalikan", "masuk", "alasan:buram:kk")],
        ),
        Page("monitor", None, ["/monitor/isi"]),
    ]


def cpu_seconds(process: int) -> float:
    """What a process has worked so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(page: Page, desk: Desk | None, office: Office, listener: Listener, bare: Bare, count: int) -> None:
    """Opens the page `count` times, each beside its SQL, but slow ones for no longer than LONGEST seconds."""
    token = desk.client.cookies.get(SESSION) if desk else None
    wanted = {path: await listener.statements(path, token) for path in page.paths}
    page.statements = len(wanted[page.paths[0]])
    began, worked, place = time.perf_counter(), cpu_seconds(office.process), 0
    async with httpx.AsyncClient(base_url=office.address, timeout=120, cookies={SESSION: token} if token else {}) as client:
        for place in range(count + 2):
            path = page.paths[place % len(page.paths)]
            start = time.perf_counter()
            answer = await client.get(path, follow_redirects=True)
            spent = time.perf_counter() - start
            assert answer.status_code == 200, (path, answer.status_code)
            page.size = len(answer.content)
            sql = await bare.time(wanted[path])
            if place >= 2:  # the first ones are warming up on both sides
                page.times.append(spent)
                page.sql.append(sql)
            if place > 12 and time.perf_counter() - began > LONGEST:
                break
    page.cpu = (cpu_seconds(office.process) - worked) / (place + 1)
