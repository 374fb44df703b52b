"""Puts a card where the applicant says that it belongs."""

import re
from collections.abc import Sequence

from actions import asking
from actions.catalogue import Option
from actions.context import TurnContext
from actions.topics import documents, opening, photo_report, returning
from intake.drafts.model import Document, Draft, DraftState, Side
from intake.placing.arranging import arrange, doubtful, put
from intake.placing.receiving import ready_to_ask
from intake.reading import is_question, read_item
from language.lists import either
from language.phrases import plain, words
from standard.kinds import Item

WITNESS = "ktp_saksi"
NOT_USED = "bukan"
ANOTHER = "berbeda"


async def said_another(ctx: TurnContext, side: Side, choice: str) -> None:
    """Whether a file that seemed to be here already is another one: then it gets its place, else it goes."""
    draft = next((known for known in ctx.record.drafts if known.id == side.data.get("draft")), None)
    document = next((found for found in draft.documents if found.submission == side.data.get("submission")), None) if draft else None
    if draft is None or document is None or not document.double:
        ctx.say("tombol_lama")
        return
    draft.updated_at = ctx.turn.at
    if choice != ANOTHER:
        draft.documents.remove(document)
        ctx.say("berkas_sama_dibuang")
        return
    document.double = False
    arrange(draft)
    if document.item is not None:
        ctx.say("berkas_ditempatkan", berkas=documents.names_of(ctx, [document]))
    elif not documents.ask_place(ctx, draft):
        ctx.say("berkas_kept", berkas=photo_report.whose(ctx, document))


def meant(text: str, options: Sequence[Option]) -> str | None:
    """The place that words name (`punya saksi`, `itu saksi, namanya kartini`), where it is offered; of the two witnesses' the first.

    Whose card it is stands in the first clause; behind it comes what the person is called, or how they are related.
    """
    for part in (text, *re.split(r"[,.;\n(]", text)):
        named = read_item(part) or _role(part)
        if named is not None:
            return next((option.id for option in options if option.id.startswith(str(named))), None)
    return None


_FOREIGN = re.compile(rf"\b{either('not_ours')}\b")
_ROLES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\bsaksi\w{{0,4}}\s(?:ke\s?)?{either('second_place')}\b"), Item.KTP_SAKSI_2),
    (re.compile(rf"\b(?:saksi|seksi){either('endings')}?\b"), WITNESS),
    (re.compile(rf"\b{either('card_of_father')}{either('endings')}?\b"), Item.KTP_AYAH),
    (re.compile(rf"\b{either('card_of_mother')}{either('endings')}?\b"), Item.KTP_IBU),
    (re.compile(rf"\b{either('card_of_reporter')}\b"), Item.KTP_PELAPOR),
)
"""Whose a card is by who they are. A witness before a relative: `tetangga ibu, saksi`."""


def _role(text: str) -> str | None:
    line = plain(text)
    if is_question(text) or _FOREIGN.search(line):
        return None
    return next((str(role) for signs, role in _ROLES if signs.search(line)), None)


def told(ctx: TurnContext, draft: Draft) -> bool:
    """Whether the message says whose a waiting card is, though nothing of it was asked just now: the first one is placed."""
    waiting = doubtful(draft) if ready_to_ask(draft) and ctx.turn.kind == "text" else []
    if not waiting or is_question(ctx.turn.text):
        return False
    document, candidates = next(((one, rows) for one, rows in waiting if _names(ctx.turn.text, one)), waiting[0])
    choice = meant(ctx.turn.text, asking.place_options(ctx, candidates))
    if choice is None:
        return False
    put(draft, document, Item(choice))
    ctx.touch()
    ctx.say("berkas_ditempatkan", berkas=documents.names_of(ctx, [document]))
    return True


def _put_witnesses(draft: Draft) -> None:
    """The other waiting cards, too, as far as there is a place for a witness."""
    for other, candidates in doubtful(draft):
        place = next((item for item in candidates if item.startswith(WITNESS)), None)
        if place is not None:
            put(draft, other, place)


_ALL = re.compile(rf"\b{either('all_of_them')}\b")


def _names(text: str, document: Document) -> bool:
    return bool(set(words(str(document.fields.get("nama") or ""))) & set(words(text)))


async def chosen(ctx: TurnContext, side: Side, choice: str) -> None:
    """The place of one waiting document, or that it is none of the bundle's; what follows from it, and the next waiting one."""
    draft = next((known for known in ctx.record.drafts if known.id == side.data.get("draft")), None)
    document = next((found for found in draft.documents if found.submission == side.data.get("submission")), None) if draft else None
    if draft is None or document is None:
        ctx.say("tombol_lama")
        return
    if draft.id != ctx.conversation.draft:
        opening.take_up(ctx, draft)
    draft.updated_at = ctx.turn.at
    if choice == NOT_USED:
        draft.documents.remove(document)
        ctx.say("berkas_disingkirkan")
    else:
        waiting = draft.unplaced()
        put(draft, document, Item(choice))
        if ctx.turn.kind == "text" and choice.startswith(WITNESS) and _ALL.search(plain(ctx.turn.text)):
            _put_witnesses(draft)  # `itu saksi semua`
        placed = [document, *(found for found in waiting if found.item is not None and found is not document)]
        ctx.say("berkas_ditempatkan", berkas=documents.names_of(ctx, placed))
        for found in placed:
            if draft.state is not DraftState.OPEN and found.item in draft.returned:
                returning.send(ctx, draft, found)
    documents.ask_place(ctx, draft)
