"""Tells at once, whichever came first, where the birth letters do not fit the children that were told of: their number, sex, names."""

from actions.context import TurnContext
from actions.summary import fact_text
from intake.drafts.birth_letters import letters_of, printed_name
from intake.drafts.letter_doubts import LetterDoubt, letter_doubts, sex_told
from intake.drafts.model import Draft, DraftState
from standard.crosscheck import sex_of

FEWER, STRANGE = "surat_kembar", "surat_lain"
ASKED_ANYWAY = frozenset({"beda_surat", "nama_anak_surat"})
"""Questions that show the letter beside what was told."""


def tell(ctx: TurnContext) -> list[str]:
    """The paragraphs; each is said once, and again only where letters or answers are others."""
    draft = ctx.draft
    if draft is None or draft.state is not DraftState.OPEN:
        return []
    letters, said = letters_of(draft), []
    fewer = f"{len(letters)}/{len(draft.children)}" if 0 < len(letters) < len(draft.children) else ""
    if _is_new(draft, FEWER, fewer):
        said.append(ctx.text(FEWER))
    for number, doubt in enumerate(letter_doubts(draft)):
        told = {"surat": _letter(ctx, draft, doubt), "jawaban": _children(ctx, draft, doubt)}
        asked = len(draft.children) == 1 and ctx.open is not None and ctx.open.question.id in ASKED_ANYWAY
        if not asked and _is_new(draft, f"{STRANGE}:{number}", "|".join(told.values())):
            said.append(ctx.text(STRANGE, **told))
    return said


def _is_new(draft: Draft, key: str, what: str) -> bool:
    """Whether there is something to tell that was not told yet; it counts as told from now on."""
    if draft.asked_back.get(key, "") == what:
        return False
    draft.asked_back[key] = what
    return bool(what)


def _letter(ctx: TurnContext, draft: Draft, doubt: LetterDoubt) -> str:
    sex = sex_of(doubt.letter.get("jenis_kelamin"))
    return ", ".join(part for part in (printed_name(draft, doubt.letter), _sex(ctx, sex)) if part)


def _children(ctx: TurnContext, draft: Draft, doubt: LetterDoubt) -> str:
    """What was told of the children, as far as the letter differs from it."""
    names = [child.nama or "" for child in draft.children] if "nama_anak" in doubt.fields else []
    sexes = [_sex(ctx, sex_told(child)) for child in draft.children] if "jenis_kelamin" in doubt.fields else []
    count = ctx.text("banyak_anak", jumlah=len(draft.children)) if len(draft.children) > 1 else ""
    return ", ".join(part for part in (count, " & ".join(names), " & ".join(dict.fromkeys(sexes))) if part)


def _sex(ctx: TurnContext, sex: str | None) -> str:
    return fact_text(ctx.catalogue, "jenis_kelamin", sex) if sex else ""
