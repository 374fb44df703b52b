"""Thirty staff at once, each at their own work with pauses to think: what they wait for, what fails, and whether any act was lost."""

import asyncio
import random
import re
import time
import uuid
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy import func, select

from backoffice.cases.ledger import hash_of
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.state import replay
from backoffice.delivery.service import UPLOADS
from bench.office_pages import percentile, signed_in
from bench.office_templates import STAFF, STEPS, form_of
from storage.database import Database
from tests.backoffice.office import PASSWORD, Desk, make_pdf

REFUSED = (403, 409)
"""Answers that are right when two reach for one case; nothing was changed then."""

TWICE = 0.1
"""Share of buttons that are pressed twice at once: it happens to everybody."""

OPERATORS = [transition for transition, role, _ in STEPS if role.startswith("operator")]
PDFS = {name: make_pdf("3316990101260001" if name.endswith("kk") else "3316-LU-23112026-0001", name) for name in UPLOADS}
File = dict[str, tuple[str, bytes, str]]


@dataclass
class Crowd:
    """What the thirty did and what came of it. `acts` are the keys of acts that were answered with success, each with its case;
    `undone` those of acts that were refused; `twice` counts buttons that were pressed twice at once.
    """

    times: dict[str, list[float]] = field(default_factory=dict)
    acts: dict[str, str] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    twice: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def note(self, what: str, seconds: float, status: int) -> None:
        self.times.setdefault(what, []).append(seconds)
        if status in REFUSED:
            self.refused[what] += 1
        elif status not in (200, 303):
            self.errors.append(f"{what}: {status}")


class Person:
    """One of the staff, working until told to stop."""

    def __init__(self, crowd: Crowd, desk: Desk, role: str, chance: random.Random, think: float) -> None:
        self._crowd, self._desk, self._role, self._chance, self._think = crowd, desk, role, chance, think

    async def work(self, until: float) -> None:
        await asyncio.sleep(self._chance.uniform(0, self._think))
        while time.monotonic() < until:
            try:
                await getattr(self, f"_{WORK[self._role]}")()
            except Exception as error:  # whatever fails is what this is to find
                self._crowd.errors.append(f"{self._role}: {type(error).__name__}: {error}"[:200])
            await self._pause()

    async def _take_and_work(self) -> None:
        """Takes one of the first cases of the queue, and does what its page offers."""
        await self._open("queue", "/antrean?tab=tugas")
        numbers = re.findall(r'data-testid="queue-row" data-number="([^"]+)"', self._desk.page)[:12]
        if not numbers:
            return
        number = self._chance.choice(numbers)
        await self._pause()
        await self._post("take", f"/permohonan/{number}/ambil")
        if 'class="hold mine"' not in self._desk.page:
            return
        if self._role == "petugas":
            await self._check_documents(number)
        else:
            await self._do_what_is_offered(number)

    async def _do_what_is_offered(self, number: str) -> None:
        """An operator's way with one case: entered, drafts uploaded and put forward, finals sent; printed, on its way, received."""
        for transition in OPERATORS:
            if 'class="hold mine"' in self._desk.page and f'data-action="{transition}"' in self._desk.page:
                file = {"berkas": ("berkas.pdf", PDFS[transition], "application/pdf")} if transition in UPLOADS else None
                await self._act(number, transition, file, **form_of(transition, number))
                await self._pause()
        if 'class="hold mine"' in self._desk.page:
            await self._post("let go", f"/permohonan/{number}/lepas")

    async def _check_documents(self, number: str) -> None:
        submissions = list(dict.fromkeys(re.findall(rf"/permohonan/{number}/berkas/([\w-]+)\"", self._desk.page)))
        wrong = self._chance.random() < 0.25
        for place, submission in enumerate(submissions):
            await self._open("document", f"/permohonan/{number}/berkas/{submission}")
            await self._open("picture", f"/permohonan/{number}/berkas/{submission}/halaman/0", keep=False)
            await self._pause()
            if 'data-testid="decide"' not in self._desk.page:
                continue
            if wrong and place == 0:
                await self._act(number, "dokumen_salah", document=submission, reason="buram", note="Bagian bawah.")
            else:
                await self._act(number, "dokumen_benar", document=submission)
        await self._open("case", f"/permohonan/{number}")
        await self._act(number, "kembalikan_berkas" if wrong else "lengkap")

    async def _approve_one(self) -> None:
        """A head who approves from the case's page, and sends one in ten back."""
        await self._open("queue", "/antrean?tab=tugas")
        numbers = re.findall(r'data-testid="queue-row" data-number="([^"]+)"', self._desk.page)[:12]
        if not numbers:
            return
        number = self._chance.choice(numbers)
        await self._open("case", f"/permohonan/{number}")
        await self._pause()
        offered = re.findall(r'data-action="(paraf_\w+|setuju_\w+|kembalikan_draf_\w+|kabid_kembalikan_\w+)"', self._desk.page)
        back = [name for name in offered if "kembalikan" in name]
        if back and self._chance.random() < 0.1:
            await self._act(number, back[0], reason="salah_nama")
        elif offered:
            await self._act(number, next(name for name in offered if "kembalikan" not in name))

    async def _approve_stack(self) -> None:
        """Kepala Dinas: the stack, and three of it at once."""
        await self._open("stack", "/persetujuan")
        await self._pause()
        chosen = list(dict.fromkeys(re.findall(r'name="pilih" value="([^"]+)"', self._desk.page)))[:3]
        if not chosen:
            return
        key = str(uuid.uuid4())
        status = await self._post("approve three", "/persetujuan", pilih=chosen, key=key, password=PASSWORD)
        if status == 303 and f"{len(chosen)} " in self._desk.page:
            self._crowd.acts |= {f"{key}:{entry.partition(':')[0]}@{entry.split(':')[1]}": entry.split(":")[1] for entry in chosen}

    async def _look_around(self) -> None:
        """A supervisor, the desk, the inspectorate: lists, searches, cases, reports."""
        path = self._chance.choice(("/antrean?tab=berjalan", "/antrean?tab=selesai", "/antrean?q=siti", "/antrean?q=dewi+wida", "/laporan"))
        what = "report" if path == "/laporan" else "search" if "q=" in path else "queue"
        if what == "report" and self._role == "petugas_pengaduan":
            return
        await self._open(what, path)
        numbers = re.findall(r'data-testid="queue-row" data-number="([^"]+)"', self._desk.page)
        if numbers:
            await self._pause()
            await self._open("case", f"/permohonan/{self._chance.choice(numbers)}")

    async def _open(self, what: str, path: str, keep: bool = True) -> None:
        began = time.perf_counter()
        answer = await self._desk.client.get(path, follow_redirects=True)
        self._crowd.note(what, time.perf_counter() - began, answer.status_code)
        if keep:
            self._desk.page = answer.text

    async def _post(self, what: str, path: str, file: File | None = None, **fields: object) -> int:
        """A button: the answer, and the page that follows, are what the person waits for."""
        began = time.perf_counter()
        answer = await self._desk.client.post(path, data={"csrf": self._desk.csrf, **fields}, files=file)
        self._crowd.note(what, time.perf_counter() - began, answer.status_code)
        if answer.status_code == 303:
            await self._open("page after an act", answer.headers["location"])
        return answer.status_code

    async def _act(self, number: str, transition: str, file: File | None = None, **fields: str) -> None:
        """Presses a button of the page that is open, now and then twice."""
        version, key = re.search(r'data-version="(\d+)"', self._desk.page), str(uuid.uuid4())
        if version is None:
            return
        what, path = ("upload", "unggah") if file else ("act", "laku")
        twice = self._chance.random() < TWICE
        presses = [
            self._post(what, f"/permohonan/{number}/{path}/{transition}", file, version=version.group(1), key=key, **fields)
            for _ in range(1 + twice)
        ]
        self._crowd.twice += twice
        if 303 in await asyncio.gather(*presses):
            self._crowd.acts[key] = number
        else:
            self._crowd.undone.add(key)

    async def _pause(self) -> None:
        await asyncio.sleep(self._chance.uniform(0.5, 1.5) * self._think)


async def watch_queue(crowd: Crowd, desk: Desk, until: float) -> None:
    """A queue left open on a screen: fetched again whenever the server says that something changed, as the page does."""
    async with desk.client.stream("GET", "/siaran") as stream:
        async for line in stream.aiter_lines():
            if time.monotonic() > until:
                return
            if line == "event: ubah":
                began = time.perf_counter()
                answer = await desk.client.get("/antrean/isi?tab=tugas")
                crowd.note("open queue renewed", time.perf_counter() - began, answer.status_code)


WORK = dict.fromkeys(STAFF, "look_around") | {
    "petugas": "take_and_work", "operator": "take_and_work", "operator_kia": "take_and_work", "kasi_identitas": "approve_one",
    "kasi_kelahiran": "approve_one", "kabid_yandafduk": "approve_one", "kabid_yancapil": "approve_one", "kepala_dinas": "approve_stack",
}  # fmt: skip


async def work_together(address: str, database: Database, seconds: float, think: float) -> dict[str, object]:
    """Lets all thirty work for so long, half of them with a queue open beside. Then looks whether every act that was confirmed is there,
    once, and whether every case follows from its events.
    """
    crowd = Crowd()
    async with database.read() as session:
        before = await session.scalar(select(func.max(CaseEvent.id)))

    async def one(desk: Desk, role: str, seed: int, until: float) -> None:
        screen = asyncio.create_task(watch_queue(crowd, desk, until)) if seed % 2 == 0 else None
        await Person(crowd, desk, role, random.Random(seed), think).work(until)
        if screen:
            screen.cancel()
            await asyncio.gather(screen, return_exceptions=True)

    people = [(f"{role}{place}", role) for role, count in STAFF.items() for place in range(1, count + 1)]
    async with AsyncExitStack() as stack:
        desks = [await stack.enter_async_context(signed_in(address, username)) for username, _ in people]
        until = time.monotonic() + seconds  # all have signed in by now
        await asyncio.gather(*(one(desk, role, seed, until) for seed, (desk, (_, role)) in enumerate(zip(desks, people, strict=True))))
    lost = await find_lost(database, crowd, before or 0)
    every = [spent for times in crowd.times.values() for spent in times]
    return {
        "people": len(people), "seconds": seconds, "think": think, "requests": len(every), "acts": len(crowd.acts), "twice": crowd.twice,
        "refused": dict(crowd.refused), "errors": crowd.errors, "lost": lost,
        "times": {
            what: {"n": len(times), "p50": round(percentile(times, 50) * 1000, 1), "p95": round(percentile(times, 95) * 1000, 1)}
            for what, times in sorted({**crowd.times, "all": every}.items())
        },
    }  # fmt: skip


async def find_lost(database: Database, crowd: Crowd, before: int) -> list[str]:
    """Acts that were confirmed and are not there once, acts that were refused and are there, and cases acted on whose new events don't
    follow from each other, or whose row doesn't follow from its events. (Cases only looked at may be copies without all their events.)
    """
    lost = []
    async with database.read() as session:
        new = list(await session.scalars(select(CaseEvent).where(CaseEvent.id > before)))
        done = Counter((event.case_id, event.key) for event in new if event.key)
        acted = select(Case.number, Case.id).where(Case.id.in_({event.case_id for event in new}))
        numbers = {number: case_id for number, case_id in await session.execute(acted)}
        for key, number in crowd.acts.items():
            if number not in numbers or done[numbers[number], key.partition("@")[0]] != 1:
                lost.append(f"{number}: act {key}")
        lost += [f"refused, and done: {key}" for _, key in done if key in crowd.undone]
        acted_on = {event.case_id for event in new if event.staff_id and event.kind != "dilihat"}
        for case in await session.scalars(select(Case).where(Case.id.in_(acted_on))):
            events = list(await session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.sequence)))
            added = [(last, event) for last, event in pairwise(events) if event.id > before]
            if any(event.hash != hash_of(last.hash, case.number, event) for last, event in added):
                lost.append(f"{case.number}: hash")
            if events[-1].sequence != case.events or events[-1].hash != case.head_hash or len(events) != case.events:
                lost.append(f"{case.number}: chain")
            state = replay(events)
            if (state.stage, state.version, sorted(state.facts)) != (case.stage, case.version, case.facts):
                lost.append(f"{case.number}: state")
    return lost
