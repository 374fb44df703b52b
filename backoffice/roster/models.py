"""The table of the head's decisions by which officers are assigned to the service."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base


class Assignment(Base):
    """One officer by one decision, from its first to its last day, both whole; `ended_at`: it was taken back before."""

    __tablename__ = "assignments"
    __table_args__ = (Index(None, "staff_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    decision: Mapped[str] = mapped_column(String(80))
    """The number of the head's decision."""
    first_day: Mapped[date]
    last_day: Mapped[date]
    made_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
