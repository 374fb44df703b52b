"""Sets the alarms of a case anew whenever it moves: its clocks, and the superiors of those whom it now waits for."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case, CaseTask
from backoffice.cases.publishing import Happened
from backoffice.escalation.models import CaseAlarm
from standard import roles
from standard.escalation import alarms
from storage.database import Database

BATCH = 500


async def set_alarms(happened: Happened) -> None:
    """Follows whatever moves a case."""
    await plan(happened.session, happened.case, happened.waiting)


async def plan(session: AsyncSession, case: Case, waiting: Iterable[str]) -> None:
    """Writes the alarms of a case whose row the caller holds locked; `waiting` are the roles that it waits for."""
    await session.execute(delete(CaseAlarm).where(CaseAlarm.case_id == case.id))
    session.add_all(
        CaseAlarm(
            case_id=case.id, role=role, clock=alarm.clock, near_at=alarm.near_at, due_at=alarm.due_at, next_at=alarm.near_at, told_at=None
        )
        for role in sorted(roles.told_when_late(waiting))
        for alarm in alarms(case.stage, case.stage_since, case.deadline, case.delivered_at)
    )  # fmt: skip


async def rebuild(database: Database) -> int:
    """Sets the alarms of every case under way anew, and says of how many: after the office changed a target or its hours."""
    count, last = 0, 0
    while True:
        async with database.write() as session:
            waited_for = select(CaseTask.case_id).where(CaseTask.case_id > last).distinct().order_by(CaseTask.case_id).limit(BATCH)
            query = select(Case).where(Case.id.in_(list(await session.scalars(waited_for)))).order_by(Case.id).with_for_update()
            cases = list(await session.scalars(query))
            if not cases:
                return count
            for case in cases:
                await plan(session, case, await session.scalars(select(CaseTask.role).where(CaseTask.case_id == case.id)))
            count, last = count + len(cases), cases[-1].id
