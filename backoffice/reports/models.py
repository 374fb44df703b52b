"""Tables of what reports count: one row for each stay at a stage, each issue and each return. All follows from the events of cases."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base, BigId


class StageVisit(Base):
    """A stay at a stage that has ended. `sequence` is that of the event that ended it, `staff_id` whose act that was."""

    __tablename__ = "stage_visits"
    __table_args__ = (Index(None, "day", "stage"), Index(None, "staff_id", "day"))

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    """The day at the office on which it ended."""
    seconds: Mapped[int]
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    kecamatan: Mapped[str] = mapped_column(String(40))


class CaseOutcome(Base):
    """A case whose akta and KK were sent, or that was closed without. `on_time`: within its 24 hours, pauses taken out (Seed C)."""

    __tablename__ = "case_outcomes"
    __table_args__ = (Index(None, "day", "issued"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    day: Mapped[date]
    issued: Mapped[bool]
    on_time: Mapped[bool]
    seconds: Mapped[int]
    """From the moment the 24 hours began to the sending, the applicant's own time taken out."""
    kecamatan: Mapped[str] = mapped_column(String(40))
    ended_at: Mapped[datetime]


class DocumentReturn(Base):
    """A document that an applicant was asked to send again, and why."""

    __tablename__ = "document_returns"
    __table_args__ = (Index(None, "day", "reason"), Index(None, "case_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    day: Mapped[date]
    item: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(40))
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    kecamatan: Mapped[str] = mapped_column(String(40))


class PhotoDecision(Base):
    """What an officer decided of one document, beside what the photo check had said of it. Numbers and codes: no word of it, nobody's name.

    `features` are what the check measured (`quality` of the contract); `reason` is the officer's own, None where the document was right.
    """

    __tablename__ = "photo_decisions"
    __table_args__ = (Index(None, "day", "kind"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("case_documents.id"), primary_key=True, autoincrement=False)
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(40))
    verdict: Mapped[str] = mapped_column(String(12))
    reasons: Mapped[list[Any]]
    features: Mapped[dict[str, Any]]
    right: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(40))


class MonthFigures(Base):
    """What a month that is over adds to reports (`reports.parts`), of one kecamatan or, where that is empty, of all.

    `figures` is null until they are counted, and again when something was added to the month later; then `version` counts up.
    """

    __tablename__ = "month_figures"

    month: Mapped[date] = mapped_column(primary_key=True)
    kecamatan: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    figures: Mapped[bytes | None]
