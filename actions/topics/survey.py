"""Asks how content somebody is with the service, once, in one message that nine digits answer; any other word ends it."""

import re
from collections.abc import Sequence

from actions.catalogue import Option
from actions.context import TurnContext
from contracts.survey import SurveyAnswer
from intake.drafts.model import Side
from intake.handover.dispatches import Dispatch
from standard.survey import unsur

SIDE = "skm"
DIGITS = re.compile(r"[0-4\s,.;/-]{2,60}")
LEAST = 2
"""Digits from which on a message is taken for an answer: one alone may be anything."""


async def ask(ctx: TurnContext) -> None:
    """The nine questions; nothing where somebody else is talking, or something is being told or asked."""
    conversation = ctx.conversation
    ctx.asks = False
    if conversation.officer is None and conversation.story is None and conversation.side is None and ctx.turn.notice is not None:
        listed = "\n".join(f"{place}. {row.question}" for place, row in enumerate(unsur(), 1))
        ctx.ask_aside(SIDE, options=[], number=str(ctx.turn.notice.number), values={"unsur": listed})


def digits(text: str, _options: Sequence[Option]) -> str | None:
    """The digits of an answer, 0 where nothing is said of an unsur; None where the message is none."""
    found = re.sub(r"\D", "", text) if DIGITS.fullmatch(text.strip()) else ""
    return found if len(found) >= LEAST and set(found) != {"0"} else None


async def answered(ctx: TurnContext, side: Side, given: str) -> None:
    """Nine digits are handed over. Another count is asked for once more; then as many as there are count, from the first on."""
    number = str(side.data["number"])
    if len(given) != len(unsur()) and not side.data.get("again"):
        ctx.ask_aside(SIDE, key="skm_kurang", options=[], number=number, again=True)
        return
    values = [int(digit) or None for digit in given[: len(unsur())]]
    if not any(values):
        return
    body = SurveyAnswer(values=[*values, *[None] * (len(unsur()) - len(values))], at=ctx.turn.at).body()
    path = f"/api/surveys/{number}/{ctx.turn.id}"
    ctx.changes.dispatches.append(Dispatch(f"survey:{ctx.turn.id}", number, path, body))
    ctx.say("skm_diterima")
    ctx.asks = False
