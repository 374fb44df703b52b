"""Names the reasons for which something goes back, and what the applicant reads of them (`return_reasons.yml`)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from standard import facts

PHOTO_REASONS = ("BLUR", "GLARE", "DARK", "OVEREXPOSED", "TOO_SMALL", "CUT_OFF", "OCCLUDED", "WRONG_DOCUMENT", "SCREENSHOT")
"""Reasons of the photo check (`documents.model.Reason`) that an officer may find where the check did not."""


class ReasonList(StrEnum):
    """What a reason is about.

    A document of the applicant, a draft of the office, the end of a case without products, a final that goes out in spite of a warning,
    one that was sent wrongly, a number from SIAK
    or a declared value that was wrong, a case
    that goes on after the applicant wanted it to wait.
    """

    BERKAS = "berkas"
    DRAF = "draf"
    TUTUP = "tutup"
    IZIN = "izin"
    TARIK = "tarik"
    NOMOR = "nomor"
    DATA = "data"
    LANJUT = "lanjut"
    PAKET = "paket"
    BUKA = "buka"
    KOREKSI = "koreksi"


@dataclass(frozen=True)
class ReturnReason:
    """One row: `sentence` is what the applicant reads (None in the list of drafts), `items` where it applies (empty: everywhere)."""

    code: str
    label: str
    sentence: str | None
    items: frozenset[str]
    note_needed: bool
    breach: bool = False
    """Whether it says that a person's data reached another: a clock begins."""
    photo: str | None = None
    """The reason of the photo check (`documents.model.Reason`) that says the same of a document; None where the check can't know it."""

    def applies_to(self, item: str | None) -> bool:
        """Whether it may be given for that place in the bundle."""
        return not self.items or item in self.items


@cache
def reasons(of: ReasonList) -> dict[str, ReturnReason]:
    """The reasons of one list by code, in the order in which they are offered."""
    return {row["code"]: _reason(row) for row in facts.load("return_reasons")[of]}


def sentence_for_applicant(of: ReasonList, code: str, note: str | None) -> str:
    """What the applicant reads for this reason, the officer's note behind it. An unknown code (of an older table) leaves the note alone."""
    reason = reasons(of).get(code)
    return " ".join(part for part in ((reason.sentence if reason else None), note) if part)


def _reason(row: dict[str, Any]) -> ReturnReason:
    return ReturnReason(
        row["code"],
        row["label"],
        row.get("sentence"),
        frozenset(row.get("items", ())),
        row.get("note", False),
        row.get("breach", False),
        row.get("photo"),
    )
