"""Decides: from what was found on a page to the verdict and the one thing that the applicant should do differently. Pure."""

from dataclasses import dataclass, field

from documents.kinds import Guess
from documents.legibility import LineLook, PageLook
from documents.model import Reason, Verdict
from documents.thresholds import thresholds
from standard.kinds import Kind

WANTED = frozenset(Kind) - {Kind.OTHER, Kind.NONE}
MOST_REASONS = 2
"""More than two things to do differently are not done."""


@dataclass(frozen=True)
class Findings:
    """All that the verdict rests on. `needed`: the look of each needed line that was seen; `numbers`: which of them are digits."""

    guess: Guess
    page: PageLook
    needed: dict[str, LineLook] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    chance: float = 0.0
    """Mean chance of the characters on the page."""
    lines: int = 0
    typical: LineLook | None = None
    """The look of the page's lines, needed or not."""
    at_rim: int = 0
    """Lines of text that touch the rim of the picture."""
    small: bool = False
    """Whether there is a document-like thing too far away for its text, or the picture has too few pixels for any."""
    several: bool = False
    screenshot: bool = False
    obstacles: tuple[Reason, ...] = ()
    """What was seen to hide a needed field."""


@dataclass(frozen=True)
class Judgement:
    """The verdict and its reasons, the most helpful first."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


def judge(findings: Findings, expect: Kind | None) -> Judgement:
    """The verdict for one document. Order of the rules: what is wrong with the picture as a whole, what it is, what can't be read."""
    faults = sorted(_faults(findings), reverse=True)
    reasons = tuple(dict.fromkeys(reason for _, reason in faults))[:MOST_REASONS]
    kind = findings.guess.kind
    if findings.several:
        return Judgement(Verdict.RETAKE, (Reason.MULTIPLE_DOCUMENTS,))
    if findings.screenshot:
        return Judgement(Verdict.RETAKE, (Reason.SCREENSHOT,))
    if kind not in WANTED:
        if reasons and not findings.guess.named:
            return Judgement(Verdict.RETAKE, reasons)
        return Judgement(Verdict.RETAKE, (Reason.NO_DOCUMENT if kind is Kind.NONE else Reason.WRONG_DOCUMENT,))
    if expect is not None and kind is not expect:
        return Judgement(Verdict.RETAKE, (Reason.WRONG_DOCUMENT,))
    if reasons:
        return Judgement(Verdict.RETAKE, reasons)
    if findings.missing or findings.doubts:
        clear = findings.chance >= thresholds()["mean_chance"]
        return Judgement(Verdict.OFFICER if clear else Verdict.RETAKE, (Reason.UNREADABLE_FIELD,))
    return Judgement(Verdict.OK)


def _faults(findings: Findings) -> list[tuple[float, Reason]]:
    """What is wrong with the picture, each with how far it lies beyond its limit (1.0 is just beyond)."""
    limits = thresholds()
    found: list[tuple[float, Reason]] = []

    def below(value: float, limit: float, reason: Reason) -> None:
        if value < limit:
            found.append((limit / max(value, limit / 20), reason))

    unread = bool(findings.missing) or findings.guess.kind not in WANTED
    for name, look in findings.needed.items():
        below(look.height, limits["number_height" if name in findings.numbers else "word_height"], Reason.TOO_SMALL)
        below(look.paper, limits["dark_paper"], Reason.DARK)
        below(look.sharp, limits["sharp"], Reason.BLUR)
        if look.contrast < limits["contrast"] and look.paper >= limits["dark_paper"]:
            white = look.saturated > limits["saturated_line"] or look.paper > 245
            found.append((limits["contrast"] / max(look.contrast, 1.0), Reason.OVEREXPOSED if white else Reason.BLUR))
    if not unread:
        return found
    found += [(9.0 - place, reason) for place, reason in enumerate(findings.obstacles)]
    if findings.at_rim >= limits["lines_at_rim"]:
        found.append((8.0, Reason.CUT_OFF))
    if findings.small and findings.page.edges >= limits["page_edges"]:
        found.append((6.0, Reason.TOO_SMALL))
    below(findings.page.bright, limits["dark_page"], Reason.DARK)
    if findings.page.saturated > limits["white_page"] and findings.lines < 6:
        found.append((findings.page.saturated / limits["white_page"] * 2, Reason.OVEREXPOSED))
    elif findings.page.glare > limits["glare_blob"] and not found and findings.guess.kind in WANTED:
        found.append((min(6.0, findings.page.glare / limits["glare_blob"]), Reason.GLARE))
    below(findings.page.edges, limits["page_edges"], Reason.BLUR)
    if findings.typical is not None and findings.lines > 3:
        below(findings.typical.sharp, limits["sharp"], Reason.BLUR)
        below(findings.typical.height, limits["word_height"], Reason.TOO_SMALL)
    return found
