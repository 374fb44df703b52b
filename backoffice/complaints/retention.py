"""Takes the words, pictures and names out of complaints that ended long ago; what is left is counted: number, category, times."""

from datetime import timedelta

import structlog
from sqlalchemy import select, update

from backoffice.blob_owners import of_message
from backoffice.complaints.mail_address import BY_HAND
from backoffice.complaints.models import Complaint, ComplaintMessage, ComplaintState
from backoffice.notices.mail import MAILTO
from backoffice.services import Services
from backoffice.sweeping import let_old_arrivals_go
from storage.kept_blobs import let_go

KEEP = timedelta(days=365)
"""After a complaint was closed: it may be opened again for five working days, and the year's report is written from it."""
ENDED = (ComplaintState.DONE, ComplaintState.REFUSED, ComplaintState.CLOSED)
BATCH = 100

log = structlog.get_logger()


async def forget_old_complaints(services: Services) -> int:
    """Erases what is due; says of how many complaints."""
    await let_old_arrivals_go(services)
    forgotten = 0
    while True:
        async with services.database.write() as session:
            before = services.clock() - KEEP
            old = (Complaint.state.in_(ENDED), Complaint.closed_at < before, Complaint.text != "")
            due = list(await session.scalars(select(Complaint).where(*old).limit(BATCH).with_for_update()))
            ids = [complaint.id for complaint in due]
            of_these = ComplaintMessage.complaint_id.in_(ids)
            messages = list(await session.scalars(select(ComplaintMessage.id).where(of_these)))
            await session.execute(update(ComplaintMessage).where(of_these).values(text="", attachments=[]))
            for complaint in due:
                named = complaint.contact["id"].startswith(MAILTO)  # as programs before 0.3.0 noted an address
                complaint.contact = {
                    "id": f"{BY_HAND}{complaint.id}"[:80] if named or "email" in complaint.contact else complaint.contact["id"]
                }
                complaint.text, complaint.last_words, complaint.reason = "", "", None
            gone = await let_go(session, map(of_message, messages))
        if not due:
            break
        forgotten += len(due)
        await services.kept.erase_unneeded(gone)
    if forgotten:
        await services.database.forget_log()
        log.info("complaints_forgotten", count=forgotten)
    return forgotten
