"""Tests that one process that dies takes no other with it, comes back by itself, and does not take the machine where it can't run."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from scripts.supervise import Program, Supervisor

LIVES = "import os, pathlib, time; pathlib.Path('{file}').write_text(str(os.getpid())); time.sleep(60)"
FAILS = "import pathlib; p = pathlib.Path('{file}'); p.write_text((p.read_text() if p.exists() else '') + 'x'); raise SystemExit(3)"
STUBBORN = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: None); " + LIVES


def program(folder: Path, name: str, code: str) -> Program:
    return Program(name, [sys.executable, "-c", code.format(file=folder / name)], {"PATH": os.environ["PATH"]})


def lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def pid_other_than(file: Path, old: int | None = None) -> int:
    deadline = time.monotonic() + 20
    while True:
        text = await asyncio.to_thread(file.read_text) if await asyncio.to_thread(file.exists) else ""
        if text and int(text) != old:
            return int(text)
        assert time.monotonic() < deadline, f"{file.name} did not start"
        await asyncio.sleep(0.02)


async def test_a_process_that_is_killed_comes_back_and_the_others_go_on(tmp_path: Path) -> None:
    names = ["bot", "actions", "backoffice"]
    said: list[str] = []
    supervisor = Supervisor([program(tmp_path, name, LIVES) for name in names], tmp_path, said.append, first_pause=0.05)
    running = asyncio.create_task(supervisor.run())
    pids = {name: await pid_other_than(tmp_path / name) for name in names}
    for name in names:
        os.kill(pids[name], signal.SIGKILL)
        back = await pid_other_than(tmp_path / name, pids[name])
        for other in names:
            if other != name:
                assert lives(pids[other]) and await pid_other_than(tmp_path / other) == pids[other]
        pids[name] = back
    supervisor.stop()
    await asyncio.wait_for(running, 10)
    assert sum("ended with -9" in line for line in said) == 3
    for pid in pids.values():
        assert not lives(pid)


async def test_a_process_that_cannot_run_is_tried_more_and_more_seldom(tmp_path: Path) -> None:
    supervisor = Supervisor([program(tmp_path, "broken", FAILS)], tmp_path, lambda _: None, first_pause=0.2)
    running = asyncio.create_task(supervisor.run())
    await asyncio.sleep(2.5)
    supervisor.stop()
    await asyncio.wait_for(running, 10)
    starts = len((tmp_path / "broken").read_text())
    assert 2 <= starts <= 5  # pauses of 0.2, 0.4, 0.8, 1.6 s


async def test_ctrl_c_ends_all(tmp_path: Path) -> None:
    supervisor = Supervisor([program(tmp_path, "bot", LIVES)], tmp_path, lambda _: None)
    running = asyncio.create_task(supervisor.run())
    pid = await pid_other_than(tmp_path / "bot")
    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.wait_for(running, 10)
    assert not lives(pid)


async def test_a_process_that_does_not_stop_is_killed(tmp_path: Path) -> None:
    supervisor = Supervisor([program(tmp_path, "bot", STUBBORN)], tmp_path, lambda _: None, stop_within=0.3)
    running = asyncio.create_task(supervisor.run())
    pid = await pid_other_than(tmp_path / "bot")
    supervisor.stop()
    await asyncio.wait_for(running, 10)
    assert not lives(pid)
