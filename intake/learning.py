"""Takes over what the documents of a draft say: a child's facts, the parents' names, a card's status, papers that came after all."""

from typing import Any

from intake.model import Draft
from standard.birth_form import birth_fields
from standard.crosscheck import members, sex_of, status_of
from standard.kinds import Item
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
    rows = members(by_item_fields(draft))
    grandparents = any(row.get("shdk") == "MENANTU" for row in rows)
    head = [row for row in rows if not grandparents and row.get("shdk") in ("KEPALA KELUARGA", "SUAMI", "ISTRI") and row.get("nama")]
    wife = next((row["nama"] for row in head if row["shdk"] == "ISTRI"), None)
    husband = next((row["nama"] for row in head if wife and row["shdk"] in ("KEPALA KELUARGA", "SUAMI")), None)
    in_kk = husband if parent == "ayah" else wife
    return next((str(name) for name in (own, book, letter, in_kk) if name), None)


def by_item_fields(draft: Draft) -> dict[Item, dict[str, Any]]:
    """What was read, by item."""
    return {document.item: document.fields for document in draft.documents if document.item}


def learn(draft: Draft) -> None:
    """Takes over what the documents say: a child's facts from the birth letter, a parent's status from their card, papers that came."""
    fields = by_item_fields(draft)
    if Item.SURAT_KELAHIRAN in fields:
        draft.conditions.ada_surat_kelahiran = True
        letter = fields[Item.SURAT_KELAHIRAN]
        given = {field.name: letter[field.document] for field in birth_fields() if field.document and letter.get(field.document)}
        if "jenis_kelamin" in given and (sex := sex_of(given.pop("jenis_kelamin"))) is not None:
            given["jenis_kelamin"] = sex
        if draft.children:
            single = len(draft.children) == 1
            shared = {name: fact for name, fact in given.items() if single or name in SHARED_BY_TWINS}
            note_facts(draft, 0, shared, Item.SURAT_KELAHIRAN.value)
    if Item.SURAT_NIKAH in fields:
        draft.conditions.ada_surat_nikah = True
    pelapor = draft.conditions.pelapor
    for parent in (Reporter.AYAH, Reporter.IBU):
        item = Item.KTP_PELAPOR if pelapor is parent else Item(f"ktp_{parent.value}")
        printed = status_of(fields.get(item, {}).get("status_perkawinan"))
        if printed is not None:
            setattr(draft.conditions, f"status_ktp_{parent.value}", printed)
