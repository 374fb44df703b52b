"""Reads documents that have no one layout: birth letters, proofs of marriage, the two SPTJM, by their labels and sentences."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from documents.fields import birth_facts, births, marriages
from documents.fields.collector import FieldCollector, first
from documents.fields.labels import labels_of
from documents.fields.layout import is_blank
from documents.fields.model import Fields, Value
from documents.fields.pairs import Pair, pairs
from documents.fields.sections import Sections, owner, says
from documents.fields.signing import unsigned
from documents.fields.values import person
from documents.files.types import Pixels
from documents.ocr.engine import Quad, Reading
from documents.ocr.lines import Line, along
from documents.ocr.spacing import most_spaced
from documents.ocr.words import skeleton
from documents.quality.alterations import inked, painted, struck
from standard.kinds import Kind
from standard.numbers import read_nik

HARD_WEAKEST, HARD_MEAN = 0.77, 0.95
"""Means over a page's values (of their weakest and of all their letters) below which the page counts as hard to read."""
SURE_OF_HARD = 0.987
CLEAR = 0.9
"""Smallest chance of a value's letters that print usually has; on a page with a lower one the names are read again."""
NAMES = frozenset({"nama_ibu", "nama_ayah", "nama_anak", "suami", "istri", "nama"})

PREPRINTED = frozenset({"tempat_dilahirkan", "penolong"})
"""What an empty form may say of itself: whose house it is, who signs."""

SIGNED = frozenset({Kind.SPTJM_KELAHIRAN, Kind.SPTJM_PASUTRI})
STATEMENT = labels_of("sptjm")

NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.SURAT_KELAHIRAN: births.NEEDED,
    Kind.SURAT_NIKAH: marriages.NEEDED,
    Kind.SPTJM_KELAHIRAN: ("nama", "nik"),
    Kind.SPTJM_PASUTRI: ("nama", "nik"),
}


Again = Callable[[Quad], Sequence[Reading]]
"""Reads a place once more, from differently cut pictures."""


def read(kind: Kind, lines: Sequence[Line], again: Again | None = None, pixels: Pixels | None = None) -> Fields:
    """The fields of a letter of known kind. `missing` are needed fields that were not even seen: handwriting is seen, though not read.

    `pixels`, the levelled picture: then what was struck out or written over on a printed page is a doubt, and no value.
    """
    collector = FieldCollector()
    found = _READERS[kind](lines, collector)
    values = collector.values
    written = [pair for group in found.values() for pair in group if sum(map(str.isalpha, pair.text)) >= 4]
    shaky: set[str] = set()
    if again and any(pair.weakest < CLEAR for pair in written):
        readings = {key: again(value.quad) for key, value in values.items() if key in NAMES and value.quad is not None}
        shaky = {key for key, other in readings.items() if _varies(values[key].value, other)}
        values |= {key: replace(values[key], value=most_spaced(values[key].value, other)) for key, other in readings.items()}
    if again and (number := values.get("nomor")) and number.quad is not None and _misreads(number.value, again(number.quad)):
        values = {key: value for key, value in values.items() if key != "nomor"}
        facts = {key: value for key, value in values.items() if key in birth_facts.VALUES and value.quad is not None}
        shaky |= {key for key, value in facts.items() if _differs(value, birth_facts.VALUES[key], again)}
    if shaky or hard_to_read(written):
        values = {key: value for key, value in values.items() if value.confidence >= SURE_OF_HARD and key not in shaky}
    altered, unreadable = _altered(pixels, found, collector.seen) if pixels is not None and not hard_to_read(written) else ((), ())
    values = {key: value for key, value in values.items() if key not in (*altered, *unreadable)}
    missing = tuple(key for key in NEEDED[kind] if key not in collector.seen)
    places = unsigned(lines, pixels) if pixels is not None and kind in SIGNED else ()
    return Fields(
        values,
        collector.seen,
        missing,
        unreadable,
        altered=altered,
        unsigned=places,
        blank=not values.keys() - PREPRINTED and is_blank(found),
    )


ALTERED = NAMES | {"tanggal_lahir", "tanggal_nikah", "nomor"}
"""What nobody strikes out to choose: of the words of a list the form itself asks to strike out some."""
PLACE, FARTHEST = 10.0, 14.0
"""Heights of a label: over how many the place of an unread value is looked at, and how far from its label that may be."""


def _altered(pixels: Pixels, found: Mapping[str, list[Pair]], seen: Mapping[str, Quad]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields struck out or painted over, and those with ink where values begin and nothing that can be read."""
    unreadable: list[str] = []
    altered = [key for key, quad in seen.items() if key in ALTERED and (struck(pixels, quad) or painted(pixels, quad))]
    begins = [
        float(pair.quad[[0, 3], 0].mean()) for group in found.values() for pair in group if pair.text and pair.quad is not pair.label.quad
    ]
    column = float(np.median(begins)) if len(begins) >= LEAST_VALUES else 0.0
    for key in sorted(ALTERED & found.keys()):
        for pair in found[key]:
            start = (column - pair.label.right) / pair.label.height
            place = along(pair.label.quad, start, start + PLACE)
            unread = not pair.text and key not in seen and key != "nama"
            near = 0 < start < FARTHEST
            if (pair.text and struck(pixels, pair.quad)) or (near and struck(pixels, place)):
                altered.append(key)
            elif near and unread and inked(pixels, place):
                unreadable.append(key)
    return tuple(dict.fromkeys(altered)), tuple(dict.fromkeys(unreadable))


LEAST_VALUES = 4
"""Values that show where values begin."""


def _varies(read_first: str, readings: Sequence[Reading]) -> bool:
    """Whether a name reads otherwise when it is cut out otherwise, as handwriting does: certain once, and another word the next time.

    Spaces don't count. Of a name on two rows only the longer part is read again.
    """
    first = _letters(read_first)
    return any(first not in (other := _letters(reading.text)) and not (other and other in first) for reading in readings)


def _differs(value: Value, value_of: Callable[[str], Any], again: Again) -> bool:
    """Whether a fact's place says something else when it is cut out otherwise."""
    return value.quad is not None and any(value_of(reading.text) not in (value.value, None) for reading in again(value.quad))


def _misreads(number: str, readings: Sequence[Reading]) -> bool:
    """Whether a number is not in every reading of its line."""
    return any(skeleton(number) not in skeleton(reading.text) for reading in readings)


def _letters(text: str) -> str:
    """Its letters in capitals, all else left out."""
    return re.sub(r"[^A-Z]", "", text.upper())


def hard_to_read(written: Sequence[Pair]) -> bool:
    """Whether a page's values are handwriting, or print that is as hard: then the reader makes words up that look sure."""
    if not written:
        return False
    weakest = sum(pair.weakest for pair in written) / len(written)
    mean = sum(pair.confidence for pair in written) / len(written)
    return weakest < HARD_WEAKEST and mean < HARD_MEAN


DECLARER: Sections = (
    ("nama", says(r"bertanda\s*tangan\s*di")),
    (None, says(r"menyatakan|adalah\s*(suami|ist?e?ri)|^\W*saksi\b")),
)


def _statement(lines: Sequence[Line], collector: FieldCollector) -> dict[str, list[Pair]]:
    """The one who declares: the first name and number on the page, unless a sentence before them speaks of somebody else."""
    found = pairs(lines, STATEMENT)
    for key, value_of in (("nama", person), ("nik", _possible_nik)):
        pair = first(found, key)
        if pair and owner(pair.label, lines, DECLARER) != (True, None):
            collector.take(key, pair, value_of)
    return found


def _possible_nik(text: str) -> str | None:
    nik = read_nik(text)
    return nik.digits if nik else None


_READERS: Mapping[Kind, Callable[[Sequence[Line], FieldCollector], dict[str, list[Pair]]]] = {
    Kind.SURAT_KELAHIRAN: births.read,
    Kind.SURAT_NIKAH: marriages.read,
    Kind.SPTJM_KELAHIRAN: _statement,
    Kind.SPTJM_PASUTRI: _statement,
}
