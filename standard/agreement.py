"""Lays beside each other what was declared and what every paper says of the same thing, field by field, twins by child. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from standard import f201, facts
from standard.crosscheck import same_name, sex_of
from standard.f201 import FieldType

CHILD = "anak"
LETTERS = ("surat_kelahiran", "sptjm_kelahiran")
"""Papers of which each child of twins may have its own."""


@dataclass(frozen=True)
class Paper:
    """A document of the bundle and what the document check read on it."""

    item: str
    submission: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """What one paper says. `box` is the name under which the check gives the part of the picture; `agrees`: the same as declared."""

    item: str
    submission: str
    box: str
    value: str
    agrees: bool


@dataclass(frozen=True)
class Row:
    """One thing: `key` is `ibu_nama` or, of the second child, `anak.1.nama`; `declared` None where the bundle says nothing."""

    key: str
    label: str
    child: int | None
    type: FieldType
    declared: str | None
    readings: tuple[Reading, ...]
    papers: frozenset[str]
    """Items on which it stands, read or not."""

    @property
    def differs(self) -> bool:
        """Whether a paper says something else than was declared, or two papers differ where nothing was."""
        said = {normal(reading.value, self.type) for reading in self.readings}
        return any(not reading.agrees for reading in self.readings) if self.declared is not None else len(said) > 1


@dataclass(frozen=True)
class _Place:
    item: str
    field: str
    when: str | None
    member: str | None


def rows(bundle: Mapping[str, Any], papers: Iterable[Paper]) -> list[Row]:
    """Every field that stands on one of these papers, children first, in the order of `same_fields.yml`."""
    held = list(papers)
    children: Sequence[Mapping[str, Any]] = bundle.get(CHILD) or [{}]
    whose = _letters_of(children, [paper for paper in held if paper.item in LETTERS])
    reporter = str((bundle.get("conditions") or {}).get("pelapor") or "")
    found = []
    for place, child in enumerate(children):
        own = [paper for paper in held if paper.item not in LETTERS or whose.get(paper.submission) == place]
        for name, places in _places()["child"].items():
            found.append(_row(f"{CHILD}.{place}.{name}", name, place, child.get(name), places, own, reporter, bundle))
    for name, places in _places()["bundle"].items():
        answer = (bundle.get("answers") or {}).get(name) or {}
        found.append(_row(name, name, None, answer.get("value"), places, held, reporter, bundle))
    return [row for row in found if row.readings or (row.declared is not None and row.papers & {paper.item for paper in held})]


def normal(value: object, type: FieldType) -> str:
    """A value as it is compared: the letters of a name, the figures of a number, a moment without its separators."""
    text = str(value).upper().strip()
    match type:
        case FieldType.NIK | FieldType.NO_KK | FieldType.TIME:
            return re.sub(r"\D", "", text)
        case FieldType.INTEGER | FieldType.DECIMAL:
            number = re.search(r"\d+(?:[.,]\d+)?", text)
            return f"{float(number[0].replace(',', '.')):g}" if number else text
        case FieldType.CHOICE:
            return sex_of(text) or text
        case FieldType.DATE:
            return text[:10]
    return re.sub(r"[^A-Z0-9]", "", text)


def _row(
    key: str,
    name: str,
    child: int | None,
    declared: Any,
    places: list[_Place],
    papers: list[Paper],
    reporter: str,
    bundle: Mapping[str, Any],
) -> Row:
    field = f201.form().field(name)
    said = None if declared in (None, "", "tidak_tahu") else str(declared)
    fitting = [place for place in places if place.when in (None, reporter)]
    readings = tuple(
        Reading(paper.item, paper.submission, box, str(value), said is not None and normal(value, field.type) == normal(said, field.type))
        for place in fitting
        for paper in papers
        if paper.item == place.item
        for box, value in _values(place, paper, bundle)
    )
    return Row(key, field.label, child, field.type, said, readings, frozenset(place.item for place in fitting))


def _values(place: _Place, paper: Paper, bundle: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if place.member is None:
        value = paper.fields.get(place.field)
        if isinstance(value, str | int | float) and value != "":
            yield place.field, value
        return
    members = [entry for entry in paper.fields.get("anggota") or [] if isinstance(entry, dict)]
    answers = bundle.get("answers") or {}
    nik, name = (str((answers.get(f"{place.member}_{part}") or {}).get("value") or "") for part in ("nik", "nama"))
    by_nik = [at for at, member in enumerate(members) if nik and member.get("nik") == nik]
    by_name = [at for at, member in enumerate(members) if name and member.get("nama") and same_name(name, str(member["nama"]))]
    for at in (by_nik or by_name)[:1]:
        if members[at].get(place.field):
            yield f"anggota.{at}", members[at][place.field]


def _letters_of(children: Sequence[Mapping[str, Any]], letters: list[Paper]) -> dict[str, int]:
    """Whose letter each is, by submission: the pairs that are most alike first, of each kind of letter one for a child."""
    alike = sorted(
        (
            (_likeness(child, letter.fields), -at, -place, letter)
            for at, letter in enumerate(letters)
            for place, child in enumerate(children)
        ),
        key=lambda found: found[:3],
        reverse=True,
    )
    whose: dict[str, int] = {}
    taken: set[tuple[str, int]] = set()
    for _, _, place, letter in alike:
        if letter.submission not in whose and (letter.item, -place) not in taken:
            whose[letter.submission] = -place
            taken.add((letter.item, -place))
    return whose


def _likeness(child: Mapping[str, Any], fields: Mapping[str, Any]) -> int:
    named, read = str(child.get("nama") or ""), str(fields.get("nama_anak") or "")
    same_sex = sex_of(child.get("jenis_kelamin")) is not None and sex_of(child.get("jenis_kelamin")) == sex_of(fields.get("jenis_kelamin"))
    others = sum(bool(child.get(name)) and str(child.get(name)) == str(fields.get(name)) for name in ("tanggal_lahir", "pukul", "berat"))
    return 4 * bool(named and read and same_name(named, read)) + 2 * same_sex + others


@cache
def _places() -> dict[str, dict[str, list[_Place]]]:
    return {
        scope: {
            name: [_Place(row["item"], row["field"], row.get("when"), row.get("member")) for row in places]
            for name, places in table.items()
        }
        for scope, table in facts.load("same_fields").items()
    }
