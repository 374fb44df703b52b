"""The tables of the queues: what waits for one person, the turns made of it, and who is at work on the queue."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Base, Counted
from storage.jobs import Leased
from storage.sealed import SealedJson, SealedName


class ConversationQueue(Leased, Base):
    """One row for each contact. A worker leases it, so that one person's turns never run side by side, in several processes too.

    Whoever changes anything of a contact locks its queue first, before the contact's own row and all others: so no two wait in a circle.
    """

    __tablename__ = "bot_lane"

    contact_id: Mapped[str] = mapped_column(ForeignKey("bot_contact.id"), primary_key=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When somebody should look at it next; NULL when nothing waits."""
    pair_free_at: Mapped[datetime | None]
    """The pair limiter's memory: when the burst sent so far will have been paid back (`bot.outbox.limits`)."""


UNSUPPORTED = "unsupported"
"""The type of an other message that nobody can open."""


class Item(Base):
    """One message or notice on its way into a turn. It is `ready` when nothing more has to be fetched for it."""

    __tablename__ = "bot_item"

    id: Mapped[int] = mapped_column(Counted, primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("bot_contact.id"))
    wamid: Mapped[str | None] = mapped_column(SealedName("bot_item.wamid"), unique=True)
    notice_id: Mapped[str | None] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    body: Mapped[dict[str, Any]] = mapped_column(SealedJson("bot_item.body"))
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    ready: Mapped[bool]
    delay_told: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the person knows that its files are still being fetched."""
    turn_id: Mapped[str | None] = mapped_column(ForeignKey("bot_turn.id"), index=True)

    __table_args__ = (Index("ix_bot_item_lane", "contact_id", "turn_id", "at", "id"),)

    @property
    def line(self) -> str:
        """The id of this message in the chat as staff see it."""
        return f"in-{self.id}"


class TurnState(StrEnum):
    """`parked`: the dialogue failed at it again and again; it is kept, and the queue goes on."""

    OPEN = "open"
    DONE = "done"
    PARKED = "parked"


class Turn(Base):
    """One question to the dialogue. `request` is frozen when it opens: asked again, it is the same to the letter."""

    __tablename__ = "bot_turn"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("bot_contact.id"))
    kind: Mapped[str] = mapped_column(String(20))
    notice_id: Mapped[str | None] = mapped_column(String(80))
    request: Mapped[dict[str, Any]] = mapped_column(SealedJson("bot_turn.request"))
    state: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    concealed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it belongs to a complaint that is told or kept secret: staff don't read it beside a case."""

    __table_args__ = (Index("ix_bot_turn_lane", "contact_id", "state"),)
