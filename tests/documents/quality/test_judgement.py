"""The verdict follows from the findings, with the one reason that helps."""

import pytest

from documents.kinds.guess import Guess
from documents.model import Reason, Verdict
from documents.ocr.outline import Outline
from documents.quality.judgement import Findings, judge
from documents.quality.legibility import LineLook, PageLook
from standard.kinds import Kind

PAGE = PageLook(bright=230, saturated=0.0, glare=0.0, edges=0.3)
LINE = LineLook(height=30, sharp=0.35, contrast=150, paper=200, saturated=0.0)
KTP = Guess(Kind.KTP, 0.97)


def findings(**changed: object) -> Findings:
    base: dict[str, object] = {
        "guess": KTP,
        "page": PAGE,
        "needed": {"nik": LINE},
        "numbers": frozenset({"nik"}),
        "chance": 0.98,
        "lines": 30,
    }
    return Findings(**(base | changed))  # type: ignore[arg-type]


def look(**changed: float) -> dict[str, LineLook]:
    return {"nik": LineLook(**({**vars(LINE), **changed}))}


def page(**changed: float) -> PageLook:
    return PageLook(**{**vars(PAGE), **changed})


def test_a_legible_page_of_the_expected_kind_is_ok() -> None:
    assert judge(findings(), Kind.KTP).verdict is Verdict.OK


UNREAD: dict[str, object] = {"guess": Guess(Kind.NONE, 0.6), "needed": {}, "lines": 0, "chance": 0.0}


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ({"needed": look(sharp=0.05)}, Reason.BLUR),
        ({"needed": look(paper=20)}, Reason.DARK),
        ({"needed": look(height=8)}, Reason.TOO_SMALL),
        ({"needed": look(contrast=10, paper=252)}, Reason.OVEREXPOSED),
        ({"needed": look(contrast=10, paper=252), "typical": LINE}, Reason.GLARE),
        ({"needed": look(sharp=0.11)}, Reason.BLUR),
        ({"needed": look(sharp=0.07), "sure": frozenset({"nik"})}, Reason.BLUR),
        (
            {"guess": Guess(Kind.KK, 0.9), "needed": look(contrast=90, saturated=0.6), "unread": frozenset({"nik"}), "typical": LINE},
            Reason.GLARE,
        ),
        ({**UNREAD, "page": page(edges=0.09)}, Reason.BLUR),
        ({"missing": ("nik",), "page": page(saturated=0.6), "typical": LINE}, Reason.GLARE),
        ({"guess": Guess(Kind.OTHER, 0.7), "needed": {}, "page": page(glare=0.25), "typical": LINE}, Reason.GLARE),
        ({"missing": ("nik",), "obstacles": (Reason.GLARE,)}, Reason.GLARE),
        ({"missing": ("nik",), "obstacles": (Reason.OCCLUDED,)}, Reason.OCCLUDED),
        ({"missing": ("nik",), "at_rim": 3}, Reason.CUT_OFF),
        ({"cut": 0.25}, Reason.CUT_OFF),
        ({"missing": ("nik",), "chance": 0.5, "page": page(glare=0.06)}, Reason.GLARE),
        ({"missing": ("nik",), "chance": 0.5, "page": page(glare=0.01)}, Reason.BLUR),
        ({"missing": ("nik",), "page": page(glare=0.05)}, Reason.GLARE),
        ({"guess": Guess(Kind.NONE, 0.6), "needed": {}, "lines": 0, "chance": 0.0}, Reason.NO_DOCUMENT),
        ({"guess": Guess(Kind.NONE, 0.6), "needed": {}, "lines": 0, "chance": 0.0, "page": page(bright=40)}, Reason.DARK),
        ({**UNREAD, "page": page(usual=50)}, Reason.DARK),
        ({"guess": Guess(Kind.NONE, 0.6), "needed": {}, "lines": 1, "chance": 0.1, "page": page(edges=0.05)}, Reason.BLUR),
        ({"guess": Guess(Kind.NONE, 0.6), "needed": {}, "lines": 0, "chance": 0.0, "small": True}, Reason.TOO_SMALL),
        ({**UNREAD, "page": page(edges=0.15), "outline": Outline((0, 0, 900, 700), 900, 0.4, 0.0, 0.08)}, Reason.BLUR),
        ({**UNREAD, "outline": Outline((0, 0, 200, 150), 200, 0.03, 0.0, 0.1)}, Reason.TOO_SMALL),
        ({**UNREAD, "outline": Outline((0, 0, 900, 700), 900, 0.4, 0.0, 0.004)}, Reason.NO_DOCUMENT),
        ({**UNREAD, "page": page(saturated=0.4)}, Reason.OVEREXPOSED),
        ({"missing": ("nik",), "reached_over": 0.05}, Reason.OCCLUDED),
        ({"missing": ("nik",), "leaves": 0.3}, Reason.CUT_OFF),
        ({"missing": ("nik",), "chance": 0.5, "page": page(edges=0.1), "obstacles": (Reason.OCCLUDED,)}, Reason.BLUR),
        ({"guess": Guess(Kind.OTHER, 0.9, named=True), "needed": {}}, Reason.WRONG_DOCUMENT),
        ({"several": True}, Reason.MULTIPLE_DOCUMENTS),
        ({"screenshot": True}, Reason.SCREENSHOT),
    ],
)
def test_each_cause_has_its_reason(case: dict[str, object], reason: Reason) -> None:
    judgement = judge(findings(**case), None)
    assert judgement.verdict is Verdict.RETAKE
    assert judgement.reasons[0] is reason


def test_a_soft_line_that_was_read_without_doubt_is_ok() -> None:
    assert judge(findings(needed=look(sharp=0.11), sure=frozenset({"nik"})), None).verdict is Verdict.OK


def test_another_kind_than_the_expected_one_is_the_wrong_document() -> None:
    assert judge(findings(), Kind.KK).reasons == (Reason.WRONG_DOCUMENT,)


def test_a_clear_page_with_a_doubt_goes_to_an_officer() -> None:
    assert judge(findings(missing=("nik",), doubts=("nik",)), Kind.KTP).verdict is Verdict.OFFICER
