"""Takes over what the documents of a draft say: the parents' names, a card's status, papers that came after all."""

from collections.abc import Mapping
from typing import Any

from intake.drafts.family_card import Parents, find_parents
from intake.drafts.model import ConditionAnswers, Draft
from standard.crosscheck import status_of
from standard.kinds import KIND_OF, Item, Kind
from standard.requirements import Reporter

SHARED_BY_TWINS = ("tanggal_lahir", "tempat_dilahirkan", "tempat_kelahiran", "penolong")
"""What a second child has from the first unless it is corrected: the summary shows it."""


def note_facts(draft: Draft, child: int, value: dict[str, Any], source: str) -> None:
    """Keeps facts of a child that are not known yet, with where they came from."""
    for position in range(child, len(draft.children)):
        mine = draft.children[position]
        for name, fact in value.items():
            if name not in mine.fields and (position == child or name in SHARED_BY_TWINS):
                mine.fields[name], mine.sources[name] = fact, source


def parent_name(draft: Draft, parent: str) -> str | None:
    """A parent's name as a document gives it: birth letter, marriage book, the KK's couple, their own card."""
    by_item = {document.item: document.fields for document in draft.documents if document.item}
    letter = by_item.get(Item.SURAT_KELAHIRAN, {}).get(f"nama_{parent}")
    book = by_item.get(Item.SURAT_NIKAH, {}).get("suami" if parent == "ayah" else "istri")
    own = by_item.get(Item.KTP_AYAH if parent == "ayah" else Item.KTP_IBU, {}).get("nama")
    if own is None and draft.conditions.pelapor == parent:
        own = by_item.get(Item.KTP_PELAPOR, {}).get("nama")
    in_kk = next((person.get("nama") for person in reversed(parents_of(draft).people[Reporter(parent)])), None)
    return next((str(name) for name in (own, book, letter, in_kk) if name), None)


def parent_called(draft: Draft, parent: str) -> str | None:
    """A parent's name as the applicant told it, else as a document gives it."""
    return getattr(draft, f"nama_{parent}") or parent_name(draft, parent)


def parents_of(draft: Draft) -> Parents:
    """What papers, KK and cards tell of who the parents are."""
    papers = {item: fields for item, fields in by_item_fields(draft).items() if KIND_OF[item] is not Kind.KTP}
    cards = [document.fields for document in draft.documents if document.kind is Kind.KTP and not document.double]
    return find_parents(papers, draft.conditions.pelapor, draft.conditions.hubungan_kk, cards)


def by_item_fields(draft: Draft) -> dict[Item, dict[str, Any]]:
    """What was read, by item."""
    return {document.item: document.fields for document in draft.documents if document.item}


def learn_conditions(draft: Draft, cards: Mapping[Reporter, Mapping[str, Any]]) -> ConditionAnswers:
    """The conditions that documents answer: a paper that came, a signed statement in its stead, a parent's own card (`cards`), the KK."""
    fields, learned = by_item_fields(draft), ConditionAnswers()
    for paper, statement, condition in (
        (Item.SURAT_KELAHIRAN, Item.SPTJM_KELAHIRAN, "ada_surat_kelahiran"),
        (Item.SURAT_NIKAH, Item.SPTJM_PASUTRI, "ada_surat_nikah"),
    ):
        setattr(learned, condition, True if paper in fields else False if statement in fields else None)
    for parent, card in cards.items():
        setattr(learned, f"status_ktp_{parent.value}", status_of(card.get("status_perkawinan")))
    learned.hubungan_kk = parents_of(draft).relation
    return learned
