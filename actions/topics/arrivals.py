"""Hears that the KIA has arrived: by the button under the news of its sending, or in the applicant's own words."""

import asyncio

from actions.talk import Talk
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


async def chosen(talk: Talk, side: Side, _choice: str) -> None:
    """The button."""
    _send(talk, str(side.data["number"]))


async def noticed(talk: Talk) -> bool:
    """Whether the words say that a card is there, and one is under way to this person; of several, it is not told which."""
    typed = words(talk.turn.text)
    card, arrived, not_yet = (bool(book("arrivals", part).found(typed)) for part in ("card", "arrived", "not_yet"))
    heard = card and arrived and not not_yet
    if talk.turn.kind != "text" or not heard or len(typed) > LONGEST or is_question(talk.turn.text) or talk.turn.complains >= 0.5:
        return False
    handed = [draft for draft in talk.desk.drafts if draft.number and draft.state is not DraftState.CLOSED]
    sent = await asyncio.gather(*(_is_sent(talk, draft) for draft in handed))
    under_way = [draft for draft, is_sent in zip(handed, sent, strict=True) if is_sent]
    if len(under_way) != 1:
        return False
    _send(talk, str(under_way[0].number))
    return True


async def _is_sent(talk: Talk, draft: Draft) -> bool:
    try:
        case = await talk.intake.backoffice.case(str(draft.number))
    except BackOfficeDown:
        return False
    return case is not None and case.kia.state == SENT


def _send(talk: Talk, number: str) -> None:
    case_messages.send(talk, number, MessageKind.RECEIVED, talk.turn.text or talk.text("isi_kia_sampai"))
    draft = next((known for known in talk.desk.drafts if known.number == number), None)
    if draft is not None:
        draft.state = DraftState.CLOSED
    talk.say("kia_sampai_dicatat", permohonan=opening.draft_name(talk, draft) if draft else number)
