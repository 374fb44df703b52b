"""Reads off the KK and the papers who the child's parents are, as far as they tell, and how the KK shows them to one another. Pure.

Head and wife of a KK may be the child's grandparents: a name on a paper, the answer, a MENANTU, or the card of a grown child tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from standard.crosscheck import same_name, sex_of
from standard.kinds import Item
from standard.numbers import digits_of, read_nik
from standard.requirements import FamilyCard, Reporter

Person = Mapping[str, Any]
"""What identifies somebody: `nik` and `nama`, each absent where it was not read."""

SLIPS = 2
"""Digits in which two readings of one NIK may differ, where the names agree."""

HEAD, SPOUSES = "KEPALA KELUARGA", ("ISTRI", "SUAMI")
OTHER = {Reporter.AYAH: Reporter.IBU, Reporter.IBU: Reporter.AYAH}
ON_PAPERS = (
    (Item.SURAT_KELAHIRAN, "nama_ibu", Reporter.IBU),
    (Item.SURAT_KELAHIRAN, "nama_ayah", Reporter.AYAH),
    (Item.SURAT_NIKAH, "suami", Reporter.AYAH),
    (Item.SURAT_NIKAH, "istri", Reporter.IBU),
)
STATEMENTS = (Item.SPTJM_KELAHIRAN, Item.SPTJM_PASUTRI)


@dataclass(frozen=True)
class Parents:
    """Each parent as the papers name them and as their row of the KK; `relation` where KK and evidence leave no doubt."""

    people: Mapping[Reporter, tuple[Person, ...]]
    relation: FamilyCard | None = None


@dataclass(frozen=True)
class _InCard:
    rows: Mapping[Reporter, Person] = field(default_factory=dict)
    relation: FamilyCard | None = None


def same_person(one: Person, other: Person) -> bool:
    """Whether two readings are of one person: one NIK, slips allowed where the names agree; names alone only where a NIK is missing."""
    names = one.get("nama"), other.get("nama")
    agree = bool(names[0] and names[1] and same_name(str(names[0]), str(names[1])))
    first, second = (digits_of(str(person.get("nik") or "")) for person in (one, other))
    if first is None or second is None:
        return agree
    return first == second or (agree and sum(a != b for a, b in zip(first, second, strict=True)) <= SLIPS)


def is_woman(person: Person) -> bool | None:
    """Whether a card or a row is a woman's, by the printed sex or the number; None where neither was read."""
    sex = sex_of(person.get("jenis_kelamin"))
    nik = read_nik(str(person.get("nik", "")))
    return sex == "P" if sex is not None else None if nik is None else nik.female


def find_parents(
    papers: Mapping[Item, Mapping[str, Any]], reporter: Reporter | None, said: FamilyCard | None, cards: Sequence[Person]
) -> Parents:
    """The parents as papers, KK and statements show them. `said`: what is known of the KK's couple; `cards`: every KTP that came."""
    named: dict[Reporter, list[Person]] = {Reporter.AYAH: [], Reporter.IBU: []}
    for item, name_of, parent in ON_PAPERS:
        if name := papers.get(item, {}).get(name_of):
            named[parent].append({"nama": name})
    shown = _in_card(papers.get(Item.KK, {}), named, said, cards)
    people = {parent: (*found, *([shown.rows[parent]] if parent in shown.rows else [])) for parent, found in named.items()}
    if reporter in OTHER:  # who signed is the reporter, unless it is the other parent after all
        makers = [papers[item] for item in STATEMENTS if item in papers and is_woman(papers[item]) in (None, reporter is Reporter.IBU)]
        signed = [maker for maker in makers if not any(same_person(maker, person) for person in people[OTHER[reporter]])]
        people[reporter] = (*({name: maker.get(name) for name in ("nama", "nik")} for maker in signed), *people[reporter])
    return Parents(people, shown.relation)


def _in_card(
    kk: Mapping[str, Any], named: Mapping[Reporter, Sequence[Person]], said: FamilyCard | None, cards: Sequence[Person]
) -> _InCard:
    listed: list[Person] = list(kk.get("anggota") or [])
    rows = listed or ([{"nama": kk["kepala_keluarga"], "shdk": HEAD}] if kk.get("kepala_keluarga") else [])
    couple = _couple(rows, cards)
    others = [row for row in rows if row not in couple.values() and row.get("shdk") != HEAD]
    by_name = {parent: row for parent, people in named.items() for row in others if any(same_person(person, row) for person in people)}
    couple_named = [parent for parent, row in couple.items() if any(same_person(person, row) for person in named[parent])]
    household_card = any(same_person(card, row) for card in cards for row in others)
    if by_name and not couple_named:
        young = True
    elif couple_named or said is FamilyCard.KEPALA_ISTRI:
        young = False
    elif said is not None:
        young = len(couple) > 1 or said is FamilyCard.ANAK_MENANTU
    elif any(row.get("shdk") == "MENANTU" for row in others):
        young = True
    elif household_card:
        return _InCard()
    else:
        young = False
    if young:
        grown = {**_young(others), **by_name}
        in_law = any(row.get("shdk") == "MENANTU" for row in grown.values())
        return _InCard(grown, FamilyCard.ANAK_MENANTU if in_law and (by_name or household_card) else None)
    against = any(named[parent] and parent not in couple_named for parent in couple)
    sure = bool(couple_named) or len(listed) == 2 or any(same_person(card, row) for card in cards for row in couple.values())
    both = len(couple) == 2 and len(listed) > 1 and all(row.get("shdk") for row in listed)
    return _InCard(couple, FamilyCard.KEPALA_ISTRI if both and sure and not against else None)


def _couple(rows: Sequence[Person], cards: Sequence[Person]) -> dict[Reporter, Person]:
    """Head and spouse as father and mother; a head alone by their own sex."""
    head = next((row for row in rows if row.get("shdk") == HEAD), None)
    spouse = next((row for row in rows if row.get("shdk") in SPOUSES), None)
    if spouse is not None:
        parent = Reporter.IBU if spouse["shdk"] == "ISTRI" else Reporter.AYAH
        return {parent: spouse, **({OTHER[parent]: head} if head else {})}
    if head is None:
        return {}
    own = next((card for card in cards if same_person(card, head) and is_woman(card) is not None), head)
    female = is_woman(own)
    return {} if female is None else {Reporter.IBU if female else Reporter.AYAH: head}


def _young(others: Sequence[Person]) -> dict[Reporter, Person]:
    """The MENANTU and the only child of the other sex; without a MENANTU, the only daughter."""
    found: dict[Reporter, Person] = {}
    in_laws = [row for row in others if row.get("shdk") == "MENANTU" and is_woman(row) is not None]
    if len(in_laws) == 1:
        found[Reporter.IBU if is_woman(in_laws[0]) else Reporter.AYAH] = in_laws[0]
    female = not is_woman(in_laws[0]) if in_laws else True
    children = [row for row in others if row.get("shdk") == "ANAK" and is_woman(row) is female]
    if len(children) == 1 and len(in_laws) < 2:
        found[Reporter.IBU if female else Reporter.AYAH] = children[0]
    return found
