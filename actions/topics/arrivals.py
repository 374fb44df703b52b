"""Hears that the KIA has arrived: by the button under the news of its sending, or in the applicant's own words."""

import asyncio

from actions.context import TurnContext
from actions.topics import case_messages, opening
from contracts.case import MessageKind
from intake.drafts.model import Draft, DraftState, Side
from intake.handover.backoffice import BackOfficeDown
from intake.reading import is_question
from language.lists import book
from language.phrases import words

LONGEST = 25
"""Words; whoever writes more tells of something else, too."""
SENT = "dikirim"


async def chosen(ctx: TurnContext, side: Side, _choice: str) -> None:
    """The button."""
    _send(ctx, str(side.data["number"]))


async def noticed(ctx: TurnContext) -> bool:
    """Whether the words say that a card is there, and one is under way to this person; of several, it is not told which."""
    typed = words(ctx.turn.text)
    card, arrived, not_yet = (bool(book("arrivals", part).found(typed)) for part in ("card", "arrived", "not_yet"))
    heard = card and arrived and not not_yet
    if ctx.turn.kind != "text" or not heard or len(typed) > LONGEST or is_question(ctx.turn.text) or ctx.turn.complains >= 0.5:
        return False
    handed = [draft for draft in ctx.record.drafts if draft.number and draft.state is not DraftState.CLOSED]
    sent = await asyncio.gather(*(_is_sent(ctx, draft) for draft in handed))
    under_way = [draft for draft, is_sent in zip(handed, sent, strict=True) if is_sent]
    if len(under_way) != 1:
        return False
    _send(ctx, str(under_way[0].number))
    return True


async def _is_sent(ctx: TurnContext, draft: Draft) -> bool:
    try:
        case = await ctx.intake.backoffice.case(str(draft.number))
    except BackOfficeDown:
        return False
    return case is not None and case.kia.state == SENT


def _send(ctx: TurnContext, number: str) -> None:
    case_messages.send(ctx, number, MessageKind.RECEIVED, ctx.turn.text or ctx.text("isi_kia_sampai"))
    draft = next((known for known in ctx.record.drafts if known.number == number), None)
    if draft is not None:
        draft.state = DraftState.CLOSED
    ctx.say("kia_sampai_dicatat", permohonan=opening.draft_name(ctx, draft) if draft else number)
