"""Installs the program under its own path with one systemd unit for each process: `make install`, as root, after `make setup`.

`DESTDIR` puts everything below another folder (for packaging, and for the test). Settings that are there already are left alone.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dotenv import dotenv_values

from scripts.environment import ROOMS, new_secrets

ROOT = Path(__file__).resolve().parent.parent
PROGRAM, SETTINGS, UNITS, USERS = "opt/landa-mewa", "etc/landa-mewa", "etc/systemd/system", "usr/lib/sysusers.d"
FORMER = "landa-mewa.env"
"""The one file that an older program had for three processes."""
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
    _fill_in(settings)


def _fill_in(settings: Path) -> None:
    """Writes the settings of each process that has none: what an older program kept for all of them together, and new secrets.

    One secret has one value in every file that names it.
    """
    kept = dotenv_values(settings / FORMER) if (settings / FORMER).exists() else {}
    for file in sorted(settings.glob("*.env")):
        kept |= {name: value for name, value in dotenv_values(file).items() if value}
    known = {**new_secrets(), **{name: value for name, value in kept.items() if value}}
    for template in sorted((ROOT / "deploy").glob("*.env")):
        target = settings / template.name
        if not target.exists():
            target.touch(mode=0o600)
            target.write_text(_filled_in(template, known))


def _filled_in(template: Path, known: Mapping[str, str]) -> str:
    """A template with the values that are known, and with those that it does not name but its process reads."""
    settings, text = ROOMS.get(template.stem), template.read_text()
    own = {str(field.alias) for field in settings.model_fields.values()} if settings else set()
    named = set(re.findall(r"(?m)^#?([A-Z_]+)=", text))
    filled = re.sub(r"(?m)^#?([A-Z_]+)=.*$", lambda line: f"{line[1]}={known[line[1]]}" if line[1] in known else line[0], text)
    return filled + "".join(f"{name}={value}\n" for name, value in known.items() if name in own - named)


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
    place(destination)
    if destination == Path("/"):
        subprocess.run(["systemd-sysusers"], check=True)
        subprocess.run(["systemctl", "daemon-reload"], check=True)
    print(f"Installed. Fill in what is empty in the files of /{SETTINGS}.")
    print("Keep a copy of BLOB_KEY apart: without it no file can be read. Then:")
    if (destination / SETTINGS / FORMER).exists():
        print(f"rm /{SETTINGS}/{FORMER}   # its values were taken over; nothing reads it any more")
    print("systemctl enable --now landa-mewa.target landa-mewa-backup.timer")
    return 0


if __name__ == "__main__":
    sys.exit(main())
