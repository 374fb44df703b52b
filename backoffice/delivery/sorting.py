"""Says of papers that were dropped together which is which: the KK, and whose akta each of the others is. Pure."""

import re
from collections.abc import Sequence
from typing import Any

from backoffice.cases.products import Phase
from backoffice.delivery.comparing import alike, stands
from backoffice.delivery.service import UPLOADS, Place

_KK = re.compile(r"KARTU\W*KELUARGA")
_AKTA = re.compile(r"AKTA\W*KELAHIRAN")


def kind_of(lines: Sequence[str]) -> str | None:
    """`kk` or `akta`, by the paper's own heading: the first of the two that stands on it."""
    text = " ".join(lines).upper()
    found = sorted((match.start(), kind) for kind, pattern in (("kk", _KK), ("akta", _AKTA)) if (match := pattern.search(text)))
    return found[0][1] if found else None


def child_of(lines: Sequence[str], bundle: dict[str, Any], siak: dict[str, Any]) -> int | None:
    """Which child an akta is about, by its number or name: counted from 0, None where it could be several or none of them."""
    children = bundle.get("anak") or [{}]
    if len(children) == 1:
        return 0
    entered = siak.get("anak") or []
    words = [word for line in lines for word in line.split()]
    by_number = {n for n, row in enumerate(entered) if row.get("akta") and any(alike(row["akta"], word) for word in words)}
    by_name = {n for n, child in enumerate(children) if child.get("nama") and stands(str(child["nama"]), [lines])}
    found = by_number or by_name
    return found.pop() if len(found) == 1 else None


def place_for(lines: Sequence[str], phase: Phase, bundle: dict[str, Any], siak: dict[str, Any]) -> Place | None:
    """Where this paper belongs, None where that can't be told from what stands on it."""
    kind = kind_of(lines)
    child = child_of(lines, bundle, siak) if kind == "akta" else 0
    return Place(kind, child, phase) if kind and child is not None else None


def transition_for(place: Place, offered: Sequence[str]) -> str | None:
    """The uploading transition that brings it there and needs no reason, of those that are offered now."""
    return next((row for row in offered if row.startswith("unggah_") and UPLOADS.get(row) == (place.kind, place.phase)), None)
