"""Reads a proof of marriage: a page of the buku nikah, a kutipan akta nikah of a KUA, a kutipan akta perkawinan of the registry."""

import re
from collections.abc import Mapping, Sequence

from documents.fields.collector import SURE, FieldCollector, first
from documents.fields.labels import labels_of
from documents.fields.model import Value
from documents.fields.pairs import Pair, pairs
from documents.fields.prose import Passage, page_passage, passages
from documents.fields.sections import Sections, heads, owner, says
from documents.fields.values import dates_in, person
from documents.ocr.lines import Line
from documents.wording import either

NEEDED = ("suami", "istri", "tanggal_nikah", "nomor")

LABELS = labels_of("surat_nikah")

SECTIONS: Sections = (
    (None, says(rf"^\W*(?:[ivx\d]+\W+)?{either('witnesses')}\b")),
    ("suami", heads("suami")),
    ("suami", says(r"seorang\s*(?:laki\s*-?\s*laki|pria)")),
    ("istri", heads("ist?e?ri")),
    ("istri", says(r"seorang\s*(?:perempuan|wanita)")),
)


def read(lines: Sequence[Line], collector: FieldCollector) -> dict[str, list[Pair]]:
    """Fills the collector; gives back the pairs that were found."""
    found = pairs(lines, LABELS)
    texts = passages(lines)
    _number(lines, found, collector)
    _day(found, texts, collector)
    for key in ("suami", "istri"):
        collector.take(key, next((pair for pair in found.get(key, ()) if person(pair.text) and len(pair.text) > 3), None), person)
    for pair in found.get("nama", ()):
        spouse = _spouse(pair, found, lines)
        if spouse and spouse not in collector.seen:
            collector.take(spouse, pair, person)
    for passage in (*texts, page_passage(lines)):
        _couple(passage, collector)
    _of_that_month(collector)
    return found


_NUMBER = re.compile(r"\d{1,5}\s*/\s*\d{1,5}\s*/\s*[IVXLl\d]{1,5}\s*/\s*(?:19|20)\d{2}|\d{4}-?K[A-Z]-?\d{8}-?\d{3,6}|AK\.?\s*[\d.]{6,}")
_REGISTRY = re.compile(r"\d{4}(?:\s*-)?\s*K[A-Z](?:\s*-)?\s*\d{8}(?:\s*-)?\s*\d{3,6}")
_FIGURES = re.compile(r"(?i)nomor[^\d]{0,6}(\d{13,20})$")


def _number(lines: Sequence[Line], found: Mapping[str, list[Pair]], collector: FieldCollector) -> None:
    """The record's number, recognised by its shape: `0028/11/V/2024` of a KUA, `3316-KW-02052024-0001` of the registry, bare figures."""
    for pattern in (_REGISTRY, _NUMBER, _FIGURES):
        for line in lines:
            match = pattern.search(line.text.replace(" ", ""))
            if match and "nomor" not in collector.seen:
                collector.seen["nomor"] = line.quad
                if line.confidence >= SURE - 0.04:
                    collector.values["nomor"] = Value(_roman(match[match.lastindex or 0]), round(line.confidence, 3), line.quad)
    if "nomor" not in collector.seen and (pair := first(found, "nomor")):
        collector.seen["nomor"] = pair.quad


def _roman(number: str) -> str:
    """A KUA's number with the month's Roman figures as such: a reader takes `XI` for `X1`."""
    parts = number.split("/")
    if len(parts) == 4 and re.search("[IVX]", parts[2]):
        parts[2] = parts[2].replace("1", "I").replace("l", "I")
    return "/".join(parts)


_HELD = re.compile(rf"(?i){either('day_held')}[^.]{{0,160}}$")
_OTHER_DAY = re.compile(rf"(?i){either('other_days')}[^.;:]{{0,40}}$")
_WRITTEN_DAY = re.compile(r"(?i)\bhari\b.{0,30}?(?:tanggal|tgl)\W*(.{2,20})")
"""Where the day stands, also when it is handwriting that could not be read as a date."""
_ANY_DAY = re.compile(rf"(?i){either('before_a_day')}\W*(\w+\W+)?$")


def _day(found: Mapping[str, list[Pair]], texts: list[Passage], collector: FieldCollector) -> None:
    """The wedding day: after its label; else the date of a sentence that says when it was held, or any that is nobody's birth."""
    for pair in found.get("tanggal_nikah", ()):
        if dates_in(pair.text):
            return collector.take("tanggal_nikah", pair, _date)
    for pattern in (_HELD, _ANY_DAY):
        for passage in texts:
            for one in passage.dates():
                before = passage.text[: one.start]
                if pattern.search(before) and not _OTHER_DAY.search(before):
                    return collector.take("tanggal_nikah", passage.excerpt(one.start, one.end), _date)
    collector.take("tanggal_nikah", first(found, "tanggal_nikah"), _date)
    for passage in texts:
        if (match := _WRITTEN_DAY.search(passage.text)) and match[1].strip():
            collector.take("tanggal_nikah", passage.excerpt(*match.span(1)), _date)
    return None


def _date(text: str) -> str | None:
    days = dates_in(text)
    return days[0].isoformat() if days else None


_EITHER = re.compile(r"(?i)bin\s?/\s?binti")
"""A form's label for both; which of them is meant the heading says."""


def _spouse(pair: Pair, found: Mapping[str, list[Pair]], lines: Sequence[Line]) -> str | None:
    """Whose a bare `Nama` is: the row under it says bin or binti, or the heading above it husband or wife."""
    column = 12 * pair.label.height
    for key, spouse in (("bin", "suami"), ("binti", "istri")):
        for other in found.get(key, ()):
            fall = other.label.middle - pair.label.middle
            near = abs(other.label.left - pair.label.left) < column and 0 < fall < 3.5 * pair.label.height
            if near and not _EITHER.match(other.label.text):
                return spouse
    return owner(pair.label, lines, SECTIONS)[1]


_BETWEEN = re.compile(rf"(?i){either('marriage')}\s*antara\s*:?\s*")
_AND = re.compile(r"(?i)\W*(?:dan|dengan)\W*")
_ALONE = re.compile(r"(?i)\W*(?:dan|dengan)\W*$")


def _couple(passage: Passage, collector: FieldCollector) -> None:
    """`… perkawinan antara A dan B`; on the registry's form B may stand below, after a line that says only `dengan`."""
    for match in _BETWEEN.finditer(passage.text):
        man = passage.name_after(match.end())
        if man is None:
            continue
        if "suami" not in collector.seen:
            collector.take("suami", passage.excerpt(*man), person)
        joint = _AND.match(passage.text, man[1])
        after = (
            joint.end()
            if joint
            else next((start + len(line.text) for start, line in passage.spans() if start > man[1] and _ALONE.match(line.text)), None)
        )
        wife = passage.name_after(after) if after else None
        if wife and "istri" not in collector.seen:
            collector.take("istri", passage.excerpt(*wife), person)


MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _of_that_month(collector: FieldCollector) -> None:
    """Takes a KUA's number back if its month is not the wedding's: `III` is easily read as `II` or `11`."""
    number, day = collector.values.get("nomor"), collector.values.get("tanggal_nikah")
    parts = number.value.split("/") if number else []
    if day and len(parts) == 4 and _month(parts[2]) != int(day.value[5:7]):
        del collector.values["nomor"]


def _month(text: str) -> int | None:
    return MONTHS.index(text) + 1 if text in MONTHS else int(text) if text.isdigit() else None
