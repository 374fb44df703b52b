"""Hears the six figures that were mailed to an e-mail address, typed at whatever moment, and the wish for others."""

import re
from typing import Any

from actions.context import TurnContext
from actions.topics import side_answers
from contracts.case import MailCode, MailCodeTaken
from intake.handover.backoffice import BackOfficeError
from language.lists import book, word_set
from language.phrases import words

FIGURES = 6
LONGEST = 8
"""Words of a wish for another code; whoever writes more tells of something else, too."""
MOST = 20
"""Cases that are looked through, the newest first."""

_PARTED = re.compile(r"(?<=\d)[ .-](?=\d)")


async def heard(ctx: TurnContext) -> bool:
    """Whether the message is such a code or such a wish, and an address of this person waits for one.

    What answers an open question stays its answer, and a story that is being told goes on. While an officer has the chat only a code
    that is right is one.
    """
    numbers = [draft.number for draft in ctx.record.drafts if draft.number][:MOST]
    if ctx.turn.kind != "text" or not numbers or ctx.conversation.story is not None:
        return False
    code = _code(ctx.turn.text)
    if code is None and not _wants_another(ctx.turn.text):
        return False
    if code is not None and ((ctx.conversation.question_shown and ctx.reads_open()) or side_answers.reads(ctx)):
        return False
    try:
        taken = await _ask(ctx, MailCode(numbers=numbers, code=code))
    except BackOfficeError:
        if not any(draft.email for draft in ctx.record.drafts if draft.number):
            return False
        ctx.say("kode_email_nanti")
        return True
    if taken.state == "nothing" or (ctx.conversation.officer and taken.state in ("wrong", "ended")):
        return False
    ctx.say(SAID[taken.state], sisa=taken.left)
    return True


SAID = {
    "confirmed": "kode_email_benar",
    "wrong": "kode_email_keliru",
    "ended": "kode_email_habis",
    "sent": "kode_email_dikirim",
    "too_often": "kode_email_terlalu_sering",
}


async def _ask(ctx: TurnContext, asked: MailCode) -> MailCodeTaken:
    """Raises BackOfficeError."""
    answer: dict[str, Any] = await ctx.intake.backoffice.put(f"/api/mail-codes/{ctx.turn.id}", asked.body())
    return MailCodeTaken.model_validate(answer)


def _code(text: str) -> str | None:
    """The six figures of a message that holds these and beside them only words that lead to them; else None."""
    typed = words(_PARTED.sub("", text))
    figures = [word for word in typed if word.isascii() and word.isdecimal()]
    known = word_set("mail_codes", "beside") | word_set("answers", "figures") | word_set("answers", "filler")
    alone = len(figures) == 1 and len(figures[0]) == FIGURES
    return figures[0] if alone and all(word in known for word in typed if word not in figures) else None


def _wants_another(text: str) -> bool:
    typed = words(text)
    return len(typed) <= LONGEST and bool(book("mail_codes", "again").found(typed))
