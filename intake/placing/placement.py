"""Finds the best assignment of all received cards to all places: what was said stays, who is known is a parent, witnesses are those left.

Pure, and a function of what is known alone: whatever the order in which photos and answers came, the same things lead to the same places
(of two witnesses, each keeps the place they have). What more than one assignment allows is asked, never guessed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from intake.drafts.family_card import Person, find_parents, is_woman, same_person
from standard.crosscheck import status_of
from standard.kinds import KIND_OF, Item, Kind
from standard.requirements import Conditions, FamilyCard, KtpStatus, Reporter, still_possible

WITNESSES = (Item.KTP_SAKSI_1, Item.KTP_SAKSI_2)


class Role(StrEnum):
    """Who somebody is to the birth; `LAIN` reports it and is no parent."""

    AYAH = "ayah"
    IBU = "ibu"
    LAIN = "lain"
    SAKSI = "saksi"


PARENTS = {Role.AYAH: Reporter.AYAH, Role.IBU: Reporter.IBU}
PARENT_CARD = {Role.AYAH: Item.KTP_AYAH, Role.IBU: Item.KTP_IBU}
_PARENT_OF = {Item.KTP_AYAH: Role.AYAH, Item.KTP_IBU: Role.IBU}


@dataclass(frozen=True)
class Card:
    """What placement looks at: kind, fields as read, what the caption called it, where it is now, and whether that was said by hand."""

    kind: Kind
    fields: Mapping[str, Any]
    hint: str | None = None
    at: Item | None = None
    said: bool = False


@dataclass(frozen=True)
class Family:
    """What is known when documents are placed: the conditions, the items asked, and the fields of what stands and is not moved.

    `growing`: more may be asked later; of a case under way nothing is.
    """

    conditions: Conditions
    wanted: tuple[Item, ...]
    placed: Mapping[Item, Mapping[str, Any]]
    growing: bool = True


@dataclass(frozen=True)
class Place:
    """Where a document goes (`item`), or between which places the applicant has to say. A `role` without an item waits for its place."""

    item: Item | None
    candidates: tuple[Item, ...] = ()
    role: Role | None = None


@dataclass(frozen=True)
class _Wish:
    """The roles that one card can have, and how surely: lower goes first where there is not room for all."""

    roles: frozenset[Role]
    strength: int


def place_all(cards: Sequence[Card], family: Family) -> list[Place]:
    """The places of all documents, judged together."""
    papers = {item: fields for item, fields in family.placed.items() if KIND_OF[item] is not Kind.KTP}
    places: dict[int, Place] = {}
    for position, card in enumerate(cards):
        if card.kind is not Kind.KTP:
            places[position] = place_paper(card)
            if (item := places[position].item) is not None:
                papers[item] = {**papers.get(item, {}), **card.fields}
    standing = {item: fields for item, fields in family.placed.items() if KIND_OF[item] is Kind.KTP}
    people = [card.fields for card in cards if card.kind is Kind.KTP] + list(standing.values())
    conditions = family.conditions
    parents = find_parents(papers, conditions.pelapor, conditions.hubungan_kk, people).people
    waiting: dict[int, Card] = {}
    for position, card in enumerate(cards):
        if position in places:
            continue
        again = next((item for item, fields in standing.items() if same_person(card.fields, fields)), None)
        if again is not None and not card.said:
            places[position] = Place(again, (), role_of(again, conditions))
        else:
            waiting[position] = card
    places.update(_Assignment(waiting, family, parents, tuple(standing)).places())
    return [places[position] for position in range(len(cards))]


def place_paper(card: Card) -> Place:
    """Every kind but the KTP has one place."""
    items = tuple(item for item, kind in KIND_OF.items() if kind is card.kind)
    return Place(items[0]) if len(items) == 1 else Place(None)


def role_of(item: Item, conditions: Conditions) -> Role | None:
    """Whose card a place takes; of the reporter's, nobody knows before it is known who reports."""
    if item in WITNESSES:
        return Role.SAKSI
    if item is Item.KTP_PELAPOR:
        return None if conditions.pelapor is None else Role(conditions.pelapor.value)
    return _PARENT_OF.get(item)


def item_of(role: Role, conditions: Conditions) -> Item | None:
    """The one place of a role; None for witnesses, and for everybody before it is known who reports."""
    if conditions.pelapor is None or role is Role.SAKSI:
        return None
    return Item.KTP_PELAPOR if conditions.pelapor.value == role.value else PARENT_CARD.get(role)


class _Assignment:
    """One assignment of cards to roles: as many as have room get one, the surest first; a role is given where no other is possible."""

    def __init__(
        self, cards: Mapping[int, Card], family: Family, parents: Mapping[Reporter, Sequence[Person]], taken: tuple[Item, ...]
    ) -> None:
        self.cards, self.family, self.parents, self.taken = cards, family, parents, taken
        said = {card.at for card in cards.values() if card.said}
        self.witness_places = tuple(item for item in WITNESSES if (item in family.wanted or item in said) and item not in taken)
        self.wishes = {position: self._wish(card) for position, card in cards.items()}

    def places(self) -> Iterator[tuple[int, Place]]:
        """Each card's position and place."""
        chosen: list[int] = []
        for position in sorted(self.cards, key=self._turn):
            if self._fits([*chosen, position]):
                chosen.append(position)
        sure: dict[int, Role] = {}
        open_roles: dict[int, frozenset[Role]] = {}
        for position in self.cards:
            roles = self.wishes[position].roles
            possible = frozenset(role for role in roles if self._fits(chosen, {position: role})) if position in chosen else roles
            if position in chosen and len(possible) == 1:
                sure[position] = next(iter(possible))
            else:
                open_roles[position] = possible
        witnesses = self._witnesses([position for position, role in sure.items() if role is Role.SAKSI])
        filled = {self._item(self.cards[position], role) for position, role in sure.items()} | set(witnesses.values()) | set(self.taken)
        for position, role in sure.items():
            item = witnesses.get(position) if role is Role.SAKSI else self._item(self.cards[position], role)
            yield position, Place(item, (), role)
        for position, possible in open_roles.items():
            yield position, Place(None, self._candidates(self.cards[position], possible, filled, left_out=position not in chosen))

    def _turn(self, position: int) -> tuple[int, bool, int]:
        return self.wishes[position].strength, self.cards[position].at is None, position

    def _wish(self, card: Card) -> _Wish:
        conditions = self.family.conditions
        if card.said and card.at is not None and (role := role_of(card.at, conditions)) is not None:
            return _Wish(frozenset({role}), 0)
        if (role := self._called(card)) is not None:
            return _Wish(frozenset({role}), 1)
        fits = [role for role in Role if self._allows(card, role)]
        known = frozenset(role for role in fits if any(same_person(card.fields, person) for person in self._people(role)))
        if known:
            numbers = {person.get("nik") for role in known for person in self._people(role)}
            return _Wish(known, 2 if card.fields.get("nik") in numbers else 3)
        return _Wish(frozenset(role for role in self._open_roles() if role in fits and not self._known_other(card, role)), 4)

    def _called(self, card: Card) -> Role | None:
        """Whom a caption names; `ktp_pasangan` is the other parent."""
        hint, reporter = card.hint or "", self.family.conditions.pelapor
        if hint.startswith("ktp_saksi"):
            return Role.SAKSI
        if hint == "ktp_pasangan":
            return {Reporter.AYAH: Role.IBU, Reporter.IBU: Role.AYAH}.get(reporter) if reporter else None
        return None if not _is_card(hint) else _PARENT_OF.get(Item(hint)) or role_of(Item(hint), self.family.conditions)

    def _people(self, role: Role) -> Sequence[Person]:
        return self.parents.get(PARENTS[role], ()) if role in PARENTS else ()

    def _open_roles(self) -> Iterator[Role]:
        """The roles whose place is asked or may yet be asked."""
        conditions = self.family.conditions
        possible = still_possible(conditions) if self.family.growing else frozenset(self.family.wanted)
        for role in (Role.AYAH, Role.IBU, Role.LAIN):
            item = item_of(role, conditions)
            if (conditions.pelapor is None or item in possible) and item not in self.taken:
                yield role
        if self.witness_places:
            yield Role.SAKSI

    def _allows(self, card: Card, role: Role) -> bool:
        """Whether the card's sex allows the role: no woman's card is the father's."""
        female = is_woman(card.fields)
        return female is None or role not in PARENTS or (role is Role.IBU) == female

    def _known_other(self, card: Card, role: Role) -> bool:
        """Whether that parent is known and the card, which can be read, is somebody else's."""
        readable = bool(card.fields.get("nama") or card.fields.get("nik"))
        return readable and bool(self._people(role))

    def _fits(self, positions: Sequence[int], given: Mapping[int, Role] | None = None) -> bool:
        """Whether all these cards can have a role at once (augmenting paths; five places at the most)."""
        room = {Role.AYAH: 1, Role.IBU: 1, Role.LAIN: 1, Role.SAKSI: len(self.witness_places)}
        slots = [(role, number) for role, count in room.items() for number in range(count)]
        holds: dict[tuple[Role, int], int] = {}

        def seat(position: int, tried: set[tuple[Role, int]]) -> bool:
            roles = {(given or {})[position]} if position in (given or {}) else self.wishes[position].roles
            for slot in slots:
                if slot[0] in roles and slot not in tried:
                    tried.add(slot)
                    if slot not in holds or seat(holds[slot], tried):
                        holds[slot] = position
                        return True
            return False

        return all(seat(position, set()) for position in positions)

    def _witnesses(self, positions: Sequence[int]) -> dict[int, Item]:
        """A witness keeps the place they have, or the one that the caption names; the others take what is left."""
        found: dict[int, Item] = {}

        def seat(wanted: Callable[[Card], Item | None]) -> None:
            for position in positions:
                item = wanted(self.cards[position])
                if position not in found and item in self.witness_places and item not in found.values():
                    found[position] = item

        seat(lambda card: card.at if card.said else None)
        seat(lambda card: card.at)
        seat(lambda card: Item(card.hint) if card.hint in WITNESSES else None)
        seat(lambda card: next((item for item in self.witness_places if item not in found.values()), None))
        return found

    def _item(self, card: Card, role: Role) -> Item | None:
        """A parent's place where it is asked, said, or the card itself says that the office will want it; else the card waits."""
        conditions = self.family.conditions
        item = item_of(role, conditions)
        said = (card.said and card.at is item) or _is_card(card.hint or "") or card.hint == "ktp_pasangan"
        if item is None or item in self.family.wanted or said or not self.family.growing:
            return item
        recorded = role is not Role.AYAH or conditions.hubungan_kk is not FamilyCard.TIDAK
        return item if recorded and status_of(card.fields.get("status_perkawinan")) not in (None, KtpStatus.KAWIN) else None

    def _candidates(self, card: Card, possible: Iterable[Role], filled: set[Item | None], *, left_out: bool) -> tuple[Item, ...]:
        """The places to choose from; for a card without room, also what else is missing. One free witness place stands for both."""
        conditions = self.family.conditions
        own = {item for role in possible if (item := item_of(role, conditions)) is not None}
        witness = next((item for item in self.witness_places if item not in filled), None)
        if witness is None and left_out and self.witness_places:
            witness = self.witness_places[-1]
        if left_out:
            missing = (item for item in self.family.wanted if KIND_OF[item] is Kind.KTP and item not in WITNESSES and item not in filled)
            own |= {item for item in missing if (role := role_of(item, conditions)) is None or self._allows(card, role)}
        if witness is not None and (left_out or Role.SAKSI in possible):
            own.add(witness)
        return tuple(item for item in Item if item in own)


def _is_card(hint: str) -> bool:
    return hint in Item.__members__.values() and KIND_OF[Item(hint)] is Kind.KTP
