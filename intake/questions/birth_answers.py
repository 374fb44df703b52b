"""Reads the facts of a birth, of one child or several, and of the parents' births, and stores them."""

import re
from collections.abc import Callable
from typing import Any

from intake.drafts.birth_letters import letter_facts
from intake.drafts.learning import note_facts
from intake.drafts.model import Draft
from intake.questions.birth_facts import bare_answers, read_asked, read_facts, unknown_fields
from intake.questions.parent_births import births_wanted, read_births, store_births
from intake.questions.question import NOTHING, Problem, Reading, Said
from intake.questions.reporter import FEW
from intake.reading import (
    near_regency,
    open_place,
    read_birthplace,
    read_choice,
    unknown_place,
)
from intake.reading.frame import Frame, Sense, Who, read_frame
from language.lists import either, word_set
from language.phrases import words
from standard.birth_form import UNKNOWN, BirthField, birth_fields

_CHILDS = frozenset(field.name for field in birth_fields())


def read_birth_facts(said: Said, draft: Draft, child: int) -> Reading[dict[str, Any]]:
    """Every fact of the child that is still missing and that the message gives, and where and when a parent was born."""
    births, rest = read_births(said.text, draft, said.today)
    if len(draft.children) > 1:
        return facts_of_children(said, draft, child) or NOTHING
    mine, printed = draft.children[child], letter_facts(draft, child)
    open_to_it = [name for name in _CHILDS if name not in mine.fields or (name in printed and mine.sources.get(name) != "chat")]
    found = read_facts(rest, open_to_it, said.today, asked="data_kelahiran")
    found = {name: fact for name, fact in found.items() if mine.fields.get(name) != fact}
    return {**found, **parents_places(said, draft), **births} or NOTHING


def facts_of_children(said: Said, draft: Draft, asked: int) -> dict[str, Any]:
    """Of twins: the facts of the child that was asked about, those of the others under `OTHERS` by their position.

    What names no child is the asked one's, unless a word names several of them (`nabila` of two), or it is said of all.
    """
    frame = read_frame(said.text, said.today, _names(draft), "data_kelahiran")
    every = [set(words(child.nama or "")) for child in draft.children]
    shared = {word for at, mine in enumerate(every) for other in every[at + 1 :] for word in mine & other}
    unclear = bool(shared & set(words(said.text))) and not any(item.child is not None for item in frame.items)
    whole = bool(frame.marks & {"all"})
    found: dict[int, dict[str, Any]] = {at: {} for at in range(len(draft.children))}
    for item in frame.items:
        value = UNKNOWN if item.sense is Sense.UNKNOWN and item.field in unknown_fields() else item.value
        if item.who is not Who.CHILD or item.sense not in (Sense.SAID, Sense.UNKNOWN) or value is None or item.field not in _CHILDS:
            continue
        if item.child is not None:
            found[item.child][item.field] = value
        elif whole and item.field not in frame.several:
            for mine in found.values():
                mine.setdefault(item.field, value)
        elif not unclear and item.field not in frame.several:
            found[asked].setdefault(item.field, value)
    _in_order(frame, found)
    _apart(frame, found, [child.fields for child in draft.children])
    fresh = {at: {name: v for name, v in mine.items() if name not in draft.children[at].fields} for at, mine in found.items()}
    others = {at: mine for at, mine in fresh.items() if at != asked and mine}
    return {**fresh[asked], **({OTHERS: others} if others else {})}


def _in_order(frame: Frame, found: dict[int, dict[str, Any]]) -> None:
    """`Anak ke 3 dan ke 4` of two: each in the order of their birth."""
    ranks = [item.value for item in frame.items if item.field == "kelahiran_ke" and item.sense is Sense.SAID and item.child is None]
    if len(ranks) == len(found) and ranks == list(range(ranks[0], ranks[0] + len(ranks))):
        for at, rank in enumerate(ranks):
            found[at]["kelahiran_ke"] = rank


_LATER = re.compile(rf" {either('apart')}(?:nya|ne|e)?(?: {either('only')})? (\d{{1,2}}) (?:menit|mnt) ")


_LESS = re.compile(rf" (?P<less>{either('more', 'less')}) (?P<by>\d(?:\.\d)?) (?:cm|senti) ")


def _apart(frame: Frame, found: dict[int, dict[str, Any]], known: list[dict[str, Any]]) -> None:
    """The second of twins by how much later it came, or longer it was, than the first (`selisih 5 menit`)."""
    if len(found) != 2:
        return
    later, first = _LATER.search(frame.line), found[0].get("pukul") or known[0].get("pukul")
    hours = {item.value for item in frame.items if item.field == "pukul" and item.sense is Sense.SAID}
    if later and len(hours) == 1 and first is None:
        first = found[0]["pukul"] = next(iter(hours))
    if later and first and len(hours) <= 1:
        found[0].setdefault("pukul", first)
        minutes = (int(first[:2]) * 60 + int(first[3:]) + int(later[1])) % (24 * 60)
        found[1]["pukul"] = f"{minutes // 60:02d}:{minutes % 60:02d}"
    less, length = _LESS.search(frame.line), found[0].get("panjang")
    if less and length is not None and "panjang" not in found[1]:
        found[1]["panjang"] = length - float(less["by"]) if less["less"] in word_set("words", "less") else length + float(less["by"])
        if found[1]["panjang"] == int(found[1]["panjang"]):
            found[1]["panjang"] = int(found[1]["panjang"])


def parents_places(said: Said, draft: Draft) -> dict[str, str]:
    """Where a parent was born, said without a day (`bapaknya lahir di Blora, anaknya di Pati`), where that is wanted."""
    frame = read_frame(said.text, said.today)
    whose = {Who.MOTHER: "ibu_tempat_lahir", Who.FATHER: "ayah_tempat_lahir"}
    stated = {
        whose[item.who]: str(item.value)
        for item in frame.items
        if item.field == "tempat_kelahiran" and item.sense is Sense.SAID and item.who in whose and item.value
    }
    wanted = births_wanted(draft)
    return {name: place for name, place in stated.items() if name in wanted and _PARENT_BORN.search(frame.line)}


_PARENT_BORN = re.compile(
    rf" (?:{either('mother', 'father')}|bojo|semah)\w*(?: (?:{either('self')}|e|ne))?"
    rf" (?:(?:asli|{either('that')}) )?{either('born')}\w* "
)

"""Where a parent is only spoken of (`nderek bapake ten Pati, lair ngriku`), the place is the child's."""


OTHERS = "anak_lain"

"""In facts of one of twins: those of the others, by their position."""


def read_one_fact(field: BirthField) -> Callable[[Said, Draft, int], Reading[dict[str, Any]]]:
    """A reader of one fact, with what else was said beside it; a place that no list has is a Problem until it is said again."""

    def read(said: Said, draft: Draft, child: int) -> Reading[dict[str, Any]]:
        if said.choice:
            return {field.name: _chosen(said.choice)}
        if len(draft.children) > 1 and (several := _of_several(field.name, said, draft, child)):
            return several
        found = read_asked(field.name, said.text, said.today, _names(draft)) | (
            parents_places(said, draft) if field.name == "tempat_kelahiran" else {}
        )
        if field.name not in found and field.name == "tempat_kelahiran":
            place = _place_again(said, draft)
            if isinstance(place, Problem):
                return place
            found |= {} if place is None else {field.name: place}
        bare = not found and len(words(said.text)) <= FEW and not _spoken(field.name, said)
        if bare and said.choices and (picked := read_choice(said.text, said.choices)) is not None:
            return {field.name: _chosen(picked)}
        return found or NOTHING

    return read


def _of_several(field: str, said: Said, draft: Draft, asked: int) -> dict[str, Any]:
    """Of twins: the facts that are told, and bare answers to this question behind a name or for all."""
    stated = facts_of_children(said, draft, asked)
    bare = bare_answers(field, said.text, said.today, _names(draft)) if field not in stated else {}
    fresh = {at: value for at, value in bare.items() if field not in draft.children[at].fields}
    others = {at: {**stated.get(OTHERS, {}).get(at, {}), field: value} for at, value in fresh.items() if at != asked}
    own = {field: fresh[asked]} if asked in fresh else {}
    return {**stated, **own, **({OTHERS: {**stated.get(OTHERS, {}), **others}} if others else {})}


def _spoken(field: str, said: Said) -> bool:
    """Whether the message speaks of the field without a value that is certain."""
    return any(item.field == field for item in read_frame(said.text, said.today).items)


def _place_again(said: Said, draft: Draft) -> str | Problem | None:
    """A place that has to be asked back: `semarang` (kota or kabupaten?), or one that no list has, taken when it is said again."""
    before = draft.asked_back.get("tempat_kelahiran")
    if before is not None and (found := read_birthplace(f"{said.text} {before}")) is not None:
        return found
    near = near_regency(said.text)
    if near is not None:
        return near
    both = open_place(said.text)
    if both is not None:
        return Problem("tempat_kota_atau_kabupaten", {"tempat": both.title(), "tempat_kelahiran": both})
    other = unknown_place(said.text)
    if other is None or other == before:
        return other
    return Problem("tempat_tidak_dikenal", {"tempat": other.title(), "tempat_kelahiran": other})


def _names(draft: Draft) -> list[str]:
    return [child.nama or "" for child in draft.children] if len(draft.children) > 1 else []


def _chosen(choice: str) -> str | int:
    return int(choice) if choice.isdigit() else choice


def store_birth_facts(draft: Draft, child: int, value: dict[str, Any]) -> None:
    """Keeps the facts as said in the chat; what twins share goes to the next child, what is a parent's to the parents."""
    for other, facts in value.get(OTHERS, {}).items():
        note_facts(draft, other, facts, "chat")
    births = {name: fact for name, fact in value.items() if name not in _CHILDS and name != OTHERS}
    store_births(draft, child, births)
    facts = {name: fact for name, fact in value.items() if name in _CHILDS}
    mine = draft.children[child]
    for name, fact in facts.items():
        if name in mine.fields and fact != UNKNOWN:  # said anew beside the answer: it is said back, or asked about beside the letter's
            mine.fields[name], mine.sources[name] = fact, "chat"
    note_facts(draft, child, facts, "chat")
