"""Reads the facts that the office can change, the files of `standard/` in its pack, once, at start."""

import re
from functools import cache
from typing import Any

import yaml

from standard.place import office_folder, path_of

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

SHORT_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
"""Indonesia's three zones, and what they are called for short."""

_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")


@cache
def load(name: str) -> Any:
    """The content of `standard/<name>.yml`, with the office's own facts filled in. Raises FileNotFoundError when there is no such file.

    `office` holds besides what stands in the file what follows from it and from the hours of `deadlines.yml` (`office_facts`).
    """
    content = _read(name)
    return office_facts() if name == "office" else filled(content, office_facts())


@cache
def office_facts() -> dict[str, str]:
    """What every text may name of the office in braces, `{kantor_alamat}`."""
    return facts_of(_read("office"), _read("deadlines")["office"]["hours"])


def facts_of(office: dict[str, Any], hours: dict[int, list[str]]) -> dict[str, str]:
    """What `office.yml` says, and what follows from it.

    `WILAYAH` and `PROVINSI` in capital letters, `kabupaten` as `Kabupaten Blora`, `zona` as `WIB`, `kantor_jam`: the hours in words.
    """
    written = {name: str(value) for name, value in office.items()}
    derived = {
        "WILAYAH": written["wilayah"].upper(),
        "PROVINSI": written["provinsi"].upper(),
        "kabupaten": f"{written['jenis_wilayah']} {written['wilayah']}",
        "zona": SHORT_ZONES[written["zona_waktu"]],
    }
    known: dict[str, str] = filled({**written, **derived}, {**written, **derived})
    return {**known, "kantor_jam": f"{hours_in_words(hours)} {derived['zona']}"}


def filled(content: Any, values: dict[str, str]) -> Any:
    """The same with each `{name}` of `values` replaced in all texts; other braces stay for whoever fills them."""
    match content:
        case str():
            return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), content) if "{" in content else content
        case dict():
            return {key: filled(value, values) for key, value in content.items()}
        case list():
            return [filled(value, values) for value in content]
    return content


def hours_in_words(hours: dict[int, list[str]]) -> str:
    """`Senin–Kamis pukul 07.30–16.00 dan Jumat pukul 07.00–14.30`: days in a row with the same hours together."""
    groups: list[list[int]] = []
    for day in sorted(hours):
        if groups and groups[-1][-1] == day - 1 and hours[groups[-1][-1]] == hours[day]:
            groups[-1].append(day)
        else:
            groups.append([day])
    parts = []
    for group in groups:
        days = DAYS[group[0]] if len(group) == 1 else f"{DAYS[group[0]]}–{DAYS[group[-1]]}"
        opens, closes = (at.replace(":", ".") for at in hours[group[0]])
        parts.append(f"{days} pukul {opens}–{closes}")
    return " dan ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def forget() -> None:
    """Forgets what was read, for tests that put other files in its place."""
    for cached in (load, office_facts):
        cached.cache_clear()


def _read(name: str) -> Any:
    with path_of(f"standard/{name}.yml", office_folder()).open(encoding="utf-8") as file:
        return yaml.safe_load(file)
