"""`make run` as it is started: each of the five processes killed alone comes back, and the others go on meanwhile."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from scripts import environment as env
from scripts import train
from tests.e2e.stack import READY, Stack


class Launched:
    """The launcher of an installation of its own, and what it said."""

    def __init__(self, folder: Path) -> None:
        self.stack = Stack(folder, train.model_path())
        drawn = env.ROOT / "var" / "specimen"  # drawing them takes a minute, and every test may share them
        drawn.mkdir(parents=True, exist_ok=True)
        (folder / "specimen").symlink_to(drawn)
        self.said = folder / "launch.log"
        command = [sys.executable, str(env.ROOT / "scripts" / "launch.py"), "run"]
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(command, env=self.stack.settings, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)

    def pid(self, room: str) -> int:
        """The newest process of a room."""
        found = re.findall(rf"\[launch\] {room} started \(process (\d+)\)", self.said.read_text(errors="replace"))
        return int(found[-1]) if found else 0

    def answers(self, room: str) -> bool:
        """Whether the room is there: 503 of one that misses another is an answer, too."""
        try:
            return httpx.get(self.stack.url(room) + READY[room], timeout=10).status_code in {200, 401, 503}
        except httpx.HTTPError:
            return False

    def wait(self, room: str, within: float = 200) -> None:
        deadline = time.monotonic() + within
        while not self.answers(room):
            assert time.monotonic() < deadline and self.process.poll() is None, self.said.read_text(errors="replace")[-3000:]
            time.sleep(0.5)


@pytest.fixture
def launched(tmp_path: Path) -> Iterator[Launched]:
    started = Launched(tmp_path)
    try:
        for room in READY:
            started.wait(room)
        yield started
    finally:
        started.process.send_signal(signal.SIGTERM)
        try:
            started.process.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(started.process.pid, signal.SIGKILL)


def test_each_process_killed_alone_comes_back_and_the_others_go_on(launched: Launched) -> None:
    for room in READY:
        before = {name: launched.pid(name) for name in READY}
        os.kill(before[room], signal.SIGKILL)
        assert all(launched.answers(other) for other in READY if other != room), f"{room} took others with it"
        deadline = time.monotonic() + 20
        while launched.pid(room) == before[room]:
            assert time.monotonic() < deadline, f"{room} was not started again"
            time.sleep(0.1)
        launched.wait(room)
        assert {name: launched.pid(name) for name in READY if name != room} == {k: v for k, v in before.items() if k != room}
    assert all((launched.stack.folder / name).stat().st_mode & 0o077 == 0 for name in ("intake.db", "backoffice.db"))
