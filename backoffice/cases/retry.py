"""Sends again what did not reach the applicant: failed notices of a case wait in the outbox once more."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases import ledger
from backoffice.cases.models import Case
from backoffice.notices.models import Notice, NoticeState
from backoffice.notices.outbox import try_again
from standard import stages
from standard.roles import Permission


def may_retry(actor: Actor) -> bool:
    """Whoever writes to applicants or sends them their products may."""
    return actor.may(Permission.WRITE_TO_APPLICANT) or bool(actor.roles & stages.transitions()["kirim_ulang"].roles)


async def retry_failed(session: AsyncSession, case: Case, actor: Actor, now: datetime) -> int:
    """How many notices wait again; the caller holds the case locked."""
    failed = list(await session.scalars(select(Notice).where(Notice.case_id == case.id, Notice.state == NoticeState.FAILED)))
    for notice in failed:
        try_again(notice, now)
    if failed:
        ledger.record(session, case, "kabar_diulang", actor, now, {"notices": [notice.id for notice in failed]})
    return len(failed)
