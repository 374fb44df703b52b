"""Answers questions that the general answers say too little of: texts `jawab_<id>`, learnt from `data/questions/`."""

from collections.abc import Awaitable, Callable

from actions import understanding
from actions.context import TurnContext
from actions.topics import domicile, facts
from intake.reading import is_question
from intake.reading.helping import of_several_families

GENERAL = frozenset({"tidak_punya_berkas", "di_luar_topik", "bantuan", "nlu_fallback"})
"""Intents under which such a question is heard, whether it has the form of one or not; as under all that ask something."""


async def answered(ctx: TurnContext) -> bool:
    """Whether the message asked such a question; it is answered, and the open question follows."""
    turn = ctx.turn
    heard = turn.intent in GENERAL or turn.intent.startswith(understanding.ASKING)
    if turn.kind == "text" and heard and of_several_families(turn.text):
        ctx.say("jawab_beberapa_keluarga")
        facts.close(ctx, "beberapa_keluarga")
        return True
    if turn.kind != "text" or not ctx.catalogue.has(f"jawab_{turn.question}"):
        return False
    asks = turn.intent in GENERAL or turn.intent.startswith(understanding.ASKING) or is_question(turn.text)
    if not asks and turn.question not in STATED and turn.confidence >= understanding.CLEAR:
        return False
    if (own := OWN.get(turn.question)) is not None and await own(ctx):
        return True
    ctx.say(domicile.text_for(ctx) if turn.question == domicile.LABEL else f"jawab_{turn.question}")
    facts.close(ctx, turn.question)
    return True


STATED = frozenset({domicile.LABEL, "kurang_apa"})
"""Questions that are asked by telling how it is (`KK saya rembang, istri KK blora`), whatever wish they sound like."""

OWN: dict[str, Callable[[TurnContext], Awaitable[bool]]] = {"kurang_apa": facts.missing}
"""Questions whose answer is the applicant's own, where they have begun."""
