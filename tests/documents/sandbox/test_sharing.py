"""Nobody's files keep another's waiting longer than the one that is being looked at."""

import asyncio

import pytest

from documents import Busy
from documents.sandbox.sharing import HALF_LIFE, FairShares
from tests.documents.sandbox.test_pool import fake_pool


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def order_of(shares: FairShares[str], *asking: str) -> list[str]:
    """In which order those who ask get the one worker, each for a second."""
    served = []

    async def one(share: str) -> None:
        worker = await shares.take(share)
        served.append(share)
        shares.charge(share, 1.0)
        shares.give(worker)

    async with asyncio.TaskGroup() as group:
        for share in asking:
            group.create_task(one(share))
        await asyncio.sleep(0)
        shares.give("worker")
    return served


async def test_one_photo_goes_before_the_second_of_twelve() -> None:
    assert (await order_of(FairShares(Time()), *["twelve"] * 12, "one"))[:2] == ["twelve", "one"]


async def test_who_sent_files_that_failed_waits_behind_those_who_did_not() -> None:
    shares: FairShares[str] = FairShares(Time())
    shares.charge("hostile", 0.5, failed=True)
    shares.charge("honest", 1.5)
    assert await order_of(shares, "hostile", "honest", "honest") == ["honest", "hostile", "honest"]


async def test_what_somebody_cost_is_forgotten() -> None:
    clock = Time()
    shares: FairShares[str] = FairShares(clock)
    shares.charge("once", 8.0)
    clock.now += 3 * HALF_LIFE
    assert shares.spent("once") == pytest.approx(1.0)


async def test_a_worker_that_was_given_to_who_gave_up_is_given_on() -> None:
    shares: FairShares[str] = FairShares(Time())
    gone, there = asyncio.create_task(shares.take("gone")), asyncio.create_task(shares.take("there"))
    await asyncio.sleep(0)
    shares.give("worker")
    gone.cancel()
    assert await there == "worker"


async def test_anothers_photo_is_answered_after_one_of_the_twelve_files_that_hang() -> None:
    async with fake_pool() as pool:
        twelve = [asyncio.create_task(pool.check(b"slow", share="twelve")) for _ in range(4)]
        await asyncio.sleep(0.05)
        await pool.check(b"good", share="one")
        assert sum(task.done() for task in twelve) <= 1
        await asyncio.gather(*twelve)


async def test_one_share_fills_a_quarter_of_the_places_and_the_rest_stay_open() -> None:
    async with fake_pool(depth=8) as pool:
        own = [asyncio.create_task(pool.check(b"slow", share="many")) for _ in range(3)]
        await asyncio.sleep(0.05)
        with pytest.raises(Busy):
            await pool.check(b"slow", share="many")
        assert (await pool.check(b"good", share="one")).fields
        await asyncio.gather(*own)
