"""An operator's commands about what waits for a person: turns that the dialogue failed at, and sends that Meta refused."""

import argparse
import sys
from collections.abc import Sequence

from bot.outbox import repository as outbox
from bot.settings import Settings
from bot.turns.replay import parked, replay
from contracts.moments import exact
from standard import clock
from standard.clock import Clock
from storage.database import Database


def parser() -> argparse.ArgumentParser:
    """The command line; without a command the bot starts."""
    made = argparse.ArgumentParser(prog="python -m bot", description="Starts the bot, or runs a command about what waits for a person.")
    commands = made.add_subparsers(dest="command")
    commands.add_parser("parked", help="list the turns that the dialogue failed at, the oldest first")
    commands.add_parser("unsent", help="list the sends that Meta refused, the oldest first")
    resend = commands.add_parser("resend", help="try refused sends again; the running bot sends them")
    resend.add_argument("sends", nargs="*", metavar="SEND", help="ids as `unsent` prints them")
    resend.add_argument("--all", action="store_true", help="all of them")
    give_up = commands.add_parser("give-up", help="give up sends for good that Meta refused; what they hold is erased with the chat")
    give_up.add_argument("sends", nargs="+", metavar="SEND", help="ids as `unsent` prints them")
    replay = commands.add_parser("replay", help="ask the dialogue again; the running bot sends the answers")
    replay.add_argument("turns", nargs="*", metavar="TURN", help="ids as `parked` prints them")
    replay.add_argument("--all", action="store_true", help="all of them")
    return made


async def run(arguments: argparse.Namespace, settings: Settings, now: Clock = clock.now) -> int:
    """Runs the command against the database of the installation; 1 where something that was named does not wait, 2 where nothing was."""
    database = Database.open(settings.database_url)
    try:
        match arguments.command:
            case "parked":
                async with database.read() as session:
                    for turn in await parked(session):
                        sys.stdout.write(f"{turn.id}  {exact(turn.opened_at)}  {turn.kind}\n")
                return 0
            case "unsent":
                async with database.read() as session:
                    for row in await outbox.unsent(session):
                        sys.stdout.write(f"{row.id}  {exact(row.created_at)}  {row.state}  {row.error_code or '-'}  {row.attempts}\n")
                return 0
            case "resend":
                async with database.write() as session:
                    wanted = [row.id for row in await outbox.unsent(session)] if arguments.all else arguments.sends
                    tried = await outbox.retry_refused(session, now(), wanted)
                return _say_done(arguments.all, f"{len(tried)} send(s) are tried again.", "Not refused, or erased", arguments.sends, tried)
            case "give-up":
                async with database.write() as session:
                    ended = await outbox.give_up(session, now(), arguments.sends)
                return _say_done(False, f"{len(ended)} send(s) are given up.", "Not stuck", arguments.sends, ended)
        async with database.write() as session:
            wanted = [turn.id for turn in await parked(session)] if arguments.all else arguments.turns
            asked = await replay(session, wanted, now())
        return _say_done(arguments.all, f"{len(asked)} turn(s) are asked again.", "Not parked", arguments.turns, asked)
    finally:
        await database.close()


def _say_done(all_of_them: bool, done: str, why_not: str, named: Sequence[str], found: Sequence[str]) -> int:
    if not all_of_them and not named:
        sys.stderr.write("Name what is meant by its id, or say --all.\n")
        return 2
    sys.stdout.write(f"{done}\n")
    if unknown := set(named) - set(found):
        sys.stderr.write(f"{why_not}: {', '.join(sorted(unknown))}\n")
    return 1 if unknown else 0
