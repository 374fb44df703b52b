"""Runs a command of an installation as the user of its process and with that process's settings: `landa-mewa backoffice user list`.

For root, on a server where `make install` was run. What reads or writes a file that root names (a copy of somebody's data, an export, a
restore) stays root's; whatever it made of the installation's own is given to its users afterwards.
"""

import os
import pwd
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dotenv import dotenv_values

from runtime.process import GROUP_TOO, OWNER_ONLY
from scripts.owners import VAR, give

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = Path("/etc/landa-mewa")
UNITS = Path("/etc/systemd/system")
ROOMS = ("bot", "actions", "backoffice", "backup")
ORDER = ("actions", "bot", "backoffice")
ROOTS_OWN = {
    *(("backup", command) for command in ("restore", "mark", "drill", "check", "key")),
    *((room, "subject") for room in ROOMS),
    ("backoffice", "export"),
}
"""Commands with a file that only root can read or write. SQLite gives what it makes beside a database to the database's owner."""
SEVERAL = {"reseal": ORDER, "reconcile": ORDER, "subject": ("bot", "actions", "backoffice")}
"""What is one command for the office and one for each process."""
USAGE = """usage: landa-mewa bot|actions|backoffice|backup COMMAND …   a command of one process (COMMAND --help)
       landa-mewa reseal                                   encrypt what is plain, and bring everything to the newest key
       landa-mewa reconcile                                after a restore: both sides know the same again, then work goes on
       landa-mewa subject NUMBER FOLDER                    the copy of one person's data
       landa-mewa check [FOLDER]                           what is wrong in the office's rules and texts"""


@dataclass(frozen=True)
class Command:
    """One command of a room: as that user, with those settings."""

    words: tuple[str, ...]
    user: str
    environment: Mapping[str, str]

    @property
    def arguments(self) -> tuple[str, ...]:
        """The command line. What lies where root stands is never imported (`-P`)."""
        return (str(ROOT / ".venv/bin/python"), "-P", "-m", *self.words)


class Unknown(Exception):
    """What was typed is no command of an installation; the message says what is."""


def commands(arguments: list[str], settings: Path = SETTINGS, units: Path = UNITS) -> list[Command]:
    """What has to be run for what was typed, one after another. Raises Unknown."""
    match arguments:
        case ["check", *folder]:
            return [_of("backoffice", ("pack", "check"), {"OFFICE": folder[0]} if folder else {}, settings, units)]
        case ["subject", number, folder]:
            given = {"bot": (number, folder), "actions": (folder,), "backoffice": (folder,)}
            return [_of(room, (room, "subject", *given[room]), {}, settings, units) for room in SEVERAL["subject"]]
        case [("reseal" | "reconcile") as what]:
            return [_of(room, (room, what), {}, settings, units) for room in SEVERAL[what]]
        case [room, *rest] if room in ROOMS and rest:
            return [_of(room, (room, *rest), {}, settings, units)]
    raise Unknown(USAGE)


def _of(room: str, command: tuple[str, ...], more: Mapping[str, str], settings: Path, units: Path) -> Command:
    named = {name: value for name, value in dotenv_values(settings / f"{room}.env").items() if value}
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
        **{name: os.environ[name] for name in ("TERM", "SSL_CERT_FILE") if name in os.environ},
        **of_unit(units / f"landa-mewa-{room}.service"), **named, **more,
    }  # fmt: skip
    return Command(command, "root" if command[:2] in ROOTS_OWN else f"landa-mewa-{room}", environment)


def of_unit(unit: Path) -> dict[str, str]:
    """Where the unit of a process tells it to keep what it keeps; the files of settings go over it."""
    lines = unit.read_text(encoding="utf-8").splitlines() if unit.exists() else []
    pairs = [pair for line in lines if line.startswith("Environment=") for pair in line.removeprefix("Environment=").split()]
    return dict(pair.split("=", 1) for pair in pairs)


def run(command: Command) -> int:
    """Runs one; returns its exit status. Root drops every right of its own first, where the command is a process's."""
    as_user: dict[str, object] = {"umask": OWNER_ONLY}
    if command.user != "root":
        account = pwd.getpwnam(command.user)
        groups = os.getgrouplist(command.user, account.pw_gid)
        as_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": groups, "umask": GROUP_TOO}
    return subprocess.run(command.arguments, env=dict(command.environment), check=False, **as_user).returncode  # type: ignore[call-overload, no-any-return]


def main(arguments: list[str]) -> int:
    """Returns the status of the first command that failed, 0 where none did, 1 with one sentence where none could be run."""
    try:
        todo = commands(arguments)
    except Unknown as usage:
        print(usage, file=sys.stderr)
        return 0 if arguments in (["--help"], ["-h"]) else 2
    if os.geteuid() != 0:
        print("Only root can act for the processes. Try: sudo landa-mewa …", file=sys.stderr)
        return 1
    for command in todo:
        try:
            status = run(command)
        except KeyError:
            print(f"There is no user {command.user} here: run make install first.", file=sys.stderr)
            return 1
        if command.words[:2] == ("backup", "restore"):
            give(VAR)
        if status:
            return status
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
