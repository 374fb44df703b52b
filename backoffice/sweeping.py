"""Erases blobs that came and that nothing needs: the transfer or the upload that they belonged to was refused or broke off."""

from datetime import timedelta

import structlog

from backoffice.blob_owners import ARRIVED
from backoffice.services import Services
from storage.kept_blobs import let_go_since

GRACE = timedelta(days=2)
"""Between a blob's arrival and the look whether it is needed: pictures come before the bundle that names them, at most hours."""

log = structlog.get_logger()


async def let_old_arrivals_go(services: Services) -> None:
    """Notes that what came longer than GRACE ago is no longer needed because it came."""
    async with services.database.write() as session:
        await let_go_since(session, ARRIVED, services.clock() - GRACE)


async def sweep(services: Services) -> int:
    """Erases what nobody needs, also what a process left that was killed before it could; says how many blobs that were."""
    await let_old_arrivals_go(services)
    await services.database.forget_log()
    erased = await services.kept.erase_unneeded()
    if erased:
        log.info("blobs_swept", count=erased)
    await services.database.reuse_space()
    return erased
