"""The tables of the complaints desk: complaints, and the messages of their threads."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Computed, ForeignKey, Index, String, event, false, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base
from storage.sealed import SealedJson, SealedText

WHATSAPP = "whatsapp"
"""The channel of what came through the bot; the answer goes back there."""


class ComplaintState(StrEnum):
    """The states of `complaints.yml`, flow."""

    NEW = "baru"
    ASSIGNED = "ditugaskan"
    OPEN = "diproses"
    WAITING = "menunggu"
    REOPENED = "dibuka_lagi"
    DONE = "selesai"
    REFUSED = "ditolak"
    CLOSED = "ditutup"


OPEN, ENDED = text("closed_at IS NULL"), text("closed_at IS NOT NULL")
"""An open complaint is one that has no end: so says the flow, and so the indices of the desk's lists are cut."""


class Complaint(Base):
    """One complaint, request or suggestion. `restricted`: only its reader sees it."""

    __tablename__ = "complaints"
    __table_args__ = (
        Index(None, "state", "restricted", "answer_due"), Index(None, "case_number"), Index(None, "assigned_to", "state"),
        Index(None, "created_at"), Index(None, "reader_id", "state"), Index(None, "contact_id"),
        Index(
            "ix_complaints_open", "urgent", "next_due", "id", "state", "restricted", "reader_id", "assigned_to", "level",
            postgresql_where=OPEN, sqlite_where=OPEN,
        ),
        Index(
            "ix_complaints_ended", "closed_at", "id", "restricted", "reader_id", "level", postgresql_where=ENDED, sqlite_where=ENDED,
        ),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    contact: Mapped[dict[str, Any]] = mapped_column(SealedJson("complaints.contact", "id"))
    contact_id: Mapped[str | None] = mapped_column(String(80))
    """The id of the contact, by which a person's complaints are found."""
    category: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(SealedText("complaints.text"))
    case_number: Mapped[str | None] = mapped_column(String(20))
    restricted: Mapped[bool]
    urgent: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    first_reply_due: Mapped[datetime]
    answer_due: Mapped[datetime]
    first_reply_at: Mapped[datetime | None]
    next_due: Mapped[datetime | None] = mapped_column(
        Computed("CASE WHEN first_reply_at IS NULL THEN first_reply_due ELSE answer_due END"), deferred=True, deferred_raiseload=True
    )
    """By when the desk must act next, for questions in SQL; of a row that is here `due_of` says it."""
    closed_at: Mapped[datetime | None]
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Neither name, number nor case is known to the desk."""
    doubt_until: Mapped[datetime | None]
    """Until when the reader decides whether it stays restricted; None where nothing is doubtful."""
    reader_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    """The one person who reads and answers a restricted complaint."""
    level: Mapped[int] = mapped_column(default=0, server_default="0")
    """How far up the ladder an overdue one has gone."""
    reason: Mapped[str | None] = mapped_column(SealedText("complaints.reason"))
    """Why it was refused, or why a restriction was lifted."""
    told: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """The acts of which the citizen was told."""
    rating: Mapped[int | None]
    """Whether it helped, 1 to 5, as the citizen said afterwards."""
    assigned_to: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    """Who at the desk has it in hand; the first to answer, unless somebody was named."""
    channel: Mapped[str] = mapped_column(String(20), default=WHATSAPP, server_default=WHATSAPP)
    """By which of `complaints.yml`, channels, it came."""
    mail_confirmed_at: Mapped[datetime | None]
    """When the code that was mailed to the reporter's address came back."""
    merged_into: Mapped[str | None] = mapped_column(String(20))
    """The number of the complaint that goes on in its stead."""
    last_at: Mapped[datetime | None]
    last_in_at: Mapped[datetime | None]
    """When the last word passed, and the citizen's last."""
    last_words: Mapped[str] = mapped_column(SealedText("complaints.last_words"), default="", server_default="")
    last_direction: Mapped[str] = mapped_column(String(3), default="in", server_default="in")
    """How the last message begins, and whose it is."""


WORDS = 160
"""Characters of a message that the list shows."""


@event.listens_for(Complaint.contact, "set")
def _follow(complaint: Complaint, contact: dict[str, Any], _before: Any, _initiator: Any) -> None:
    complaint.contact_id = contact["id"]


NOTE = "int"
"""Direction of a note among colleagues, which goes nowhere."""


class ComplaintMessage(Base):
    """One message of a thread: from the citizen (`in`), from the desk (`out`), or a note (`int`)."""

    __tablename__ = "complaint_messages"
    __table_args__ = (Index(None, "complaint_id", "at"),)

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    complaint_id: Mapped[str] = mapped_column(ForeignKey("complaints.id"))
    direction: Mapped[str] = mapped_column(String(3))
    text: Mapped[str] = mapped_column(SealedText("complaint_messages.text"))
    attachments: Mapped[list[Any]]
    at: Mapped[datetime]
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    staff_name: Mapped[str | None] = mapped_column(String(120))
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"))


class ComplaintReading(Base):
    """How far somebody of the staff has read a thread, and until when it counts as open before them."""

    __tablename__ = "complaint_readings"

    complaint_id: Mapped[str] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    read_at: Mapped[datetime]
    here_until: Mapped[datetime | None]


class ComplaintExclusion(Base):
    """Somebody who does not see a complaint, restricted or not: accused in it, or over the accused."""

    __tablename__ = "complaint_exclusions"

    complaint_id: Mapped[str] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)


class Breach(Base):
    """A breach of personal data in the register: those concerned and the authority are told within 3 × 24 hours (UU 27/2022 Ps 46).

    It comes of a complaint, or of a case in which somebody else's paper was sent (`case_number`).
    """

    __tablename__ = "breaches"
    __table_args__ = (Index(None, "due"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    complaint_id: Mapped[str | None] = mapped_column(ForeignKey("complaints.id"), unique=True)
    case_number: Mapped[str | None] = mapped_column(String(20))
    known_at: Mapped[datetime]
    due: Mapped[datetime]
    revealed: Mapped[str] = mapped_column(SealedText("breaches.revealed"), default="", server_default="")
    """Which data became known; with `how` and `measures` what a notification has to say (Ps 46 (2))."""
    how: Mapped[str] = mapped_column(SealedText("breaches.how"), default="", server_default="")
    measures: Mapped[str] = mapped_column(SealedText("breaches.measures"), default="", server_default="")
    people: Mapped[int | None]
    """How many people are concerned, as far as that is known."""
    told_people_at: Mapped[datetime | None]
    told_authority_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(SealedText("breaches.note"))
    closed_at: Mapped[datetime | None]
