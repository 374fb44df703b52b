"""An operator's commands about what waits for a person: turns that the dialogue failed at, and sends that Meta refused."""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.contacts.repository import take_over
from bot.model import Base
from bot.notices.backoffice import BackofficeClient, BackofficeFault
from bot.ops.subject import write_copy
from bot.outbox import repository as outbox
from bot.outbox.models import Sending
from bot.retention.erasing import erase_chat
from bot.settings import Settings
from bot.turns.replay import parked, replay
from contracts.moments import exact
from runtime.calling import http_client
from runtime.commandline import add_json, add_yes, listing, require_yes
from runtime.release import add_release
from standard import clock
from standard.clock import Clock
from storage import erasures
from storage.database import Database
from storage.kept_blobs import KeptBlobs
from storage.keyring import Keyring, SealBroken
from storage.opening import open_blobs
from storage.points import note_reconciled, restored_to
from storage.sealed import reseal

MARGIN = timedelta(hours=1)
"""The office is asked for what came or moved from so long before the restored point on."""


def parser() -> argparse.ArgumentParser:
    """The command line; without a command the bot starts."""
    made = argparse.ArgumentParser(prog="python -m bot", description="Starts the bot, or runs a command about what waits for a person.")
    add_release(made)
    commands = made.add_subparsers(dest="command")
    for name, what in (
        ("parked", "list the turns that the dialogue failed at, the oldest first"),
        ("unsent", "list the sends that Meta refused, the oldest first"),
    ):
        add_json(commands.add_parser(name, help=what))
    resend = commands.add_parser("resend", help="try refused sends again; the running bot sends them")
    resend.add_argument("sends", nargs="*", metavar="SEND", help="ids as `unsent` prints them")
    resend.add_argument("--all", action="store_true", help="all of them")
    give_up = commands.add_parser("give-up", help="give up sends for good that Meta refused; what they hold is erased with the chat")
    give_up.add_argument("sends", nargs="+", metavar="SEND", help="ids as `unsent` prints them")
    add_yes(give_up)
    replay = commands.add_parser("replay", help="ask the dialogue again; the running bot sends the answers")
    replay.add_argument("turns", nargs="*", metavar="TURN", help="ids as `parked` prints them")
    replay.add_argument("--all", action="store_true", help="all of them")
    copy = commands.add_parser("subject", help="write the copy of one person's chat, which they asked for, into a folder")
    copy.add_argument("person", metavar="NUMBER", help="the phone number, or the id of a contact")
    copy.add_argument("folder", type=Path, metavar="FOLDER")
    commands.add_parser("reseal", help="bring all that is encrypted to the newest key of BLOB_KEY, and encrypt what is plain")
    commands.add_parser("reconcile", help="after a restore: know everybody whom the back office knows, repeat erasures; the work goes on")
    return made


async def reconcile(database: Database, office: BackofficeClient, folder: Path, now: Clock) -> str:
    """Does it over the running back office, and says what was done. Raises BackofficeFault."""
    point = await restored_to(database, "bot")
    if point is None:
        return "Nothing to do: the database was not restored, or is reconciled."
    people, erased = await office.known_contacts(point - MARGIN), erasures.since(folder, point)
    taken_over = 0
    for contact in people.values():
        async with database.write() as session:
            taken_over += await take_over(session, contact.id, contact.phone, contact.name, now())
    for contact_id in erased:
        async with database.write() as session:
            await erase_chat(session, contact_id)
    await note_reconciled(database, "bot")
    return f"{taken_over} people taken over from the office, {len(erased)} erasures repeated."


async def run(arguments: argparse.Namespace, settings: Settings, now: Clock = clock.now) -> int:
    """Runs the command against the database of the installation; 1 where something that was named does not wait, 2 where nothing was.

    Raises NotDone.
    """
    database = Database.open(settings.database_url, Keyring(settings.blob_key.get_secret_value()))
    try:
        match arguments.command:
            case "reseal":
                return await _reseal(database, settings, now)
            case "subject":
                return await _copy(database, settings, arguments)
            case "reconcile":
                return await _reconcile(database, settings, now)
            case "parked":
                async with database.read() as session:
                    turns = [{"id": turn.id, "opened": exact(turn.opened_at), "kind": turn.kind} for turn in await parked(session)]
                sys.stdout.write(f"{listing(arguments, turns, '{id}  {opened}  {kind}'.format_map, 'No turn is parked.')}\n")
                return 0
            case "unsent":
                async with database.read() as session:
                    sends = [_send(row) for row in await outbox.unsent(session)]
                line = "{id}  {made}  {state}  {error}  {attempts}".format_map
                sys.stdout.write(f"{listing(arguments, sends, line, 'No send was refused.')}\n")
                return 0
            case "resend":
                async with database.write() as session:
                    wanted = [row.id for row in await outbox.unsent(session)] if arguments.all else arguments.sends
                    tried = await outbox.retry_refused(session, now(), wanted)
                return _say_done(arguments.all, f"{len(tried)} send(s) are tried again.", "Not refused, or erased", arguments.sends, tried)
            case "give-up":
                require_yes(arguments, f"{len(arguments.sends)} send(s) would never reach anybody.")
                async with database.write() as session:
                    ended = await outbox.give_up(session, now(), arguments.sends)
                return _say_done(False, f"{len(ended)} send(s) are given up.", "Not stuck", arguments.sends, ended)
        async with database.write() as session:
            wanted = [turn.id for turn in await parked(session)] if arguments.all else arguments.turns
            asked = await replay(session, wanted, now())
        return _say_done(arguments.all, f"{len(asked)} turn(s) are asked again.", "Not parked", arguments.turns, asked)
    finally:
        await database.close()


def _send(row: Sending) -> dict[str, Any]:
    return {"id": row.id, "made": exact(row.created_at), "state": row.state, "error": row.error_code or "-", "attempts": row.attempts}


async def _reseal(database: Database, settings: Settings, now: Clock) -> int:
    """The rows of the chat, and the files of chat and drafts."""
    try:
        rows, left = await reseal(database, Base.metadata)
    except SealBroken as fault:
        sys.stderr.write(f"Not done: {fault}.\n")
        return 1
    files = await KeptBlobs(database, open_blobs(settings.blob_url, settings.blob_key.get_secret_value(), "intake"), now).reseal()
    sys.stdout.write(f"{rows} rows and {files} files brought to the newest key; {left} rows are left{': once more' if left else ''}.\n")
    return 1 if left else 0


async def _reconcile(database: Database, settings: Settings, now: Clock) -> int:
    async with http_client() as http:
        office = BackofficeClient(http, settings.backoffice_url, settings.bot_backoffice_token)
        try:
            sys.stdout.write(f"{await reconcile(database, office, settings.landa_mewa_var, now)}\n")
        except BackofficeFault as fault:
            sys.stderr.write(f"Not done: the back office does not answer ({fault.why}). Start it; then once more.\n")
            return 1
    return 0


async def _copy(database: Database, settings: Settings, arguments: argparse.Namespace) -> int:
    store = open_blobs(settings.blob_url, settings.blob_key.get_secret_value(), "intake")
    rows = await write_copy(database, store, arguments.person, arguments.folder)
    if rows < 0:
        sys.stderr.write("Not done: nobody is known by that number.\n")
        return 1
    sys.stdout.write(f"{rows} rows of the chat in {arguments.folder}.\n")
    return 0


def _say_done(all_of_them: bool, done: str, why_not: str, named: Sequence[str], found: Sequence[str]) -> int:
    if not all_of_them and not named:
        sys.stderr.write("Name what is meant by its id, or say --all.\n")
        return 2
    sys.stdout.write(f"{done}\n")
    if unknown := set(named) - set(found):
        sys.stderr.write(f"{why_not}: {', '.join(sorted(unknown))}\n")
    return 1 if unknown else 0
