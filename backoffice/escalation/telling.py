"""Tells superiors once what is near or past its deadline: an event of the case, the live list, and an e-mail now and then."""

from datetime import datetime

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import THE_SYSTEM
from backoffice.cases import ledger
from backoffice.cases.models import Case
from backoffice.cases.repository import CaseRepository
from backoffice.escalation.attention import Attention
from backoffice.escalation.models import CaseAlarm
from backoffice.notices.mail import MAILTO
from backoffice.notices.models import Notice
from backoffice.notices.outbox import Outbox
from backoffice.services import Services
from backoffice.staff.models import Staff
from backoffice.staff.service import StaffService
from standard import roles
from standard.escalation import digest_pause

log = structlog.get_logger()

BATCH = 100
EVENT = "eskalasi"
DIGEST = "surel_perhatian"
IN_MAIL = 20
"""Cases that an e-mail names; the page has them all."""


async def tell_superiors(services: Services) -> int:
    """Tells what is due now, some cases at a time, and returns how many alarms sounded.

    What was told is kept in the case's events under a key of its own, so nothing is told twice, not even after a restart.
    """
    total = 0
    while True:
        now = services.clock()
        async with services.database.write() as session:
            sounded = await _sound(session, now)
            await _write_mails(services, session, now)
        total += sounded
        if sounded < BATCH:
            break
    if total:
        log.info("superiors_told", alarms=total)
        await services.live.tell()
    return total


async def _write_mails(services: Services, session: AsyncSession, now: datetime) -> None:
    """One e-mail to each superior with an address who has been told of something since the last one, not too often.

    An account that somebody else has locked is passed over: it is being changed, or written to, and has its turn the next time.
    """
    if not services.settings.smtp_url:
        return
    accounts = StaffService(session, services.settings, now)
    with_address = select(Staff).where(Staff.email.is_not(None), Staff.active).with_for_update(skip_locked=True)
    for staff in (await session.scalars(with_address)).all():
        actor, contact = await accounts.actor(staff), f"{MAILTO}{staff.email}"
        if not roles.watches(actor.roles):
            continue
        written = await session.scalar(select(func.max(Notice.at)).where(Notice.contact == contact, Notice.kind == DIGEST))
        told = await session.scalar(select(func.max(CaseAlarm.told_at)).where(CaseAlarm.role.in_(actor.roles)))
        if told is None or (written is not None and (told <= written or now - written < digest_pause())):
            continue
        attention = Attention(session, actor, now)
        listed, counts = await attention.page(None, None), (await attention.counts())[None]
        lines = [{"number": row.case.number, "stage": row.case.stage, "alarms": row.codes} for row in listed.rows[:IN_MAIL]]
        Outbox(session, now).add(DIGEST, contact, "", {"late": counts.late, "near": counts.near, "lines": lines})


async def _sound(session: AsyncSession, now: datetime) -> int:
    """Notes what is due with each of its cases, a case's row locked before its alarms are read."""
    query = select(CaseAlarm.case_id).where(CaseAlarm.next_at <= now).order_by(CaseAlarm.next_at).limit(BATCH)
    cases = await CaseRepository(session).lock_all(set(await session.scalars(query)))
    due: dict[tuple[int, str, str], list[CaseAlarm]] = {}
    alarms = select(CaseAlarm).where(CaseAlarm.case_id.in_(cases), CaseAlarm.next_at <= now).order_by(CaseAlarm.case_id, CaseAlarm.role)
    for alarm in await session.scalars(alarms):
        level = "lewat" if alarm.due_at <= now else "hampir"
        due.setdefault((alarm.case_id, alarm.clock, level), []).append(alarm)
    for (case_id, clock, level), told in due.items():
        new = await _note(session, cases[case_id], f"{clock}_{level}", told, now)
        for alarm in told:
            alarm.next_at = alarm.due_at if level == "hampir" else None
            alarm.told_at = now if new else alarm.told_at
    return len(due)


async def _note(session: AsyncSession, case: Case, what: str, told: list[CaseAlarm], now: datetime) -> bool:
    """One event for a case, its stage and the alarm; False where there was one already."""
    key = f"{EVENT}:{what}:{case.stage}:{int(told[0].due_at.timestamp())}"
    if await CaseRepository(session).event_of_request(case, key) is not None:
        return False
    data = {"alarm": what, "superiors": sorted(alarm.role for alarm in told)}
    ledger.record(session, case, EVENT, THE_SYSTEM, now, data, key=key)
    return True
