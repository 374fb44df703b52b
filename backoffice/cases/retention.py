"""Erases the working copies of photos some time after a case has ended; the case's record and its products stay (decisions)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import THE_SYSTEM, Actor
from backoffice.cases import ledger
from backoffice.cases.documents import CaseDocument
from backoffice.cases.models import Case
from backoffice.documents import uses
from backoffice.documents.sweeping import GRACE
from backoffice.services import Services

KEEP = timedelta(days=90)
"""After delivery, or after a case was closed without (decisions: finished cases)."""
BATCH = 100

log = structlog.get_logger()


@dataclass(frozen=True)
class Purged:
    """What a purge did, or would do."""

    cases: int = 0
    documents: int = 0
    blobs: int = 0


async def purge_ended(services: Services) -> None:
    """The housekeeping of the running service: no timer of the machine is needed."""
    done = await purge(services, THE_SYSTEM)
    if done.cases:
        log.info("photos_purged", cases=done.cases, documents=done.documents)


async def purge(services: Services, actor: Actor, keep: timedelta = KEEP, dry: bool = False) -> Purged:
    """Erases what is due, some cases at a time, and says how much. A picture that a case still under way needs, too, stays for that one.

    Bytes go before the rows are marked: a purge that is cut off does the rest when it runs again.
    """
    before, total = services.clock() - keep, Purged()
    last = 0
    while True:
        async with services.database.write() as session:
            holding = await _holding(session, last)
            if not holding:
                return total
            last = holding[-1]
            cases = await _due(session, before, holding)
            if not cases:
                continue
            documents = await _documents(session, [case.id for case in cases])
            owners = [uses.of_case(case.id) for case in cases]
            held = {page["blob"] for document in documents for page in document.pages}
            erasable = held - await uses.needed_by_others(session, held, owners, services.clock() - GRACE)
            total = Purged(total.cases + len(cases), total.documents + len(documents), total.blobs + len(erasable))
            if dry:
                continue
            for blob in sorted(erasable):
                await services.blobs.delete(blob)
            for document in documents:
                document.erased_at = services.clock()
            await uses.forget_uses(session, owners)
            for case in cases:
                count = sum(document.case_id == case.id for document in documents)
                ledger.record(session, case, "foto_dihapus", actor, services.clock(), {"documents": count})


async def _holding(session: AsyncSession, after_id: int) -> Sequence[int]:
    """The next cases of which there is still a working copy: few of all, read off an index of their own."""
    left = select(CaseDocument.case_id).where(CaseDocument.erased_at.is_(None), CaseDocument.case_id > after_id)
    return list(await session.scalars(left.distinct().order_by(CaseDocument.case_id).limit(BATCH)))


async def _due(session: AsyncSession, before: datetime, case_ids: Sequence[int]) -> Sequence[Case]:
    """Those of the cases whose time is over."""
    ended = (Case.delivered_at < before) | ((Case.stage == "ditolak") & (Case.stage_since < before))
    return list(await session.scalars(select(Case).where(ended, Case.id.in_(case_ids)).order_by(Case.id).with_for_update()))


async def _documents(session: AsyncSession, case_ids: list[int]) -> Sequence[CaseDocument]:
    query = select(CaseDocument).where(CaseDocument.case_id.in_(case_ids), CaseDocument.erased_at.is_(None))
    return list(await session.scalars(query))
