"""Three action servers over one database: each write goes over once and in order, each paper is read once, each person is reminded once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from documents import Check, Kind
from intake.drafts.model import Child, Document, Draft, PageRef
from intake.drafts.repository import Repository
from intake.drafts.tables import UNREAD, DispatchRow, DocumentRow
from intake.handover.backoffice import BackOffice
from intake.handover.dispatches import Dispatch, add_dispatch
from intake.service import Intake
from intake.upkeep import Upkeep
from standard.kinds import Item
from storage.blobs import BlobStore
from storage.database import Database
from storage.jobs.queue import LEASE
from storage.keyring import Keyring
from storage.opening import open_blobs

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="


class World:
    """The others: a back office, a bot and a document check, each slow enough for two to come at once."""

    def __init__(self) -> None:
        self.now = NOW
        self.put: list[str] = []
        self.reminded: list[str] = []
        self.read = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.003)
        if request.method == "PUT":
            self.put.append(request.url.path)
        else:
            self.reminded.append(request.content.decode())
        return httpx.Response(201, json={})

    async def read_all(self, data: bytes, kind: Kind, *, share: str = "") -> Check:
        self.read += 1
        await asyncio.sleep(0.01)
        raise ValueError("the first reading stays")

    async def close(self) -> None:
        return None


class Three:
    """Three processes, each with an engine of its own."""

    def __init__(self, url: str, folder: Path) -> None:
        self.world = World()
        transport = httpx.MockTransport(self.world)
        self.blobs: BlobStore = open_blobs(f"file:{folder}/blobs", KEY, "intake")
        self.intakes = [
            Intake(
                Database.open(url, Keyring(KEY)),
                self.blobs,
                self.world,  # type: ignore[arg-type]
                BackOffice(httpx.AsyncClient(transport=transport, base_url="http://backoffice")),
                lambda: self.world.now,
            )
            for _ in range(3)
        ]
        self.bot = httpx.AsyncClient(transport=transport, base_url="http://bot")
        self.database = self.intakes[0].database
        for intake in self.intakes:
            Upkeep(intake, self.bot).schedule()

    async def run_until_none(self, *left: Any) -> None:
        for intake in self.intakes:
            intake.start()
        for _ in range(1000):
            await asyncio.sleep(0.02)
            async with self.database.read() as session:
                if not (await session.execute(select(*left))).first():
                    return
        raise AssertionError("something is left")


@pytest.fixture
def migrations() -> str:
    return "intake/migrations"


@pytest.fixture
async def three(database_url: str, tmp_path: Path) -> AsyncIterator[Three]:
    made = Three(database_url, tmp_path)
    yield made
    await made.bot.aclose()
    for intake in made.intakes:
        await intake.close()


async def test_every_write_goes_over_once_and_those_of_a_stream_in_order(three: Three) -> None:
    async with three.database.write() as session:
        for n in range(30):
            await add_dispatch(session, Dispatch(f"{n}", f"stream-{n % 6}", f"/api/{n % 6}/{n}", {}), NOW)
    await three.run_until_none(select(DispatchRow).where(DispatchRow.done_at.is_(None)).subquery())
    assert Counter(three.world.put) == Counter(f"/api/{n % 6}/{n}" for n in range(30))
    for stream in range(6):
        sent = [path for path in three.world.put if path.startswith(f"/api/{stream}/")]
        assert sent == [f"/api/{stream}/{n}" for n in range(stream, 30, 6)]


async def test_a_write_whose_holder_was_killed_before_noting_it_is_put_again_at_the_same_path_and_noted_once(three: Three) -> None:
    async with three.database.write() as session:
        await add_dispatch(session, Dispatch("first", "s", "/api/first", {}), NOW)
        await add_dispatch(session, Dispatch("second", "s", "/api/second", {}), NOW)
    killed, worker = three.intakes[0].courier, three.intakes[1].jobs.workers["hand_over"]
    write = await killed.queue.claim()
    assert write is not None
    await killed._put(write.path, write.body, write.blobs)  # and here the process is killed
    assert await worker.drain() == 0, "neither it nor what comes behind it while the lease runs"
    three.world.now += LEASE
    assert await worker.drain() == 2 and three.world.put == ["/api/first", "/api/first", "/api/second"]


async def test_every_paper_is_read_to_its_end_once(three: Three) -> None:
    blob = await three.blobs.put(b"SPESIMEN")
    page = PageRef(blob=blob, width=1, height=1)
    async with three.database.write() as session:
        record = await Repository(session).load("c1")
        draft = Draft(contact="c1", created_at=NOW, updated_at=NOW, children=[Child(nama="SITI SPESIMEN")])
        draft.documents = [
            Document(item=Item.KK, kind=Kind.KK, check_result={"fields": {}}, pages=[page], received_at=NOW, complete=False)
            for _ in range(8)
        ]
        record.drafts = [draft]
        await Repository(session).save(record)
    await three.run_until_none(select(DocumentRow).where(UNREAD).subquery())
    assert three.world.read == 8


async def test_who_fell_silent_is_reminded_once(three: Three) -> None:
    async with three.database.write() as session:
        record = await Repository(session).load("c1")
        draft = Draft(contact="c1", created_at=NOW, updated_at=NOW, agreed=True)
        record.drafts, record.conversation.draft, record.conversation.last_in_at = [draft], draft.id, NOW
        await Repository(session).save(record)
    three.world.now += timedelta(hours=22)  # seven in the morning
    for _ in range(3):
        await asyncio.gather(*(intake.jobs.workers["housekeeping"].drain() for intake in three.intakes))
        three.world.now += timedelta(minutes=5)
    assert len(three.world.reminded) == 1
