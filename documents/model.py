"""What the document check says of one file (contract `runtime.md`): the verdict, the kind, the reasons, the fields."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from standard.kinds import Kind

MAX_PAGES = 10
"""All papers of a birth in one file are seven or eight pages; a file with more is refused, so that no page is left out unsaid."""


class Verdict(StrEnum):
    OK = "ok"
    RETAKE = "retake"
    OFFICER = "officer"


class Reason(StrEnum):
    BLUR = "BLUR"
    GLARE = "GLARE"
    DARK = "DARK"
    OVEREXPOSED = "OVEREXPOSED"
    TOO_SMALL = "TOO_SMALL"
    CUT_OFF = "CUT_OFF"
    OCCLUDED = "OCCLUDED"
    NO_DOCUMENT = "NO_DOCUMENT"
    MULTIPLE_DOCUMENTS = "MULTIPLE_DOCUMENTS"
    WRONG_DOCUMENT = "WRONG_DOCUMENT"
    UNREADABLE_FIELD = "UNREADABLE_FIELD"
    ALTERED = "ALTERED"
    """Struck out, painted over, or covered: an officer looks, no other photo would mend it."""
    SCREENSHOT = "SCREENSHOT"
    SAME_IMAGE = "SAME_IMAGE"
    FILE_TYPE = "FILE_TYPE"
    FILE_SIZE = "FILE_SIZE"
    FILE_DAMAGED = "FILE_DAMAGED"


@dataclass(frozen=True)
class Box:
    """Where a field stands on its page, in pixels of the page's re-encoded upright picture."""

    page: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Page:
    """One page as it is kept: upright, metadata stripped, re-encoded JPEG."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Check:
    """The answer for one file. `fields` holds only what is sure; the names and shapes per kind are the contract's."""

    verdict: Verdict
    kind: Kind
    kind_confidence: float
    reasons: tuple[Reason, ...]
    fields: dict[str, Any]
    confidence: dict[str, float] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    quality: dict[str, float] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    fingerprint: str | None = None
    """Perceptual hash (hex) of the first page, to notice the same picture sent for two places."""
    seconds: float = 0.0
    seconds_all: float | None = None
    complete: bool = True
    """False when a second pass (the members of a KK) would read more."""
    first_page: int = 0
    """The page of the file on which this document begins."""
    marked: Page | None = None
    """The first page with the light or the cut side ringed, for whoever has to take the photo again."""
    others: tuple["Check", ...] = ()
    """The further documents of the same file: people send all their papers in one PDF."""
