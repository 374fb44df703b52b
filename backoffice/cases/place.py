"""Says in which kecamatan a family lives, as its bundle tells. Pure."""

from typing import Any

from standard import facts

ELSEWHERE = "LAINNYA"
"""Where neither an answer nor a number names a kecamatan of the office."""


def kecamatan_of(bundle: dict[str, Any]) -> str:
    """The kecamatan of the family: as answered, else by the first six figures of its KK or the mother's or reporter's NIK."""
    known: dict[str, str] = facts.load("places")["kecamatan"]
    answers = bundle.get("answers") or {}
    named = str((answers.get("kecamatan") or {}).get("value") or "").upper()
    if named in known.values():
        return named
    for name in ("pelapor_no_kk", "no_kk", "ibu_nik", "pelapor_nik"):
        number = str((answers.get(name) or {}).get("value") or "")
        if (found := known.get(f"{number[:2]}.{number[2:4]}.{number[4:6]}")) is not None:
            return found
    return ELSEWHERE
