"""Erases blobs that came and that nothing needs: the transfer or the upload that they belonged to was refused or broke off."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from backoffice.cases.documents import BlobUse
from backoffice.documents import uses
from backoffice.services import Services

GRACE = timedelta(days=2)
"""Between a blob's arrival and the look whether it is needed: pictures come before the bundle that names them, at most hours."""
BATCH = 500

log = structlog.get_logger()


async def sweep(services: Services) -> int:
    """Erases what came longer than GRACE ago and is needed by nobody, and says how many blobs that were."""
    erased, before = 0, services.clock() - GRACE
    while arrivals := await _arrived(services, before):
        for owner, blob in arrivals:
            erased += await _erase_unneeded(services, owner, blob)
    if erased:
        log.info("blobs_swept", count=erased)
    return erased


async def _arrived(services: Services, before: datetime) -> list[tuple[str, str]]:
    query = select(BlobUse.owner, BlobUse.blob).where(*uses.arrived_before(before)).order_by(BlobUse.owner).limit(BATCH)
    async with services.database.read() as session:
        return [(owner, blob) for owner, blob in await session.execute(query)]


async def _erase_unneeded(services: Services, owner: str, blob: str) -> bool:
    """One blob in a transaction of its own: between the look and the deletion lies no other's, and a later arrival keeps it."""
    async with services.database.write() as session:
        needed = await uses.needed_by_others(session, [blob], [owner])
        if not needed:
            await services.blobs.delete(blob)
        await uses.forget_uses(session, [owner])
        return not needed
