"""Gives back what was taken for a complaint and is none: its words go where they would have gone, its photos into the registration."""

from dataclasses import replace
from typing import Any

from actions import understanding
from actions.context import TurnContext
from actions.topics import filing
from actions.turn import NO_COMPLAINT, Turn
from intake.drafts.model import Story, StoryPart
from intake.placing.arrivals import Upload
from intake.reading.complaining import begins_registration

OF_COMPLAINING = frozenset({"pengaduan", "saran"})
NO_TOPIC = OF_COMPLAINING | {"di_luar_topik", "nlu_fallback", "bantuan", ""}
"""Intents by which an earlier message has no topic of its own: it is heard only where it answers what is open."""


def give_back(ctx: TurnContext, story: Story, *, with_this: bool) -> None:
    """Nothing is filed; every message of the story is heard again in this turn, the present one last, then its photos are placed.

    What was written before the story began was answered then. `with_this`: whether the present message says more than that it is none.
    """
    filing.drop(ctx)
    ctx.conversation.heard = []
    own = [part for part in story.parts[story.earlier :] if part.turn != ctx.turn.id]
    heard = [_of_part(ctx, part) for part in own]
    if with_this:
        heard.append(without_complaint(ctx.turn))
    if story.attachments:
        heard.append(_of_pages(ctx, story.attachments))
    ctx.again = heard
    if not any(turn.intent not in NO_TOPIC and not turn.uploads for turn in heard):
        ctx.say("aduan_tidak_jadi")


def without_complaint(turn: Turn) -> Turn:
    """The turn as one that complains of nothing; where the model heard a complaint in it, it may be the wish to register."""
    intent = turn.intent
    if begins_registration(turn.text):
        intent = "mulai_permohonan"
    elif intent in OF_COMPLAINING:
        intent = next((near for near in turn.ranking if near not in OF_COMPLAINING), "") if turn.complains < 0 else ""
        intent = intent if intent in understanding.INTERRUPTING else ""
    return replace(turn, intent=intent, complains=NO_COMPLAINT, grave=NO_COMPLAINT, kinds={}, acts={})


def _of_part(ctx: TurnContext, part: StoryPart) -> Turn:
    clear = part.confidence >= understanding.CLEAR and part.intent not in NO_TOPIC
    said = replace(ctx.turn, kind="text", choice=None, text=part.text, intent=part.intent if clear else "", confidence=part.confidence)
    return replace(without_complaint(said), moment="", question="", uploads=(), captions=())


def _of_pages(ctx: TurnContext, pages: list[dict[str, Any]]) -> Turn:
    uploads = tuple(Upload(page["blob"], page["mime"]) for page in pages)
    quiet = without_complaint(replace(ctx.turn, kind="documents", choice=None, text="", intent="kirim_berkas"))
    return replace(quiet, uploads=uploads, captions=("",) * len(uploads))
