"""Sends what an applicant says about a case under way into that case, before whoever has it in hand."""

from actions.context import TurnContext
from contracts.case import CaseMessage, MessageKind
from contracts.complaint import PICTURES_MOST, TEXT_LONGEST, Picture
from intake.handover.dispatches import Dispatch
from language.phrases import plain

WAIT = (
    "jangan diproses",
    "jangan di proses",
    "jangan dilanjutkan",
    "tunda dulu",
    "tahan dulu",
    "stop dulu",
    "ampun diproses",
    "aja diproses",
)
"""Words with which somebody wants a case to wait."""


def kind_of(text: str) -> MessageKind:
    """A wish to correct; one that the case shall wait for where the words say so."""
    return MessageKind.HOLD if wants_to_wait(text) else MessageKind.CORRECTION


def wants_to_wait(text: str) -> bool:
    """Whether the words say that the case shall wait."""
    said = plain(text)
    return any(words in said for words in WAIT)


def send(ctx: TurnContext, number: str, kind: MessageKind, text: str, attachments: list[dict[str, str]] | None = None) -> None:
    """The turn's transaction keeps it until the back office has it."""
    own = (attachments or [])[:PICTURES_MOST]
    message = CaseMessage(kind=kind, text=text[:TEXT_LONGEST], at=ctx.turn.at, attachments=[Picture(**page) for page in own])
    path = f"/api/cases/{number}/messages/{ctx.turn.id}"
    ctx.changes.dispatches.append(Dispatch(f"case-message:{ctx.turn.id}:{number}", number, path, message.body(), tuple(own)))
