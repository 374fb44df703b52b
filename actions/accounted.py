"""Says whether a message speaks of a registration: an answer to the open question, a change of the draft, facts of a birth.

Such a one is no complaint.
"""

from actions.context import TurnContext
from intake.drafts.model import DraftState
from intake.questions.changes import read_changes
from intake.questions.papers import papers_mentioned
from intake.questions.volunteered import volunteered
from intake.reading import read_relation
from intake.reading.complaining import begins_registration
from intake.reading.family_card import read_family_card_said
from intake.reading.frame import Sense, Who, read_frame
from language.lists import word_set
from language.phrases import words
from standard.clock import today

ENOUGH = 2
"""From as many facts of a birth on a message tells of one, though no registration is open."""

FEW = 4
"""Words up to which what is written to an open question is an answer to it, though perhaps one that can't be read."""

OF_A_BIRTH_ALONE = frozenset({"jenis_kelamin", "berat", "panjang", "kelahiran_ke"})
"""Of these one alone does: nobody says them of anything else."""


def speaks_of_registration(ctx: TurnContext) -> bool:
    """Whether the readers account for the message. What accuses somebody is not asked of here: it is weighed first."""
    if ctx.turn.kind != "text":
        return False
    return _of_the_draft(ctx) or _of_a_birth(ctx) or begins_registration(ctx.turn.text)


def _of_the_draft(ctx: TurnContext) -> bool:
    """Whether it answers what is open, changes what stands there, or adds to it."""
    draft, text = ctx.draft, ctx.turn.text
    if draft is None or draft.state is not DraftState.OPEN or not draft.agreed:
        return False
    asked = ctx.conversation.asked is not None and ctx.open is not None
    if asked and (ctx.reads_open() or len(text.split()) <= FEW or read_frame(text, today(ctx.turn.at)).items):
        return True
    changes = read_changes(text, draft, today(ctx.turn.at))
    return bool(changes.values or changes.ask or volunteered(ctx.said(), draft) or papers_mentioned(text, draft) or _of_the_family(text))


def _of_the_family(text: str) -> bool:
    """Whether it says who writes, or in whose KK the child is to stand."""
    return read_family_card_said(text) is not None or read_relation(text) is not None


def _of_a_birth(ctx: TurnContext) -> bool:
    """Whether it tells facts of the birth of a child."""
    items = [item for item in read_frame(ctx.turn.text, today(ctx.turn.at)).items if item.sense is Sense.SAID and item.value is not None]
    if items and set(words(ctx.turn.text)) & word_set("complaints", "twins"):
        return True  # each value belongs to one of them, whoever the frame takes it for
    found = {item.field for item in items if item.who is not Who.OTHER}
    return len(found) >= ENOUGH or bool(found & OF_A_BIRTH_ALONE)
