"""Takes answers in, counts them, and keeps what is to be done better."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.cases.models import Case
from backoffice.errors import Invalid, NotFound
from backoffice.survey.models import Improvement, SurveyAnswer, SurveyInvitation
from contracts import survey as contract
from standard.clock import office_zone, today
from standard.survey import About, Index, index_of, respondent

FIRST_YEAR = 2021
LENGTH = 1000
PARTS = {"tahun": (1, 12), "1": (1, 6), "2": (7, 12)}
"""A whole year, or a half of it: months."""


@dataclass(frozen=True)
class Period:
    """The days of a year or of one of its halves."""

    year: int
    part: str

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, PARTS[self.part][0], 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, PARTS[self.part][1], 30 if PARTS[self.part][1] == 6 else 31)


@dataclass(frozen=True)
class Result:
    """The index of a period, how many were asked, and how many respondents said what of themselves, by the labels."""

    period: Period
    index: Index
    invited: int
    about: dict[str, dict[str, int]]


def read_period(year: int | None, part: str | None, now: datetime) -> Period:
    """The period that an address names; this year where it names none. Raises Invalid."""
    if year is not None and not FIRST_YEAR <= year <= today(now).year:
        raise Invalid(field="tahun")
    return Period(year or today(now).year, part if part in PARTS else "tahun")


async def take(session: AsyncSession, number: str, turn: str, given: contract.SurveyAnswer) -> bool:
    """Counts an answer, once for each application, and says whether it was. Raises NotFound for a case of which nobody was asked."""
    case_id = await session.scalar(select(Case.id).where(Case.number == number))
    invitation = None if case_id is None else await session.get(SurveyInvitation, case_id, with_for_update=True)
    if invitation is None:
        raise NotFound
    answer_id = str(uuid.uuid5(uuid.NAMESPACE_OID, turn))
    if invitation.answered:
        return await session.get(SurveyAnswer, answer_id) is not None
    invitation.answered = True
    session.add(SurveyAnswer(id=answer_id, day=today(given.at), values=list(given.values), about=dict(given.about)))
    return True


async def result(session: AsyncSession, period: Period) -> Result:
    """What was answered in those days."""
    answers = select(SurveyAnswer.values, SurveyAnswer.about).where(SurveyAnswer.day >= period.first, SurveyAnswer.day <= period.last)
    given = (await session.execute(answers)).all()
    begin, end = (datetime.combine(day, moment, office_zone()) for day, moment in ((period.first, time()), (period.last, time.max)))
    asked = select(func.count()).select_from(SurveyInvitation).where(SurveyInvitation.asked_at >= begin, SurveyInvitation.asked_at <= end)
    every = {row.label: _counted(row, [said.get(row.id) for _, said in given]) for row in respondent()}
    about = {question: counted for question, counted in every.items() if any(counted.values())}
    return Result(period, index_of([values for values, _ in given]), await session.scalar(asked) or 0, about)


def _counted(row: About, said: list[Any]) -> dict[str, int]:
    found = Counter(said)
    return {label: found[choice] for choice, label in row.choices.items()}


async def improvements(session: AsyncSession, year: int) -> list[Improvement]:
    """What was decided for a year, in its order."""
    return list(await session.scalars(select(Improvement).where(Improvement.year == year).order_by(Improvement.decided_at, Improvement.id)))


async def decide(session: AsyncSession, now: datetime, year: int, words: str, by: Actor) -> None:
    """Writes down what is to be done better. Raises Invalid."""
    if not 1 <= len(words) <= LENGTH or not FIRST_YEAR <= year <= today(now).year:
        raise Invalid(field="improvement")
    session.add(Improvement(id=str(uuid.uuid4()), year=year, text=words, decided_by=by.name or "", decided_at=now))
    await Audit(session, now).note("perbaikan_diputuskan", by.id, str(year), {})


async def follow_up(session: AsyncSession, now: datetime, improvement_id: str, outcome: str, by: Actor) -> int:
    """Writes down what came of it; the year that it was decided for. Raises NotFound, Invalid."""
    row = await session.get(Improvement, improvement_id, with_for_update=True)
    if row is None:
        raise NotFound
    if not 1 <= len(outcome) <= LENGTH:
        raise Invalid(field="improvement")
    row.outcome, row.followed_at = outcome, now
    await Audit(session, now).note("perbaikan_ditindaklanjuti", by.id, str(row.year), {})
    return row.year
