"""Takes a turn out of what Rasa hands to an action: the bot's metadata, and what the language model made of the text."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contracts import turn as contract
from contracts.notice import Notice
from intake.placing.arrivals import Upload
from intake.reading import is_question
from standard.clock import now
from standard.typed import CAPTION_LONGEST, ID_LONGEST, NAME_LONGEST, bounded, bounded_within

NO_COMPLAINT = -1.0
COMPLAINS = "keluhan"
BELIEVED = 0.5
"""From this confidence on a label beside the intent is believed; `dialogue/understanding/labels.py` sets it so."""
ASKED = 0.2
"""From this on the question that a text asks is believed, where it has the form of one (docs/measurements/understanding.md)."""


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
    notice: Notice | None = None
    phone: str | None = None
    name: str | None = None
    formerly: tuple[str, ...] = ()
    """Under which ids the same person was known before."""
    changed_at: datetime | None = None
    """When WhatsApp last said that number or phone behind the contact are others."""
    at: datetime = field(default_factory=now)
    intent: str = ""
    confidence: float = 0.0
    cut: bool = False
    """Whether the end of a text was left out, because it was longer than we read."""
    moment: str = ""
    """The moment that needs care which the language model heard in it (`data/standard/sensitive.yml`)."""
    question: str = ""
    """The question with an answer of its own that the language model heard in it (texts `jawab_<id>`)."""
    ranking: tuple[str, ...] = ()
    """The intents that the message was near to, best first."""
    complains: float = NO_COMPLAINT
    """Margin of its being a complaint (dialogue/understanding/complaints.py): 0 on the border, above 0.3 hardly ever wrong."""
    kinds: dict[str, float] = field(default_factory=dict)
    """Margins of what it complains about."""
    grave: float = NO_COMPLAINT
    """Margin of its accusing somebody or telling of misused data."""
    acts: dict[str, float] = field(default_factory=dict)
    """Margins of what it says of an earlier complaint."""
    later: dict[str, float] = field(default_factory=dict)
    """Margins of what it is when it comes behind a complaint: about it, more of it, all is well, a new one or none."""

    @property
    def hides(self) -> bool:
        """Whether the writer asks that their name stay with us."""
        return self.acts.get("rahasiakan", NO_COMPLAINT) > 0


def turn_of(contact: str, message: dict[str, Any]) -> Turn:
    """The turn in a tracker's latest message, its texts bounded whoever sent it.

    Text that came without the bot (the shell, a test) is a text turn of its own. Raises ValidationError for what is no turn.
    """
    stated = contract.Turn.model_validate({"turn": message.get("message_id") or "-", **(message.get("metadata") or {})})
    intent = message.get("intent") or {}
    complaint = message.get("complaint") or {}
    text, cut = bounded((stated.text if stated.text is not None else message.get("text")) or "")
    other, _ = bounded_within(stated.other.body() if stated.other else {})
    return Turn(
        id=stated.turn,
        contact=contact,
        kind=str(stated.kind),
        text=text,
        choice=_bounded(stated.choice, ID_LONGEST),
        uploads=tuple(
            Upload(row.blob, row.mime or "", _bounded(row.filename), row.message, row.problem, line=row.line) for row in stated.documents
        ),
        captions=tuple(bounded(row.caption or "", CAPTION_LONGEST).text for row in stated.documents),
        other=other,
        notice=stated.notice,
        phone=stated.contact.phone,
        name=_bounded(stated.contact.name),
        formerly=tuple(stated.contact.formerly),
        changed_at=stated.contact.changed_at,
        at=stated.at or now(),
        cut=cut or stated.cut,
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        moment=_label(message, "moment"),
        question=_label(message, "question", ASKED if is_question(text) else BELIEVED),
        ranking=tuple(row["name"] for row in message.get("intent_ranking") or [] if row.get("name")),
        complains=(complaint.get("acts") or {}).get(COMPLAINS, NO_COMPLAINT),
        kinds=complaint.get("kinds") or {},
        grave=float(complaint.get("grave", NO_COMPLAINT)),
        acts=complaint.get("acts") or {},
        later=complaint.get("later") or {},
    )


def _bounded(text: str | None, longest: int = NAME_LONGEST) -> str | None:
    return None if text is None else bounded(text, longest).text


def _label(message: dict[str, Any], name: str, least: float = BELIEVED) -> str:
    """A label that the language model gave beside the intent, where it is believed."""
    stated = message.get(name) or {}
    return str(stated["name"]) if float(stated.get("confidence") or 0.0) >= least else ""
