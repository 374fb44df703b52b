"""Answers what is said around the matter: thanks, goodbyes, a yes or no to nothing, a promise to send later, things out of our reach."""

import re

from actions import asking
from actions.talk import Talk
from actions.topics import facts, opening
from intake.drafts.model import Draft
from intake.questions.table import forms as forms_missing
from intake.reading import Vague, read_item
from language.phrases import plain, words
from standard.kinds import Item

SUBSTITUTES = {
    Item.SURAT_KELAHIRAN: ("ada_surat_kelahiran", "tanpa_surat_kelahiran"),
    Item.SURAT_NIKAH: ("ada_surat_nikah", "tanpa_surat_nikah"),
}
"""Papers that the office has a form for: not having one changes the way, and never ends it."""

_LOST = re.compile(r"\b(?:hilang|ilang|ical|rusak|sobek|suwek|kobong|kebakar|terbakar|ketlisut|kececer|tercecer)\b")

_WITNESS = re.compile(r"\bsaksi")

FEW = 2
"""Words up to which a message tells of nothing."""


async def thanks(talk: Talk) -> None:
    """`terima_kasih`."""
    talk.say("sama_sama")
    talk.asks = talk.conversation.asked is not None
    talk.form = asking.SHORT


async def goodbye(talk: Talk) -> None:
    """`pamit`: the draft stays; nothing is asked of somebody who leaves."""
    unfinished = talk.draft is not None and talk.draft.agreed and talk.open is not None
    talk.say("pamit_belum_selesai" if unfinished else "pamit")
    talk.asks = False


async def yes_to_nothing(talk: Talk) -> None:
    """`setuju` that answers no question: it means "I heard you", and never sends or deletes anything. Of a stranger it is the way in."""
    if not any(draft.agreed for draft in talk.desk.drafts):
        await opening.begin(talk)
        return
    if talk.open is None:
        talk.say("baik")
        talk.offer("menu", "baik")
        talk.asks = False
        return
    talk.say_once("baik_lanjut")
    talk.form = asking.SHORT


async def no_to_nothing(talk: Talk) -> None:
    """`tolak` that answers no question."""
    if talk.open is None:
        talk.say("baik")
        talk.offer("menu", "baik")
        talk.asks = False
        return
    talk.say("tidak_mengerti_tidak")
    talk.form = asking.SHORT


async def later(talk: Talk) -> None:
    """`kirim_nanti`: the item stays open, nothing is lost."""
    begun = talk.draft is not None and talk.draft.agreed and talk.open is not None
    talk.say("kirim_nanti" if begun else "kirim_nanti_belum")
    talk.asks = False


async def without(talk: Talk) -> None:
    """`tidak_punya_berkas`: the lawful substitute, where there is one; else the item stays open and a person is offered."""
    draft = talk.draft
    item = read_item(talk.turn.text) or (Vague.KTP_SAKSI if _WITNESS.search(plain(talk.turn.text)) else None)
    if draft is None or not draft.agreed:
        talk.say("tanpa_berkas_umum")
        facts.close(talk)
        return
    if item in SUBSTITUTES and draft.document(Item(item)) is None:
        await _substitute(talk, draft, Item(item))
        return
    key = f"tanpa_{item}" if item is not None and talk.catalogue.has(f"tanpa_{item}") else "tanpa_berkas"
    talk.say(key)
    talk.form = asking.SHORT


async def _substitute(talk: Talk, draft: Draft, item: Item) -> None:
    condition, key = SUBSTITUTES[item]
    setattr(draft.conditions, condition, False)
    talk.touch()
    talk.say(key)
    if forms_missing(draft) and not draft.forms_sent:
        talk.form = asking.SHORT


async def other_service(talk: Talk) -> None:
    """`tanya_layanan_lain`. A lost KK is another service, and the way to this one: it is answered as what is not at hand."""
    if _lost_a_paper(talk):
        await without(talk)
        return
    await facts.answering("tanya_layanan_lain")(talk)


def _lost_a_paper(talk: Talk) -> bool:
    """Whether it says that a document which is waited for can't be found."""
    draft, named = talk.draft, read_item(talk.turn.text)
    return draft is not None and draft.agreed and named in draft.missing() and _LOST.search(plain(talk.turn.text)) is not None


async def lost(talk: Talk) -> None:
    """`bantuan`: the menu for whoever asks for it; who is lost at a question has that question explained."""
    if _lost_a_paper(talk):
        await without(talk)
        return
    if talk.open is not None and talk.conversation.asked is not None and talk.turn.kind == "text" and "menu" not in words(talk.turn.text):
        talk.say("pelan_pelan")
        talk.form = asking.EXAMPLE
        return
    talk.say("menu")
    talk.offer("menu", "menu")
    talk.asks = False
    talk.conversation.side = None


async def off_topic(talk: Talk) -> None:
    """`di_luar_topik`: kindly back to the matter. A word or two is no topic: it was not understood."""
    await _not_understood(talk, "di_luar_topik" if len(talk.turn.text.split()) > FEW else "belum_paham")


async def not_understood(talk: Talk) -> None:
    """The language model does not know: what was near is offered, then the question is explained, then a person."""
    await _not_understood(talk, "belum_paham")


async def _not_understood(talk: Talk, key: str) -> None:
    talk.missed = True
    text = talk.catalogue.fresh(key, talk.conversation.last)
    if text is not None:
        talk.reply.paragraphs.append(text)
    if talk.open is not None and talk.conversation.asked is not None:
        return
    talk.asks = False
    near = [name for name in talk.turn.ranking if talk.catalogue.has(f"pilih_{name}")][:2]
    if talk.conversation.misses + 1 >= asking.PATIENCE or not near:
        talk.say_once("tawar_petugas")
        talk.offer("menu", "tawar_petugas")
        return
    talk.say_once("mungkin_maksudnya")
    options = [talk.catalogue.options(f"pilih_{name}")[0] for name in near]
    talk.offer_these("menu", [*options, *talk.catalogue.options("mungkin_maksudnya")])
