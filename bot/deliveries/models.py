"""The tables of what Meta delivered: raw bodies, and every update in them with what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Base, Counted
from storage.sealed import SealedBytes, SealedJson, SealedName


class Delivery(Base):
    """One webhook body as it came, kept until its updates are split and for some days after."""

    __tablename__ = "bot_delivery"

    id: Mapped[int] = mapped_column(Counted, primary_key=True)
    body: Mapped[bytes] = mapped_column(SealedBytes("bot_delivery.body"))
    received_at: Mapped[datetime]
    splits: Mapped[int] = mapped_column(default=0)
    """How many of its updates have their fate; a large body is split in several transactions, so that the webhook never waits long."""
    split_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(index=True)
    """NULL once it is split."""
    statuses_only: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It holds no word of a person: it waits while others do."""

    __table_args__ = (
        Index(
            "ix_bot_delivery_waiting",
            "statuses_only",
            "id",
            sqlite_where=text("next_try_at IS NOT NULL"),
            postgresql_where=text("next_try_at IS NOT NULL"),
        ),
    )


class Fate(StrEnum):
    """What became of an update."""

    HANDLED = "handled"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"
    PARKED = "parked"


class Update(Base):
    """One update of a delivery. `key` is unique for good: Meta repeats for seven days, and nothing is handled twice."""

    __tablename__ = "bot_update"

    id: Mapped[int] = mapped_column(Counted, primary_key=True)
    delivery_id: Mapped[int] = mapped_column(Counted, index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(80))
    key: Mapped[str | None] = mapped_column(SealedName("bot_update.key"), unique=True)
    """WhatsApp's ids hold the writer's number in base64."""
    fate: Mapped[str] = mapped_column(String(20), index=True)
    reason: Mapped[str | None] = mapped_column(String(80))
    body: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("bot_update.body"))
    """Kept where it is parked, so that a later version can handle it."""
    at: Mapped[datetime]
