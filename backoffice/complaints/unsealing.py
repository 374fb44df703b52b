"""Has the bot forget whose a complaint without a name was, once it is over for good."""

from datetime import timedelta

import httpx
import structlog
from sqlalchemy import select

from backoffice.complaints.models import Complaint, ComplaintState
from backoffice.services import Services
from contracts.sealing import PATH, PREFIX
from standard.complaints import reopen_until

AT_ONCE = 100
GONE = "-"
"""The contact of a complaint of which nobody can tell any more whose it was."""

log = structlog.get_logger()


async def forget_senders(services: Services, http: httpx.AsyncClient) -> int:
    """Five working days after each was closed for good; says of how many."""
    now, forgotten = services.clock(), 0
    async with services.database.read() as session:
        sealed = Complaint.contact_id.startswith(PREFIX)
        over = select(Complaint).where(Complaint.anonymous, sealed, Complaint.state == ComplaintState.CLOSED)
        found = list(await session.scalars(over.where(Complaint.closed_at < now - timedelta(days=5)).limit(AT_ONCE)))
    for complaint in found:
        if complaint.closed_at is None or now < reopen_until(reopen_until(complaint.closed_at)):
            continue
        url = f"{services.settings.bot_url}{PATH}{complaint.contact['id']}"
        try:
            answer = await http.delete(url, headers={"Authorization": services.settings.backoffice_bot_token.authorization}, timeout=15)
            answer.raise_for_status()
        except httpx.HTTPError as error:
            log.warning("complaints.sender_not_forgotten", problem=type(error).__name__)
            break
        async with services.database.write() as session:
            (await session.get_one(Complaint, complaint.id)).contact = {"id": GONE}
        forgotten += 1
    return forgotten
