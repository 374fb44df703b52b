"""The pool answers whatever its workers do: die, hang, talk garbage, eat memory."""

import asyncio
import sys
import textwrap
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from documents import Busy, Kind, Pool, Reason, Verdict
from documents.sandbox.pool import NotReadyError

ANSWER = """
import struct, sys, json, time, os, signal
from documents.sandbox import wire
from documents.model import Check, Page, Verdict
from standard.kinds import Kind
out, inp = sys.stdout.buffer, sys.stdin.buffer
def say(data):
    out.write(data); out.flush()
def draft():
    say(wire.frame({"draft": True}) + wire.pack(Check(Verdict.OFFICER, Kind.NONE, 0.0, (), {}, pages=(Page(b"jpeg", 4, 3),))))
say(wire.frame({"ready": True}))
while True:
    prefix = inp.read(4)
    if len(prefix) < 4:
        break
    head, (data,) = wire.unframe(inp.read(wire.length(prefix)))
    word = data.decode()
    if word == "die": os._exit(1)
    if word == "take too long": os.kill(os.getpid(), signal.SIGXCPU)
    if word == "fail after decoding": draft(); say(wire.frame({"failed": "IndexError", "at": "kk.py:189"})); continue
    if word == "take too much": say(wire.frame({"failed": "MemoryError", "at": ""})); continue
    if word == "die after decoding": draft(); os._exit(1)
    if word == "hang": time.sleep(60)
    if word == "garbage": say(b"\\xff" * 100)
    if word == "not a check": say(wire.frame({"verdict": "perhaps"}))
    if word == "slow": time.sleep(0.3)
    say(wire.pack(Check(Verdict.OK, Kind.KTP, 0.9, (), {"pid": os.getpid()})))
"""


@asynccontextmanager
async def fake_pool(workers: int = 1, **options: object) -> AsyncIterator[Pool]:
    command = (sys.executable, "-c", textwrap.dedent(ANSWER))
    pool = Pool(workers, command=command, first_limit=1.5, **options)  # type: ignore[arg-type]
    async with pool:
        yield pool


async def test_a_file_is_answered_by_a_worker() -> None:
    async with fake_pool() as pool:
        assert pool.ready
        assert (await pool.check(b"good")).verdict is Verdict.OK


@pytest.mark.parametrize("word", [b"die", b"hang", b"garbage", b"not a check"])
async def test_a_file_that_a_worker_is_lost_over_is_called_damaged_and_the_next_one_is_answered(word: bytes) -> None:
    async with fake_pool() as pool:
        lost = await pool.check(word)
        assert (lost.verdict, lost.reasons) == (Verdict.RETAKE, (Reason.FILE_DAMAGED,))
        assert (await pool.check(b"good")).verdict is Verdict.OK


async def test_a_file_that_became_pixels_before_the_worker_was_lost_goes_to_an_officer_with_its_pages() -> None:
    async with fake_pool() as pool:
        lost = await pool.check(b"die after decoding")
        assert lost.verdict is Verdict.OFFICER
        assert [page.jpeg for page in lost.pages] == [b"jpeg"]


@pytest.mark.parametrize(
    ("word", "stated"),
    [
        (b"die", {"cause": "died", "end": "exit 1"}),
        (b"take too long", {"cause": "cpu_limit", "end": "SIGXCPU"}),
        (b"take too much", {"cause": "memory_limit", "error": "MemoryError"}),
        (b"fail after decoding", {"cause": "failed", "error": "IndexError", "at": "kk.py:189", "became_pixels": True}),
        (b"garbage", {"cause": "garbled"}),
        (b"hang", {"cause": "hung"}),
    ],
)
async def test_the_log_says_why_no_answer_came(word: bytes, stated: dict[str, object]) -> None:
    async with fake_pool() as pool:
        with capture_logs() as logs:
            lost = await pool.check(word)
        assert stated.items() <= logs[0].items()
        assert f"worker_{stated['cause']}" in lost.quality


async def test_a_file_that_the_code_fails_over_goes_to_an_officer_and_the_worker_goes_on() -> None:
    async with fake_pool() as pool:
        before = pool.process_ids
        lost = await pool.check(b"fail after decoding")
        assert (lost.verdict, [page.jpeg for page in lost.pages]) == (Verdict.OFFICER, [b"jpeg"])
        assert (await pool.check(b"good")).fields["pid"] == before[0]


async def test_a_second_pass_without_an_answer_takes_nothing_back() -> None:
    async with fake_pool() as pool:
        lost = await pool.read_all(b"die", Kind.KK)
        assert (lost.verdict, lost.kind, lost.complete) == (Verdict.OFFICER, Kind.KK, False)


async def test_a_worker_is_replaced_after_so_many_jobs() -> None:
    async with fake_pool(jobs_per_worker=2) as pool:
        pids = [(await pool.check(b"good")).fields["pid"] for _ in range(4)]
        assert pids[0] == pids[1] != pids[2] == pids[3]


async def test_two_workers_answer_side_by_side() -> None:
    async with fake_pool(workers=2) as pool:
        answers = await asyncio.gather(*(pool.check(b"slow") for _ in range(2)))
        assert len({answer.fields["pid"] for answer in answers}) == 2


async def test_more_files_than_can_wait_are_turned_away() -> None:
    async with fake_pool(depth=1) as pool:
        waiting = [asyncio.create_task(pool.check(b"slow")) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(Busy):
            await pool.check(b"good")
        assert all(check.verdict is Verdict.OK for check in await asyncio.gather(*waiting))


async def test_a_caller_who_gives_up_does_not_take_a_worker_along() -> None:
    async with fake_pool() as pool:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(pool.check(b"hang"), 0.1)
        assert (await pool.check(b"good")).verdict is Verdict.OK


async def test_a_pool_that_was_not_started_says_so() -> None:
    with pytest.raises(NotReadyError):
        await Pool(1).check(b"good")


async def test_a_pool_whose_workers_cannot_start_says_so() -> None:
    pool = Pool(1, command=(sys.executable, "-c", "raise SystemExit(3)"))
    with pytest.raises(NotReadyError):
        await pool.start()
    await pool.close()
