"""Takes a turn out of what Rasa hands to an action: the bot's metadata, and what the language model made of the text."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from intake.placing.arrivals import Upload
from intake.service import moment_of
from standard.clock import now
from standard.typed import CAPTION_LONGEST, ID_LONGEST, NAME_LONGEST, bounded, bounded_within


@dataclass(frozen=True)
class Turn:
    """One thing that happened: a text, a tap, a batch of files, another message, or a notice (docs/contracts.md, A turn)."""

    id: str
    contact: str
    kind: str
    text: str
    choice: str | None = None
    uploads: tuple[Upload, ...] = ()
    captions: tuple[str, ...] = ()
    other: dict[str, Any] = field(default_factory=dict)
    notice: dict[str, Any] = field(default_factory=dict)
    phone: str | None = None
    name: str | None = None
    formerly: tuple[str, ...] = ()
    """Under which ids the same person was known before."""
    at: datetime = field(default_factory=now)
    intent: str = ""
    confidence: float = 0.0
    cut: bool = False
    """Whether the end of a text was left out, because it was longer than we read."""
    ranking: tuple[str, ...] = ()
    """The intents that the message was near to, best first."""


def turn_of(contact: str, message: dict[str, Any]) -> Turn:
    """The turn in a tracker's latest message, its texts bounded whoever sent it.

    Text that came without the bot (the shell, a test) is a text turn of its own.
    """
    given = message.get("metadata") or {}
    intent = message.get("intent") or {}
    who = given.get("contact") or {}
    written = given.get("text")
    text, cut = bounded((written if written is not None else message.get("text")) or "")
    documents = given.get("documents") or []
    other, _ = bounded_within(given.get("other") or {})
    return Turn(
        id=str(given.get("turn") or message.get("message_id") or ""),
        contact=contact,
        kind=given.get("kind") or "text",
        text=text,
        choice=_bounded(given.get("choice"), ID_LONGEST),
        uploads=tuple(
            Upload(row.get("blob"), row.get("mime") or "", _bounded(row.get("filename")), row.get("message"), row.get("problem"))
            for row in documents
        ),
        captions=tuple(bounded(row.get("caption") or "", CAPTION_LONGEST).text for row in documents),
        other=other,
        notice=given.get("notice") or {},
        phone=who.get("phone"),
        name=_bounded(who.get("name")),
        formerly=tuple(who.get("formerly") or ()),
        at=moment_of(given.get("at")) or now(),
        cut=cut or bool(given.get("cut")),
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        ranking=tuple(row["name"] for row in message.get("intent_ranking") or [] if row.get("name")),
    )


def _bounded(text: str | None, longest: int = NAME_LONGEST) -> str | None:
    return None if text is None else bounded(text, longest).text
