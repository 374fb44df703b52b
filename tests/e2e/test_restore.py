"""A back-up of the running system is put back into an empty place: all work stands still until it is reconciled, and then goes on."""

import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from backup.__main__ import make_key
from scripts import environment as env
from tests.e2e.citizen import Citizen
from tests.e2e.stack import Stack

ROOMS = ("dialogue", "actions", "backoffice", "bot")


def command(stack: Stack, *words: str) -> str:
    """A command of an operator, on this installation; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=env.ROOT, env=stack.settings, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def alarms(stack: Stack, room: str) -> Any:
    return httpx.get(f"{stack.url(room)}/readyz", timeout=10).json()["alarms"]


def test_after_a_restore_nobody_is_answered_before_both_sides_are_reconciled_and_then_everybody_is(stack: Stack, tmp_path: Path) -> None:
    folder = Path(stack.settings["LANDA_MEWA_VAR"])
    stack.settings["BACKUP_RECIPIENT"] = make_key(tmp_path / "office.key").removeprefix("BACKUP_RECIPIENT=")
    citizen = Citizen(stack.url("simulator"), "WARGA SPESIMEN")
    citizen.ask("halo")

    made = command(stack, "backup", "make")
    file = made.split(": as of")[0]
    assert "blobs" in command(stack, "backup", "check", file, "--key", str(tmp_path / "office.key"))

    stack.stop(*ROOMS)
    for name in ("intake.db", "backoffice.db", "blobs"):
        (folder / name).rename(tmp_path / name)
        for ending in ("-wal", "-shm"):
            (folder / f"{name}{ending}").unlink(missing_ok=True)
    began = time.monotonic()
    assert "Restored as of" in command(stack, "backup", "restore", file, "--key", str(tmp_path / "office.key"))
    stack.start(*ROOMS)
    stack.wait_ready(*ROOMS)

    before = len(citizen.incoming())
    citizen.send("apa saja syaratnya?")
    for room in ("bot", "actions", "backoffice"):
        assert "make reconcile" in alarms(stack, room)["restored"]
    time.sleep(5)
    assert len(citizen.incoming()) == before, "all work stands still"

    assert "taken over from the office" in command(stack, "actions", "reconcile")
    assert "erasures repeated" in command(stack, "bot", "reconcile")
    assert "sent again" in command(stack, "backoffice", "reconcile")
    assert "Kartu Keluarga" in "\n".join(citizen.wait(before + 1)[before:])
    assert not any("restored" in alarms(stack, room) for room in ("bot", "actions", "backoffice"))
    print(f"from the restore to the first answer: {time.monotonic() - began:.0f} s")
    shutil.rmtree(tmp_path / "blobs")
