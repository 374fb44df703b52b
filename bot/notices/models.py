"""The table of notices from the back office, and what it was told about each."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Base
from storage.jobs import Leased
from storage.sealed import SealedJson


class Notice(Leased, Base):
    """One notice by the back office's id. `state` is its message's; `acknowledged` is the last state that the back office acknowledged."""

    __tablename__ = "bot_notice"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("bot_contact.id"), index=True)
    body: Mapped[dict[str, Any]] = mapped_column(SealedJson("bot_notice.body"))
    received_at: Mapped[datetime]
    state: Mapped[str | None] = mapped_column(String(20))
    state_at: Mapped[datetime | None]
    acknowledged: Mapped[str | None] = mapped_column("told", String(20))
    next_try_at: Mapped[datetime | None] = mapped_column(index=True)
    """When to tell the back office; NULL when it knows."""
