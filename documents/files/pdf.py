"""Renders the pages of a PDF to pixels, filled forms, notes and signatures included, mends what a reader mends, and refuses active content.

The rendered pixels are the truth: a text layer may say what nobody sees, so it is not read.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from documents.files.types import LONG_SIDE, MIN_SIDE, Pixels, Sheet, TooBigError, UnfitFileError, WrongTypeError
from documents.model import MAX_PAGES

MOST_PAGES = 20
"""More than this is no document of a birth."""
MAX_OBJECTS = 20_000
"""Objects walked in search of active content; a file with more is refused rather than half searched."""
MAX_DEPTH = 60
HEAD_WITHIN = 1024
"""Bytes that may stand before a PDF's head, as every reader has it."""
PHOTO_SHARE = 0.2
"""A page with pictures over more than this share of it was photographed or scanned, and may be dark or blurred as a photo is."""

_ACTIVE = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/XFA", "/RichMedia", "/RichMediaContent"}
_ACTIVE |= {"/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/Movie", "/Sound", "/Screen", "/FileAttachment"}
"""Names that mark it, as a key, as the kind of an action or as that of a part of the page."""
_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
QUIET = frozenset({"/GoTo"})
"""What a file that the office sends may do by itself when it is opened: show one of its pages."""


_PRINTS = re.compile(r"(this\.)?print\([^();]*\)(\s*;)?")
"""The one script that is let through where `/Named` is, which never runs here: many registries' files open with the printer's window."""
_TREES = frozenset({"/JavaScript", "/EmbeddedFiles"})
"""Lists by name, which many programs write without a single name in them."""


def render(data: bytes) -> tuple[Sheet, ...]:
    """The pages as sheets. Raises UnfitFileError: `pdf_locked`, `pdf_active`, `pages`, `broken`."""
    with opened(inspected(data)) as document:
        if len(document) > MAX_PAGES:
            raise TooBigError("pages")
        return tuple(_sheet(page) for page in document)


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
        document.init_forms()
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
    bitmap = page.render(scale=scale, may_draw_forms=True, draw_annots=True, rev_byteorder=True, fill_color=(255, 255, 255, 255))
    return np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])


def _sheet(page: pdfium.PdfPage) -> Sheet:
    width, height = page.get_size()
    return Sheet(rendered(page, LONG_SIDE), drawn=_photographed(page) < PHOTO_SHARE * width * height)


def _photographed(page: pdfium.PdfPage) -> float:
    """The area of the page's pictures, in its own units."""
    area = 0.0
    for found in page.get_objects(max_depth=4):
        if found.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = found.get_bounds()
            area += abs((right - left) * (top - bottom))
    return area


def inspected(data: bytes, harmless: frozenset[str] = _HARMLESS_ACTIONS) -> bytes:
    """The file without what stands before its head, and put in order where its tables are broken.

    Raises WrongTypeError where it holds a program, another file, a form of its own, or does more than is `harmless` when opened;
    UnfitFileError where it is broken beyond that.
    """
    data = data[max(0, data[:HEAD_WITHIN].find(b"%PDF-")) :]
    try:
        with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as document:
            if document.is_encrypted and document.user_password_matched is False and document.owner_password_matched is False:
                raise WrongTypeError("pdf_locked")
            _walk(document, harmless)
            if not document.get_warnings():
                return data
            mended = io.BytesIO()
            document.save(mended)
            return mended.getvalue()
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
                parts = dict(thing.items())  # not by `get`: a name may hold bytes that are no text, and is found by none then
                if _acts(thing, set(parts), harmless):
                    raise WrongTypeError("pdf_active")
                pending.extend((part, depth + 1) for part in parts.values() if _inline(part))


def _inline(part: object) -> bool:
    return isinstance(part, pikepdf.Array | pikepdf.Dictionary) and not part.is_indirect


def _acts(thing: pikepdf.Dictionary | pikepdf.Stream, keys: set[str], harmless: frozenset[str]) -> bool:
    """Whether an object holds or starts a program. What only prints or shows a place, and lists that name nothing, do not."""
    script = "/JS" in keys and not _only_prints(thing.get("/JS"), harmless)
    named = any(not _empty(thing.get(key)) for key in keys & _TREES)
    kinds = {str(thing.get(key)) for key in ("/S", "/Subtype", "/Type")} - {"/JavaScript"}
    if script or named or (keys - _TREES - {"/JS"} | kinds) & _ACTIVE:
        return True
    actions = [thing.get("/OpenAction")]
    if isinstance(more := thing.get("/AA"), pikepdf.Dictionary):
        actions += [action for _, action in more.items()]
    return any(isinstance(action, pikepdf.Dictionary) and not _is_harmless(action, harmless) for action in actions)


def _is_harmless(action: pikepdf.Dictionary, harmless: frozenset[str]) -> bool:
    return str(action.get("/S")) in harmless or ("/JS" in action and _only_prints(action.get("/JS"), harmless))


def _only_prints(script: object, harmless: frozenset[str]) -> bool:
    text = script.read_bytes().decode("latin-1") if isinstance(script, pikepdf.Stream) else str(script)
    return "/Named" in harmless and _PRINTS.fullmatch(text.strip()) is not None


def _empty(tree: object) -> bool:
    """Whether a list by name has no name in it."""
    if not isinstance(tree, pikepdf.Dictionary):
        return False
    leaves = [tree.get(key) for key in ("/Names", "/Kids") if key in tree]
    return set(tree.keys()) <= {"/Names", "/Kids", "/Limits"} and all(isinstance(leaf, pikepdf.Array) and not len(leaf) for leaf in leaves)
