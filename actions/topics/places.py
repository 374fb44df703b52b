"""Puts a card where the applicant says that it belongs."""

from collections.abc import Sequence

from actions.catalogue import Option
from actions.context import TurnContext
from actions.topics import documents, opening, returning
from intake.drafts.model import DraftState, Side
from intake.placing.arranging import arrange, put
from intake.reading import read_item
from standard.kinds import Item

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
        ctx.say("berkas_kept", berkas=documents.whose(ctx, document))


def meant(text: str, options: Sequence[Option]) -> str | None:
    """The place that words name (`punya saksi`, `KTP bapaknya`), where it is among those offered; of the two witnesses' the first."""
    named = read_item(text)
    return None if named is None else next((option.id for option in options if option.id.startswith(str(named))), None)


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
        placed = [document, *(found for found in waiting if found.item is not None and found is not document)]
        ctx.say("berkas_ditempatkan", berkas=documents.names_of(ctx, placed))
        for found in placed:
            if draft.state is not DraftState.OPEN and found.item in draft.returned:
                returning.send(ctx, draft, found)
    documents.ask_place(ctx, draft)
