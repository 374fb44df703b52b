"""The table of what the office makes: drafts and final PDFs of akta and KK."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base
from storage.sealed import SealedText


class Phase(StrEnum):
    DRAFT = "draf"
    FINAL = "final"


BLOCKING = frozenset(
    {"number_missing", "name_missing", "nik_missing", "unreadable", "text_differs", "code_differs", "code_host"}
    | {"no_signature", "signature_broken", "signature_changed", "signer_refused"}
)
"""Warnings with which a final goes out by a reason and a second person only."""
UNSIGNED = frozenset({"no_signature", "signature_broken", "signature_changed"})
"""Those of them with which nobody is told that the paper is signed."""


class Product(Base):
    """One uploaded PDF. `child` counts the children from 0 (an akta is one child's); 0 for a KK. A newer one sets `replaced_at`."""

    __tablename__ = "products"
    __table_args__ = (Index(None, "case_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str] = mapped_column(String(10))
    child: Mapped[int]
    phase: Mapped[str] = mapped_column(String(10))
    blob: Mapped[str] = mapped_column(String(64))
    filename: Mapped[str] = mapped_column(SealedText("products.filename"))
    pages: Mapped[int]
    warnings: Mapped[list[Any]]
    uploaded_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    uploaded_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
