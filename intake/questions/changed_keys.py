"""What is changed, and where it stands: the keys of a draft's values, reading and writing one of them."""

import re
from dataclasses import dataclass, field
from typing import Any

from intake.drafts.birth_letters import set_aside
from intake.drafts.learning import parent_called
from intake.drafts.model import Draft
from intake.questions.papers import CONDITIONS
from intake.reading.frame import Frame, Item, Who
from intake.reading.frame.matching import found_words
from standard.birth_form import birth_fields

FAMILY = ("hubungan_kk", "status_ktp_ayah", "status_ktp_ibu")
NAMES = ("nama_ibu", "nama_ayah", "nama_anak")
GROWN = 12
"""Years: whoever was born longer ago is no newborn whose date is corrected."""

PARENTS = {Who.MOTHER: "ibu", Who.FATHER: "ayah"}
OF_PARENT = {"tanggal_lahir": "tanggal_lahir", "tempat_kelahiran": "tempat_lahir"}
FACTS = frozenset(known.name for known in birth_fields())
OPEN_ALLOWED = frozenset(known.name for known in birth_fields() if known.unknown)


@dataclass(frozen=True)
class Key:
    """What is changed: a field of a child (by its position), or of the bundle."""

    field: str
    child: int | None = None


@dataclass
class Changes:
    """What a message changes. `ask`: named as wrong, or changed in a way that can't be read."""

    values: dict[Key, Any] = field(default_factory=dict)
    ask: list[Key] = field(default_factory=list)
    agrees: bool = False
    """The message says that all is right, and nothing else."""
    disagrees: bool = False
    corrects: bool = False
    """Words of correcting stand in it (`salah`, `bukan … tapi`, `harusnya`)."""
    speaks: bool = False
    """Something weighty is in it that was not read: it is no plain yes."""


def writing_parent(draft: Draft) -> str | None:
    """The parent who writes."""
    return draft.conditions.pelapor.value if draft.conditions.pelapor in ("ayah", "ibu") and draft.conditions.pelapor else None


def key_of(item: Item, draft: Draft) -> Key | None:
    if item.who in PARENTS and item.field in OF_PARENT:
        return Key(f"{PARENTS[item.who]}_{OF_PARENT[item.field]}")
    if item.who is not Who.CHILD or item.field not in FACTS:
        return None
    if len(draft.children) == 1:
        return Key(item.field, 0)
    return None if item.child is None or item.child >= len(draft.children) else Key(item.field, item.child)


def stored_value(draft: Draft, key: Key) -> Any:
    """What stands under a key."""
    if key.child is not None:
        child = draft.children[key.child]
        return child.nama if key.field == "nama_anak" else child.fields.get(key.field)
    if key.field in ("nama_ibu", "nama_ayah"):
        return parent_called(draft, key.field.removeprefix("nama_"))
    if key.field in CONDITIONS.values() or key.field == "jumlah_anak":
        return getattr(draft.known, key.field)
    if key.field == "pelapor" or key.field in FAMILY:
        return getattr(draft.known, key.field)
    if key.field == "alamat_kia":
        return (draft.alamat_kia or {}).get("alamat")
    return draft.parent_births.get(key.field)


def store_change(draft: Draft, key: Key, value: Any) -> None:
    """Writes one change, and nothing beside it."""
    if key.child is not None:
        child = draft.children[key.child]
        set_aside(draft, key.child, key.field)
        if key.field == "nama_anak":
            child.nama, child.confirmed = value, False
        else:
            child.fields[key.field], child.sources[key.field] = value, "chat"
    elif key.field in ("nama_ibu", "nama_ayah", "email"):
        setattr(draft, key.field, value)
    elif key.field == "pelapor":
        draft.conditions.pelapor, draft.hubungan_pelapor = value
    elif key.field in CONDITIONS.values() or key.field in FAMILY:
        setattr(draft.conditions, key.field, value)
    elif key.field == "alamat_kia":
        draft.alamat_kia = {"alamat": value, "location": None}
    else:
        draft.parent_births[key.field] = value


def is_called_right(frame: Frame, item: Item) -> bool:
    """Whether the part of the sentence says of the field that it is right."""
    stop = re.search(r" [,.?] ", frame.line[item.end :])
    part = frame.line[item.end - 1 : item.end + stop.start() + 1 if stop else len(frame.line)]
    return bool(found_words(part, "right")) and not found_words(part, "wrong")


def exchange(draft: Draft, changes: Changes, one: Key, other: Key) -> None:
    first, second = stored_value(draft, one), stored_value(draft, other)
    if first is not None and second is not None and first != second:
        changes.values |= {one: second, other: first}
        changes.ask = [key for key in changes.ask if key not in (one, other)]
