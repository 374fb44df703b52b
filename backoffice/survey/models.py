"""The tables of the survey: who was asked, what was answered (by nobody), and what was decided to be done better."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.tables import Base
from storage.sealed import SealedText


class SurveyInvitation(Base):
    """An application whose applicant was asked, so that nobody is asked twice and nobody answers twice."""

    __tablename__ = "survey_invitations"
    __table_args__ = (Index(None, "asked_at"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    asked_at: Mapped[datetime]
    answered: Mapped[bool] = mapped_column(default=False)


class SurveyAnswer(Base):
    """What somebody answered. Nothing says who: neither the application nor the hour."""

    __tablename__ = "survey_answers"
    __table_args__ = (Index(None, "day"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    day: Mapped[date]
    values: Mapped[list[Any]]
    about: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What they said of themselves, as `survey.yml`, respondent, asks it."""


class Improvement(Base):
    """What the office decided to do better in a year, and what came of it in the next (Seed N)."""

    __tablename__ = "improvements"
    __table_args__ = (Index(None, "year"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    year: Mapped[int]
    text: Mapped[str] = mapped_column(SealedText("improvements.text"))
    decided_by: Mapped[str] = mapped_column(String(120))
    decided_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(SealedText("improvements.outcome"))
    followed_at: Mapped[datetime | None]
