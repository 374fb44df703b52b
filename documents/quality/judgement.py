"""Decides: from what was found on a page to the verdict and the one thing that the applicant should do differently. Pure."""

from dataclasses import dataclass, field

from documents.kinds.guess import Guess
from documents.model import Reason, Verdict
from documents.ocr.outline import Outline
from documents.quality.legibility import LineLook, PageLook
from documents.thresholds import thresholds
from standard.kinds import Kind

WANTED = frozenset(Kind) - {Kind.OTHER, Kind.NONE}
OF_A_CAMERA = frozenset({Reason.BLUR, Reason.GLARE, Reason.DARK, Reason.OVEREXPOSED, Reason.OCCLUDED})
"""What can only be wrong with a photo."""
MOST_REASONS = 2
"""More than two things to do differently are not done."""


@dataclass(frozen=True)
class Findings:
    """All that the verdict rests on. `needed`: the look of each needed line that was seen; `numbers`: which of them are digits."""

    guess: Guess
    page: PageLook
    needed: dict[str, LineLook] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    sure: frozenset[str] = frozenset()
    """Those of the needed lines whose value was read without any doubt: what stands there is not too soft to be read."""
    unread: frozenset[str] = frozenset()
    """Those that were seen, and have no value."""
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    chance: float = 0.0
    """Mean chance of the characters on the page."""
    lines: int = 0
    typical: LineLook | None = None
    """The look of the page's lines, needed or not."""
    altered: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    """See `fields.Fields`."""
    at_rim: int = 0
    """Lines of text that touch the rim of the picture."""
    small: bool = False
    """Whether there is a document-like thing too far away for its text, or the picture has too few pixels for any."""
    several: bool = False
    screenshot: bool = False
    blank: bool = False
    """Whether it is a form that nobody has filled in."""
    drawn: bool = False
    """Whether a program set the page: no light, hand or lens can be at fault."""
    outline: Outline | None = None
    """The outline of a sheet on which hardly any lines were found."""
    reached_over: float = 0.0
    leaves: float = 0.0
    """See `paper.Paper`."""
    obstacles: tuple[Reason, ...] = ()
    """What was seen to hide a needed field."""
    cut: float = 0.0
    """See `fields.Fields`."""


@dataclass(frozen=True)
class Judgement:
    """The verdict and its reasons, the most helpful first."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


def judge(findings: Findings, expect: Kind | None) -> Judgement:
    """The verdict for one document. Order of the rules: what is wrong with the picture as a whole, what it is, what can't be read."""
    kind = findings.guess.kind
    if findings.several and not findings.guess.named:
        return Judgement(Verdict.RETAKE, (Reason.MULTIPLE_DOCUMENTS,))
    if findings.screenshot:
        return Judgement(Verdict.RETAKE, (Reason.WRONG_DOCUMENT, Reason.SCREENSHOT) if findings.guess.named else (Reason.SCREENSHOT,))
    if findings.blank:
        return Judgement(Verdict.RETAKE, (Reason.UNREADABLE_FIELD,))
    faults = sorted((fault for fault in _faults(findings) if not (findings.drawn and fault[1] in OF_A_CAMERA)), reverse=True)
    reasons = tuple(dict.fromkeys(reason for _, reason in faults))[:MOST_REASONS]
    if kind not in WANTED:
        if reasons and not findings.guess.named:
            unknown = kind is Kind.OTHER and findings.chance >= thresholds()["mean_chance"]
            return Judgement(Verdict.RETAKE, (*reasons[:1], Reason.WRONG_DOCUMENT) if unknown else reasons)
        return Judgement(Verdict.RETAKE, (Reason.NO_DOCUMENT if kind is Kind.NONE else Reason.WRONG_DOCUMENT,))
    if expect is not None and kind is not expect:
        return Judgement(Verdict.RETAKE, (Reason.WRONG_DOCUMENT,))
    if reasons:
        return Judgement(Verdict.RETAKE, reasons)
    if findings.unsigned:
        return Judgement(Verdict.RETAKE, (Reason.UNREADABLE_FIELD,))
    if findings.altered:
        return Judgement(Verdict.OFFICER, (Reason.ALTERED,))
    if findings.missing or findings.doubts:
        return Judgement(Verdict.OFFICER, (Reason.UNREADABLE_FIELD,))
    return Judgement(Verdict.OK)


Faults = list[tuple[float, Reason]]
"""What is wrong with a picture, each with how far it lies beyond its limit: 1.0 is just beyond."""


def _faults(findings: Findings) -> Faults:
    """The faults that matter: those of needed lines always, the page's own only where something could not be read."""
    found = [fault for name, look in findings.needed.items() for fault in _line_faults(look, name, findings)]
    if findings.cut > thresholds()["card_cut"]:
        found.append((8.5, Reason.CUT_OFF))
    hidden = bool(findings.missing) or findings.guess.kind not in WANTED
    clear = findings.chance >= thresholds()["mean_chance"]
    if hidden or not clear:
        foreign = findings.guess.kind is Kind.OTHER and findings.guess.hints < HINTS and clear and findings.page.glare < GREAT_GLARE
        found += [] if foreign else _page_faults(findings, clear)
        if hidden and not clear and findings.lines > FEW:
            everywhere = [(weight, reason) for weight, reason in found if reason is not Reason.GLARE] + _fine_print(findings)
            if not everywhere:
                everywhere = found if findings.page.glare > WIDE_GLARE else []
            found = [(weight + EVERYWHERE, reason) for weight, reason in everywhere or [(1.0, Reason.BLUR)]]
        found += _in_the_way(findings)
    return found


EVERYWHERE = 10.0
"""What is added to faults of the whole picture where no line of many is read well: a hand or the rim does not explain that."""
WIDE_GLARE = 0.04
"""Share of the text's part in the light from which on that alone may leave no line readable."""
GREAT_GLARE = 0.1
"""Share of the text's part in the light from which on even a document's title may be hidden."""
HINTS = 2.0
"""Points for some wanted kind below which a well read page is simply another document, whatever its light."""
FEW = 3
BLEACHED = 252.0
"""Luma of paper on which ink has begun to vanish."""
PALER = 0.75
"""Contrast of a line, as a share of the page's usual one, below which the light lies on this line and not on the whole page."""
WHITE_LINE = 245.0
WHITE_PAPER = 240.0
"""Luma of a page's paper above which white is no glare, …"""
UNLIT = 0.02
"""… unless hardly any of its lines has a white pixel."""
FEW_ON_A_KK = 25
"""A KK on which fewer lines than this are found is printed too small in the picture."""


def _line_faults(look: LineLook, name: str, findings: Findings) -> Faults:
    limits, typical = thresholds(), findings.typical
    found = [
        *_below(look.height, limits["number_height" if name in findings.numbers else "word_height"], Reason.TOO_SMALL),
        *_below(look.paper, limits["dark_paper"], Reason.DARK),
        *_below(look.sharp, limits["sharp_sure" if name in findings.sure else "sharp"], Reason.BLUR),
    ]
    white = look.saturated > limits["saturated_line"] or look.paper > WHITE_LINE
    paler = typical is not None and look.contrast < PALER * typical.contrast
    if look.contrast < limits["white_contrast" if look.paper > BLEACHED else "contrast"] and look.paper >= limits["dark_paper"]:
        bleached = Reason.GLARE if paler else Reason.OVEREXPOSED
        found.append((limits["contrast"] / max(look.contrast, 1.0), bleached if white else Reason.BLUR))
    elif name in findings.unread and findings.guess.kind is Kind.KK and look.saturated > limits["saturated_line"] and paler:
        found.append((1.0, Reason.GLARE))  # always printed: what is paler than the rest and can't be read lies in the light
    return found


def _in_the_way(findings: Findings) -> Faults:
    """What hides a field: the rim, a hand, light."""
    limits = thresholds()
    found = [(9.0 - place, reason) for place, reason in enumerate(findings.obstacles)]
    if findings.at_rim >= limits["lines_at_rim"]:
        found.append((8.0, Reason.CUT_OFF))
    if findings.lines > FEW:
        if findings.reached_over > limits["reached_over"] and (findings.guess.kind is not Kind.KTP or not findings.obstacles):
            found.append((7.0, Reason.OCCLUDED))
        if findings.leaves > limits["leaves"]:
            found.append((6.0, Reason.CUT_OFF))
    return found


def _page_faults(findings: Findings, clear: bool) -> Faults:
    """What is wrong with the picture as a whole."""
    limits, page = thresholds(), findings.page
    bare = findings.lines <= FEW
    found: Faults = []
    if not clear or bare or findings.guess.kind in WANTED:
        found += _below(page.bright, limits["dark_page"], Reason.DARK)
    if bare:
        found += _below(page.usual, limits["dark_room"], Reason.DARK)
    if findings.small and page.edges >= limits["page_edges"]:
        found.append((6.0, Reason.TOO_SMALL))
    white = limits["white_picture" if bare else "white_page"]
    if page.saturated > white:
        spared = findings.typical is not None and findings.typical.contrast > limits["spared_contrast"] and findings.lines > FEW
        found.append((page.saturated / white * 2, Reason.GLARE if spared else Reason.OVEREXPOSED))
    if bare:
        dusk = page.edges < limits["in_focus"] and limits["dark_page"] / limits["dusk"] < page.bright < limits["dark_page"]
        return found + (_unread_sheet(findings) or ([(1.6, Reason.BLUR)] if dusk else []))
    found += _below(page.edges, limits["page_edges"] * (1.0 if clear else limits["soft"]), Reason.BLUR)
    if findings.typical is not None:
        tiny = Reason.TOO_SMALL if _fine_print(findings) and not clear else Reason.BLUR
        found += _below(findings.typical.sharp, limits["sharp"] * (1.0 if clear else limits["soft"]), tiny)
        found += _below(findings.typical.height, limits["word_height"], Reason.TOO_SMALL)
    look = findings.typical
    unknown = findings.guess.kind is Kind.OTHER and page.glare > GREAT_GLARE
    glossy = look is None or look.paper < WHITE_PAPER or look.saturated < UNLIT or unknown or bool(findings.missing)
    if not found and glossy and page.glare > limits["glare_blob"] and findings.guess.kind is not Kind.NONE:
        found.append((min(6.0, page.glare / limits["glare_blob"]), Reason.GLARE))
    if not found and findings.guess.kind is Kind.KK and findings.lines < FEW_ON_A_KK:
        found.append((1.2, Reason.TOO_SMALL))
    return found


def _fine_print(findings: Findings) -> Faults:
    """A page in focus whose lines can't be made out is too far away."""
    limits, look = thresholds(), findings.typical
    small = look is not None and look.height < limits["small_print"] and findings.page.edges > limits["in_focus"]
    return [(1.5, Reason.TOO_SMALL)] if small else []


def _unread_sheet(findings: Findings) -> Faults:
    """Why hardly any line was found on what may be a document: blurred, too far away, or it is none."""
    limits, sheet = thresholds(), findings.outline
    if findings.page.edges < limits["blurred_page"]:
        return [(2.0, Reason.BLUR)]
    if sheet is None:
        return []
    if sheet.share < limits["sheet_share"]:
        return [(2.0, Reason.TOO_SMALL)] if sheet.ink > limits["far_ink"] else []
    return [(2.0, Reason.BLUR)] if sheet.ink > limits["sheet_ink"] else []


def _below(value: float, limit: float, reason: Reason) -> Faults:
    return [(limit / max(value, limit / 20), reason)] if value < limit else []
