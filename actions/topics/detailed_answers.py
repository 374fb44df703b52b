"""Answers questions that the general answers say too little of: texts `jawab_<id>`, learnt from `data/questions/`."""

from actions import understanding
from actions.context import TurnContext
from actions.topics import facts
from intake.reading import is_question

GENERAL = frozenset(
    {"tanya_prosedur", "tanya_produk", "tanya_layanan_lain", "tanya_pelapor", "tanya_syarat", "di_luar_topik", "nlu_fallback"}
)
"""Intents under which such a question is heard, whether it has the form of one or not."""


async def answered(ctx: TurnContext) -> bool:
    """Whether the message asked such a question; it is answered, and the open question follows."""
    turn = ctx.turn
    if turn.kind != "text" or not ctx.catalogue.has(f"jawab_{turn.question}"):
        return False
    if turn.intent not in GENERAL and not is_question(turn.text) and turn.confidence >= understanding.CLEAR:
        return False
    ctx.say(f"jawab_{turn.question}")
    facts.close(ctx)
    return True
