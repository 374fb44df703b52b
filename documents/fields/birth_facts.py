"""Reads from a birth letter the facts that F-2.01 asks of a birth: the hour, where, who helped, which child, weight, length.

Keys and values are those of the form (`data/standard/f201.yml`): `pukul` "HH:MM", `berat` grams, `panjang` centimetres, `kelahiran_ke` a
whole number, `tempat_dilahirkan` and `penolong` one of the form's choices, `tempat_kelahiran` capitals as printed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from documents.fields.collector import FieldCollector
from documents.fields.pairs import Pair
from documents.fields.prose import Passage
from documents.fields.sections import Sections, owner
from documents.fields.values import dated, words
from documents.ocr.lines import Line
from documents.thresholds import DATA
from documents.wording import either

with (DATA / "birth_facts.yml").open(encoding="utf-8") as _file:
    _TABLE: dict[str, Any] = yaml.safe_load(_file)
_CHOICES = {
    field: {name: re.compile(rf"(?i)\b(?:{words})") for name, words in _TABLE[field].items()} for field in ("penolong", "tempat_dilahirkan")
}
_ORDERS = [re.compile(rf"\b(?:{'|'.join(ways)})\b") for ways in _TABLE["orders"]]
_FIRST_TO_TENTH = "|".join(ways[0] for ways in _TABLE["orders"])
WEIGHTS, LENGTHS, ORDERS = (300, 8000), (20.0, 70.0), (1, 20)
"""Grams, centimetres and births beyond which a reading is no newborn's."""


def read(
    found: Mapping[str, list[Pair]], texts: Sequence[Passage], lines: Sequence[Line], sections: Sections, of_the_birth: FieldCollector
) -> None:
    """Fills the collector: what stands after a label first, then what sentences tell; the place also from a hospital's letterhead."""
    for key, value_of in VALUES.items():
        for pair in (pair for label in _LABELS.get(key, (key,)) for pair in found.get(label, ())):
            if key not in OF_A_PLACE or owner(pair.label, lines, sections)[1] not in ("nama_ibu", "nama_ayah"):
                of_the_birth.take(key, pair if value_of(pair.text) is not None else None, value_of)
    for passage in texts:
        for key, pattern in _SENTENCES.items():
            if match := pattern.search(passage.text):
                of_the_birth.take(key, passage.excerpt(*match.span(1)), VALUES[key])
    _by_letterhead(lines, of_the_birth)


def hour(text: str) -> str | None:
    """`04.25 WIB`, `2.30 siang`, `04:25 AM`: the hour of the day; None where a clock of twelve leaves it open, or two are written."""
    rest = text
    for one in reversed(dated(text)):
        rest = rest[: one.start] + " " + rest[one.end :]
    hours = list(_CLOCK.finditer(rest))
    if len(hours) != 1:
        return None
    at, minutes, part = int(hours[0][1]), int(hours[0][2]), _PART.search(rest)
    at = _of_the_day(at, part[0].strip().lower()) if part and at <= 12 else at
    return f"{at:02d}:{minutes:02d}" if at < 24 and minutes < 60 else None


def _of_the_day(at: int, part: str) -> int:
    """The hour of twenty-four that an hour of twelve is in a part of the day."""
    if part in ("pm", "sore", "petang"):
        return at % 12 + 12
    if part == "siang":
        return at if at >= 10 else at + 12
    if part == "malam":
        return at % 12 if at == 12 or at < 6 else at + 12
    return at % 12 if part == "am" else at


def grams(text: str) -> int | None:
    """`3.150 gram`, `3,15 kg`, `3150`."""
    match = _KILOS.search(text)
    weight = round(float(match[1].replace(",", ".")) * 1000) if match else None
    if weight is None and (match := _GRAMS.search(text)):
        weight = int(re.sub(r"\D", "", match[1]))
    return weight if weight is not None and WEIGHTS[0] <= weight <= WEIGHTS[1] else None


def centimetres(text: str) -> float | int | None:
    """`49 cm`, `48,5`; a whole number where there is no fraction. The length where weight and length stand together."""
    match = _LENGTH.search(text) or _ALONE.fullmatch(text.strip())
    length = float(match[1].replace(",", ".")) if match else 0.0
    if not LENGTHS[0] <= length <= LENGTHS[1]:
        return None
    return int(length) if length.is_integer() else length


def order(text: str) -> int | None:
    """`3 (tiga)`, `ke-2`, `II`, `pertama`; None where figure and word differ."""
    plain = re.sub(r"(?i)^\W*(?:anak\b\W*)?(?:ke\b\W*)?", "", text).lower()
    figure = re.match(r"(\d{1,2})(?!\d)", plain)
    spoken = [place for place, pattern in enumerate(_ORDERS, start=1) if pattern.search(plain)]
    ranks = {int(figure[1])} if figure else set()
    if not ranks and (roman := re.match(r"(i{1,3}|iv|v|vi{1,3}|ix|x)\b", plain)):
        ranks = {_ROMAN.index(roman[1]) + 1}
    ranks |= set(spoken[:1]) if not re.search(r"\bdari\b", plain) else set()
    number = ranks.pop() if len(ranks) == 1 else 0
    return number if ORDERS[0] <= number <= ORDERS[1] else None


def choice(field: str) -> Callable[[str], str | None]:
    """The one choice of the form that a text's words mean."""

    def value_of(text: str) -> str | None:
        meant = {name for name, pattern in _CHOICES[field].items() if pattern.search(text)}
        return meant.pop() if len(meant) == 1 else None

    return value_of


def town(text: str) -> str | None:
    """A place's name, where it is not that of a house of births."""
    text = re.split(r"\d", text)[0]
    return None if any(pattern.search(text) for pattern in _CHOICES["tempat_dilahirkan"].values()) else words(text)


VALUES: dict[str, Callable[[str], Any]] = {
    "pukul": hour,
    "berat": grams,
    "panjang": centimetres,
    "kelahiran_ke": order,
    "penolong": choice("penolong"),
    "tempat_dilahirkan": choice("tempat_dilahirkan"),
    "tempat_kelahiran": town,
}
OF_A_PLACE = frozenset({"tempat_dilahirkan", "tempat_kelahiran"})
_LABELS = {
    "pukul": ("pukul", "tanggal_lahir"),
    "berat": ("berat", "berat_panjang"),
    "panjang": ("panjang", "berat_panjang"),
    "tempat_dilahirkan": ("tempat", "bertempat"),
    "tempat_kelahiran": ("tempat",),
}
"""Under which labels each stands; one that is not named here stands under its own."""
_CLOCK = re.compile(rf"(?<![\d.:])(\d{{1,2}})\s?[.:,]\s?(\d{{2}})(?![\d.])(?!\s?{either('no_hours')})")
_PART = re.compile(rf"(?i)\b{either('parts_of_day')}\b|(?<=\d)\s?(?:am|pm)\b", re.ASCII)
_KILOS = re.compile(r"(?i)(?<![\d.,])([1-7][.,]\d{1,3})\s?kg")
_GRAMS = re.compile(r"(?i)(?<![\d.,])(\d[.,]\d{3}|\d{3,4})(?![\d.,]*\d)(?!\s?cm)")
_LENGTH = re.compile(r"(?i)(?<![\d.,])(\d{2}(?:[.,]\d)?)\s?c\s?(?:m|rn|n)")
_ALONE = re.compile(r"(\d{2}(?:[.,]\d)?)\W{0,2}")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_SENTENCES = {
    "pukul": re.compile(rf"(?i)\b{either('clock')}\b[^\w]{{0,5}}(\d{{1,2}}\s?[.:]\s?\d{{2}}(?:\s?(?:{either('parts_of_day')}|am|pm)\b)?)"),
    "berat": re.compile(rf"(?i)\b{either('weight')}\b[^\d]{{0,25}}(\d[\d.,]{{1,5}}\s?{either('weight_units')}\w{{0,3}})"),
    "panjang": re.compile(rf"(?i)\b{either('length')}\b[^\d]{{0,25}}(\d{{2}}(?:[.,]\d)?\s?cm)"),
    "kelahiran_ke": re.compile(
        rf"(?i)\b(?:anak|kelahiran)\s(?:yang\s)?((?:ke\W{{0,3}}\d{{1,2}}\b(?:\s?\(\w{{3,8}}\))?)|(?:{_FIRST_TO_TENTH})\b)"
    ),
    "penolong": re.compile(rf"(?i)\b{either('helped')}\s(?:oleh\s)?((?:seorang\s)?[\w.]{{2,10}}(?:\s\w{{2,10}})?)"),
    "tempat_dilahirkan": re.compile(rf"(?i)\b{either('born')}\b[^.]{{0,80}}?\b(?:di|pada)\s({either('houses')}\w{{0,3}}(?:\s\w{{1,12}})?)"),
}
"""Words before a fact, and the fact."""
_HEAD_LINES = 4
_SIGNED = re.compile(r"(?i)\b(bidan|dokter)\s(?:yang\s)?(?:penolong|menolong)|\b(?:yang menolong|penolong)\b")


def _by_letterhead(lines: Sequence[Line], collector: FieldCollector) -> None:
    """A hospital writes of births in its own house; who signs as the helper is one."""
    for line in sorted(lines, key=lambda line: line.middle)[:_HEAD_LINES]:
        if choice("tempat_dilahirkan")(line.text) == "rs_rb":
            collector.take("tempat_dilahirkan", _Own(line), choice("tempat_dilahirkan"))
    for line in lines:
        if (match := _SIGNED.search(line.text)) and len(line.text) < 40 and not re.search(r"[:;]", line.text):
            for signed in [line] if match[1] else list(_under(line, lines)):
                collector.take("penolong", _Own(signed) if choice("penolong")(signed.text) else None, choice("penolong"))


def _under(title: Line, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of a signature under its title, the nearest first."""
    for line in sorted(lines, key=lambda line: line.middle):
        if 0 < line.middle - title.middle < 8 * title.height and line.left < title.right and line.right > title.left:
            yield line


class _Own:
    """A whole line as a find."""

    def __init__(self, line: Line) -> None:
        self.text, self.confidence, self.quad = line.text, line.confidence, line.quad
        self.weakest = min(line.reading.chances, default=0.0)
