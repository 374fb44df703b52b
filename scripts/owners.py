"""Gives what an installation keeps to the users of its processes: after a restore, and at the update from the version with one user.

The folders and their modes stand in `deploy/tmpfiles.conf`; this brings what already lies below them to the same.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

VAR = Path("/var/lib/landa-mewa")
ROOT = Path(__file__).resolve().parent.parent
FORMER_USER = "landa-mewa"
"""Whose everything was until 0.2.0, directly below the folder."""
MOVED = {"intake": ("intake.db", "erasures.jsonl"), "backoffice": ("backoffice.db",)}
"""Files that have a folder of their own now, with SQLite's logs beside them."""

Row = tuple[str, int, str, str]
"""A folder, its mode, user and group."""


def folders(configuration: Path = ROOT / "deploy" / "tmpfiles.conf") -> list[Row]:
    """Every folder of an installation."""
    rows = [line.split() for line in configuration.read_text(encoding="utf-8").splitlines() if line.startswith("d ")]
    return [(row[1], int(row[2], 8), row[3], row[4]) for row in rows]


def lies_as_before(var: Path) -> bool:
    """Whether a version with one user kept something here that has not been moved yet."""
    return any((var / name).exists() for names in MOVED.values() for name in names)


def move(var: Path) -> list[Path]:
    """Moves databases, their logs and the list of erasures of a former version into the folder of their process; all processes stand still.

    Nothing is written over: what is in the new place already stays. Returns what was moved.
    """
    moved = []
    for folder, names in MOVED.items():
        for name in names:
            for file in (var / f"{name}{ending}" for ending in ("", "-wal", "-shm", "-journal")):
                target = var / folder / file.name
                if file.exists() and not target.exists():
                    target.parent.mkdir(exist_ok=True)
                    shutil.move(file, target)
                    moved.append(target)
    return moved


def give(var: Path, rows: Sequence[Row] | None = None) -> None:
    """Everything below each folder to its user and group, nothing to anybody else. Links are not followed. Raises CalledProcessError."""
    for path, mode, user, group in rows if rows is not None else folders():
        folder = var / Path(path).relative_to(VAR)
        folder.mkdir(parents=True, exist_ok=True)
        if user == "root":
            _run("chown", f"{user}:{group}", folder)
        else:
            _run("chown", "-R", "-h", f"{user}:{group}", folder)
            _run("chmod", "-R", "u=rwX,g=rwX,o=" if mode & 0o070 else "u=rwX,go=", folder)
            if mode & 0o2000:
                _run("find", folder, "-type", "d", "-exec", "chmod", "g+s", "{}", "+")
        folder.chmod(mode)


def _run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True)
