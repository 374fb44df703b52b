"""Takes over what the documents of a draft say: a child's facts, the parents' names, a card's status, papers that came after all."""

import re
from collections.abc import Mapping
from typing import Any

from intake.family_card import Parents, find_parents
from intake.model import ConditionAnswers, Draft
from intake.reading import read_name
from standard.birth_form import birth_fields
from standard.crosscheck import sex_of, status_of
from standard.kinds import KIND_OF, Item, Kind
from standard.names import Severity, judge_name
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
    cards = [document.fields for document in draft.documents if document.kind is Kind.KTP]
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


def learn_facts(draft: Draft) -> None:
    """Takes over a child's facts from the birth letter."""
    letter = by_item_fields(draft).get(Item.SURAT_KELAHIRAN)
    if letter is None or not draft.children:
        return
    given = {field.name: letter[field.document] for field in birth_fields() if field.document and letter.get(field.document)}
    if "jenis_kelamin" in given and (sex := sex_of(given.pop("jenis_kelamin"))) is not None:
        given["jenis_kelamin"] = sex
    single = len(draft.children) == 1
    shared = {name: fact for name, fact in given.items() if single or name in SHARED_BY_TWINS}
    note_facts(draft, 0, shared, Item.SURAT_KELAHIRAN.value)


def letter_name(draft: Draft) -> str | None:
    """The only child's name where the birth letter gives a proper one (`By. Ny. Sari` is none)."""
    printed = str(by_item_fields(draft).get(Item.SURAT_KELAHIRAN, {}).get("nama_anak") or "")
    name = read_name(printed) if len(draft.children) == 1 and not _NO_NAME.search(printed) else None
    if name is None or any(finding.severity is Severity.STOP for finding in judge_name(name.official)):
        return None
    parents = [parent_name(draft, parent) for parent in ("ayah", "ibu")]
    return None if any(parent and name.official == parent.upper() for parent in parents) else name.official


_NO_NAME = re.compile(r"(?i)\b(?:by|bayi|baby|ny|nyonya|an|belum|tn)\b|/")
"""What stands in a birth letter before a child has its name."""
