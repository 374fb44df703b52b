"""The table of the times in which the central SIAK could not be used."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base


class SiakOutage(Base):
    """One such time: who noted its begin and its end. `is_open`: true until it has ended and null after, so that there is one at a time."""

    __tablename__ = "siak_outages"
    __table_args__ = (Index(None, "began_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    began_at: Mapped[datetime]
    began_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    is_open: Mapped[bool | None] = mapped_column(unique=True)
