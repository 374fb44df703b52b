"""Installs the program under its own path with one systemd unit for each process: `make install`, as root, after `make setup`.

`DESTDIR` puts everything below another folder (for packaging, and for the test). Settings that are there already are left alone.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM, SETTINGS, UNITS, USERS = "opt/landa-mewa", "etc/landa-mewa", "etc/systemd/system", "usr/lib/sysusers.d"
LEFT_OUT = (".git", "var", ".env", "__pycache__", "tests", "bench", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache")
"""What an installation has no use for, or what is of the place where it was tried out (its databases and secrets)."""


def place(destination: Path) -> None:
    """Copies program, units and settings below the destination."""
    program = destination / PROGRAM
    if program.resolve() != ROOT:
        shutil.copytree(ROOT, program, ignore=shutil.ignore_patterns(*LEFT_OUT), dirs_exist_ok=True, symlinks=True)
        _repoint(program)
    for unit in sorted((ROOT / "deploy" / "systemd").iterdir()):
        _copy(unit, destination / UNITS / unit.name, 0o644)
    _copy(ROOT / "deploy" / "sysusers.conf", destination / USERS / "landa-mewa.conf", 0o644)
    settings = destination / SETTINGS
    settings.mkdir(parents=True, exist_ok=True)
    for name in ("landa-mewa.env", "dialogue.env"):
        if not (settings / name).exists():
            _copy(ROOT / "deploy" / name, settings / name, 0o600)


def _copy(source: Path, target: Path, mode: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def _repoint(program: Path) -> None:
    """The scripts of a virtual environment name the folder in which it was made."""
    for script in [*program.glob(".venv/bin/*"), *program.glob("dialogue/.venv/bin/*")]:
        if script.is_file() and not script.is_symlink() and (head := script.read_bytes()[:2]) and head == b"#!":
            script.write_bytes(script.read_bytes().replace(str(ROOT).encode(), f"/{PROGRAM}".encode()))


def main() -> int:
    """Returns 0, or 1 with one sentence."""
    destination = Path(os.environ.get("DESTDIR") or "/")
    if destination == Path("/") and os.geteuid() != 0:
        print("Only root can install. Try: sudo make install", file=sys.stderr)
        return 1
    if not (ROOT / ".venv" / "bin" / "python").exists():
        print("The environment is not there. Run first: make setup", file=sys.stderr)
        return 1
    place(destination)
    if destination == Path("/"):
        subprocess.run(["systemd-sysusers"], check=True)
        subprocess.run(["systemctl", "daemon-reload"], check=True)
    print(f"Installed. Fill in both files of /{SETTINGS}, then:")
    print("systemctl enable --now landa-mewa.target landa-mewa-backup.timer")
    return 0


if __name__ == "__main__":
    sys.exit(main())
