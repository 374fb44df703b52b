"""A turn that takes too long is stopped, answered honestly and told to the operator; nobody else's turn is touched."""

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from actions import limits
from actions.limits import TookTooLong, within
from actions.pipeline import STOPPED
from actions.routes import TOPICS
from tests.actions.conftest import Office, photo
from tests.actions.steps import until_documents


@pytest.fixture(autouse=True)
async def watched() -> AsyncIterator[None]:
    limits.watch()
    yield


def stopped(kind: str) -> float:
    return sum(STOPPED.labels(kind, limit)._value.get() for limit in ("processor", "clock"))


async def test_a_regular_expression_without_end_is_interrupted() -> None:
    async def turn() -> None:
        await asyncio.sleep(0)
        re.match(r"(?:a|a)*b", "a" * 60)

    started = time.process_time()
    with pytest.raises(TookTooLong, match="processor"):
        await within(turn(), processor=0.3)
    assert time.process_time() - started < 3


async def test_processor_time_counts_the_turns_own_steps_only_and_over_all_of_them() -> None:
    def spin(seconds: float) -> None:
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass

    async def turn(steps: int) -> str:
        for _ in range(steps):
            spin(0.1)
            await asyncio.sleep(0.01)
        return "done"

    async def other() -> None:
        for _ in range(8):
            spin(0.1)
            await asyncio.sleep(0)

    done, _ = await asyncio.gather(within(turn(2), processor=0.6), other())
    assert done == "done"
    with pytest.raises(TookTooLong):
        await within(turn(30), processor=0.6)


async def test_waiting_is_limited_by_the_clock_and_an_error_of_the_turn_stays_its_own() -> None:
    with pytest.raises(TookTooLong, match="clock"):
        await within(asyncio.sleep(30), clock=0.05)

    async def late() -> None:
        raise TimeoutError("of its own")

    with pytest.raises(TimeoutError, match="own"):
        await within(late(), clock=5)


async def test_a_text_that_takes_too_long_goes_to_the_desk_and_the_open_question_stays(office: Office, monkeypatch: Any) -> None:
    chat, other = office.chat(), office.chat("c2")
    await until_documents(chat)
    before = stopped("text")

    async def endless(ctx: Any) -> None:
        if ctx.turn.contact == "c1":
            re.match(r"(?:a|a)*b", "a" * 60)

    monkeypatch.setattr(limits, "PROCESSOR_SECONDS", 0.3)
    monkeypatch.setitem(TOPICS, "tanya_biaya", endless)
    stated, answered = await asyncio.gather(chat.say("berapa biayanya", "tanya_biaya"), other.say("halo", "salam"))
    assert "petugas" in stated.lower() and "KK" in stated and answered
    assert stopped("text") == before + 1
    await office.hand_over()
    (filed,) = office.backoffice.bodies("/api/complaints/")
    assert (filed["category"], filed["text"]) == ("minta_petugas", "berapa biayanya")
    assert filed["number"] in stated


async def test_files_that_take_too_long_are_asked_for_one_by_one(office: Office, monkeypatch: Any) -> None:
    chat = office.chat()
    await until_documents(chat)

    async def check(*_: Any, **__: Any) -> Any:
        await asyncio.sleep(60)

    monkeypatch.setattr(office.intake.checker, "check", check)
    monkeypatch.setattr(limits, "CLOCK_SECONDS", 1.5)
    assert "satu" in await chat.send(photo("kk"), photo("ktp"))


def test_a_process_that_does_not_watch_lives_on_and_its_turns_are_not_metered() -> None:
    code = """
import asyncio, time
from actions.limits import within

async def turn():
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass
    return "answered"

print(asyncio.run(within(turn(), processor=0.05)))
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (0, "answered")
