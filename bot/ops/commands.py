"""An operator's commands about what waits for a person: turns that the dialogue failed at, and sends that Meta refused."""

import argparse
import sys

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
    resend.add_argument("sends", nargs="*", metavar="SEND", help="ids as `unsent` prints them; none for all")
    replay = commands.add_parser("replay", help="ask the dialogue again; the running bot sends the answers")
    replay.add_argument("turns", nargs="*", metavar="TURN", help="ids as `parked` prints them; none for all")
    return made


async def run(arguments: argparse.Namespace, settings: Settings, now: Clock = clock.now) -> int:
    """Runs the command against the database of the installation; 1 where something that was named does not wait."""
    database = Database.open(settings.database_url)
    try:
        if arguments.command == "parked":
            async with database.read() as session:
                for turn in await parked(session):
                    sys.stdout.write(f"{turn.id}  {exact(turn.opened_at)}  {turn.kind}\n")
            return 0
        if arguments.command == "unsent":
            async with database.read() as session:
                for row in await outbox.unsent(session):
                    sys.stdout.write(f"{row.id}  {exact(row.created_at)}  {row.state}  {row.error_code or '-'}  {row.attempts}\n")
            return 0
        if arguments.command == "resend":
            async with database.write() as session:
                tried = await outbox.retry_refused(session, now(), arguments.sends)
            return _say_done(f"{len(tried)} send(s) are tried again.", "Not refused, or erased", set(arguments.sends) - set(tried))
        async with database.write() as session:
            asked = await replay(session, arguments.turns, now())
        return _say_done(f"{len(asked)} turn(s) are asked again.", "Not parked", set(arguments.turns) - set(asked))
    finally:
        await database.close()


def _say_done(done: str, why_not: str, unknown: set[str]) -> int:
    sys.stdout.write(f"{done}\n")
    if unknown:
        sys.stderr.write(f"{why_not}: {', '.join(sorted(unknown))}\n")
    return 1 if unknown else 0
