"""Asks how content somebody is with the service, once, in one message that a form or nine digits answer; any other word ends it."""

import re
from collections.abc import Sequence

from actions.catalogue import Option
from actions.context import TurnContext
from contracts.answer import Form
from contracts.survey import SurveyAnswer
from intake.drafts.model import Side
from intake.handover.dispatches import Dispatch
from standard.survey import HIGHEST, LOWEST, flow, respondent, unsur
from standard.survey_flow import SCREEN

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
        number = str(ctx.turn.notice.number)
        if flow().id:
            ctx.ask_aside(SIDE, key="sisi_skm_formulir", options=[], number=number, values={"unsur": listed})
            ctx.reply.without_form[ctx.reply.paragraphs[-1]] = ctx.text("sisi_skm", unsur=listed)
            ctx.reply.form = Form(flow=flow().id, screen=SCREEN, button=flow().button, token=f"{SIDE}:{number}")
        else:
            ctx.ask_aside(SIDE, options=[], number=number, values={"unsur": listed})


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
    _count(ctx, number, [*values, *[None] * (len(unsur()) - len(values))], {})


async def filled_in(ctx: TurnContext, number: str) -> None:
    """The form came back; also when something else was said in between, for it names its application. What is unknown in it is left out."""
    given = ctx.turn.other.get("fields")
    fields = given if isinstance(given, dict) else {}
    values = [_value(fields.get(f"unsur_{row.id}")) for row in unsur()]
    ctx.asks = False
    if not any(values) or not any(draft.number == number for draft in ctx.record.drafts):
        ctx.say("skm_kosong")
        return
    if ctx.conversation.side is not None and ctx.conversation.side.id == SIDE:
        ctx.conversation.side = None
    _count(ctx, number, values, {row.id: fields[row.id] for row in respondent() if fields.get(row.id) in row.choices})


def _value(given: object) -> int | None:
    return int(str(given)) if str(given) in {str(value) for value in range(LOWEST, HIGHEST + 1)} else None


def _count(ctx: TurnContext, number: str, values: list[int | None], about: dict[str, str]) -> None:
    body = SurveyAnswer(values=values, about=about, at=ctx.turn.at).body()
    path = f"/api/surveys/{number}/{ctx.turn.id}"
    ctx.changes.dispatches.append(Dispatch(f"survey:{ctx.turn.id}", number, path, body))
    ctx.say("skm_diterima")
    ctx.asks = False
