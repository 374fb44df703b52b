"""The table of notices to applicants: an outbox that is emptied into the bot."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base
from storage.jobs import Leased
from storage.sealed import SealedJson, SealedName, SealedText


class NoticeState(StrEnum):
    """How far a notice has come, in the order in which states replace one another (docs/contracts.md, Notices)."""

    QUEUED = "queued"
    HANDED_OVER = "handed_over"
    WAITING_WINDOW = "waiting_window"
    WAITING_CODE = "waiting_code"
    """By e-mail: it goes when its address was confirmed."""
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"


class Notice(Leased, Base):
    """One notice as it is posted to the bot, or sent by e-mail, and how far it has come."""

    __tablename__ = "notices"
    __table_args__ = (Index(None, "state", "next_try_at"), Index(None, "case_id"), Index(None, "contact", "at"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    contact: Mapped[str] = mapped_column(SealedName("notices.contact"))
    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    data: Mapped[dict[str, Any]] = mapped_column(SealedJson("notices.data"))
    attachments: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(String(20))
    state_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    problem: Mapped[str | None] = mapped_column(SealedText("notices.problem"))
