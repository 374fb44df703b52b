"""Meets anger calmly: a threat becomes a restricted complaint, an insult a kind word and the way on. Nobody is marked for it."""

from functools import cache

from actions import asking, weighing
from actions.talk import Talk
from actions.topics import complaints
from language.lists import phrases
from language.phrases import Phrasebook

THREAT = "ancaman"
LONGEST_INSULT = 6
"""Words up to which an insult is all that a message holds; a longer one says something besides, and is answered for that."""


async def noticed(talk: Talk) -> bool:
    """Whether the message holds a threat, or hardly more than an insult."""
    if talk.turn.kind != "text":
        return False
    if talk.turn.complains < weighing.SURE and _book("threats").found(talk.turn.text):
        await complaints.file_and_tell(talk, THREAT, talk.turn.text)
        return True
    if len(talk.turn.text.split()) > LONGEST_INSULT or not _book("insults").found(talk.turn.text):
        return False
    talk.say("tetap_tenang")
    talk.form = asking.SHORT
    if talk.open is None:
        talk.asks = False
    return True


@cache
def _book(section: str) -> Phrasebook[bool]:
    return Phrasebook({True: phrases("harsh", section)}, exact=True)
