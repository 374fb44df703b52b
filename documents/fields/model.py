"""What a document's reader gives back: the values it is sure of, and the lines on which the office depends."""

from dataclasses import dataclass, field
from typing import Any

from documents.model import Reason
from documents.ocr.engine import Quad


@dataclass(frozen=True, eq=False)
class Value:
    """A field's value as the contract writes it, how sure (0 to 1), and where it stands on the levelled picture.

    `parts` are the places of a list's entries, in their order.
    """

    value: Any
    confidence: float
    quad: Quad | None
    parts: tuple[Quad, ...] = ()


@dataclass(frozen=True)
class Fields:
    """`values`: only what is sure. `seen`: where a needed field stands, read or not. `missing`: needed fields without a sure value.

    `obstacles`: what hides a needed field (CUT_OFF, OCCLUDED, GLARE), seen at its place.
    `cut`: share of the document beyond the picture's rim, where its layout tells that.
    `listed`: what stands there is a typed list of a card's entries. `blank`: a form that nobody has filled in.
    `sheets`: of how many a Kartu Keluarga says that it consists; `unread_rows`: its members who were not read.
    `altered`: fields (and `foto`) that somebody struck out, painted over or covered.
    `unsigned`: places of an SPTJM (`saksi_1`, `saksi_2`, `pembuat`) where nothing is written.
    `doubts`: needed fields that were read clearly and yet contradict one another, which no other photo would mend.
    """

    values: dict[str, Value] = field(default_factory=dict)
    seen: dict[str, Quad] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    obstacles: tuple[Reason, ...] = ()
    cut: float = 0.0
    listed: bool = False
    blank: bool = False
    sheets: int = 1
    unread_rows: int = 0

    def merged(self, other: "Fields") -> "Fields":
        """These values, with what another reading of the same page adds."""
        missing = tuple(name for name in self.missing if name in other.missing)
        doubts = self.doubts if self.missing and len(other.missing) >= len(self.missing) else other.doubts
        altered = tuple(dict.fromkeys(self.altered + other.altered))
        hidden = self.obstacles if missing else ()
        return Fields(other.values | self.values, other.seen | self.seen, missing, doubts, altered, self.unsigned, hidden, self.cut)
