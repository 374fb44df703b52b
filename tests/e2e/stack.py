"""Runs the five real processes for a test, on free ports and in a folder of its own, and can stop, kill and start each of them."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx

from scripts import environment as env
from scripts import launch
from tests.packs import BLORA

READY = {"dialogue": "/status", "actions": "/readyz", "backoffice": "/readyz", "bot": "/readyz", "simulator": "/"}


class Stack:
    """All five processes. Their output lies in `<folder>/logs/<room>.log`, so that a failed test can show it."""

    def __init__(
        self, folder: Path, model: Path, album_window: float = 2.0, pack: Path = BLORA, public_pages: bool = False, **more: str
    ) -> None:
        """`public_pages`: also the listener with the pages for everybody. `more`: further settings."""
        ports = {name: str(_free_port()) for name in env.PORTS.values()}
        # Nothing of the machine's own settings may reach a test but where its programs lie.
        base = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH"}}
        given = {**base, **ports, "ALBUM_WINDOW_SECONDS": str(album_window), "LANDA_MEWA_VAR": str(folder), "SIMULATOR_STATE": ""}
        given |= {"OFFICE": str(pack), **more, **({"PUBLIC_PORT": str(_free_port())} if public_pages else {})}
        self.settings = env.with_addresses(env.with_demo_secrets(given))
        self.folder = folder
        self.commands = launch.processes(self.settings, model, simulated=True)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        (folder / "logs").mkdir(parents=True, exist_ok=True)

    def url(self, room: str) -> str:
        """Where one process listens."""
        return f"http://127.0.0.1:{env.port(room, self.settings)}"

    @property
    def public_url(self) -> str:
        """Where the pages for everybody are."""
        return f"http://127.0.0.1:{self.settings['PUBLIC_PORT']}"

    def calling(self, caller: str, called: str) -> dict[str, str]:
        """The header with which one of our processes calls another."""
        return {"Authorization": f"Bearer {self.settings[f'{caller}_{called}_TOKEN'.upper()]}"}

    @property
    def to_dialogue(self) -> dict[str, str]:
        """The header with which the bot calls Rasa."""
        return {"Authorization": f"Bearer {self.settings['BOT_DIALOGUE_TOKEN']}"}

    @property
    def to_actions(self) -> dict[str, str]:
        """The header with which Rasa calls the actions."""
        return {"Authorization": f"Bearer {self.settings['DIALOGUE_ACTIONS_TOKEN']}"}

    def prepare(self) -> None:
        """Databases, demo staff, SPESIMEN documents: the same steps as `make run`."""
        launch.prepare(self.settings, simulated=True)

    def start(self, *rooms: str) -> None:
        """Starts processes without waiting for them."""
        for room in rooms or tuple(self.commands):
            log = (self.folder / "logs" / f"{room}.log").open("ab")
            self.running[room] = subprocess.Popen(
                self.commands[room],
                cwd=env.ROOT,
                env=launch.process_environment(room, self.settings),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_ready(self, *rooms: str, within: float = 150) -> None:
        """Returns when each answers. Raises AssertionError with the end of its log when one has died or takes too long."""
        deadline = time.monotonic() + within
        for room in rooms or tuple(self.commands):
            while not self._answers(room):
                ended = self.running[room].poll()
                assert ended is None, f"{room} ended with {ended}:\n{self.log(room)[-3000:]}"
                assert time.monotonic() < deadline, f"{room} is not ready after {within} s:\n{self.log(room)[-3000:]}"
                time.sleep(0.3)

    def stop(self, *rooms: str) -> None:
        """Ends processes the polite way and waits for them."""
        self._end(signal.SIGTERM, rooms)

    def kill(self, *rooms: str) -> None:
        """`kill -9`, the whole process group at once."""
        self._end(signal.SIGKILL, rooms)

    def log(self, room: str) -> str:
        """All that a process has printed."""
        return (self.folder / "logs" / f"{room}.log").read_text(errors="replace")

    def _end(self, how: signal.Signals, rooms: tuple[str, ...]) -> None:
        for room in rooms or tuple(self.running):
            process = self.running.pop(room, None)
            if process is None:
                continue
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, how) if how == signal.SIGKILL else process.send_signal(how)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(timeout=10)

    def _answers(self, room: str) -> bool:
        try:
            return httpx.get(self.url(room) + READY[room], timeout=5).status_code == 200
        except httpx.HTTPError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
