"""What is said of papers that were sent: "Ada yang salah?" under their message opens the case again, as long as the message stands."""

from collections.abc import Sequence

import structlog

from actions.catalogue import Option
from actions.context import SCOPE, TurnContext
from actions.topics import case_messages
from contracts import notice as contract
from contracts.case import MessageKind
from intake.drafts.model import Side

log = structlog.get_logger()

SIDE = "terbit_salah"


def give(ctx: TurnContext, number: str, name: str, files: Sequence[contract.Attachment], signed: bool) -> None:
    """The PDFs of akta and KK, which of them could not be had, and the KIA; that they are signed only where the office has seen it."""
    lacking = []
    for row in files:
        title = row.filename.removesuffix(".pdf")
        if row.blob:
            ctx.attach(row.blob, row.mime, row.filename, title)
        else:
            lacking.append(title)
    if lacking:
        log.error("notice.attachment_lacking", files=len(lacking))
        ctx.say("notis_dokumen_menyusul", permohonan=name, berkas=", ".join(lacking))
        return
    key = "notis_dokumen_terbit" if signed else "notis_dokumen_terbit_tanpa_tanda_tangan"
    ctx.say(key, permohonan=name)
    offer(ctx, number, key)


def offer(ctx: TurnContext, number: str, key: str) -> None:
    """The button of that text, which works however much is said after it: it names the case."""
    ctx.offer_these(f"{SIDE}@{number}", list(ctx.catalogue.options(key)))


def pressed(ctx: TurnContext) -> bool:
    """Whether the button was tapped: then it is asked what is wrong."""
    scope, _, _choice = (ctx.turn.choice or "").partition(SCOPE)
    side, _, number = scope.partition("@")
    if side != SIDE or not any(draft.number == number for draft in ctx.record.drafts):
        return False
    no_choice: list[Option] = []
    ctx.ask_aside(SIDE, options=no_choice, number=number, values={"nomor": number})
    return True


async def said_what(ctx: TurnContext, side: Side, text: str) -> None:
    """The words go into the case with its papers; within thirty days that opens a correction."""
    number = str(side.data["number"])
    case_messages.send(ctx, number, MessageKind.CORRECTION, text)
    ctx.say("koreksi_terbit", nomor=number)
    ctx.asks = False
