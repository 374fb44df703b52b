"""The table of what staff did besides acting on a case: signing in, searching, managing accounts, answering complaints."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base, BigId


class AuditEvent(Base):
    """One act. Never changed, never deleted; `hash` covers the one before."""

    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "at"), Index(None, "staff_id", "at"), Index(None, "subject", "at"), Index(None, "action", "at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(60))
    staff_id: Mapped[str | None] = mapped_column(String(36))
    subject: Mapped[str | None] = mapped_column(String(80))
    data: Mapped[dict[str, Any]]
    hash: Mapped[str] = mapped_column(String(64))
