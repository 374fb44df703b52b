"""The table of alarms: for each case under way, which clocks run out when, and which superior that concerns."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base


class CaseAlarm(Base):
    """One clock of a case at its present stage, for one superior role. Written anew whenever the case moves, gone while it is returned."""

    __tablename__ = "case_alarms"
    __table_args__ = (Index(None, "next_at"), Index(None, "role", "near_at", "case_id"))

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(40), primary_key=True)
    clock: Mapped[str] = mapped_column(String(10), primary_key=True)
    near_at: Mapped[datetime]
    due_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    """When the superior is to be told next: that it is near, then that it is over, then never again."""
    told_at: Mapped[datetime | None]
    """When the superior was told last; an e-mail of it is owed until a later one was written."""
