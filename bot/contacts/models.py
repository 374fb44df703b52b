"""The table of people who write: our own id, and WhatsApp's two names for them, either of which may be missing."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Base
from storage.sealed import SealedName, SealedText


class Contact(Base):
    """One person. `wa_id` (phone) and `user_id` (BSUID) are WhatsApp's and may change; neither is ever taken apart."""

    __tablename__ = "bot_contact"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    wa_id: Mapped[str | None] = mapped_column(SealedName("bot_contact.wa_id"), unique=True)
    user_id: Mapped[str | None] = mapped_column(SealedName("bot_contact.user_id"), unique=True)
    name: Mapped[str | None] = mapped_column(SealedText("bot_contact.name"))
    merged_into: Mapped[str | None] = mapped_column(String(36), index=True)
    last_inbound_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    """When WhatsApp last said that the number, or the phone behind it, is another."""
    created_at: Mapped[datetime]

    @property
    def phone(self) -> str | None:
        """The number as it is dialled, `+62…`, where WhatsApp tells it."""
        return f"+{self.wa_id}" if self.wa_id else None


class SealedContact(Base):
    """The name under which the office answers somebody whom it must not know (`contracts.sealing`). Without the row nobody can tell."""

    __tablename__ = "bot_sealed"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("bot_contact.id"))
