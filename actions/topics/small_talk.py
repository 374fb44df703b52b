"""Answers what is said around the matter: thanks, goodbyes, a yes or no to nothing, a promise to send later, things out of our reach."""

import re

from actions import asking
from actions.context import TurnContext
from actions.topics import early, facts, opening
from intake.drafts.model import Draft
from intake.questions.table import forms as forms_missing
from intake.reading import Vague, read_item
from language.lists import either
from language.phrases import plain, words
from standard.kinds import Item

SUBSTITUTES = {
    Item.SURAT_KELAHIRAN: ("ada_surat_kelahiran", "tanpa_surat_kelahiran"),
    Item.SURAT_NIKAH: ("ada_surat_nikah", "tanpa_surat_nikah"),
}
"""Papers that the office has a form for: not having one changes the way, and never ends it."""

_LOST = re.compile(rf"\b{either('lost_or_spoilt')}\b")

_WITNESS = re.compile(r"\bsaksi")

FEW = 2
"""Words up to which a message tells of nothing."""


async def thanks(ctx: TurnContext) -> None:
    """`terima_kasih`."""
    ctx.say("sama_sama")
    ctx.asks = ctx.conversation.asked is not None
    ctx.form = asking.SHORT


async def goodbye(ctx: TurnContext) -> None:
    """`pamit`: the draft stays; nothing is asked of somebody who leaves."""
    unfinished = ctx.draft is not None and ctx.draft.agreed and ctx.open is not None
    ctx.say("pamit_belum_selesai" if unfinished else "pamit")
    ctx.asks = False


async def yes_to_nothing(ctx: TurnContext) -> None:
    """`setuju` that answers no question: it means "I heard you", and never sends or deletes anything. Of a stranger it is the way in."""
    if not any(draft.agreed for draft in ctx.record.drafts):
        await opening.begin(ctx)
        return
    if ctx.open is None:
        ctx.say("baik")
        ctx.offer("menu", "baik")
        ctx.asks = False
        return
    ctx.say_once("baik_lanjut")
    ctx.form = asking.SHORT


async def no_to_nothing(ctx: TurnContext) -> None:
    """`tolak` that answers no question."""
    if ctx.open is None:
        ctx.say("baik")
        ctx.offer("menu", "baik")
        ctx.asks = False
        return
    ctx.say("tidak_mengerti_tidak")
    ctx.form = asking.SHORT


async def later(ctx: TurnContext) -> None:
    """`kirim_nanti`: the item stays open, nothing is lost."""
    begun = ctx.draft is not None and ctx.draft.agreed and ctx.open is not None
    ctx.say("kirim_nanti" if begun else "kirim_nanti_belum")
    ctx.asks = False


async def without(ctx: TurnContext) -> None:
    """`tidak_punya_berkas`: the lawful substitute, where there is one; else the item stays open and a person is offered."""
    draft = ctx.draft
    item = read_item(ctx.turn.text) or (Vague.KTP_SAKSI if _WITNESS.search(plain(ctx.turn.text)) else None)
    if draft is None or not draft.agreed:
        ctx.say(f"tanpa_{item}" if item is not None and ctx.catalogue.has(f"tanpa_{item}") else "tanpa_berkas_umum")
        facts.close(ctx, "tidak_punya_berkas")
        return
    if item in SUBSTITUTES and draft.document(Item(item)) is None:
        await _substitute(ctx, draft, Item(item))
        return
    key = f"tanpa_{item}" if item is not None and ctx.catalogue.has(f"tanpa_{item}") else "tanpa_berkas"
    ctx.say(key)
    ctx.form = asking.SHORT


async def _substitute(ctx: TurnContext, draft: Draft, item: Item) -> None:
    condition, key = SUBSTITUTES[item]
    setattr(draft.conditions, condition, False)
    ctx.touch()
    ctx.say(key)
    if forms_missing(draft) and not draft.forms_sent:
        ctx.form = asking.SHORT


async def other_service(ctx: TurnContext) -> None:
    """`tanya_layanan_lain`. A lost KK is another service, and the way to this one: it is answered as what is not at hand."""
    if _lost_a_paper(ctx):
        await without(ctx)
        return
    await facts.answering("tanya_layanan_lain")(ctx)


def _lost_a_paper(ctx: TurnContext) -> bool:
    """Whether it says that a document which is waited for can't be found."""
    draft, named = ctx.draft, read_item(ctx.turn.text)
    return draft is not None and draft.agreed and named in draft.missing() and _LOST.search(plain(ctx.turn.text)) is not None


async def lost(ctx: TurnContext) -> None:
    """`bantuan`: the menu for whoever asks for it; who is lost at a question has that question explained."""
    if _lost_a_paper(ctx):
        await without(ctx)
        return
    if ctx.open is not None and ctx.conversation.asked is not None and ctx.turn.kind == "text" and "menu" not in words(ctx.turn.text):
        ctx.say("pelan_pelan")
        ctx.form = asking.EXAMPLE
        return
    ctx.say("menu")
    ctx.offer("menu", "menu")
    ctx.asks = False
    ctx.conversation.side = None


async def told(ctx: TurnContext) -> None:
    """Facts of a birth that nothing else answered: they are the way in; within a registration they were not understood here."""
    if ctx.draft is None:
        await opening.start(ctx)
        return
    await _not_understood(ctx, "belum_paham")


async def off_topic(ctx: TurnContext) -> None:
    """`di_luar_topik`: kindly back to the matter. A word or two is no topic: it was not understood."""
    if ctx.draft is None and early.tells(ctx):
        await opening.begin(ctx)
        return
    beside = len(ctx.turn.text.split()) > FEW and not early.tells(ctx)
    await _not_understood(ctx, "di_luar_topik" if beside else "belum_paham")


async def not_understood(ctx: TurnContext) -> None:
    """The language model does not know: what was near is offered, then the question is explained, then a person."""
    if ctx.draft is None and early.tells(ctx):
        await opening.begin(ctx)
        return
    await _not_understood(ctx, "belum_paham")


async def _not_understood(ctx: TurnContext, key: str) -> None:
    ctx.missed = True
    text = ctx.catalogue.fresh(key, ctx.conversation.last)
    if text is not None:
        ctx.reply.paragraphs.append(text)
    if ctx.open is not None and ctx.conversation.asked is not None:
        return
    ctx.asks = False
    near = [name for name in ctx.turn.ranking if ctx.catalogue.has(f"pilih_{name}")][:2]
    if ctx.conversation.misses + 1 >= asking.PATIENCE or not near:
        ctx.say_once("tawar_petugas")
        ctx.offer("menu", "tawar_petugas")
        return
    ctx.say_once("mungkin_maksudnya")
    options = [ctx.catalogue.options(f"pilih_{name}")[0] for name in near]
    ctx.offer_these("menu", [*options, *ctx.catalogue.options("mungkin_maksudnya")])
