"""Puts a card where the applicant says that it belongs."""

from collections.abc import Sequence

from actions.catalogue import Option
from actions.talk import Talk
from actions.topics import documents, opening, returning
from intake.drafts.model import DraftState, Side
from intake.placing.settling import put, settle
from intake.reading import read_item
from standard.kinds import Item

NOT_USED = "bukan"
ANOTHER = "berbeda"


async def said_another(talk: Talk, side: Side, choice: str) -> None:
    """Whether a file that seemed to be here already is another one: then it gets its place, else it goes."""
    draft = next((known for known in talk.desk.drafts if known.id == side.data.get("draft")), None)
    document = next((found for found in draft.documents if found.submission == side.data.get("submission")), None) if draft else None
    if draft is None or document is None or not document.double:
        talk.say("tombol_lama")
        return
    draft.updated_at = talk.turn.at
    if choice != ANOTHER:
        draft.documents.remove(document)
        talk.say("berkas_sama_dibuang")
        return
    document.double = False
    settle(draft)
    if document.item is not None:
        talk.say("berkas_ditempatkan", berkas=documents.names_of(talk, [document]))
    elif not documents.ask_place(talk, draft):
        talk.say("berkas_kept", berkas=documents.whose(talk, document))


def meant(text: str, options: Sequence[Option]) -> str | None:
    """The place that words name (`punya saksi`, `KTP bapaknya`), where it is among those offered; of the two witnesses' the first."""
    named = read_item(text)
    return None if named is None else next((option.id for option in options if option.id.startswith(str(named))), None)


async def chosen(talk: Talk, side: Side, choice: str) -> None:
    """The place of one waiting document, or that it is none of the bundle's; what follows from it, and the next waiting one."""
    draft = next((known for known in talk.desk.drafts if known.id == side.data.get("draft")), None)
    document = next((found for found in draft.documents if found.submission == side.data.get("submission")), None) if draft else None
    if draft is None or document is None:
        talk.say("tombol_lama")
        return
    if draft.id != talk.conversation.draft:
        opening.take_up(talk, draft)
    draft.updated_at = talk.turn.at
    if choice == NOT_USED:
        draft.documents.remove(document)
        talk.say("berkas_disingkirkan")
    else:
        waiting = draft.unplaced()
        put(draft, document, Item(choice))
        placed = [document, *(found for found in waiting if found.item is not None and found is not document)]
        talk.say("berkas_ditempatkan", berkas=documents.names_of(talk, placed))
        for found in placed:
            if draft.state is not DraftState.OPEN and found.item in draft.returned:
                returning.send(talk, draft, found)
    documents.ask_place(talk, draft)
