"""The table of one-time links. The link itself is kept nowhere: its hash tells whose it is."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Base


class CaptureLink(Base):
    """One link, by the SHA-256 of its secret (64 hex figures). `blob` is what was sent by it: with it the link is spent."""

    __tablename__ = "bot_capture_link"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("bot_contact.id"), index=True)
    item: Mapped[str] = mapped_column(String(40))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    blob: Mapped[str | None] = mapped_column(String(64))
