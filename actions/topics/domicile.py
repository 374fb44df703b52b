"""Says at once, whatever was open, which office a family belongs to whose KK is from elsewhere."""

from actions.context import TurnContext
from actions.topics import facts
from intake.questions.question import Phase
from intake.reading import is_question
from intake.reading.domicile import read_domicile
from standard.requirements import Reporter

LABEL = "domisili_lain"
"""The question of `data/questions/` that asks it."""
OF_PLACES = (Phase.FACTS,)
"""Phases whose answers hold places that are no KK's: there only who asks is answered."""


def text_for(ctx: TurnContext) -> str:
    """The answer that fits what is said of the mother's and the father's KK: where they differ, the mother's counts."""
    pelapor = ctx.draft.conditions.pelapor if ctx.draft is not None else None
    writer = pelapor.value if pelapor in (Reporter.AYAH, Reporter.IBU) else None
    here = read_domicile(ctx.turn.text, writer).here
    if here.get("ibu") is True:
        return "jawab_domisili_kk_ibu"
    if here.get("ibu") is False and here.get("ayah") is True:
        return "jawab_domisili_kk_ayah"
    return f"jawab_{LABEL}"


async def told(ctx: TurnContext, answered: bool) -> bool:
    """Whether the message says that a KK is from elsewhere; it is answered beside whatever else it answered."""
    turn, asked = ctx.turn, ctx.open
    if turn.kind != "text" or not read_domicile(turn.text).elsewhere:
        return False
    if asked is not None and (asked.question.phase in OF_PLACES and not is_question(turn.text)):
        return False
    if answered and (asked is None or asked.question.phase is Phase.CONSENT or asked.question.id == "kk_luar"):
        return False
    ctx.say(text_for(ctx))
    if not answered:
        facts.close(ctx, LABEL)
    return True
