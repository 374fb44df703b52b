"""What was promised arrives: in order, once, after outages, with its blobs first, and never gives up for a fault that can be mended."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from intake.drafts.tables import Base, DispatchRow
from intake.handover.backoffice import BackOffice
from intake.handover.dispatches import Courier, Dispatch, add_dispatch, forget_arrived, send_all_again
from storage.blobs import BlobStore
from storage.database import Database
from storage.jobs import Worker
from storage.kept_blobs import KeptBlobs
from storage.keyring import Keyring
from storage.opening import open_blobs

KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="


class World:
    """A courier over a database and a back office that answers what it is told to."""

    def __init__(self, database: Database, blobs: BlobStore) -> None:
        self.now = datetime(2026, 11, 22, tzinfo=UTC)
        self.status: list[int] = []
        self.code = ""
        self.seen: list[str] = []
        self.delivered: list[str] = []
        self.database, self.blobs = database, KeptBlobs(database, blobs, lambda: self.now)
        http = httpx.AsyncClient(transport=httpx.MockTransport(self._answer), base_url="http://backoffice")
        self.courier = Courier(database, BackOffice(http), self.blobs, lambda: self.now, self._delivered)
        self.worker = Worker("hand_over", self.courier.queue.claim, self.courier.queue.doing(self.courier.deliver))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request.url.path)
        status = self.status.pop(0) if self.status else 201
        return httpx.Response(status, json={} if status < 400 else {"error": {"code": self.code, "message": ""}})

    async def _delivered(self, session: AsyncSession, key: str, answer: dict[str, Any]) -> set[str]:
        self.delivered.append(key)
        return set()

    async def add(self, key: str, stream: str = "s", blobs: tuple[dict[str, str], ...] = ()) -> None:
        async with self.database.write() as session:
            await add_dispatch(session, Dispatch(key, stream, f"/api/{key}", {"kept": True}, blobs), self.now)

    async def rounds(self, count: int = 5) -> None:
        for _ in range(count):
            await self.worker.drain()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    database = Database.open(f"sqlite:///{tmp_path}/d.db", Keyring(KEY))
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield World(database, open_blobs(f"file:{tmp_path}/blobs", KEY, "intake"))
    await database.close()


async def test_blobs_go_first_and_what_arrived_is_kept_until_it_may_go(world: World) -> None:
    blob = await world.blobs.store.put(b"page")
    await world.add("bundle", blobs=({"blob": blob, "mime": "image/jpeg"},))
    await world.rounds()
    assert world.seen == [f"/api/blobs/{blob}", "/api/bundle"]
    assert world.delivered == ["bundle"] and await world.blobs.store.exists(blob)
    world.now += timedelta(days=1)
    async with world.database.write() as session:
        freed = await forget_arrived(session, world.now)
    await world.blobs.erase_unneeded(freed)
    assert not await world.blobs.store.exists(blob)


async def test_what_arrived_is_sent_again_with_its_blobs_to_an_office_that_has_lost_it(world: World) -> None:
    blob = await world.blobs.store.put(b"page")
    await world.add("bundle", blobs=({"blob": blob, "mime": "image/jpeg"},))
    await world.add("document")
    await world.rounds()
    async with world.database.write() as session:
        assert await send_all_again(session, world.now) == 2
    world.seen.clear()
    await world.rounds()
    assert world.seen == [f"/api/blobs/{blob}", "/api/bundle", "/api/document"]


async def test_a_document_that_the_restored_case_does_not_ask_for_yet_waits_until_it_does(world: World) -> None:
    await world.add("document")
    await world.rounds()
    async with world.database.write() as session:
        await send_all_again(session, world.now)
    world.seen.clear()
    world.status, world.code = [409], "not_returned"
    await world.rounds()
    world.now += timedelta(minutes=31)
    await world.rounds()
    assert world.seen == ["/api/document", "/api/document"] and world.delivered == ["document", "document"]


async def test_a_page_that_is_gone_is_an_alarm_and_the_rest_waits_until_it_is_there_again(world: World) -> None:
    blob = await world.blobs.store.put(b"page")
    await world.add("bundle", blobs=({"blob": blob, "mime": "image/jpeg"},))
    await world.add("later")
    await world.add("other", "t")
    await world.blobs.store.delete(blob)
    with capture_logs() as logs:
        await world.rounds()
    (alarm,) = [line for line in logs if line["log_level"] == "error"]
    assert alarm["event"] == "dispatch.blob_lost" and blob not in str(alarm)
    async with world.database.read() as session:
        row = await session.get(DispatchRow, 1)
        assert row is not None and row.body == {"kept": True}
    world.now += timedelta(days=1)
    await world.courier.look_for_lost()
    with capture_logs() as logs:
        await world.rounds()
    assert logs == [] and world.delivered == ["other"] and await world.courier.count_lost() == 1
    await world.blobs.store.put(b"page")
    await world.courier.look_for_lost()
    await world.rounds()
    assert world.delivered == ["other", "bundle", "later"] and await world.courier.count_lost() == 0


async def test_the_same_key_is_written_once(world: World) -> None:
    await world.add("a")
    await world.add("a")
    await world.rounds()
    assert world.seen == ["/api/a"]


async def test_a_stream_keeps_its_order_and_another_does_not_wait_for_it(world: World) -> None:
    world.status = [503]
    await world.add("first")
    await world.add("second")
    await world.add("other", stream="t")
    await world.rounds(3)
    assert world.seen == ["/api/first", "/api/other"]
    world.now += timedelta(seconds=5)
    await world.rounds()
    assert world.delivered == ["other", "first", "second"]


async def test_waits_grow_and_stay_bounded(world: World) -> None:
    await world.add("a")
    waits = []
    for _ in range(12):
        world.status = [500]
        async with world.database.read() as session:
            row = await session.get(DispatchRow, 1)
            assert row is not None
            waits.append((row.next_at - world.now).total_seconds())
            world.now = row.next_at
        await world.worker.drain()
    assert waits[1:4] == [2, 4, 8] and max(waits) == 120


async def test_missing_blobs_are_put_again(world: World) -> None:
    world.code, world.status = "blob_missing", [422]
    await world.add("bundle")
    await world.rounds()
    world.now += timedelta(seconds=5)
    await world.rounds()
    assert world.delivered == ["bundle"]


async def test_a_refusal_is_tried_again_later_but_a_conflict_is_the_end(world: World) -> None:
    world.code, world.status = "wrong", [422, 409]
    await world.add("refused")
    await world.add("conflict", stream="t")
    await world.rounds()
    assert world.delivered == []
    world.now += timedelta(hours=1)
    await world.rounds()
    assert world.delivered == ["refused"]
