"""The register of breaches of personal data: 3 x 24 hours to tell those concerned and the authority (UU 27/2022 Ps 46)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.complaints.models import Breach, Complaint
from backoffice.complaints.service import may_answer
from backoffice.complaints.sight import visible_to
from backoffice.errors import Forbidden, Invalid, NotFound
from backoffice.web.texts import text
from standard.clock import write_moment
from standard.roles import Permission

LENGTH, MOST_PEOPLE, SHOWN = 2000, 10_000_000, 1000
TOLD = {"warga": "told_people_at", "lembaga": "told_authority_at", "tutup": "closed_at"}
"""What a press notes, and the column that has its moment."""


@dataclass(frozen=True)
class Record:
    """One record with the complaint that it came from; None where it came of a case."""

    breach: Breach
    complaint: Complaint | None

    @property
    def number(self) -> str:
        """Of the complaint, or of the case."""
        return self.complaint.number if self.complaint else str(self.breach.case_number)

    @property
    def complete(self) -> bool:
        """Whether all is written down that a notification has to say (Ps 46 (2))."""
        return all((self.breach.revealed, self.breach.how, self.breach.measures))

    def due(self) -> datetime | None:
        """Until when somebody has still to be told; None where both were."""
        return None if self.breach.told_people_at and self.breach.told_authority_at else self.breach.due

    def notification(self, to: str) -> str:
        """The words to those concerned (`warga`) or to the authority (`lembaga`)."""
        return text(
            f"breach.to_{to}",
            known=write_moment(self.breach.known_at),
            revealed=self.breach.revealed or "…",
            how=self.breach.how or "…",
            measures=self.breach.measures or "…",
            people=self.breach.people if self.breach.people is not None else "…",
        )


def open_for_case(session: AsyncSession, number: str, now: datetime, due: datetime) -> None:
    """A record for a paper of somebody else that was sent in that case and is taken back, with what is known of it already."""
    record = Breach(id=str(uuid.uuid4()), case_number=number, known_at=now, due=due)
    record.how = text("breach.recalled_how", number=number, moment=write_moment(now))
    record.measures = text("breach.recalled_measures")
    session.add(record)


def works_on(record: Record, actor: Actor) -> bool:
    """Whether the actor, who sees it, may write into it: of a complaint who may answer that, of a case whoever reads the register."""
    return may_answer(record.complaint, actor) if record.complaint else actor.may(Permission.RESTRICTED_COMPLAINTS)


async def register(session: AsyncSession, actor: Actor) -> list[Record]:
    """The records of cases and of complaints that the actor sees, what is still to be told first, then the newest."""
    query = _seen_by(actor)
    told = Breach.told_people_at.is_not(None) & Breach.told_authority_at.is_not(None)
    rows = await session.execute(query.order_by(told, Breach.known_at.desc()).limit(SHOWN))
    return [Record(breach, complaint) for breach, complaint in rows]


def _seen_by(actor: Actor) -> Select[Breach, Complaint]:
    query = select(Breach, Complaint).outerjoin(Complaint, Complaint.id == Breach.complaint_id)
    return query.where(Breach.case_number.is_not(None) | visible_to(actor))


async def find(session: AsyncSession, breach_id: str, actor: Actor) -> Record:
    """Raises NotFound for whom it does not exist."""
    query = _seen_by(actor).where(Breach.id == breach_id)
    found = (await session.execute(query.with_for_update(of=Breach))).first()
    if found is None:
        raise NotFound
    return Record(found[0], found[1])


async def describe(session: AsyncSession, now: datetime, breach_id: str, form: Mapping[str, str], by: Actor) -> None:
    """Writes down what became known, how, what was done, and of how many. Raises NotFound, Forbidden, Invalid."""
    record = await _workable(session, breach_id, by)
    given = {name: form.get(field, "") for name, field in (("revealed", "data"), ("how", "kejadian"), ("measures", "penanganan"))}
    if any(len(words) > LENGTH for words in given.values()):
        raise Invalid(field="breach")
    people = form.get("orang", "")
    if people and not (people.isascii() and people.isdecimal() and int(people[:9]) <= MOST_PEOPLE):
        raise Invalid(field="people")
    for name, words in given.items():
        setattr(record.breach, name, words)
    record.breach.people = int(people) if people else None
    await Audit(session, now).note("kebocoran_dicatat", by.id, record.number, {})


async def note_told(session: AsyncSession, now: datetime, breach_id: str, whom: str, by: Actor) -> None:
    """Notes that those concerned, or the authority, were told, or that it is closed. Raises NotFound, Forbidden, Invalid.

    Nobody is told before there is something to tell; it is not closed before both were.
    """
    record = await _workable(session, breach_id, by)
    column = TOLD.get(whom)
    if column is None or not record.complete or (whom == "tutup" and record.due() is not None):
        raise Invalid(field="breach_told")
    if getattr(record.breach, column) is None:
        setattr(record.breach, column, now)
        await Audit(session, now).note("kebocoran_diberitahukan", by.id, record.number, {"to": whom})


async def _workable(session: AsyncSession, breach_id: str, by: Actor) -> Record:
    record = await find(session, breach_id, by)
    if not works_on(record, by):
        raise Forbidden
    return record
