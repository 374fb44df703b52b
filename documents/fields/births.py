"""Reads a birth letter of any layout: its labels, then its sentences, then bare names under the person whom the text above speaks of."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from documents.fields import birth_facts
from documents.fields.collector import FieldCollector, first
from documents.fields.labels import labels_of
from documents.fields.pairs import Pair, pairs
from documents.fields.prose import Passage, passages
from documents.fields.sections import Sections, heads, owner, says
from documents.fields.values import SEX, dates_in, is_label, one_of, person
from documents.ocr.lines import Line
from documents.wording import either
from standard.numbers import read_nik

NEEDED = ("nama_ibu", "tanggal_lahir")

LABELS = labels_of("surat_kelahiran")

SECTIONS: Sections = (
    ("whoever", says(r"menerangkan.{0,30}bahwa\s*[:,;]?$")),
    (None, says(rf"bertanda\s*tangan\s*di(?!.{{0,300}}(bahwa|lahir))|^\W*(data\s*)?{either('others')}\b|kepala\s*keluarga")),
    ("nama_ayah", says(r"ist?e?ri\s*(dari|sah)|seorang\s*(ayah|bapak)")),
    ("nama_ayah", heads(either("fathers"))),
    ("nama_ibu", says(rf"seorang\s*ibu|\b{either('before_a_mother')}\s*ibu(?:\s*[:;.])?\s*$|istri(?:\s*:)?\s*$")),
    ("nama_ibu", heads("ibu")),
    ("nama_anak", says(r"lahir\s*seorang|seorang\s*(bayi|anak)|keterangan\s*sebagai\s*berikut|bayi\s*:\s*$|melahirkan")),
    ("nama_anak", heads(r"(bayi|anak)(\s*/\s*(bayi|anak))?")),
)
"""Of whom a letter speaks. `whoever`: nobody was named; what follows is the mother's."""

PARENTS = ("nama_ibu", "nama_ayah")


def read(lines: Sequence[Line], collector: FieldCollector) -> dict[str, list[Pair]]:
    """Fills the collector; gives back the pairs that were found."""
    found = pairs(lines, LABELS, stacked=True)
    texts = passages(lines)
    _sentences(texts, collector)
    _day(found, lines, texts, collector)
    _baby(texts, collector)
    for pair in found.get("jenis_kelamin", ()):
        collector.take("jenis_kelamin", pair, _sex, SURE_OF_A_WORD)
    for key, value_of in (("nama_ibu", person), ("nama_ayah", person), ("nama_anak", _childs_name)):
        collector.take(key, first(found, key), value_of)
    for pair in found.get("nama", ()):
        whose = _whose(pair, lines)
        if whose and whose not in collector.seen:
            collector.take(whose, pair, _childs_name if whose == "nama_anak" else person)
    birth_facts.read(found, texts, lines, SECTIONS, collector)
    return found


SURE_OF_A_WORD = 0.7
"""Mean chance that is enough where a value is one of a short list and cannot be another one by a misread letter."""


def _day(found: dict[str, list[Pair]], lines: Sequence[Line], texts: list[Passage], collector: FieldCollector) -> None:
    """The birth date: after its label, unless that is a parent's; else the date that a sentence gives for the birth."""
    labelled = [pair for pair in found.get("tanggal_lahir", ()) if not _a_parents(pair, lines)]
    for pair in _youngest_first(labelled):
        if dates_in(pair.text):
            return collector.take("tanggal_lahir", pair, _date)
    for passage in texts:
        for one in passage.dates():
            if _OF_THE_BIRTH.search(passage.text[: one.start]):
                return collector.take("tanggal_lahir", passage.excerpt(one.start, one.end), _date)
    collector.take("tanggal_lahir", next((pair for pair in labelled if pair.text), None), _date)
    return None


def _youngest_first(labelled: list[Pair]) -> list[Pair]:
    """Pairs whose labels speak of a birth by date, the last before the others: the child is younger than whoever else is on the page."""
    births = [pair for pair in labelled if _BORN_ON.search(pair.label.text) and _date(pair.text)]
    return [*sorted(births, key=lambda pair: _date(pair.text) or "", reverse=True), *labelled] if len(births) > 1 else labelled


_OF_THE_BIRTH = re.compile(rf"(?i){either('day_of_birth')}[^.]{{0,60}}$")
_BORN_ON = re.compile(r"(?i)lahir")


def _a_parents(pair: Pair, lines: Sequence[Line]) -> bool:
    return bool(_BORN_ON.search(pair.label.text)) and owner(pair.label, lines, SECTIONS)[1] in PARENTS


def _date(text: str) -> str | None:
    days = dates_in(text)
    return days[0].isoformat() if len(days) == 1 else None


def _sex(text: str) -> str | None:
    """One sex: where both are printed one was struck out, which the reader can't see."""
    both = re.search(r"(?i)la[kx]i", text) and re.search(r"(?i)peremp", text)
    return None if both else one_of(re.sub(r"^\W*\d\W+", "", text).strip(" *).:"), SEX)


def _childs_name(text: str) -> str | None:
    """A name, unless it only says whose baby it is (`By. Ny. …`) or that there is none yet."""
    return None if re.match(r"(?i)\W*(by|bayi)\b|\W*belum\b", text) else person(text)


_OF_A_CHILD = re.compile(r"(?i)\W*(\d+\W+)?(jenis\s*kelamin|anak\s*ke|kelahiran\s*ke|berat)")
_NUMBERED = re.compile(r"(?i)\W*(\d+\W+)?(nik|no\.? ?ktp)\b")
"""A newborn has no number yet."""
_OF_A_GROWN_UP = re.compile(rf"(?i)^\W*(\d+\W+)?{either('of_grown_ups')}|/\s*umur")


def _whose(pair: Pair, lines: Sequence[Line]) -> str | None:
    """Whose a bare `Nama` is: the child's if a birth's figures follow; of the one named above it; else a grown-up's if an age follows.

    Which parent a grown-up is, where no heading was read, the number beside the name says: a woman's has 40 added to its day.
    """
    headed, who = owner(pair.label, lines, SECTIONS)
    following = [line for line in lines if 0 < line.middle - pair.label.middle < 3 * pair.label.height]
    beside = [line for line in lines if 0 < abs(line.middle - pair.label.middle) < 2.2 * pair.label.height]
    if any(_OF_A_CHILD.match(line.text) for line in following) and not any(_NUMBERED.match(line.text) for line in beside):
        return "nama_anak"
    if who == "whoever":
        return "nama_ibu"
    if who in (*PARENTS, None) and headed:
        return who
    if not any(_OF_A_GROWN_UP.search(line.text) for line in following):
        return "nama_anak"
    numbers = [nik for line in beside if (nik := read_nik(line.text))]
    return "nama_ayah" if numbers and not numbers[0].female else "nama_ibu"


_BABY = re.compile(rf"(?i){either('newborns')}\s*(?:(?:bayi|anak)\s*)?({either('sexes')})")


def _baby(texts: list[Passage], collector: FieldCollector) -> None:
    """`Telah lahir seorang bayi perempuan`."""
    for passage in texts:
        match = _BABY.search(passage.text)
        if match and not re.search(r"(?i)laki.{0,8}/.{0,4}perem", passage.text):
            return collector.take("jenis_kelamin", passage.excerpt(*match.span(1)), _sex)
    return None


class _Cue(NamedTuple):
    """Words in a sentence after which a name stands; `who` None: that of the person named last before them."""

    who: str | None
    words: re.Pattern[str]


_BEFORE_A_PARENT = rf"(?i)\b{either('before_a_parent')}\s*(?:seorang\s*)?"
_CUES = (
    _Cue("nama_anak", re.compile(r"(?i)di\s?beri\s*nama")),
    _Cue("nama_anak", re.compile(r"(?i)\bbaby\s*(?:girl|boy)\s*named\b")),
    _Cue(None, re.compile(r"(?i)ber\s?nama\b")),
    _Cue("nama_ayah", re.compile(r"(?i)\bist?e?ri\s*(?:sah\s*)?dari\b")),
    _Cue("nama_ayah", re.compile(_BEFORE_A_PARENT + r"(?:ayah|bapak)\b(?:\s*kandung)?")),
    _Cue("nama_ibu", re.compile(r"(?i)\bsuami\s*dari\b")),
    _Cue("nama_ibu", re.compile(_BEFORE_A_PARENT + r"ibu\b(?:\s*kandung)?")),
    _Cue("nama_ayah", re.compile(rf"\b{either('men')}\b")),
    _Cue("nama_ibu", re.compile(rf"\b{either('women')}\b")),
)
_PERSONS = re.compile(
    rf"(?i)(?P<nama_ayah>ist?e?ri\s*(?:sah\s*)?dari|{either('fathers')})|(?P<nama_ibu>\bibu\b|ist?e?ri)|(?P<nama_anak>bayi|anak|put(?:e?ra|e?ri))"
    rf"|(?P<nobody>{either('nobody')})"
)
_OF_BOTH = re.compile(r"(?i)(?:pasangan(?:\s*suami\s*ist?e?ri)?|(?:anak|put(?:e?ra|e?ri)|bayi)\b[^.]{0,30}\bdari)(?:\s*:)?\s*(?=[A-Z])")
_AND = re.compile(r"(?i)\W*(?:dan|dengan)\b")


def _sentences(texts: list[Passage], collector: FieldCollector) -> None:
    """The names that sentences tell: `diberi nama …`, `dari seorang ibu bernama …`, `istri dari …`, `Tn. … dan Ny. …`."""
    for passage in texts:
        for cue in _CUES:
            for match in cue.words.finditer(passage.text):
                who = cue.who or _named_last(passage.text[: match.start()])
                place = passage.name_after(match.end())
                if who and place and not is_label(passage.text[slice(*place)]):
                    collector.take(who, passage.excerpt(*place), _childs_name if who == "nama_anak" else person)
        _both(passage, collector)


def _named_last(before: str) -> str | None:
    last = None
    for match in _PERSONS.finditer(before[-90:]):
        last = match.lastgroup
    return last if last != "nobody" else None


def _both(passage: Passage, collector: FieldCollector) -> None:
    """`Anak dari A dan B`: the father first, as on every form."""
    for match in _OF_BOTH.finditer(passage.text):
        one = passage.name_after(match.end())
        between = _AND.match(passage.text, one[1]) if one else None
        other = passage.name_after(between.end()) if between else None
        if one and other:
            for who, place in (("nama_ayah", one), ("nama_ibu", other)):
                if who not in collector.seen:
                    collector.take(who, passage.excerpt(*place), person)
