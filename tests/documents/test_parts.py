"""Pages of one file are parted into the documents that they are."""

from typing import Any, cast

import pytest

from documents.fields.model import Fields, Value
from documents.kinds.guess import Guess
from documents.model import Verdict
from documents.page import Seen
from documents.parts import together
from documents.quality.judgement import Findings, Judgement
from standard.kinds import Kind


def page(kind: Kind, lines: int = 30, verdict: Verdict = Verdict.OK, **fields: str) -> Seen:
    values = {name: Value(value, 1.0, None) for name, value in fields.items()}
    guess = Guess(kind, 0.9)
    return Seen(cast(Any, None), guess, Fields(values), Findings(guess, cast(Any, None), lines=lines), Judgement(verdict), True)


KK, KTP, LETTER, OTHER = Kind.KK, Kind.KTP, Kind.SURAT_KELAHIRAN, Kind.OTHER
BLANK = page(Kind.NONE, lines=0, verdict=Verdict.RETAKE)


@pytest.mark.parametrize(
    ("pages", "groups"),
    [
        ([page(KK), page(KTP, nik="1"), page(KTP, nik="2")], [[0], [1], [2]]),
        ([page(KK, no_kk="1"), page(KK, no_kk="1"), page(KTP)], [[0, 1], [2]]),
        ([page(KK, no_kk="1"), page(KK, no_kk="2")], [[0], [1]]),
        ([page(KTP), BLANK, page(KTP)], [[0, 1], [2]]),
        ([page(LETTER), page(OTHER), BLANK], [[0, 1, 2]]),
        ([page(LETTER), page(OTHER), page(KK)], [[0], [1], [2]]),
        ([page(LETTER, nama_ibu="SARI"), page(LETTER, nama_ibu="SARI")], [[0], [1]]),
        ([page(LETTER), page(LETTER, verdict=Verdict.OFFICER)], [[0, 1]]),
        ([page(KTP)], [[0]]),
    ],
    ids=["cards", "two-sheets", "two-families", "a-back", "an-annex", "what-is-none", "twins", "two-pages", "one"],
)
def test_each_paper_is_a_document_of_its_own(pages: list[Seen], groups: list[list[int]]) -> None:
    assert together(pages) == groups
