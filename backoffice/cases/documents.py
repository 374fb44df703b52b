"""The table of the applicant's documents: each submission of a case, what was read and decided of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, event, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from backoffice.tables import Base, BigId
from contracts.bundle import Check
from contracts.shape import as_far_as_readable
from storage.sealed import SealedJson, SealedText

HELD = text("erased_at IS NULL")
"""Documents of which there is still a working copy: few of all that ever came."""


class DocumentState(StrEnum):
    """What the officer has said of a document; a document sent again replaces the one before."""

    NEW = "baru"
    RIGHT = "benar"
    WRONG = "salah"
    REPLACED = "diganti"


class CaseDocument(Base):
    """One document as it came in the bundle or was sent again (docs/contracts.md, the bundle)."""

    __tablename__ = "case_documents"
    __table_args__ = (
        Index(None, "case_id"),
        Index("ix_case_documents_case_id_held", "case_id", postgresql_where=HELD, sqlite_where=HELD),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    submission: Mapped[str] = mapped_column(String(64), unique=True)
    item: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime]
    retakes: Mapped[int]
    flagged: Mapped[bool]
    pages: Mapped[list[Any]]
    check: Mapped[dict[str, Any]] = mapped_column(SealedJson("case_documents.check"))
    state: Mapped[str] = mapped_column(String(12), default=DocumentState.NEW)
    reason: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(SealedText("case_documents.note"))
    erased_at: Mapped[datetime | None]
    """When the working copies of its pages were erased (`cases.retention`); what was read of them stays in the record."""


@event.listens_for(CaseDocument, "load")
@event.listens_for(CaseDocument, "refresh")
def _leave_out_what_is_odd(document: CaseDocument, *_more: Any) -> None:
    """As of a case: what of the check can't be read is not shown, and breaks no page."""
    if "check" in document.__dict__:
        set_committed_value(document, "check", as_far_as_readable(Check, document.__dict__["check"]))
