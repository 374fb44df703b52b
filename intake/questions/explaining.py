"""Reads what an applicant says of papers that do not agree: that it is so, why, that another photo follows, or what the card says. Pure."""

import re

from intake.drafts.disagreeing import key_of, untold
from intake.drafts.model import Draft
from intake.questions.changes import read_changes
from intake.questions.question import NOTHING, Reading, Said
from intake.reading import Answer, is_question, read_choice, read_yes_no
from language.lists import either
from standard.crosscheck import Code
from standard.requirements import KtpStatus, Reporter

REPLACE, GO_ON, UNMARRIED = "ganti", "lanjut", "belum"
REMARK = 3
"""Words from which on an answer is an explanation."""
LONGEST = 500
"""Letters of an explanation that are kept."""
_PHOTO = re.compile(rf"(?i)\b{either('photo')}")
STATUS_OF = {Code.STATUS_KK_AYAH_BERBEDA: "status_ktp_ayah", Code.STATUS_KK_IBU_BERBEDA: "status_ktp_ibu"}


def statuses(draft: Draft) -> list[str]:
    """The answers about a card's status that something belies, of what is told now."""
    found = []
    for one in untold(draft):
        if one.code is Code.STATUS_KTP_BERBEDA:
            item = one.items[0].value
            parent = draft.conditions.pelapor.value if item == "ktp_pelapor" and draft.conditions.pelapor else item.removeprefix("ktp_")
            found += [f"status_ktp_{parent}"] if parent in (Reporter.AYAH, Reporter.IBU) else []
        elif one.code in STATUS_OF:
            found.append(STATUS_OF[one.code])
    return found


def read_explanation(said: Said, draft: Draft, child: int) -> Reading[str]:
    """`REPLACE`, `GO_ON`, `UNMARRIED`, or the explanation as it was written."""
    if said.choice:
        return said.choice
    if is_question(said.text):
        return NOTHING
    picked = read_choice(said.text, said.choices)
    long = len(said.text.split()) >= REMARK
    if picked == REPLACE and long and not _PHOTO.search(said.text):
        picked = None  # `ibunya ganti nama` tells why
    if picked in (REPLACE, GO_ON) or (picked == UNMARRIED and statuses(draft)):
        return str(picked)
    if read_yes_no(said.text) is Answer.YES:
        return GO_ON
    if not long or read_changes(said.text, draft, said.today).values:
        return NOTHING
    return said.text.strip()[:LONGEST]


def store_explanation(draft: Draft, child: int, value: str) -> None:
    """Keeps what was said of everything that was told."""
    if value == REPLACE:
        return
    if value == UNMARRIED:
        for name in statuses(draft):
            setattr(draft.conditions, name, KtpStatus.BELUM_KAWIN)
        return
    for one in untold(draft):
        draft.explained[key_of(draft, one)] = "" if value == GO_ON else value
