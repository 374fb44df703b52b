"""Notices the moments in which a form is the wrong answer, says one warm sentence, and offers a person."""

from functools import cache

from actions.talk import Talk
from language.phrases import words
from standard import facts

OFFICER = "officer"


@cache
def moments() -> tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...]:
    """Each moment: its id, its way, and its phrases as words."""
    rows = facts.load("sensitive")["moments"]
    return tuple((row["id"], row["way"], tuple(tuple(words(phrase)) for phrase in row["phrases"].split(","))) for row in rows)


def moment_in(text: str) -> tuple[str, str] | None:
    """The moment that a message tells of, `(id, way)`, or None."""
    typed = words(text)
    for name, way, phrases in moments():
        if any(typed[start : start + len(phrase)] == list(phrase) for phrase in phrases for start in range(len(typed))):
            return name, way
    return None


def way_of(name: str) -> str:
    """How a moment is met."""
    return next(way for known, way, _ in moments() if known == name)


async def noticed(talk: Talk) -> bool:
    """Whether the message tells of such a moment. It is noted for the officer; who goes on telling is told that a person will listen."""
    found = moment_in(talk.turn.text) if talk.turn.kind == "text" else None
    if found is None:
        return False
    met(talk, *found)
    return True


def met(talk: Talk, name: str, way: str) -> None:
    """Answers such a moment, whether a message or a paper told of it."""
    draft = talk.draft
    if draft is not None:
        draft.flag(f"peka:{name}")
    text = talk.catalogue.fresh(f"peka_{name}", talk.conversation.last)
    if text is None:
        talk.say("peka_lagi")
    else:
        talk.reply.paragraphs.append(text)
    if way == OFFICER:
        talk.offer("menu", f"peka_{name}")
        talk.asks = False
        talk.conversation.asked = None
