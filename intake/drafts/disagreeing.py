"""Compares the papers and answers of a draft, and says what the applicant has to be told of before it is sent. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from intake.drafts.birth_letters import letters_by_child
from intake.drafts.learning import by_item_fields, parents_of
from intake.drafts.model import Draft
from standard import crosscheck
from standard.crosscheck import Code, Disagreement

TOLD = frozenset(
    {
        Code.NIK_PELAPOR_TIDAK_DI_KK, Code.NAMA_IBU_BERBEDA, Code.NAMA_AYAH_BERBEDA, Code.SUAMI_BERBEDA, Code.ISTRI_BERBEDA,
        Code.SAKSI_SAMA, Code.SAKSI_ORANG_TUA, Code.STATUS_KTP_BERBEDA, Code.STATUS_KK_AYAH_BERBEDA, Code.STATUS_KK_IBU_BERBEDA,
        Code.ORANG_TUA_TIDAK_DI_KK, Code.KK_BUKAN_PASANGAN,
    }
)  # fmt: skip
"""What the applicant can put right or explain; the rest is for the officer alone, or has a question of its own (`beda_surat`)."""

NAME_OF: Mapping[Code, str] = {
    Code.NAMA_IBU_BERBEDA: "nama_ibu", Code.NAMA_AYAH_BERBEDA: "nama_ayah", Code.SUAMI_BERBEDA: "suami", Code.ISTRI_BERBEDA: "istri",
}  # fmt: skip
"""Under which name of its first paper the person stands whom a disagreement is about; else `nama`."""


def disagreements(draft: Draft, today: date | None = None) -> tuple[Disagreement, ...]:
    """What the documents and answers disagree on."""
    compared = crosscheck.Bundle(
        draft.known,
        by_item_fields(draft),
        children=tuple(child.fields for child in draft.children),
        letters=tuple(letters_by_child(draft)),
        fingerprints={document.item: document.fingerprint for document in draft.documents if document.item and document.fingerprint},
        parents=parents_of(draft).people,
        today=today,
    )
    return crosscheck.warnings(compared)


def untold(draft: Draft) -> list[Disagreement]:
    """What the applicant has not been told of yet."""
    return [one for one in disagreements(draft) if one.code in TOLD and key_of(draft, one) not in draft.explained]


def key_of(draft: Draft, one: Disagreement) -> str:
    """Under which key an explanation is kept: another photo of the paper is another disagreement."""
    papers = [document.submission for item in one.items if (document := draft.document(item)) is not None]
    return ":".join([one.code.value, *papers])


def name_in(draft: Draft, one: Disagreement) -> str:
    """The name on the paper that does not fit, or nothing."""
    document = draft.document(one.items[0])
    return str((document.fields if document else {}).get(NAME_OF.get(one.code, "nama")) or "")


def as_told(draft: Draft, today: date) -> list[dict[str, Any]]:
    """Every disagreement as the bundle carries it, with what the applicant said when told of it."""
    rows = []
    for one in disagreements(draft, today):
        key = key_of(draft, one)
        rows.append(
            {
                "code": one.code.value, "items": [item.value for item in one.items], "told": key in draft.explained,
                "said": draft.explained.get(key) or None,
            }
        )  # fmt: skip
    return rows
