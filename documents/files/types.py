"""What a file becomes: sheets of pixels; and the reasons why it can't."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from documents.model import Reason

Pixels = npt.NDArray[np.uint8]
"""A picture as height × width × 3 bytes, red green blue."""

MAX_BYTES = 25_000_000
"""Twice what a phone's best camera makes, a quarter of what WhatsApp lets through as *Dokumen*."""
MAX_PIXELS = 40_000_000
"""A 50-megapixel phone bins to 12; above this a file is more likely a bomb (`photos.md`, hostile files).
Where a pixel has more than three bytes it counts for more."""
SATURATED = 250
"""The value from which on a camera saw nothing but light."""
LONG_SIDE = 2400
"""No reader gains from more: A4 at 200 dots per inch."""
MIN_SIDE = 64
"""Below this no letter of any document has a shape."""


@dataclass(frozen=True)
class Sheet:
    """One page's pixels. `drawn`: a program set it and no camera took it, so that no hand, shadow or lamp can be on it."""

    pixels: Pixels
    drawn: bool = False


@dataclass(frozen=True)
class Examined:
    """What a PDF of the office holds.

    `signatures`: what each of them is worth (`files.signatures`); `codes`: what its QR and bar codes say.
    """

    pages: int
    text: str
    signatures: tuple[str, ...]
    codes: tuple[str, ...]


class UnfitFileError(Exception):
    """The file can't be made into pixels; `reason` is what the applicant is told. Sending the same file again won't help."""

    reason = Reason.FILE_DAMAGED

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause
        """A short name of what was found (`empty`, `truncated`, `pdf_locked`, …), kept in the check's `quality`."""


class WrongTypeError(UnfitFileError):
    """The file is of a type that is not looked at."""

    reason = Reason.FILE_TYPE


class TooBigError(UnfitFileError):
    """The file has too many bytes, pixels or pages."""

    reason = Reason.FILE_SIZE
