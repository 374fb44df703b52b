"""Takes over what the document check says of a file: its documents, its reasons, and what the bundle carries of it. Pure."""

from dataclasses import asdict, replace
from typing import Any

from documents import Check, Page
from documents.model import Reason, Verdict
from intake.placing.arrivals import Upload
from standard.kk_sheets import incomplete, joined_members

OF_THE_CHAT = {"file_pdf_locked": "PDF_LOCKED", "form_blank": "BELUM_DIISI"}
"""What the check marks beside its reasons, and the reason that only the chat knows."""
OF_THE_CAMERA = frozenset(
    {
        Reason.BLUR,
        Reason.GLARE,
        Reason.DARK,
        Reason.OVEREXPOSED,
        Reason.TOO_SMALL,
        Reason.CUT_OFF,
        Reason.OCCLUDED,
        Reason.UNREADABLE_FIELD,
    }
)
"""What a better photo of the same paper mends."""
UNSIGNED = "unsigned_"
"""Begins the check's marks of places on an SPTJM where nobody has signed."""
OTHER = "other_"
"""Begins the check's mark of a paper that is none of ours."""
MOMENTS = ("lahir_mati",)
"""Papers that tell of a moment of `sensitive.yml`, by the name of their group in `kinds.yml`."""


def parts_of(upload: Upload, check: Check | str) -> list[tuple[Upload, Check | str]]:
    """Every document of a file. A caption that came with several of them names none; each knows its page."""
    if isinstance(check, str) or not check.others:
        return [(upload, check)]
    return [(replace(upload, hint=None, page=part.first_page + 1), part) for part in (check, *check.others)]


def reasons_of(check: Check) -> tuple[str, ...]:
    """What the applicant is told: a file with a PIN and a form that nobody has filled in have a sentence of their own."""
    if places := [mark for mark in check.quality if mark.startswith(UNSIGNED)]:
        return tuple(f"TTD_{mark.removeprefix(UNSIGNED).upper()}" for mark in places)
    own = next((reason for mark, reason in OF_THE_CHAT.items() if mark in check.quality), None)
    return (own,) if own else tuple(check.reasons)


def moment_of(check: Check) -> str | None:
    """The moment in which a form is the wrong answer, where the paper itself tells of one."""
    return next((moment for moment in MOMENTS if f"{OTHER}{moment}" in check.quality), None)


def other_paper(check: Check) -> str:
    """Which paper of another service it seems to be, or nothing."""
    return next((mark.removeprefix(OTHER) for mark in check.quality if mark.startswith(OTHER)), "")


def check_json(check: Check) -> dict[str, Any]:
    """A check as the bundle carries it."""
    return {
        "verdict": check.verdict.value,
        "kind": check.kind.value,
        "kind_confidence": check.kind_confidence,
        "reasons": [reason.value for reason in check.reasons],
        "fields": check.fields,
        "confidence": check.confidence,
        "boxes": {name: asdict(box) for name, box in check.boxes.items()},
        "quality": check.quality,
    }


def all_pages(check: Check) -> list[Page]:
    """The pages of every document of a file."""
    return [page for part in (check, *check.others) for page in part.pages]


def joined(first: dict[str, Any], sheets: list[dict[str, Any]]) -> dict[str, Any]:
    """A first reading with what the second pass found on each sheet."""
    result = first | {part: first.get(part, {}) | sheets[0][part] for part in ("fields", "confidence", "boxes")}
    if members := joined_members(sheet["fields"].get("anggota") or [] for sheet in sheets):
        result["fields"] = result["fields"] | {"anggota": members}
    if result.get("verdict") == Verdict.OK and incomplete([sheet.get("quality") or {} for sheet in sheets]):
        result |= {"verdict": Verdict.OFFICER.value, "reasons": [Reason.UNREADABLE_FIELD.value]}
    return result
