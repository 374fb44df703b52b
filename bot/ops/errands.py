"""An operator's errands about turns that the dialogue failed at: `python -m bot parked` lists them, `python -m bot replay` asks again."""

import argparse
import sys
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts.repository import wake
from bot.dialogue.turn import moment
from bot.lanes.models import Turn, TurnState
from bot.outbox.models import Sending
from bot.settings import Settings
from standard import clock
from standard.clock import Clock
from storage.database import Database


def parser() -> argparse.ArgumentParser:
    """The command line; without an errand the bot starts."""
    made = argparse.ArgumentParser(prog="python -m bot", description="Starts the bot, or runs an errand about parked turns.")
    errands = made.add_subparsers(dest="errand")
    errands.add_parser("parked", help="list the turns that the dialogue failed at, the oldest first")
    replay = errands.add_parser("replay", help="ask the dialogue again; the running bot sends the answers")
    replay.add_argument("turns", nargs="*", metavar="TURN", help="ids as `parked` prints them; none for all")
    return made


async def run(arguments: argparse.Namespace, settings: Settings, now: Clock = clock.now) -> int:
    """Runs the errand against the database of the installation; 1 where a turn that was named is not parked."""
    database = Database.open(settings.database_url)
    try:
        if arguments.errand == "parked":
            async with database.read() as session:
                for turn in await parked(session):
                    sys.stdout.write(f"{turn.id}  {moment(turn.opened_at)}  {turn.kind}\n")
            return 0
        async with database.write() as session:
            asked = await replay(session, arguments.turns, now())
        sys.stdout.write(f"{len(asked)} turn(s) are asked again.\n")
        unknown = sorted(set(arguments.turns) - set(asked))
        if unknown:
            sys.stderr.write(f"Not parked: {', '.join(unknown)}\n")
        return 1 if unknown else 0
    finally:
        await database.close()


async def parked(session: AsyncSession) -> list[Turn]:
    """The parked turns that can be asked again; those of an erased chat can't."""
    rows = await session.execute(select(Turn).where(Turn.state == TurnState.PARKED).order_by(Turn.opened_at))
    return [turn for turn in rows.scalars() if turn.request]


async def replay(session: AsyncSession, ids: list[str], now: datetime) -> list[str]:
    """Opens the parked turns of these ids, or all, once more; returns their ids.

    The request is the same to the letter, so a dialogue that did answer it gives that answer again.
    """
    again = [turn for turn in await parked(session) if not ids or turn.id in ids]
    for turn in again:
        turn.state, turn.failures, turn.next_try_at, turn.closed_at = TurnState.OPEN, 0, now, None
        # the apology that the person read keeps no claim on the places of the answer
        await session.execute(update(Sending).where(Sending.turn_id == turn.id).values(turn_id=None))
        await wake(session, turn.contact_id, now)
    return [turn.id for turn in again]
