"""The tables of the complaints desk: complaints, and the messages of their threads."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base


class ComplaintState(StrEnum):
    NEW = "baru"
    OPEN = "diproses"
    CLOSED = "selesai"


class Complaint(Base):
    """One complaint, request or suggestion. `restricted`: only who holds `aduan_terbatas` sees it."""

    __tablename__ = "complaints"
    __table_args__ = (
        Index(None, "state", "restricted", "answer_due"), Index(None, "case_number"), Index(None, "assigned_to", "state"),
        Index(None, "created_at"),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    contact: Mapped[dict[str, Any]]
    category: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    case_number: Mapped[str | None] = mapped_column(String(20))
    restricted: Mapped[bool]
    urgent: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    first_reply_due: Mapped[datetime]
    answer_due: Mapped[datetime]
    first_reply_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    assigned_to: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    """Who at the desk has it in hand; the first to answer, unless somebody was named."""


class ComplaintMessage(Base):
    """One message of a thread: from the citizen (`in`) or from the desk (`out`)."""

    __tablename__ = "complaint_messages"
    __table_args__ = (Index(None, "complaint_id", "at"),)

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    complaint_id: Mapped[str] = mapped_column(ForeignKey("complaints.id"))
    direction: Mapped[str] = mapped_column(String(3))
    text: Mapped[str] = mapped_column(Text)
    attachments: Mapped[list[Any]]
    at: Mapped[datetime]
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    staff_name: Mapped[str | None] = mapped_column(String(120))
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"))
