"""Holds the office's own facts together: its places, zone and hours, and what its texts name in braces."""

from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

from pack import known
from pack.faults import Fault, one_of
from pack.looking import twice
from pack.marked import Marked, Way, read
from pack.plain import shown_as_such
from pack.texts import names_in
from standard.facts import DAYS, SHORT_ZONES
from standard.numbers import PROVINCES
from standard.place import SHIPPED

ZONES = {
    "Asia/Jakarta": ("11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "31", "32", "33", "34", "35", "36", "61", "62"),
    "Asia/Makassar": ("51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"),
    "Asia/Jayapura": ("81", "82", "91", "92", "93", "94", "95", "96"),
}
"""Provinces by zone (Keppres 41/1987 and the provinces made since)."""


def _places(places: Marked, office: Marked) -> Iterator[Fault]:
    code, name = office.data["kode_wilayah"], office.data["wilayah"].upper()
    names = {one.strip() for one in places.data["kabupaten"].split(",")}
    if name not in names:
        yield places.fault(
            ("kabupaten",), f"The office's own {name} (office.yml, wilayah) is missing here.", f"Write {name} into the list."
        )
    for district in places.data["kecamatan"]:
        if not district.startswith(f"{code}."):
            yield Fault(
                places.file, places.key_line(("kecamatan", district)),
                f"The kecamatan {district} lies outside {code}, the office's region (office.yml, kode_wilayah).", f"Allowed: {code}.…",
            )  # fmt: skip
    owner: dict[str, str] = {}
    for town, phrases in places.data["towns"].items():
        line = places.key_line(("towns", town))
        if town not in names:
            yield Fault(places.file, line, f"There is no kabupaten '{town}' in the list.", one_of(sorted(names), town)[:160])
        for phrase in filter(None, (one.strip() for one in phrases.split(","))):
            if phrase.upper() in names - {town}:
                yield Fault(places.file, line, f"'{phrase}' is a kabupaten of the list itself, not a town of {town}.", "Delete it here.")
            if phrase != phrase.lower():
                yield Fault(places.file, line, f"'{phrase}' is compared with words in small letters.", f"Write {phrase.lower()}.")
            if phrase in owner:
                yield Fault(places.file, line, f"'{phrase}' belongs to {owner[phrase]} and to {town}.", "Leave it with one of them.")
            owner.setdefault(phrase, town)


def _spelling(places: Marked, language: Marked) -> Iterator[Fault]:
    """A name that nobody knows and that is nearly one of the register's is a slip; two names without their comma are."""
    register = {
        name.strip() for section in ("regencies", "cities") for name in str(language.data[section]).split(",")
    }  # fmt: skip
    spelled = {name.replace(" ", "") for name in register}
    for name in (one.strip() for one in places.data["kabupaten"].split(",")):
        if not name or name.replace(" ", "") in spelled:  # Gunungkidul, Gunung Kidul
            continue
        kind, _, rest = name.partition(" ")
        near = get_close_matches(name, sorted(register), n=1, cutoff=0.9)
        parts = name.split()
        apart = next((at for at in range(1, len(parts)) if {" ".join(parts[:at]), " ".join(parts[at:])} <= register), None)
        if kind in ("KOTA", "KABUPATEN", "KAB.", "KAB") and rest in register:
            yield places.fault(("kabupaten",), f"'{name}' says what it is, too.", f"Write {rest}.")
        elif apart is not None:
            yield places.fault(("kabupaten",), f"'{name}' is two names.", f"Write {' '.join(parts[:apart])}, {' '.join(parts[apart:])}.")
        elif near:
            yield places.fault(("kabupaten",), f"'{name}' is no kabupaten or kota of the register.", f"Did you mean '{near[0]}'?")


def _left_over(office: Marked) -> Iterator[Fault]:
    """Another office has copied the file that comes along, and left standing what people would call, visit or write to."""
    shipped = _shipped("office")
    for name in known.ONES_OWN if office.data["kode_wilayah"] != shipped["kode_wilayah"] else ():
        if office.data[name] == shipped[name]:
            yield office.fault(
                (name,), f"{name} is still that of {shipped['jenis_wilayah']} {shipped['wilayah']}.", "Write this office's own."
            )


def _left_over_hosts(papers: Marked, office: Marked) -> Iterator[Fault]:
    """The same of the hosts to which papers may lead; where the office has no such file, that of the file that comes along."""
    shipped = _shipped("office")
    for place, host in enumerate(papers.data["qr_hosts"] if office.data["kode_wilayah"] != shipped["kode_wilayah"] else ()):
        if f".{shipped['kantor_web']}".endswith(f".{host}"):
            yield papers.fault(
                ("qr_hosts", place), f"{host} is the host of {shipped['jenis_wilayah']} {shipped['wilayah']}.",
                "Write this office's own into standard/papers.yml of its pack.",
            )  # fmt: skip


def _shipped(name: str) -> dict[str, Any]:
    content: dict[str, Any] = read(SHIPPED / "standard" / f"{name}.yml").data
    return content


def _zone(office: Marked) -> Iterator[Fault]:
    """The province exists, else no NIK of its families could be read; and its clock is that of its zone."""
    province, zone = office.data["kode_wilayah"][:2], office.data["zona_waktu"]
    if int(province) not in PROVINCES:
        yield office.fault(("kode_wilayah",), f"There is no province {province}, so no NIK could be read.", "Allowed: Kepmendagri's codes.")
    for code, name in known.PROVINCES.items():
        if code != province and name.lower() == office.data["provinsi"].lower():
            right = known.PROVINCES.get(province, "the province's name")
            yield office.fault(("provinsi",), f"{name} is the province {code}, and kode_wilayah says {province}.", f"Write {right}.")
    for right, provinces in ZONES.items():
        if province in provinces and zone != right:
            yield office.fault(
                ("zona_waktu",), f"The province {province} (kode_wilayah) lies in {SHORT_ZONES[right]}, not in {SHORT_ZONES[zone]}.",
                f"Write {right}.",
            )  # fmt: skip


def _days(deadlines: Marked) -> Iterator[Fault]:
    """Days of the office's own: open on a day that has no hours it could not be, closed on one it is anyway."""
    hours = deadlines.data["office"]["hours"]
    for name, what in (("also_open", "has no hours on that day of the week"), ("also_closed", "is closed on that day of the week anyway")):
        for place, value in enumerate(deadlines.data["office"][name]):
            day = _day(value)
            if day.weekday() not in hours:
                yield deadlines.fault(
                    ("office", name, place), f"{day} is a {DAYS[day.weekday()]}: the office {what}.", "Is it another day?"
                )


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _survey(survey: Marked) -> Iterator[Fault]:
    for name in ("id", "label", "question"):
        yield from twice(survey, ("unsur",), name)
    yield from twice(survey, ("grades",), "grade")


def braces(file: Marked, name: str, office: dict[str, str]) -> Iterator[Fault]:
    """What the rules' texts name in braces is an office's fact, or filled in by the program (`known.FILLED_IN`)."""
    allowed = [*office, *known.FILLED_IN.get(name, ())]
    for way, text in _texts(file.data):
        try:
            names = names_in(text)
        except ValueError:
            yield file.fault(way, "There is a brace without its other one.", "Write {name}.")
            continue
        for said, right in shown_as_such(text, allowed):
            yield file.fault(way, said, right)
        for one in names:
            if one not in allowed:
                yield file.fault(way, f"Nothing is filled in for {{{one}}} here.", one_of(sorted(allowed), one))
            elif name == "standard/office.yml" and "{" in office.get(str(way[-1]), ""):
                yield file.fault(way, f"{{{one}}} leads back to itself.", "Write the words themselves.")


def _texts(branch: Any, way: Way = ()) -> Iterator[tuple[Way, str]]:
    if isinstance(branch, str):
        yield way, branch
    elif isinstance(branch, dict):
        for key, value in branch.items():
            yield from _texts(value, (*way, key))
    elif isinstance(branch, list):
        for place, value in enumerate(branch):
            yield from _texts(value, (*way, place))


CHECKS: tuple[tuple[tuple[str, ...], Callable[..., Iterator[Fault]]], ...] = (
    (("standard/places.yml", "standard/office.yml"), _places),
    (("standard/places.yml", "language/regencies.yml"), _spelling),
    (("standard/office.yml",), _zone),
    (("standard/office.yml",), _left_over),
    (("standard/papers.yml", "standard/office.yml"), _left_over_hosts),
    (("standard/deadlines.yml",), _days),
    (("standard/survey.yml",), _survey),
)
