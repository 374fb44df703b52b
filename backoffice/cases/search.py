"""Finds cases by what staff type: a number or its last four letters, a NIK, a phone number, or the beginnings of names."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from contracts.bundle import Bundle
from standard.numbers import digits_of, read_nik
from standard.registration import APPLICATION, prefix

NAME_FIELDS = re.compile(r"^nama|_nama$|^nama_|nama_lengkap|kepala_keluarga|^suami$|^istri$")


@dataclass(frozen=True)
class Query:
    """What was typed, understood: `kind` is `nomor`, `nik`, `telepon` or `nama`; `words` are all to be found."""

    kind: str
    words: tuple[str, ...]


def understand(text: str) -> Query | None:
    """What somebody typed into the search box; None for nothing that can be searched."""
    text = unicodedata.normalize("NFKC", text).strip()[:80]
    begins = prefix(APPLICATION)
    if (number := re.fullmatch(rf"(?i){begins}-?([0-9]{{6}})-?([0-9a-z]{{4}})", text)) is not None:
        return Query("nomor", (f"{begins}-{number[1]}-{number[2].upper()}",))
    if (nik := digits_of(text)) is not None:
        return Query("nik", (nik,))
    if (phone := phone_term(text)) is not None:
        return Query("telepon", (phone,))
    if re.fullmatch(r"(?i)[0-9a-z]{4}", text):  # the end of a number, as the public monitor shows it; it stands among the names
        return Query("nama", (text.upper(),))
    words = tuple(word for word in name_words(text) if len(word) > 1)
    return Query("nama", words[:4]) if words else None


def terms_of(bundle: Bundle) -> list[tuple[str, str]]:
    """The words by which a bundle is found: names of children and parents, NIKs, the phone number, the end of its own number."""
    terms = [("nama", word) for name in _names(bundle) for word in name_words(name)]
    terms.append(("nama", short_number(bundle.number)))
    terms += [("nik", nik) for nik in _niks(bundle)]
    if bundle.contact.phone and (phone := phone_term(bundle.contact.phone)):
        terms.append(("telepon", phone))
    return terms


def short_number(number: str) -> str:
    """The last four letters of a number, `REMJ`, by which the public monitor tells cases apart."""
    return number[-4:]


def name_words(text: str) -> list[str]:
    """The words of a name, upper case, without marks."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    return re.findall(r"[A-Z']{2,60}", plain)


def phone_term(text: str) -> str | None:
    """A phone number without country code, leading zero and separators, or None where the text is none."""
    digits = re.sub(r"[\s().+-]", "", text)
    if not re.fullmatch(r"[0-9]{7,15}", digits):
        return None
    return re.sub(r"^(62|0)", "", digits)


def _names(bundle: Bundle) -> list[str]:
    answers = [str(answer.value or "") for field, answer in bundle.answers.items() if "nama" in field]
    read = [text for document in bundle.documents for field, text in _texts("", document.check.fields) if NAME_FIELDS.search(field)]
    return [child.nama or "" for child in bundle.anak] + answers + read + [bundle.contact.name or ""]


def _niks(bundle: Bundle) -> list[str]:
    values = [str(answer.value or "") for answer in bundle.answers.values()]
    values += [text for document in bundle.documents for _, text in _texts("", document.check.fields)]
    found = [digits_of(value) for value in values]
    return [nik for nik in found if nik is not None and read_nik(nik)]


def _texts(field: str, value: object) -> Iterator[tuple[str, str]]:
    """Every text that was read, with its field's name; the members of a KK are a list of objects."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(str(name), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(field, inner)
