"""The commands of back-ups: `python -m backup --help`."""

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyrage

from backup.drill import Drilled, drill
from backup.making import make_backup
from backup.restoring import check, mark_restored, restore
from backup.settings import Settings
from runtime.commandline import NotDone
from runtime.process import begin
from runtime.release import add_release
from runtime.settings import SettingsWrong, read
from storage.blobs import BlobKeyWrong


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(prog="python -m backup", description="Backs an installation up, and puts it back.")
    add_release(made)
    commands = made.add_subparsers(dest="command", required=True)
    key = commands.add_parser("key", help="make a private key in a new file, and print its public half")
    key.add_argument("file", type=Path, help="to be kept apart from the machine and from the back-ups")
    commands.add_parser("make", help="one back-up of the running installation")
    mark = commands.add_parser("mark", help="note that other means put both databases back: all work stands still until `make reconcile`")
    mark.add_argument("--point", type=_moment, required=True, metavar="2026-11-30T03:15:00Z", help="the moment that they hold")
    drilled = commands.add_parser("drill", help="put the newest back-up back beside the installation, look through it, remove it: monthly")
    drilled.add_argument("file", type=Path, nargs="?", help="another than the newest of BACKUP_FOLDER")
    drilled.add_argument("--key", type=Path, required=True, help="the file with the private key")
    drilled.add_argument("--blob-key", type=Path, metavar="FILE", help="the copy of BLOB_KEY that is kept apart: photos are opened with it")
    for name, what in (
        ("restore", "put a back-up back into an empty place"),
        ("check", "decrypt it and hold it against its hashes: the drill"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("file", type=Path)
        command.add_argument("--key", type=Path, required=True, help="the file with the private key")
    return made


async def run(arguments: argparse.Namespace, settings: Settings) -> str:
    """Does the command, and says what was done. Raises NotDone, OSError."""
    if arguments.command == "make":
        made = await make_backup(settings)
        size = made.file.stat().st_size
        return f"{made.file}: as of {made.point:%Y-%m-%d %H:%M:%S} UTC, {made.blobs} blobs, {size} bytes, {made.seconds:.1f} s"
    if arguments.command == "mark":
        await mark_restored(settings, arguments.point)
        return "Noted. Start the services: they stand still. Then `make reconcile`."
    if arguments.command == "drill":
        blob_key = arguments.blob_key.read_text(encoding="utf-8").strip().removeprefix("BLOB_KEY=") if arguments.blob_key else None
        return drill_report(await drill(settings, arguments.file, arguments.key, blob_key))
    if arguments.command == "check":
        held = await check(settings, arguments.file, arguments.key)
        return f"Whole: as of {held.point:%Y-%m-%d %H:%M:%S} UTC, {held.blobs} blobs, {held.seconds:.1f} s"
    held = await restore(settings, arguments.file, arguments.key)
    return (
        f"Restored as of {held.point:%Y-%m-%d %H:%M:%S} UTC, {held.blobs} blobs, {held.seconds:.1f} s. "
        "Start the services: they stand still. Then `make reconcile`."
    )


def drill_report(found: Drilled) -> str:
    """What a drill found, for whoever keeps the minutes of it."""
    opened = f"{found.opened} of them opened" if found.opened is not None else "none of them opened (--blob-key)"
    return (
        f"{found.file.name} can be restored: {found.seconds:.1f} s, {found.blobs} files, {opened}; "
        + ", ".join(f"{count} {name}" for name, count in found.rows.items())
        + f". Were all lost now, {found.age.total_seconds() / 60:.0f} minutes would be lost."
    )


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} is no moment with its time zone, as 2026-11-30T10:15:00+07:00 or 2026-11-30T03:15:00Z")
    if at > datetime.now(UTC):
        raise argparse.ArgumentTypeError(f"{text} is not over yet")
    return at


def make_key(file: Path) -> str:
    """A new private key in that file, for its owner only; returns the public half. Raises NotDone where the file is there."""
    identity = pyrage.x25519.Identity.generate()
    try:
        with file.open("x", encoding="utf-8") as out:
            file.chmod(0o600)
            out.write(f"# public key: {identity.to_public()}\n{identity}\n")
    except FileExistsError:
        raise NotDone(f"{file} is there: a key that opens back-ups is never overwritten") from None
    return f"BACKUP_RECIPIENT={identity.to_public()}"


def main() -> int:
    """Returns the exit status: 0, 1 with one sentence for what could not be done, 2 for a usage error."""
    arguments = parser().parse_args()
    begin("backup")
    try:
        print(make_key(arguments.file) if arguments.command == "key" else asyncio.run(run(arguments, read(Settings, "The back-up"))))
    except (NotDone, SettingsWrong, BlobKeyWrong) as fault:
        print(f"Not done: {fault}", file=sys.stderr)
        return 1
    except OSError as fault:
        print(f"Not done: {fault.strerror or type(fault).__name__} ({fault.filename or ''}).", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
