"""Writes where a family lives as its Kartu Keluarga says it: one line as on a letter. Pure."""

from collections.abc import Mapping
from typing import Any

PARTS = ("alamat", "rt_rw", "desa", "kecamatan")
"""What a KK prints of an address, by the names of the document check."""


def home_of(fields: Mapping[str, Any]) -> str | None:
    """`JL MELATI RT 005 RW 003, BANGUNREJO, KEC. KEDUNGTUBAN 58260`; None where a courier would not find it by what was read."""
    street, pair, desa, kecamatan = (str(fields.get(part) or "") for part in PARTS)
    if not (desa and kecamatan and (street or pair)):
        return None
    rt, _, rw = pair.partition("/")
    house = " ".join(part for part in (street, f"RT {rt} RW {rw}" if rw else "") if part)
    return f"{house}, {desa}, KEC. {kecamatan} {fields.get('kode_pos') or ''}".strip()
