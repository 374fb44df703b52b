"""Jobs are done once however many runners there are, in order where they say so, and again when their holder was killed."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import exists, select
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column
from structlog.testing import capture_logs

from storage.database import Database
from storage.jobs import Jobs, Leased, Queue, Scheduled, Worker, growing, pause, runner
from storage.jobs.queue import LEASE, release
from storage.model import COLUMN_TYPES, new_metadata
from storage.points import last_backup, note_backup, note_reconciled, note_restored, restored_to


class Base(DeclarativeBase):
    metadata = new_metadata()
    type_annotation_map = COLUMN_TYPES


class Letter(Leased, Base):
    __tablename__ = "letters"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    next_at: Mapped[datetime | None]


class Chore(Scheduled, Base):
    __tablename__ = "chores"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 30, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, length: timedelta) -> None:
        self.now += length


earlier = aliased(Letter)
IN_ORDER = ~exists().where(earlier.person == Letter.person, earlier.id < Letter.id, earlier.next_at.is_not(None))


class Post:
    """One process that sends letters: an engine of its own over the common database."""

    def __init__(self, url: str, clock: Clock, sent: list[int]) -> None:
        self.database, self.clock, self.sent = Database.open(url), clock, sent
        self.queue = Queue(self.database, Letter, Letter.next_at, clock, IN_ORDER)
        self.jobs = Jobs("post", self.database, Chore, clock)
        self.jobs.add("letters", self.queue, self.send, concurrency=2)

    async def send(self, letter: Letter) -> None:
        self.sent.append(letter.id)
        await asyncio.sleep(0.002)
        await self.note(letter)

    async def note(self, letter: Letter) -> None:
        async with self.database.write() as session:
            if (row := await self.queue.hold(session, letter)) is not None:
                row.next_at = None
                release(row)

    async def write(self, *people: str) -> None:
        async with self.database.write() as session:
            session.add_all([Letter(person=person, next_at=self.clock(), attempts=0) for person in people])

    async def left(self) -> int:
        async with self.database.read() as session:
            return len((await session.scalars(select(Letter.id).where(Letter.next_at.is_not(None)))).all())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sent() -> list[int]:
    return []


@pytest.fixture
async def another(database_url: str, clock: Clock, sent: list[int]) -> AsyncIterator[Callable[[], Awaitable[Post]]]:
    """Makes processes over one database."""
    made: list[Post] = []

    async def make() -> Post:
        post = Post(database_url, clock, sent)
        if not made:
            async with post.database.engine.begin() as connection:
                await connection.run_sync(Base.metadata.create_all)
        made.append(post)
        return post

    yield make
    for post in made:
        await post.jobs.stop(1)
        await post.database.close()


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(1000):
        if await true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never comes true")


async def test_three_job_runners_share_work_without_doubling(another, sent) -> None:
    posts = [await another() for _ in range(3)]
    await posts[0].write(*(f"person-{n}" for n in range(60)))
    for post in posts:
        post.jobs.start()

    async def done() -> bool:
        return not await posts[0].left()

    await until(done)
    assert Counter(sent) == Counter(range(1, 61))


async def test_letters_of_one_person_go_in_order_whoever_sends_them(another, sent) -> None:
    posts = [await another() for _ in range(3)]
    await posts[0].write(*["anna", "budi", "cici"] * 12)
    for post in posts:
        post.jobs.start()

    async def done() -> bool:
        return not await posts[0].left()

    await until(done)
    assert len(sent) == 36
    for first in (1, 2, 3):
        mine = [letter for letter in sent if letter % 3 == first % 3]
        assert mine == sorted(mine)


async def test_what_a_killed_holder_had_is_done_by_another_once_its_lease_is_over(another, clock, sent) -> None:
    killed, alive = await another(), await another()
    await killed.write("anna")
    letter = await killed.queue.claim()
    assert letter is not None  # and here the process is killed
    assert await alive.jobs.workers["letters"].drain() == 0
    clock.pass_by(LEASE)
    assert await alive.jobs.workers["letters"].drain() == 1 and sent == [1]


async def test_a_holder_that_lost_its_lease_writes_nothing_down(another, clock) -> None:
    slow, fast = await another(), await another()
    await slow.write("anna")
    letter = await slow.queue.claim()
    clock.pass_by(LEASE)
    taken = await fast.queue.claim()
    assert letter is not None and taken is not None and taken.attempts == 2
    await slow.note(letter)
    assert await slow.left() == 1
    await fast.note(taken)
    assert await slow.left() == 0


async def test_a_long_job_keeps_its_lease(another, clock, sent) -> None:
    slow, other = await another(), await another()
    slow.queue = Queue(slow.database, Letter, Letter.next_at, clock, lease=timedelta(seconds=0.3))
    await slow.write("anna")
    letter = await slow.queue.claim()
    assert letter is not None
    async with slow.queue.kept(letter):
        for _ in range(4):
            clock.pass_by(timedelta(seconds=0.2))
            await asyncio.sleep(0.15)
            assert await other.queue.claim() is None
    clock.pass_by(timedelta(seconds=0.3))
    assert await other.queue.claim() is not None


async def test_a_job_that_raises_is_put_off_and_holds_up_no_other(another, clock, sent) -> None:
    post = await another()
    await post.write("anna", "budi")

    async def send(letter: Letter) -> None:
        if letter.id == 1:
            raise RuntimeError("nobody foresaw this")
        await post.send(letter)

    work, pauses = post.queue.doing(send), []
    for _ in range(4):
        letter = await post.queue.claim()
        with pytest.raises(RuntimeError):
            await work(letter)
        async with post.database.read() as session:
            row = await session.get_one(Letter, 1)
        pauses.append((row.next_at - clock()).total_seconds())
        if not sent:
            await work(await post.queue.claim())
        clock.now = row.next_at
    assert pauses == [1, 2, 4, 8] and sent == [2]


async def test_housekeeping_is_done_once_in_its_time_by_three_processes(another, clock) -> None:
    posts, done = [await another() for _ in range(3)], []
    for number, post in enumerate(posts):

        async def sweep(number: int = number) -> None:
            done.append(number)
            await asyncio.sleep(0.05)

        post.jobs.every(timedelta(hours=1), "sweep", sweep)

    async def all_look() -> int:
        return sum(await asyncio.gather(*(post.jobs.workers["housekeeping"].drain() for post in posts)))

    assert await all_look() == 1
    clock.pass_by(timedelta(minutes=59))
    assert await all_look() == 0
    clock.pass_by(timedelta(minutes=1))
    assert await all_look() == 1 and len(done) == 2


async def test_housekeeping_that_fails_is_tried_again_and_another_goes_on(another, clock) -> None:
    post, done = await another(), []
    faults = [RuntimeError("full disk")]

    async def fails() -> None:
        if faults:
            raise faults.pop()
        done.append("fails")

    async def works() -> None:
        done.append("works")

    post.jobs.every(timedelta(hours=1), "fails", fails)
    post.jobs.every(timedelta(hours=1), "works", works)
    post.jobs.start()

    async def both() -> bool:
        clock.pass_by(timedelta(seconds=1))
        post.jobs.notify()
        return len(done) == 2

    await until(both)
    assert done == ["works", "fails"]


async def test_a_process_is_woken_by_another(postgres_url: str) -> None:
    """On PostgreSQL; SQLite's processes look for themselves."""
    woken = asyncio.Event()

    def jobs_over(url: str) -> tuple[Database, Jobs]:
        database = Database.open(url)
        return database, Jobs("bell", database, Chore, Clock())

    async def nothing() -> None:
        woken.set()

    async def never(_job: None) -> None:
        raise AssertionError

    (one, ringer), (two, sleeper) = jobs_over(postgres_url), jobs_over(postgres_url)
    sleeper.add_worker(Worker("letters", nothing, never, idle=600))
    ringer.start()
    sleeper.start()
    await asyncio.sleep(0.5)
    woken.clear()
    ringer.notify("letters")
    await asyncio.wait_for(woken.wait(), 5)
    await asyncio.gather(ringer.stop(), sleeper.stop())
    await asyncio.gather(one.close(), two.close())


async def test_how_much_waits_is_known(another, clock) -> None:
    post = await another()
    await post.write("anna", "budi")
    began = clock()
    clock.pass_by(timedelta(minutes=2))
    await post.queue.claim()
    waiting = (await post.jobs.backlogs())["letters"]
    assert (waiting.jobs, waiting.oldest) == (2, began)


def test_waits_grow_and_stay_bounded() -> None:
    wait = growing(first=2, longest=120)
    assert [pause(wait, attempts).total_seconds() for attempts in (0, 1, 2, 3, 7, 10_000)] == [2, 2, 4, 8, 120, 120]


async def test_after_a_restore_all_work_stands_still_until_the_service_is_reconciled(another, sent, clock, monkeypatch) -> None:
    monkeypatch.setattr(runner, "STANDSTILL_LOOKS", 0.02)
    post = await another()
    await post.write("a")
    await note_restored(post.database, ("post", "other"), clock())
    post.jobs.start()
    await asyncio.sleep(0.2)
    assert sent == [] and await post.left() == 1
    assert (await post.jobs.late())["restored"].startswith("all work stands still since a restore to 2026-11-30 02:00 UTC")
    await note_reconciled(post.database, "post")

    async def done() -> bool:
        return not await post.left()

    await until(done)
    assert sent == [1] and await restored_to(post.database, "other") == clock()


@pytest.mark.parametrize("steps", [0, 1, 3, 10, 30])
async def test_a_service_that_stops_while_it_begins_leaves_nothing_behind(another, steps) -> None:
    """A task left with a connection of SQLite's would be waited for when the process ends, for ever."""
    post = await another()
    before = asyncio.all_tasks()
    post.jobs.start()
    for _ in range(steps):
        await asyncio.sleep(0)
    await post.jobs.stop(1)
    assert asyncio.all_tasks() == before


async def test_a_database_knows_up_to_when_a_back_up_holds_it(another, clock) -> None:
    post = await another()
    assert await last_backup(post.database) is None
    for _ in range(2):
        await note_backup(post.database, clock())
        assert await last_backup(post.database) == clock()
        clock.pass_by(timedelta(days=1))


@pytest.mark.parametrize("fault, event", [(ConnectionRefusedError(), "worker_waits"), (ValueError(), "worker_fault")])
async def test_a_database_that_is_away_is_told_in_one_line_and_a_fault_of_ours_with_its_trace(fault: Exception, event: str) -> None:
    told = asyncio.Event()

    async def claim() -> None:
        told.set()
        raise fault

    async def work(_job: None) -> None:
        raise AssertionError("there is no job")

    with capture_logs() as logs:
        worker = Worker("letters", claim, work)
        worker.start()
        await told.wait()
        await worker.stop(0.0)
    assert logs[0]["event"] == event and ("exc_info" in logs[0]) == (event == "worker_fault")
