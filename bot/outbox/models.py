"""The tables of what goes out: one row for each send, uploaded files, and the state of our number."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Base, Counted
from storage.jobs import Leased
from storage.sealed import SealedJson, SealedName, SealedText


class State(StrEnum):
    """Where a send stands. From `accepted` on it moves upward only (`bot.outbox.statuses`)."""

    QUEUED = "queued"
    SENDING = "sending"
    UNSURE = "unsure"
    """Nobody knows whether Meta got it: a status may tell, until `next_try_at`."""
    HELD = "held"
    """The 24-hour window is closed; it goes out when the citizen writes."""
    STUCK = "stuck"
    """Refused for a reason that we don't understand or must mend ourselves. Later messages pass it; it is tried slowly until it goes out,
    or, without `next_try_at`, waits for a person (`python -m bot unsent`)."""
    ACCEPTED = "accepted"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"


class Sending(Base):
    """One send. `id` goes out as `biz_opaque_callback_data` and comes back in its statuses; `seq` is the order within a contact."""

    __tablename__ = "bot_sending"

    seq: Mapped[int] = mapped_column(Counted, primary_key=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("bot_contact.id"))
    turn_id: Mapped[str | None] = mapped_column(ForeignKey("bot_turn.id"))
    position: Mapped[int] = mapped_column(default=0)
    notice_id: Mapped[str | None] = mapped_column(String(80), index=True)
    body: Mapped[dict[str, Any]] = mapped_column(SealedJson("bot_sending.body"))
    """The Graph body without address, our id and the uploaded file's id."""
    text: Mapped[str] = mapped_column(SealedText("bot_sending.text"))
    """What a person reads of it, for the staff's view of the chat."""
    blob: Mapped[str | None] = mapped_column(String(64))
    mime: Mapped[str | None] = mapped_column(String(200))
    filename: Mapped[str | None] = mapped_column(SealedText("bot_sending.filename"))
    template: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("bot_sending.template"))
    """What to send in its stead while the window is closed."""
    stands_for: Mapped[str | None] = mapped_column(String(36), unique=True)
    """Of a template: the held message's id."""
    state: Mapped[str] = mapped_column(String(20))
    state_at: Mapped[datetime]
    wamid: Mapped[str | None] = mapped_column(SealedName("bot_sending.wamid"), unique=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    claim: Mapped[str | None] = mapped_column(String(36))
    error_code: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(SealedText("bot_sending.error"))
    price_category: Mapped[str | None] = mapped_column(String(40))
    price_type: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("turn_id", "position", name="uq_bot_sending_turn"),
        Index("ix_bot_sending_due", "state", "next_try_at"),
        Index("ix_bot_sending_lane", "contact_id", "seq"),
        Index("ix_bot_sending_blob", "blob", sqlite_where=sql("blob IS NOT NULL"), postgresql_where=sql("blob IS NOT NULL")),
    )


class Upload(Base):
    """A file that Graph keeps for us, for 30 days."""

    __tablename__ = "bot_upload"

    blob: Mapped[str] = mapped_column(String(64), primary_key=True)
    mime: Mapped[str] = mapped_column(String(200), primary_key=True)
    media_id: Mapped[str] = mapped_column(String(200))
    uploaded_at: Mapped[datetime]


class MetaFile(Leased, Base):
    """A file of ours that lies at Meta: a job that deletes it there once nobody waits for it any more (`bot.outbox.meta_files`)."""

    __tablename__ = "bot_meta_file"

    media_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    blob: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime]
    next_try_at: Mapped[datetime] = mapped_column(index=True)


class Number(Base):
    """Our own number: its limiter's memory, and the alarm that has stopped it."""

    __tablename__ = "bot_number"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    free_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    alarm_code: Mapped[int | None]
    alarm: Mapped[str | None] = mapped_column(String(300))
    alarm_at: Mapped[datetime | None]
    form_refused_at: Mapped[datetime | None]
    """When Meta last did not take a form (a Flow), with its code: people answer by typing meanwhile."""
    form_code: Mapped[int | None]
