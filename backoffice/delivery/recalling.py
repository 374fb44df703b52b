"""Opens a record in the register of breaches when a paper of somebody else was sent and is taken back."""

from datetime import datetime

from backoffice.cases.publishing import Happened
from backoffice.complaints.breaches import open_for_case


async def note_breach(happened: Happened) -> None:
    """Follows whatever happens to a case: an event with `breach_due` says until when those concerned have to be told."""
    if due := happened.event.data.get("breach_due"):
        open_for_case(happened.session, happened.case.number, happened.now, datetime.fromisoformat(due))
