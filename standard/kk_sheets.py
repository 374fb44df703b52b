"""Joins the members that stand on the sheets of one Kartu Keluarga: the twelfth of a family stands on a second sheet. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SHEETS = 2
"""Pages of a KK that are read to the last row: a large family's has two sheets."""
Member = Mapping[str, Any]


def joined_members(sheets: Iterable[Sequence[Member]]) -> list[Member]:
    """All members in the order of the sheets; a sheet that names anybody again is one of those before it once more."""
    members: list[Member] = []
    for sheet in sheets:
        known = {value for row in members for value in (row.get("nik"), row.get("nama")) if value}
        if not any(value in known for row in sheet for value in (row.get("nik"), row.get("nama"))):
            members += sheet
    return members


def incomplete(sheets: Sequence[Mapping[str, float]]) -> bool:
    """Whether a member may be missing: a row that was not read, or a sheet that did not come; of each sheet the `quality` of its check."""
    announced = max((quality.get("sheets", 1.0) for quality in sheets), default=1.0)
    return announced > len(sheets) or any(quality.get("rows_unread") for quality in sheets)
