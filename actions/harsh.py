"""Meets anger calmly: a threat becomes a restricted complaint, an insult a kind word and the way on. Nobody is marked for it."""

from functools import cache

from actions import asking, weighing
from actions.context import TurnContext
from actions.topics import complaints
from language.lists import phrases
from language.phrases import Phrasebook

THREAT = "ancaman"
LONGEST_INSULT = 6
"""Words up to which an insult is all that a message holds; a longer one says something besides, and is answered for that."""


async def noticed(ctx: TurnContext) -> bool:
    """Whether the message holds a threat, or hardly more than an insult."""
    if ctx.turn.kind != "text":
        return False
    if ctx.turn.complains < weighing.SURE and _book("threats").found(ctx.turn.text):
        await complaints.file_and_tell(ctx, THREAT, ctx.turn.text)
        return True
    if len(ctx.turn.text.split()) > LONGEST_INSULT or not _book("insults").found(ctx.turn.text):
        return False
    ctx.say("tetap_tenang")
    ctx.form = asking.SHORT
    if ctx.open is None:
        ctx.asks = False
    return True


@cache
def _book(section: str) -> Phrasebook[bool]:
    return Phrasebook({True: phrases("harsh", section)}, exact=True)
