"""The confined child process without the reading engine: writes pages anew for a browser and looks through PDFs."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

from documents.files.examining import examine
from documents.files.showing import show_crop, show_pdf_page, show_picture
from documents.files.types import UnfitFileError
from documents.model import Page
from documents.ocr.cutting import cut_out
from documents.sandbox import wire
from documents.sandbox.confinement import OPENING_SECONDS
from documents.sandbox.worker import serve


def main() -> None:
    """Opens files until its input ends."""
    serve(lambda: _opened, dict.fromkeys(_ROUNDS, OPENING_SECONDS))


def _opened(head: dict[str, Any], data: bytes, _answers: BinaryIO) -> bytes:
    try:
        return _ROUNDS[head.pop("round")](data, **head)
    except UnfitFileError as unfit:
        return wire.frame({"unfit": unfit.cause})
    except Exception as error:
        return wire.pack_failure(error)


def _page(page: Page) -> bytes:
    return wire.frame({"width": page.width, "height": page.height}, page.jpeg)


_ROUNDS: dict[str, Callable[..., bytes]] = {
    "picture": lambda data, stamp, longest: _page(show_picture(data, stamp, longest)),
    "paper": lambda data, stamp, read: _page(show_picture(data, stamp, cut=lambda pixels: cut_out(pixels, read))),
    "crop": lambda data, corners: _page(show_crop(data, corners)),
    "pdf_page": lambda data, index, longest: _page(show_pdf_page(data, index, longest)),
    "examine": lambda data, roots: wire.frame(asdict(examine(data, roots))),
}
"""What can be asked for, by the name that `sandbox.opener` gives it."""

if __name__ == "__main__":
    main()
