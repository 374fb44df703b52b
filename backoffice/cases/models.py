"""Tables of cases: the row derived from a case's events, the events themselves, who is waited for, and words to search by."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from backoffice.tables import Base, BigId
from contracts.bundle import BundleAsKept
from contracts.shape import as_far_as_readable
from storage.sealed import SealedJson, SealedText

Term = String(120).with_variant(String(120, collation="C"), "postgresql")
"""Compared byte by byte on both databases, so that the words that begin with something are a range of the index."""


class Case(Base):
    """One application. `bundle` is what came (docs/contracts.md) without its documents; all from `stage` on is derived from the events."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(None, "stage", "deadline", "id"),
        Index(None, "taken_by", "deadline", "id"),
        Index(None, "contact"),
        Index(None, "submitted_at", "id"),
        Index(None, "delivered_at", "id"),
        Index(None, "kecamatan", "submitted_at", "id"),
        Index(None, "kecamatan", "delivered_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    draft_id: Mapped[str] = mapped_column(String(64), unique=True)
    contact: Mapped[str] = mapped_column(String(80))
    submitted_at: Mapped[datetime]
    child_name: Mapped[str] = mapped_column(SealedText("cases.child_name"))
    kecamatan: Mapped[str] = mapped_column(String(40), default="LAINNYA")
    """Where the family lives, as `cases.place.kecamatan_of` reads it."""
    bundle: Mapped[dict[str, Any]] = mapped_column(SealedJson("cases.bundle", "flags", counted=("warnings",)))

    stage: Mapped[str] = mapped_column(String(40))
    stage_since: Mapped[datetime]
    facts: Mapped[list[Any]]
    told: Mapped[list[Any]]
    """Stages of which the applicant has been told."""
    version: Mapped[int]
    """Counts the acts that change what others see; a page's forms carry the one they were made from."""
    events: Mapped[int]
    head_hash: Mapped[str] = mapped_column(String(64))
    deadline: Mapped[datetime | None]
    """By when akta and KK are due; null while the clock stands still or has ended."""
    delivered_at: Mapped[datetime | None]
    kia: Mapped[dict[str, Any]] = mapped_column(SealedJson("cases.kia", "tracking"))
    siak: Mapped[dict[str, Any]] = mapped_column(SealedJson("cases.siak"))
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    taken_until: Mapped[datetime | None]


@event.listens_for(Case, "load")
@event.listens_for(Case, "refresh")
def _leave_out_what_is_odd(case: Case, *_more: Any) -> None:
    """A page shows what can be read of a bundle; one odd value in it breaks none. The row itself stays as it came."""
    if "bundle" in case.__dict__:
        set_committed_value(case, "bundle", as_far_as_readable(BundleAsKept, case.__dict__["bundle"]))


class CaseEvent(Base):
    """Something that happened to a case: an act, an arrival, a look. Never changed, never deleted; `hash` covers the one before."""

    __tablename__ = "case_events"
    __table_args__ = (
        UniqueConstraint("case_id", "sequence"),
        UniqueConstraint("case_id", "key"),
        Index(None, "at"),
        Index(None, "staff_id", "at"),
        Index(None, "kind", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    sequence: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    staff_name: Mapped[str | None] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    key: Mapped[str | None] = mapped_column(String(64))
    """The id of the request that caused it: the same request again finds it done."""
    data: Mapped[dict[str, Any]] = mapped_column(SealedJson("case_events.data"))
    hash: Mapped[str] = mapped_column(String(64), insert_sentinel=True)
    """No two events have the same: so SQLAlchemy writes the looks at a whole stack in one statement, on SQLite, too."""


class CaseTask(Base):
    """A role that a case waits for now. A queue is a range of this table's index."""

    __tablename__ = "case_tasks"
    __table_args__ = (Index(None, "role", "due_at", "case_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(40), primary_key=True)
    since: Mapped[datetime]
    due_at: Mapped[datetime]


class CaseTerm(Base):
    """A word by which a case is found: part of a name, a NIK, a phone number, a feature of its bundle.

    Read both ways: the index gives the cases of a word, the key the words of a case. A search for two words goes by the rarer one.
    """

    __tablename__ = "case_terms"
    __table_args__ = (Index(None, "kind", "term", "case_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    term: Mapped[str] = mapped_column(Term, primary_key=True)


class IssuedNumber(Base):
    """A nomor akta (`akta`) or a child's NIK (`nik`) of which it is known whose it is: no other case can take it."""

    __tablename__ = "issued_numbers"
    __table_args__ = (Index(None, "case_id"),)

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[str] = mapped_column(String(60), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    child: Mapped[int]


class CaseKey(Base):
    """The key with which a case's corrected values are encrypted, itself sealed with the installation's; without it they are gone."""

    __tablename__ = "case_keys"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    sealed: Mapped[bytes]


class KeptValue(Base):
    """A value before and after its correction, encrypted (`cases.values`); the event of that `sequence` vouches for it by a keyed hash."""

    __tablename__ = "kept_values"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(String(80), primary_key=True)
    sealed: Mapped[bytes]
