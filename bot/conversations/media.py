"""The table of files: photos and documents from WhatsApp and the capture page, attachments from the back office."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Base, Counted
from storage.jobs import Leased
from storage.sealed import SealedText


class Source(StrEnum):
    WHATSAPP = "whatsapp"
    BACKOFFICE = "backoffice"
    CAPTURE = "capture"
    """Sent by the capture page: it is here from the beginning."""


class Media(Leased, Base):
    """One file of an item. It is settled when it has a blob or a problem; until then `next_try_at` says when to try."""

    __tablename__ = "bot_media"

    id: Mapped[int] = mapped_column(Counted, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("bot_item.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(20))
    media_id: Mapped[str | None] = mapped_column(String(200))
    url: Mapped[str | None] = mapped_column(SealedText("bot_media.url"))
    mime: Mapped[str | None] = mapped_column(String(200))
    sha256: Mapped[str | None] = mapped_column(String(200))
    filename: Mapped[str | None] = mapped_column(SealedText("bot_media.filename"))
    blob: Mapped[str | None] = mapped_column(String(64))
    problem: Mapped[str | None] = mapped_column(String(20))
    next_try_at: Mapped[datetime | None] = mapped_column(index=True)
    deadline: Mapped[datetime]
