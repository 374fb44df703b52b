"""The table of what applicants say about their cases, beside the chat: corrections, wishes to wait, answers to officers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base
from storage.sealed import SealedText


class CaseMessage(Base):
    """One message. Its event in the case's chain holds its id and kind, never its words."""

    __tablename__ = "case_messages"
    __table_args__ = (Index(None, "case_id", "at"),)

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    """The turn of the conversation that brought it: the same turn again changes nothing."""
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(SealedText("case_messages.text", varchar=True))
    attachments: Mapped[list[Any]]
    at: Mapped[datetime]
