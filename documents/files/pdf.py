"""Renders the first pages of a PDF to pixels, takes the text layer where a page was born digital, and refuses active content."""

import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from documents.files.types import LONG_SIDE, MAX_PAGES, MIN_SIDE, Pixels, Sheet, TooBigError, UnfitFileError, Word, WrongTypeError

MOST_PAGES = 20
"""More than this is no document of a birth."""
MAX_OBJECTS = 20_000
"""Objects walked in search of active content; a file with more is refused rather than half searched."""
MAX_DEPTH = 60
BORN_DIGITAL_CHARACTERS = 40
PHOTO_SHARE = 0.5
"""A page with one picture over more than this share of it is a scan: its text layer is some other reader's guess."""

_ACTIVE = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/XFA", "/RichMedia", "/RichMediaContent"}
_ACTIVE |= {"/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/Movie", "/Sound", "/Screen", "/FileAttachment"}
"""Names that mark it, as a key, as the kind of an action or as that of a part of the page."""
_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
QUIET = frozenset({"/GoTo"})
"""What a file that the office sends may do by itself when it is opened: show one of its pages."""


def render(data: bytes) -> tuple[Sheet, ...]:
    """The first pages as sheets. Raises UnfitFileError: `pdf_locked`, `pdf_active`, `pages`, `broken`."""
    refuse_active_content(data)
    with opened(data) as document:
        return tuple(_sheet(document[number]) for number in range(min(len(document), MAX_PAGES)))


def page_pixels(data: bytes, index: int, longest: int) -> Pixels:
    """A page, counted from 0, `longest` pixels on its longer side. Raises UnfitFileError, also where there is none."""
    with opened(data) as document:
        if not 0 <= index < len(document):
            raise UnfitFileError("no_page")
        return rendered(document[index], longest)


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The file in PDFium, closed at the end. Raises UnfitFileError, also for what PDFium finds broken later."""
    document = None
    try:
        document = pdfium.PdfDocument(data)
        if len(document) == 0:
            raise UnfitFileError("empty")
        if len(document) > MOST_PAGES:
            raise TooBigError("pages")
        yield document
    except pdfium.PdfiumError as broken:
        raise UnfitFileError("broken") from broken
    finally:
        if document is not None:
            document.close()


def rendered(page: pdfium.PdfPage, longest: int) -> Pixels:
    """The page on white, `longest` pixels on its longer side, however large it says it is. Raises UnfitFileError for a strip."""
    width, height = page.get_size()
    if width <= 0 or height <= 0 or min(width, height) / max(width, height) * LONG_SIDE < MIN_SIDE:
        raise UnfitFileError("page_shape")
    scale = longest / max(width, height)
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True, fill_color=(255, 255, 255, 255))
    return np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])


def _sheet(page: pdfium.PdfPage) -> Sheet:
    pixels = rendered(page, LONG_SIDE)
    width, height = page.get_size()
    return Sheet(pixels, _words(page, LONG_SIDE / max(width, height), pixels) if _born_digital(page, width * height) else ())


def _born_digital(page: pdfium.PdfPage, area: float) -> bool:
    for found in page.get_objects(max_depth=4):
        if found.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = found.get_bounds()
            if (right - left) * (top - bottom) > PHOTO_SHARE * area:
                return False
        if found.type == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFTextObj_GetTextRenderMode(found) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
            return False
    return True


def _words(page: pdfium.PdfPage, scale: float, pixels: Pixels) -> tuple[Word, ...]:
    """Runs of characters that stand side by side on one line, as the page's own text says them."""
    text_page = page.get_textpage()
    if text_page.count_chars() < BORN_DIGITAL_CHARACTERS:
        return ()
    words = []
    for index in range(min(text_page.count_rects(), 2000)):
        left, bottom, right, top = text_page.get_rect(index)
        text = " ".join(text_page.get_text_bounded(left, bottom, right, top).split())
        corners = [_to_pixels(page, x, y, pixels) for x, y in ((left, top), (right, bottom))]
        if text:
            (x0, y0), (x1, y1) = corners
            words.append(Word(text, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return tuple(words)


def _to_pixels(page: pdfium.PdfPage, x: float, y: float, pixels: Pixels) -> tuple[float, float]:
    """A point of the page's own space in the rendered picture, the page's rotation and crop box included."""
    column, row = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, pixels.shape[1], pixels.shape[0], 0, x, y, column, row)
    return float(column.value), float(row.value)


def refuse_active_content(data: bytes, harmless: frozenset[str] = _HARMLESS_ACTIONS) -> None:
    """Raises WrongTypeError where the file holds a program, another file, a form of its own, or does more than is `harmless` when opened.

    UnfitFileError where it is broken.
    """
    try:
        with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as document:
            if document.is_encrypted and document.user_password_matched is False and document.owner_password_matched is False:
                raise WrongTypeError("pdf_locked")
            _walk(document, harmless)
    except pikepdf.PasswordError as locked:
        raise WrongTypeError("pdf_locked") from locked
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as broken:
        raise UnfitFileError("broken") from broken


def _walk(document: pikepdf.Pdf, harmless: frozenset[str]) -> None:
    """Goes through every indirect object and all that lies inline in it. Raises WrongTypeError at the first active one."""
    if len(document.objects) > MAX_OBJECTS:
        raise TooBigError("objects")
    visited = 0
    for found in document.objects:
        pending: list[tuple[object, int]] = [(found, 0)]
        while pending:
            thing, depth = pending.pop()
            visited += 1
            if visited > 20 * MAX_OBJECTS or depth > MAX_DEPTH:
                raise TooBigError("objects")
            if isinstance(thing, pikepdf.Array):
                pending.extend((part, depth + 1) for part in thing if _inline(part))
            elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                keys = set(thing.keys())
                kinds = {str(thing.get("/S")), str(thing.get("/Subtype"))}
                if (keys | kinds) & _ACTIVE or (keys & {"/OpenAction", "/AA"} and _acts(thing, harmless)):
                    raise WrongTypeError("pdf_active")
                pending.extend((part, depth + 1) for key in keys if _inline(part := thing.get(key)))


def _inline(part: object) -> bool:
    return isinstance(part, pikepdf.Array | pikepdf.Dictionary) and not part.is_indirect


def _acts(thing: pikepdf.Dictionary | pikepdf.Stream, harmless: frozenset[str]) -> bool:
    """Whether an /OpenAction or /AA does more than show a place of the page."""
    for key in ("/OpenAction", "/AA"):
        action = thing.get(key)
        if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "/AA")) not in harmless:
            return True
    return False
