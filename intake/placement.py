"""Puts a recognised document in its place in the bundle: by what it is, whose it is, what its caption said, and what is still missing.

Pure. A KTP is everybody's: whose it is follows from its number or name on the KK and the papers; who is no parent is a witness.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standard.crosscheck import members, same_name, sex_of
from standard.kinds import KIND_OF, Item, Kind
from standard.numbers import read_nik
from standard.requirements import Conditions, Reporter

WITNESSES = (Item.KTP_SAKSI_1, Item.KTP_SAKSI_2)
PARENT_CARD = {Reporter.AYAH: Item.KTP_AYAH, Reporter.IBU: Item.KTP_IBU}


@dataclass(frozen=True)
class Card:
    """What placement looks at: the kind, the fields that were read, and what the caption called it (an item or a vague word)."""

    kind: Kind
    fields: Mapping[str, Any]
    hint: str | None = None


@dataclass(frozen=True)
class Family:
    """What is known when documents are placed: the conditions, the items asked, and the fields of those that have a place."""

    conditions: Conditions
    wanted: tuple[Item, ...]
    placed: Mapping[Item, Mapping[str, Any]]

    def free(self, item: Item) -> bool:
        """Whether nothing stands in that place yet."""
        return item not in self.placed


@dataclass(frozen=True)
class Place:
    """Where a document goes (`item`), or between which places the applicant has to say."""

    item: Item | None
    candidates: tuple[Item, ...] = ()


def place_all(cards: Sequence[Card], family: Family) -> list[Place]:
    """Places for several documents that came together: the sure ones first, so that the others follow by exclusion."""
    places: dict[int, Place] = {}
    placed = dict(family.placed)
    papers = [position for position, card in enumerate(cards) if card.kind is not Kind.KTP]
    for position in papers:
        places[position] = place_paper(cards[position])
        if (item := places[position].item) is not None:
            placed[item] = {**placed.get(item, {}), **cards[position].fields}
    waiting = [position for position in range(len(cards)) if position not in places]
    while waiting:
        found = [(position, place_ktp(cards[position], _with(family, placed))) for position in waiting]
        sure = [(position, place) for position, place in found if place.item is not None]
        if not sure:
            places.update(found)
            break
        position, place = sure[0]
        places[position] = place
        if place.item is not None:
            placed[place.item] = cards[position].fields
        waiting.remove(position)
    return [places[position] for position in range(len(cards))]


def place_paper(card: Card) -> Place:
    """Every kind but the KTP has one place."""
    items = tuple(item for item, kind in KIND_OF.items() if kind is card.kind)
    return Place(items[0]) if len(items) == 1 else Place(None)


def place_ktp(card: Card, family: Family) -> Place:
    """One card: again the one whose number stands somewhere; by its caption; by its person; by what is missing; or it is asked."""
    again = _same_card(card, family)
    if again is not None:
        return Place(again)
    said = _said(card, family)
    if said is not None:
        return Place(said)
    person = _parent_of(card, family)
    if person is not None:
        item = _item_of_parent(person, family)
        return Place(item) if item is not None else Place(None)
    missing = tuple(item for item in family.wanted if KIND_OF[item] is Kind.KTP and family.free(item))
    candidates = tuple(item for item in missing if _possible(card, item, family))
    if candidates and set(candidates) <= set(WITNESSES):
        return Place(candidates[0])
    if _known_outsider(card, family) and (witnesses := [item for item in candidates if item in WITNESSES]):
        return Place(witnesses[0])
    if len(candidates) == 1:
        return Place(candidates[0])
    return Place(None, _distinct(candidates or missing))


def _with(family: Family, placed: Mapping[Item, Mapping[str, Any]]) -> Family:
    return Family(family.conditions, family.wanted, placed)


def _same_card(card: Card, family: Family) -> Item | None:
    nik = card.fields.get("nik")
    return next((item for item, fields in family.placed.items() if nik and KIND_OF[item] is Kind.KTP and fields.get("nik") == nik), None)


def _said(card: Card, family: Family) -> Item | None:
    """The place that a caption names; `ktp_ayah` is the reporter's place where the father reports."""
    if card.hint is None:
        return None
    if card.hint.startswith("ktp_saksi"):
        return next((item for item in WITNESSES if family.free(item)), None)
    if card.hint in ("ktp_ayah", "ktp_ibu"):
        return _item_of_parent(Reporter(card.hint.removeprefix("ktp_")), family)
    if card.hint == "ktp_pasangan" and family.conditions.pelapor in PARENT_CARD:
        other = Reporter.IBU if family.conditions.pelapor is Reporter.AYAH else Reporter.AYAH
        return _item_of_parent(other, family)
    return Item.KTP_PELAPOR if card.hint == Item.KTP_PELAPOR else None


def _item_of_parent(parent: Reporter, family: Family) -> Item | None:
    """Where a parent's card goes; nobody knows before it is known who reports."""
    if family.conditions.pelapor is None:
        return None
    return Item.KTP_PELAPOR if family.conditions.pelapor is parent else PARENT_CARD[parent]


def _parent_of(card: Card, family: Family) -> Reporter | None:
    """Which parent the card is: by name on birth letter and marriage book, else by number or name among the KK's couple."""
    rows = members(family.placed)
    nik, name = card.fields.get("nik"), card.fields.get("nama")
    listed = next((row for row in rows if nik and row.get("nik") == nik), None)
    name = name or (listed or {}).get("nama")
    papers = list(_names_on_papers(family))
    named = next((parent for parent, printed in papers if name and same_name(name, printed)), None)
    if named is not None or {parent for parent, _ in papers} >= set(PARENT_CARD):
        return named
    listed = listed or next((row for row in rows if name and row.get("nama") and same_name(name, row["nama"])), None)
    return _role(listed, family) if listed is not None else None


def _role(row: Mapping[str, Any], family: Family) -> Reporter | None:
    """The parent that a row of the KK is. In a KK with a MENANTU head and wife are the grandparents; the MENANTU's sex tells."""
    relations = {str(member.get("shdk")) for member in members(family.placed)}
    shdk = str(row.get("shdk"))
    if "MENANTU" in relations:
        female = is_woman(row)
        return None if shdk != "MENANTU" or female is None else Reporter.IBU if female else Reporter.AYAH
    if "ISTRI" in relations:
        return {"KEPALA KELUARGA": Reporter.AYAH, "ISTRI": Reporter.IBU}.get(shdk)
    if "SUAMI" in relations:
        return {"KEPALA KELUARGA": Reporter.IBU, "SUAMI": Reporter.AYAH}.get(shdk)
    return None


def is_woman(fields: Mapping[str, Any]) -> bool | None:
    """Whether a card or a row is a woman's, by the printed sex or the number; None where neither was read."""
    sex = sex_of(fields.get("jenis_kelamin"))
    nik = read_nik(str(fields.get("nik", "")))
    return sex == "P" if sex is not None else None if nik is None else nik.female


def _names_on_papers(family: Family) -> Iterable[tuple[Reporter, str]]:
    letter, book = family.placed.get(Item.SURAT_KELAHIRAN, {}), family.placed.get(Item.SURAT_NIKAH, {})
    for parent, name in (
        (Reporter.IBU, letter.get("nama_ibu")),
        (Reporter.AYAH, letter.get("nama_ayah")),
        (Reporter.AYAH, book.get("suami")),
        (Reporter.IBU, book.get("istri")),
    ):
        if name:
            yield parent, str(name)


def _possible(card: Card, item: Item, family: Family) -> bool:
    """Whether the card's sex allows the place: no woman's card is the father's."""
    female = is_woman(card.fields)
    parent = next((parent for parent in PARENT_CARD if _item_of_parent(parent, family) is item), None)
    return female is None or parent is None or (parent is Reporter.IBU) == female


def _known_outsider(card: Card, family: Family) -> bool:
    """Whether the card is surely nobody's of the parents: both are known by name and it is neither, and a parent reports."""
    named = {parent for row in members(family.placed) if (parent := _role(row, family)) and row.get("nama")}
    named |= {parent for parent, _ in _names_on_papers(family)}
    reporter_known = family.conditions.pelapor in PARENT_CARD or not family.free(Item.KTP_PELAPOR)
    return bool(card.fields.get("nama")) and named >= set(PARENT_CARD) and reporter_known


def _distinct(candidates: tuple[Item, ...]) -> tuple[Item, ...]:
    """For the question whose card it is, one witness stands for both."""
    free_witness = next((item for item in candidates if item in WITNESSES), None)
    return tuple(item for item in candidates if item not in WITNESSES or item is free_witness)
