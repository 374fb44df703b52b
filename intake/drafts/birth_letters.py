"""Takes from the birth letters what each says of its child: of twins, whose letter is whose, once there is one for each. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from intake.drafts.learning import SHARED_BY_TWINS, by_item_fields, note_facts, parent_name
from intake.drafts.letter_values import values_of
from intake.drafts.model import Child, Draft
from intake.reading import read_name
from language.lists import either
from standard.birth_form import UNKNOWN
from standard.crosscheck import Bundle, Code, letter_of_another_family, same_name, sex_of
from standard.kinds import Item
from standard.names import Severity, judge_name

Letter = Mapping[str, Any]
"""What was read on one letter."""


def letters_of(draft: Draft) -> list[Letter]:
    """Every birth letter that came, in its order."""
    document = draft.document(Item.SURAT_KELAHIRAN)
    return [] if document is None else [document.fields, *document.letters]


def letters_by_child(draft: Draft) -> list[Letter]:
    """The letter of each child; empty while there are fewer letters than children, for nobody can tell yet whose they are."""
    letters = letters_of(draft)
    if len(draft.children) == 1:
        return letters[:1]
    if len(letters) < len(draft.children):
        return []
    left, found = list(letters), []
    for child in draft.children:
        mine = max(left, key=lambda letter: _likeness(child, letter))
        left.remove(mine)
        found.append(mine)
    return found


def learn_facts(draft: Draft) -> None:
    """Takes over each child's facts; of a lone letter of twins what all of them share. What was told stands, but for "not known"."""
    stands = not _of_others(draft)
    own = letters_by_child(draft)
    if stands and not own and letters_of(draft) and draft.children:
        shared = {name: fact for name, fact in values_of(letters_of(draft)[0]).items() if name in SHARED_BY_TWINS}
        note_facts(draft, 0, shared, Item.SURAT_KELAHIRAN.value)
    for position in reversed(range(len(own))):
        child, facts = draft.children[position], letter_facts(draft, position)
        for name in [name for name, source in child.sources.items() if source == Item.SURAT_KELAHIRAN]:
            child.fields.pop(name, None), child.sources.pop(name)
        for name in [name for name in facts if child.fields.get(name) == UNKNOWN]:
            child.fields.pop(name)
        note_facts(draft, position, facts if stands else {}, Item.SURAT_KELAHIRAN.value)


def _of_others(draft: Draft) -> bool:
    """Whether the letter seems to be another family's, and the applicant has not said yet that it is theirs: nothing of it is taken."""
    bundle = Bundle(draft.known, by_item_fields(draft))
    return letter_of_another_family(bundle) and not any(key.startswith(Code.NAMA_IBU_BERBEDA) for key in draft.explained)


def letter_facts(draft: Draft, child: int) -> dict[str, Any]:
    """The facts of F-2.01 that the child's own letter gives, without those that the applicant, shown them, says otherwise."""
    letters = letters_by_child(draft)
    facts = values_of(letters[child]) if child < len(letters) else {}
    settled = draft.children[child].settled
    return {name: fact for name, fact in facts.items() if settled.get(name) != fact}


def differing(draft: Draft, child: int) -> dict[str, tuple[Any, Any]]:
    """By field, what was told and what the child's letter says otherwise, as long as nobody was asked which is right."""
    mine = draft.children[child]
    stated = {
        name: (mine.fields[name], fact) for name, fact in letter_facts(draft, child).items() if mine.fields.get(name) not in (None, fact)
    }
    name = letter_name(draft, child)
    if mine.nama and name is not None and name != mine.refused and _letters(name) != _letters(mine.nama):
        stated["nama_anak"] = (mine.nama, name)
    return stated


def set_aside(draft: Draft, child: int, field: str) -> None:
    """Notes that the applicant does not hold with what the letter says there: it is neither taken nor asked about again."""
    mine, fact = draft.children[child], letter_facts(draft, child).get(field)
    if field == "nama_anak":
        mine.refused = letter_name(draft, child) or mine.refused
    elif fact is not None:
        mine.settled[field] = fact


def letter_name(draft: Draft, child: int = 0) -> str | None:
    """The child's name where its birth letter gives a proper one (`By. Ny. Sari` is none)."""
    letters = letters_by_child(draft)
    return printed_name(draft, letters[child]) if child < len(letters) else None


def printed_name(draft: Draft, letter: Letter) -> str | None:
    """The proper name that a letter gives a child."""
    printed = str(letter.get("nama_anak") or "")
    name = read_name(printed) if not _NO_NAME.search(printed) else None
    if name is None or any(finding.severity is Severity.STOP for finding in judge_name(name.official)):
        return None
    parents = [parent_name(draft, parent) for parent in ("ayah", "ibu")]
    return None if any(parent and name.official == parent.upper() for parent in parents) else name.official


def _likeness(child: Child, letter: Letter) -> int:
    """How surely a letter is that child's: by the name, then by what was said of the sex; the first come stands first."""
    name, sex = letter.get("nama_anak"), sex_of(letter.get("jenis_kelamin"))
    named = bool(child.nama and name and same_name(child.nama, str(name)))
    said = child.fields.get("jenis_kelamin") if child.sources.get("jenis_kelamin") == "chat" else None
    return 2 * named + (said is not None and said == sex)


def _letters(name: str) -> str:
    return re.sub(r"[^A-Z]", "", name.upper())


_NO_NAME = re.compile(rf"(?i)\b{either('unnamed_child')}\b|/")
"""What stands in a birth letter before a child has its name."""
