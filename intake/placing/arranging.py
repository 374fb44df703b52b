"""Works out anew, whenever something was added, what the documents of a draft say and where each belongs; what was said by hand stays."""

from collections.abc import Mapping
from typing import Any

from intake.drafts.birth_letters import learn_facts
from intake.drafts.learning import by_item_fields, learn_conditions
from intake.drafts.letter_doubts import letter_doubts
from intake.drafts.model import TO_CHECK, Document, Draft, DraftState
from intake.placing.placement import Card, Family, Place, Role, place_all
from standard.kinds import KIND_OF, Item, Kind
from standard.requirements import Reporter

ROUNDS = 5
"""A place tells a condition, a condition opens a place: it ends after two or three rounds; no more are tried."""


def arrange(draft: Draft) -> list[Document]:
    """Places everything that a growing draft has, and learns from it. Returns the documents that were waiting and found their place."""
    if draft.state is not DraftState.OPEN:
        return _arrange_case(draft)
    waiting = draft.unplaced()
    draft.learned = learn_conditions(draft, {})
    for _ in range(ROUNDS):
        before = [document.item for document in draft.documents], draft.learned
        _apply(draft)
        if ([document.item for document in draft.documents], draft.learned) == before:
            break
    learn_facts(draft)
    _flag(draft)
    return [document for document in waiting if document.item is not None]


def put(draft: Draft, document: Document, item: Item) -> None:
    """Puts a document where the applicant said; the others go where that leaves them. What stood there and has no other place goes."""
    standing = draft.document(item)
    if standing is document:
        standing = None
    if standing is not None:
        draft.documents.remove(standing)
        if not standing.said and standing.kind is Kind.KTP and draft.state is DraftState.OPEN:
            standing.item = None
            draft.documents.append(standing)
    document.item, document.said = item, True
    arrange(draft)
    if standing is not None and standing in draft.documents and standing.item is None and place_of(draft, standing).role is None:
        draft.documents.remove(standing)


def place_of(draft: Draft, document: Document) -> Place:
    """Where one document of the draft belongs, by everything that is known now."""
    places = _places(draft)
    return next((place for found, place in places if found is document), Place(None))


def doubtful(draft: Draft) -> list[tuple[Document, tuple[Item, ...]]]:
    """The documents about which the applicant has to be asked, each with the places it may have. A parent's card whose place nobody asks
    for (yet) is none of them."""
    found = []
    for document, place in _places(draft):
        if document.item is None and place.item is None and place.role is None:
            found.append((document, place.candidates or _any_place(draft, document)))
    return found


def family_of(draft: Draft) -> Family:
    """What placement knows of a draft besides its cards; of a case, only what the office asked for again is a free place."""
    if draft.state is DraftState.OPEN:
        fixed = {document.item: document.fields for document in draft.documents if document.item and document.kind is not Kind.KTP}
        return Family(draft.known, draft.wanted(), fixed)
    again = draft.missing()
    placed = {item: fields for item, fields in by_item_fields(draft).items() if item not in again}
    return Family(draft.known, again, placed, growing=False)


def cards_of(draft: Draft) -> list[Document]:
    """The documents whose place is worked out: the KTP of a growing draft, and whatever waits."""
    growing = draft.state is DraftState.OPEN
    waiting = draft.unplaced()
    return [document for document in draft.documents if document in waiting or (growing and document.item and document.kind is Kind.KTP)]


def card_of(document: Document) -> Card:
    """A document as placement looks at it."""
    return Card(document.kind, document.fields, document.hint, document.item, document.said)


def _places(draft: Draft) -> list[tuple[Document, Place]]:
    documents = cards_of(draft)
    return list(zip(documents, place_all([card_of(document) for document in documents], family_of(draft)), strict=True))


def _apply(draft: Draft) -> None:
    roles: dict[Reporter, Mapping[str, Any]] = {}
    for document, place in _places(draft):
        if document.kind is Kind.KTP or (document.item is None and place.item is not None and draft.document(place.item) is None):
            document.item = place.item
        if place.role in (Role.AYAH, Role.IBU):
            roles[Reporter(place.role.value)] = document.fields
    draft.learned = learn_conditions(draft, roles)


def _arrange_case(draft: Draft) -> list[Document]:
    found = []
    for document, place in _places(draft):
        if place.item is not None and draft.document(place.item) is None:
            document.item = place.item
            found.append(document)
    return found


def _any_place(draft: Draft, document: Document) -> tuple[Item, ...]:
    same_kind = tuple(item for item in draft.wanted() if KIND_OF[item] is document.kind)
    return same_kind or draft.missing()


def _flag(draft: Draft) -> None:
    """Marks for the officer what was taken as it is, under the place it has now."""
    kept = [flag for flag in draft.flags if not flag.startswith(TO_CHECK)]
    strange = Item.SURAT_KELAHIRAN if letter_doubts(draft) else None
    checked = [document.item for document in draft.documents if document.item and (document.to_check or document.item is strange)]
    draft.flags = kept + [f"{TO_CHECK}{item}" for item in checked]
