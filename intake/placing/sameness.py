"""Says of two documents of one draft whether they are one paper, and which of them is the better. Pure."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from documents import Check, Kind
from intake.drafts.family_card import same_person
from intake.drafts.model import Document
from standard.sameness import are_distinct, look_alike, same_paper


def is_worse(document: Document, standing: Document) -> bool:
    """Whether a document that an officer has to look at would take the place of a good one of the same paper."""
    return document.flagged and not standing.flagged and not are_distinct(standing.fields, document.fields)


def same_card(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two KTP are one person's: never where a number or a name differs, so that nobody's card takes another's place."""
    return same_paper(one, other) or (same_person(one, other) and not are_distinct(one, other))


def same_pages(document: Document, check: Check) -> bool:
    """Whether a file shows nothing but pages that the document has already, byte for byte."""
    return {sha256(page.jpeg).hexdigest() for page in check.pages} <= {page.blob for page in document.pages}


def seems_same(document: Document, check: Check, children: int) -> bool:
    """Whether a file is one that is here: by its bytes, or by fields and picture together.

    Twins' birth letters differ in an hour that nobody reads: there only the bytes tell.
    """
    if check.pages and same_pages(document, check):
        return True
    if document.kind is not check.kind or (check.kind is Kind.SURAT_KELAHIRAN and children > 1):
        return False
    return same_paper(document.fields, check.fields) and look_alike(document.fingerprint, check.fingerprint)
