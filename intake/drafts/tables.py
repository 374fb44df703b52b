"""The intake's own tables: conversations, drafts with their documents, answered turns, complaints, and what is to be handed over."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.jobs import Leased, Scheduled
from storage.kept_blobs import add_tables
from storage.model import COLUMN_TYPES, new_metadata
from storage.sealed import SealedJson


class Base(DeclarativeBase):
    """The base of every table of the intake."""

    metadata = new_metadata()
    type_annotation_map = COLUMN_TYPES


class ConversationRow(Base):
    __tablename__ = "conversations"

    contact: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(SealedJson("conversations.content", "draft", "telling"))
    last_in_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """Counts the changes: who writes over a version that is not the newest is told (StaleDataError)."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own shape)


class DraftRow(Base):
    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(primary_key=True)
    contact: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    number: Mapped[str | None] = mapped_column(unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(SealedJson("drafts.content"))
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own shape)


class DocumentRow(Leased, Base):
    """A document of a draft. Until it is `complete`, its second reading is a job."""

    __tablename__ = "draft_documents"

    submission: Mapped[str] = mapped_column(primary_key=True)
    draft: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    placed: Mapped[dict[str, Any]]
    """What the conversation changes: the item, its flag and retakes."""
    check_result: Mapped[dict[str, Any]] = mapped_column(SealedJson("draft_documents.check_result"))
    pages: Mapped[list[Any]]
    complete: Mapped[bool]


UNREAD = DocumentRow.complete.is_(False)
Index("ix_draft_documents_unread", DocumentRow.submission, sqlite_where=UNREAD, postgresql_where=UNREAD)


class TurnRow(Base):
    """A turn that was answered, with its answer: the same turn gets the same answer again (docs/contracts.md, A turn)."""

    __tablename__ = "answered_turns"

    turn: Mapped[str] = mapped_column(primary_key=True)
    contact: Mapped[str] = mapped_column(index=True)
    answer: Mapped[list[Any]] = mapped_column(SealedJson("answered_turns.answer"))
    at: Mapped[datetime]


class ComplaintRow(Base):
    """A complaint as the chat knows it: its number and what it was about; the desk has the rest."""

    __tablename__ = "chat_complaints"

    number: Mapped[str] = mapped_column(primary_key=True)
    contact: Mapped[str] = mapped_column(index=True)
    category: Mapped[str]
    created_at: Mapped[datetime]
    closed: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    """When that was heard of; None while it is open, and of what an older program closed."""
    restricted: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it was filed as a secret, or became one on the citizen's wish."""
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it was told without a name: then the row goes when the complaint is closed."""


class DispatchRow(Leased, Base):
    """One write to the back office that has to arrive. Those of one stream go in order; the next waits until the one before is done."""

    __tablename__ = "dispatches"
    __table_args__ = (Index("ix_dispatches_due", "done_at", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(unique=True)
    stream: Mapped[str]
    path: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(SealedJson("dispatches.body"))
    blobs: Mapped[list[Any]]
    next_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    refused: Mapped[str | None]
    """Why the back office will never take it, for the log and the operator; None while there is hope."""
    again: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it is sent a second time after a restore: a case that is not yet as far as it was then may come to want it."""


class Schedule(Scheduled, Base):
    """What is done every so often, by one process at a time."""

    __tablename__ = "intake_schedule"


add_tables(Base.metadata)
