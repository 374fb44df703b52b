"""Installs the program under its own path with one systemd unit for each process: `make install`, as root, after `make setup`.

`DESTDIR` puts everything below another folder (for packaging, and for the test). Settings that are there already are left alone.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dotenv import dotenv_values

from scripts import owners
from scripts.environment import ROOMS, new_secrets

ROOT = Path(__file__).resolve().parent.parent
PROGRAM, SETTINGS, UNITS, USERS = "opt/landa-mewa", "etc/landa-mewa", "etc/systemd/system", "usr/lib/sysusers.d"
FOLDERS, COMMAND = "usr/lib/tmpfiles.d", "usr/local/sbin/landa-mewa"
LOADER = "etc/ld.so.conf.d/landa-mewa.conf"
HOMES = (Path("/root"), Path("/home"))
"""What `ProtectHome` hides from the units."""
FORMER = "landa-mewa.env"
"""The one file that an older program had for three processes."""
LEFT_OUT = (".git", "var", ".env", "__pycache__", "tests", "bench", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache")
"""What an installation has no use for, or what is of the place where it was tried out (its databases and secrets)."""


def place(destination: Path) -> None:
    """Copies program, units and settings below the destination."""
    program = destination / PROGRAM
    if program.resolve() != ROOT:
        # Beside the former one, and then in its place: what the update no longer has is gone, and the former one is the way back.
        fresh, former = program.with_name(f"{program.name}.new"), program.with_name(f"{program.name}.old")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(ROOT, fresh, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        _repoint(fresh)
        brought = [own for name in (".venv", "dialogue/.venv") if (own := _bring_python(fresh, name))]
        _open_to_all(fresh)
        _tell_loader(destination / LOADER, brought)
        if program.exists():
            shutil.rmtree(former, ignore_errors=True)
            program.rename(former)
        fresh.rename(program)
    for unit in sorted((ROOT / "deploy" / "systemd").iterdir()):
        _copy(unit, destination / UNITS / unit.name, 0o644)
    _copy(ROOT / "deploy" / "sysusers.conf", destination / USERS / "landa-mewa.conf", 0o644)
    _copy(ROOT / "deploy" / "tmpfiles.conf", destination / FOLDERS / "landa-mewa.conf", 0o644)
    _copy(ROOT / "deploy" / "bin" / "landa-mewa", destination / COMMAND, 0o755)
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


def _bring_python(program: Path, name: str) -> str | None:
    """An interpreter below somebody's home (uv's, pyenv's) comes along: the units may not look into any home.

    Returns where its libraries will lie, from the root; None for one that every user can reach where it is.
    """
    python, configuration = program / name / "bin" / "python", program / name / "pyvenv.cfg"
    real = python.resolve()
    if not configuration.exists() or not any(real.is_relative_to(home) for home in HOMES):
        return None
    base = real.parent.parent
    own = f"{PROGRAM}/pythons/{base.name}"
    shutil.copytree(base, program / "pythons" / base.name, dirs_exist_ok=True, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    configuration.write_text(re.sub(r"(?m)^home = .*$", f"home = /{own}/bin", configuration.read_text()))
    python.unlink()
    python.symlink_to(f"/{own}/bin/{real.name}")
    return f"/{own}/lib"


def _tell_loader(file: Path, folders: list[str]) -> None:
    """An interpreter that was built with a shared library (pyenv's may be) knows it by the place that it was built for."""
    file.unlink(missing_ok=True)
    if folders:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{folder}\n" for folder in dict.fromkeys(folders)))


def _open_to_all(program: Path) -> None:
    """The users of the units read what root has made, a model among it; nothing in it is a secret."""
    for path in (program, *program.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


STOPPING = 60
"""Seconds for which processes that were told to stop are waited for: a target is stopped before the last of its units has ended."""


def running() -> bool:
    """Whether a process of the installation is at work."""
    units = [f"landa-mewa-{unit}.service" for unit in ("bot", "dialogue", "actions", "backoffice", "backup")]
    until = time.monotonic() + STOPPING
    while True:
        asked = subprocess.run(["systemctl", "is-active", *units], capture_output=True, text=True, check=False)
        states = set(asked.stdout.split())
        if "deactivating" not in states or time.monotonic() > until:
            return bool({"active", "activating", "deactivating", "reloading"} & states)
        time.sleep(1)


def main() -> int:
    """Returns 0, or 1 with one sentence."""
    destination = Path(os.environ.get("DESTDIR") or "/")
    if destination == Path("/") and os.geteuid() != 0:
        print("Only root can install. Try: sudo make install", file=sys.stderr)
        return 1
    former = owners.lies_as_before(owners.VAR) if destination == Path("/") else False
    if former and running():
        print(f"Each process gets a user of its own, and its files in {owners.VAR} move. Stop everything first:", file=sys.stderr)
        print("systemctl stop landa-mewa.target landa-mewa-backup.timer landa-mewa-backup.service", file=sys.stderr)
        return 1
    place(destination)
    if destination == Path("/"):
        subprocess.run(["ldconfig"], check=True)
        subprocess.run(["systemd-sysusers"], check=True)
        if former:
            print("Moved:", *owners.move(owners.VAR))
            owners.give(owners.VAR)
        subprocess.run(["systemd-tmpfiles", "--create", f"/{FOLDERS}/landa-mewa.conf"], check=True)
        subprocess.run(["systemctl", "daemon-reload"], check=True)
    print(f"Installed. Fill in what is empty in the files of /{SETTINGS}.")
    print("Keep a copy of BLOB_KEY apart: without it no file can be read. Then:")
    if (destination / SETTINGS / FORMER).exists():
        print(f"rm /{SETTINGS}/{FORMER}   # its values were taken over; nothing reads it any more")
    print("systemctl enable --now landa-mewa.target landa-mewa-backup.timer")
    return 0


if __name__ == "__main__":
    sys.exit(main())
