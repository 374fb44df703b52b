"""The table of approvals: who approved which draft, and when it was voided."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base, BigId


class Approval(Base):
    """A paraf or an approval. `drafts` are the hashes of the PDFs that were approved; a change in one voids it."""

    __tablename__ = "approvals"
    __table_args__ = (Index(None, "case_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    transition: Mapped[str] = mapped_column(String(40))
    track: Mapped[str] = mapped_column(String(10))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    staff_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime]
    drafts: Mapped[list[Any]]
    voided_at: Mapped[datetime | None]
