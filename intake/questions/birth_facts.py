"""Reads the facts of a birth from one message that gives several: `Puskesmas Blora, jam 04.30, anak ke 2, bidan, 3100 gram`."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from intake.reading import (
    PlaceKind,
    read_birthplace,
    read_date,
    read_helper,
    read_length_cm,
    read_ordinal,
    read_place_kind,
    read_sex,
    read_time,
    read_weight_gram,
)
from intake.reading.numbers import with_figures
from language.phrases import plain, words
from standard import facts
from standard.birth_form import UNKNOWN, birth_fields

_PARTS = re.compile(
    r"[,;\n]+|\.\s+|(?<!\s)[^\S\n]+(?:dan|lan|terus|trus|lalu)\s+"
    r"|(?<!\s)(?<!kaping)(?<!jam)(?<!tabuh)(?<!nomer)(?<!nomor)(?<!tanggal)[^\S\n]+kalih\s++(?!kilo|kg|ons|likur|welas|dasa|setengah)"
)
"""Where a fact ends. `Kalih` joins two, unless it is the number two (`jam kalih`, `kaping kalih`)."""
_CUES = re.compile(
    r"(?i)(?<!\s)\s+(?=(?:"
    r"(?:nang|neng|ning|ing|teng|ten|di|wonten)\s+(?!\d)\w"
    r"|(?:ditolong|ditulung\w*|dibantu|penolong\w*|ditangani|dipuntulung\w*|sing\s+nulung\w*|ingkang\s+nulung\w*)\b"
    r"|(?<!tgl )(?<!tanggal )\d{1,2}\s*(?:(?:jan|feb|mar|apr|mei|jun|jul|agu|agt|sep|okt|nov|des)[a-z]*|[/-]\s*\d{1,2}\s*[/-])\s*\d"
    r"|(?:tgl|tanggal)\w*\s*\d|(?:jam|pukul|pkl|tabuh)\b"
    r"|(?:anak|lare|putra|putri|kelahiran)(?:e|ne|ipun|nya)?\s+(?:ke\b|no\b|nomer|nomor|kaping|pertama|kedua|ketiga|keempat|mbarep|sulung|ragil)"
    r"|(?:berat|bb|abot|bobot|panjang|pb|dawa|dowo)(?:e|ne|ipun|nya|nipun)?\b"
    r"))"
)
"""Where the next fact begins though no comma stands: a place, a helper, a date, an hour, a rank, a measure."""
_MEASURES = {
    "berat": re.compile(
        r"(?<!\d)\d{1,9}(?:[.,]\d{1,9})?\s*(?:kg|kilo\w*|ons|gram|gr|g)\b"
        r"(?:\s*(?:(?:lebih|luwih|langkung|kurang|kirang)\s*)?(?:\d{1,3}\s*(?:ons|gram|gr|g)\b|setengah\b|\d(?!\d|[.,]|\s*(?:cm|senti))))?"
    ),
    "panjang": re.compile(r"(?<!\d)\d{1,9}(?:[.,]\d{1,9})?\s*(?:cm|senti\w*|centi\w*)\b"),
}
"""A measure with its unit, inside of a part that says more."""
_LABELS = {name: re.compile(signs) for name, signs in (
    ("berat", r"\b(?:berat|bb|bobot|abot\w*|bobot\w*|gram|gr|kg|kilo\w*|ons)\b|\d(?:gr|kg)\b"),
    ("panjang", r"\b(?:panjang|pb|dawa\w*|dowo\w*|cm|senti\w*)\b|\dcm\b"),
    (
        "kelahiran_ke",
        r"\b(?:anak|kelahiran|lahiran)\s*(?:yg|yang|ke|pertama|kedua|ketiga|nomer|no|kaping)|\bke(?:\s*-)?\s*\d"
        r"|\b(?:mbarep|sulung|bungsu|ragil|kaping|pertama|kedua|ketiga|keempat)\b",
    ),
    ("pukul", r"\b(?:jam|pukul|pkl|tabuh|wib|wita|wit|pagi|esuk|isuk|enjing|siang|awan|sore|sonten|malam|malem|mlm|bengi|dalu)\b"),
    ("penolong", r"\b(?:penolong|ditolong|ditulung\w*|dibantu|bidan\w*|dokter\w*|dr|dukun\w*|perawat|mbah\s+dukun)\b"),
    (
        "jenis_kelamin",
        r"\b(?:laki\w*|cowok|cowo|lanang|jaler|perempuan|cewek|cewe|wedok|wadon|estri|putri|putra|lk|pr|(?:jenis\s+)?kelamin)\b",
    ),
    (
        "tempat_dilahirkan",
        r"\b(?:rs|rsud|rsia|rsu|rumah\s+sakit|puskesmas|pkm|polindes|rumah|ng?omah\w*|omah\w*|umah\w*|n?g+riy\w*|dalem|klinik|tempat|pustu|bpm|pmb|dalan|jalan)\b",
    ),
    (
        "tanggal_lahir",
        r"\b(?:tgl|tanggal|tanggale|lahir)\b|\d{1,2}[/\-.]\d{1,2}[/\-.]\d{2,4}|\b(?:kemarin|wingi|kolo\s*wingi|tadi|hari\s+ini)\b"
        r"|\b(?:jan|feb|mar|apr|mei|jun|jul|agu|agt|sep|okt|nov|des)\w*\b",
    ),
)}  # fmt: skip
"""What a part of the message is about, the surest signs first; the part goes to that field's reader."""

_DONT_KNOW = re.compile(
    r"\b(?:lupa|lali|kesupen|supe|(?:tidak|gak|ga|ndak|nggak|tdk|kurang|ora|mboten)\s+(?:tahu|tau|ngerti|ngertos|hafal|hapal|ingat|eling))\b"
)


def says_unknown(text: str) -> bool:
    """Whether the person says that they don't know or remember it."""
    return _DONT_KNOW.search(plain(text)) is not None


def read_field(name: str, text: str, today: date) -> Any:
    """One field from a message that answers it alone, as the bundle writes it; None where the text does not say it."""
    return _READERS[name](text, today)


def read_facts(text: str, wanted: Iterable[str], today: date) -> dict[str, Any]:
    """Every wanted field that the message gives. A part that names no field is tried on those for which one reader alone takes it."""
    wanted = set(wanted)
    found: dict[str, Any] = {}
    parts = [part.strip() for line in _PARTS.split(_joined(text)) for part in _CUES.split(line or "") if part.strip()]
    rest: list[str] = []
    for part in parts:
        named = [name for name, signs in _LABELS.items() if signs.search(plain(part))]
        taken = _take(part, named, wanted, today, found)
        if not taken and not named:
            rest.append(part)
    if "tempat_dilahirkan" in found or "tempat_kelahiran" not in wanted:
        _take_places(parts, wanted, found)
    for part in rest:
        fits = {name: value for name in wanted - found.keys() if (value := _READERS[name](part, today)) is not None}
        if len(fits) == 1:
            found.update(fits)
    if says_unknown(text):
        found.update(
            {field.name: UNKNOWN for field in birth_fields() if field.unknown and field.name in wanted and field.name not in found}
        )
    return found


def _take(part: str, named: list[str], wanted: set[str], today: date, found: dict[str, Any]) -> bool:
    taken = False
    for name in named:
        if name in wanted and name not in found and (value := _read_in(name, part, today)) is not None:
            found[name] = value
            taken = True
    return taken


def _read_in(name: str, part: str, today: date) -> Any:
    """The field from the whole part, else from the measure within it."""
    value = _READERS[name](part, today)
    measure = _MEASURES[name].search(with_figures(plain(part))) if value is None and name in _MEASURES else None
    return value if measure is None else _READERS[name](measure[0], today)


def _take_places(parts: list[str], wanted: set[str], found: dict[str, Any]) -> None:
    """The kabupaten or kota of birth often stands in the same part as the house: `RSUD Blora`, `Puskesmas Ngawen Kab. Blora`."""
    if "tempat_kelahiran" not in wanted or "tempat_kelahiran" in found:
        return
    for part in parts:
        if read_place_kind(part) is not None:
            tail = [word for word in words(part) if word not in _HOUSE_WORDS]
            windows = [tail[at : at + size] for size in (2, 1) for at in range(len(tail) - size + 1)]
            place = next((place for window in windows if (place := read_birthplace(" ".join(window))) in places_within()), None)
            if place is not None:
                found["tempat_kelahiran"] = place
                return


_HOUSE_WORDS = frozenset({"kab", "kabupaten", "kota", "di", "ing", "wonten", "wilayah", "daerah"})


@cache
def places_within() -> frozenset[str]:
    """Kabupaten and kota taken from within a longer answer; any other has to be said by itself."""
    return frozenset(name.strip() for name in facts.load("places")["within_answers"].split(","))


def _joined(text: str) -> str:
    """Decimal commas kept in one part (`3,1 kg`), and a part ended behind a measure or an hour where no comma stands (`3100 gr 49 cm`)."""
    line = re.sub(r"(\d),(\d)", r"\1.\2", text)
    line = re.sub(r"(?i)(\d{2}(?:\.\d)?\s*(?:cm|senti)|\b(?:jam|pukul|pkl)\b)", r", \1", line)
    line = re.sub(r"(?i)(\d\s*(?:gram|gr|ons|cm|senti)\b|\bkg\b(?!\s*(?:\d|setengah|tengah)))", r"\1,", line)
    return re.sub(r"(?i)(\b(?:jam|pukul|pkl)\s*\d{1,2}[.:]\d{2}(?:\s*wi(?:b|ta?))?)", r"\1,", line)


def _iso_date(text: str, today: date) -> str | None:
    found = read_date(text, today)
    return None if found is None else found.isoformat()


def _clock(text: str, _today: date) -> str | None:
    found = read_time(text)
    return None if found is None else f"{found:%H:%M}"


def _place_kind(text: str, _today: date) -> str | None:
    found = read_place_kind(text)
    return None if found is None else PlaceKind(found).value


_READERS: dict[str, Callable[[str, date], Any]] = {
    "jenis_kelamin": lambda text, _: None if (sex := read_sex(text)) is None else sex.value,
    "tanggal_lahir": _iso_date,
    "pukul": _clock,
    "tempat_dilahirkan": _place_kind,
    "tempat_kelahiran": lambda text, _: read_birthplace(text),
    "kelahiran_ke": lambda text, _: read_ordinal(text),
    "penolong": lambda text, _: None if (helper := read_helper(text)) is None else helper.value,
    "berat": lambda text, _: read_weight_gram(text),
    "panjang": lambda text, _: read_length_cm(text),
}
