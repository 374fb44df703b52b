"""Corrects one answer or replaces one document on the applicant's wish, and leads back to the open question."""

import re
from collections.abc import Callable

from actions import asking
from actions.context import TurnContext
from actions.topics import case_messages, changes, documents, opening
from contracts.case import MessageKind
from intake.drafts.model import Draft, DraftState, Side
from intake.questions.changes import read_changes
from intake.questions.child_names import read_child_name, store_child_name
from intake.questions.parent_births import read_births
from intake.questions.question import Problem, Said
from intake.reading import read_email, read_items, read_name
from language.lists import either
from language.phrases import plain
from standard.clock import today
from standard.kinds import Item

_HOW_IT_SHOULD_BE = re.compile(rf"(?i)\b{either('should_be')}(?:\s*:)?\s+(.+)$")

_PARENT = rf"{either('parent_named')}{either('endings')}?"
SIGNS = {name: re.compile(signs) for name, signs in (
    ("nama_orang_tua", rf"\b{either('name')}\w*\s+(?:saya\s+)?{_PARENT}\b"),
    ("lahir_orang_tua", rf"(?m)^(?>.*?\b{either('birth_day_named')}\b).*\b{_PARENT}\b"),
    ("jumlah_anak", r"\bkembar\w*|\bjumlah\s+anak\b"),
    ("nama_anak", r"\bnama\b|\bjeneng\w*|\basma\w*|\beja\w*"),
    ("alamat_kia", r"\balamat\w*"),
    ("email", r"\be-?mail\w*|\bimel\w*"),
    ("data_kelahiran", rf"\b{either('birth_facts')}\b"),
    ("pelapor", r"\bpelapor\b"),
)}  # fmt: skip
"""What a wish to correct is about, by its words; a document is recognised by its own name."""


def names_a_part(text: str) -> bool:
    """Whether the words name what they are about: `emailnya salah` puts that right, whatever was stored just before."""
    return any(sign.search(plain(text)) for sign in SIGNS.values())


async def correct(ctx: TurnContext) -> None:
    """`perbaiki_data`: a document, an answer named in the sentence, the new value where it was given with it, or the question what."""
    draft = ctx.draft
    if draft is None or not draft.agreed:
        if (case := next((known for known in ctx.record.drafts if known.number), None)) is not None:
            await _correct_case(ctx, case)  # what is wrong is wrong with the papers that came last
            return
        ctx.say("belum_ada_permohonan")
        ctx.offer("menu", "belum_ada_permohonan")
        ctx.asks = False
        return
    if draft.state is not DraftState.OPEN:
        await _correct_case(ctx, draft)
        return
    named = [item for item in read_items(ctx.turn.text) if item in {document.item for document in draft.documents}]
    email = read_email(ctx.turn.text)
    if len(named) == 1 and read_changes(ctx.turn.text, draft, today(ctx.turn.at)).values and await changes.changed(ctx, anew=True):
        return  # `alamat salah, sesuai kk saja` speaks of the KK and of no other photo
    if len(named) == 1:
        replace_document(ctx, draft, Item(named[0]))
        return
    if isinstance(email, str):
        draft.email = email
        ctx.say("email_dicatat", email=email)
        return
    if await changes.changed(ctx, anew=True):
        return
    what = next((name for name, sign in SIGNS.items() if sign.search(plain(ctx.turn.text))), None)
    if what is None:
        await ask_what(ctx)
        return
    await _clear(ctx, draft, what)


async def ask_what(ctx: TurnContext) -> None:
    """Which of the answers is wrong."""
    ctx.ask_aside("perbaiki_apa")


async def chosen(ctx: TurnContext, side: Side, choice: str) -> None:
    """The answer that is to be corrected."""
    draft = ctx.draft
    if draft is None or draft.state is not DraftState.OPEN:
        ctx.say("tombol_lama")
        return
    if choice == "berkas":
        ctx.say("ganti_berkas_cara")
        ctx.asks = False
        return
    await _clear(ctx, draft, choice)


async def nothing_to_choose(ctx: TurnContext, side: Side, choice: str) -> None:
    """A new photo is awaited: a text closes the wait."""


async def chosen_draft(ctx: TurnContext, side: Side, choice: str) -> None:
    """Which of several drafts is meant."""
    draft = next((known for known in ctx.record.drafts if known.id == choice), None)
    if draft is None:
        ctx.say("tombol_lama")
        return
    opening.take_up(ctx, draft)
    ctx.say("dilanjutkan", permohonan=opening.draft_name(ctx, draft))
    ctx.form = asking.FULL


async def _correct_case(ctx: TurnContext, draft: Draft) -> None:
    """What was handed over is an officer's: the wish goes into the case as it was written, before whoever has it in hand."""
    kind = case_messages.kind_of(ctx.turn.text)
    case_messages.send(ctx, draft.number or "", kind, ctx.turn.text)
    ctx.say("koreksi_ditahan" if kind is MessageKind.HOLD else "koreksi_diteruskan", nomor=draft.number)
    ctx.asks = bool(draft.returned)


def replace_document(ctx: TurnContext, draft: Draft, item: Item) -> None:
    """The next photo goes into that place."""
    ctx.conversation.side = Side(id="ganti_berkas", data={"item": item.value})
    ctx.say("ganti_berkas", berkas=asking.item_name(ctx, item))
    ctx.asks = False


async def _clear(ctx: TurnContext, draft: Draft, what: str) -> None:
    """The answer is taken back, so that it is open again; its new value is taken where the sentence gave it."""
    ctx.touch()
    draft.updated_at = ctx.turn.at
    given = _HOW_IT_SHOULD_BE.search(ctx.turn.text) if ctx.turn.kind == "text" else None
    if what == "nama_anak" and given and len(draft.children) == 1:
        name = read_child_name(Said(given[1], today(ctx.turn.at)), draft, 0)
        if isinstance(name, Problem):
            ctx.say(name.text, **name.values)
        elif isinstance(name, tuple):
            store_child_name(draft, 0, name)
            ctx.changes_told = True
            ctx.form = asking.FULL
            return
    if what in ("data_kelahiran", "pelapor") or (what == "nama_anak" and len(draft.children) > 1):
        changes.ask_field(ctx, draft, what)
        return
    if what == "nama_orang_tua":
        _name_parent(ctx, draft, given[1] if given else None)
        return
    if what == "lahir_orang_tua":
        births, _ = read_births(ctx.turn.text, draft.model_copy(update={"parent_births": {}}), today(ctx.turn.at))
        draft.parent_births.update(births)
        if births:
            ctx.changes_told = True
        else:
            ctx.say("lahir_orang_tua_cara")
        ctx.form = asking.FULL
        return
    if what == "email":  # nothing of it is erased until the new one is here, and the address has nothing to do with it
        ctx.ask_aside("email_baru", options=[], draft=draft.id)
        return
    CLEARING[what](draft)
    ctx.say("silakan_perbaiki")
    ctx.form = asking.FULL
    documents.ask_place(ctx, draft)


def _name_parent(ctx: TurnContext, draft: Draft, given: str | None) -> None:
    """A parent's name as the applicant says it goes before what documents say; without it, it is asked."""
    mother = re.search(r"\b(?:ibu|istri)", plain(ctx.turn.text)) is not None
    parent = "nama_ibu" if mother else "nama_ayah"
    name = read_name(given) if given else None
    if name is None:
        ctx.ask_aside("nama_orang_tua", f"q_{parent}_singkat", options=[], field=parent, draft=draft.id)
        return
    setattr(draft, parent, name.official)
    ctx.changes_told = True
    ctx.form = asking.FULL


async def named_parent(ctx: TurnContext, side: Side, text: str) -> None:
    """The name of a parent, as it was asked."""
    draft = ctx.draft
    name = read_name(text)
    if draft is None or name is None:
        ctx.say("nama_kosong")
        return
    setattr(draft, side.data["field"], name.official)
    ctx.changes_told = True
    ctx.form = asking.FULL


async def new_email(ctx: TurnContext, side: Side, text: str) -> None:
    """The e-mail as it should be, or that there is none; what can't be read leaves the one that stands."""
    draft, email = ctx.draft, read_email(text)
    if draft is None or email is None:
        ctx.say("email_kosong")
        return
    draft.email = email if isinstance(email, str) else None
    draft.updated_at = ctx.turn.at
    ctx.say("email_dicatat" if draft.email else "tanpa_email", email=draft.email)


def _children(draft: Draft) -> None:
    draft.conditions.jumlah_anak = None


def _names(draft: Draft) -> None:
    draft.flags = [flag for flag in draft.flags if not flag.startswith("nama_")]
    for child in draft.children:
        child.nama, child.confirmed = None, False


def _address(draft: Draft) -> None:
    draft.alamat_kia = None


CLEARING: dict[str, Callable[[Draft], None]] = {
    "jumlah_anak": _children,
    "nama_anak": _names,
    "alamat_kia": _address,
}
