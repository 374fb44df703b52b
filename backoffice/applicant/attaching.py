"""Says whether akta and KK may hang on a mail: not while the chat holds them back from whoever reads there."""

from datetime import timedelta

from sqlalchemy import select

from backoffice.cases.models import Case
from backoffice.notices.mail import PAPERS
from backoffice.notices.models import Notice, NoticeState
from backoffice.services import Services

IN_THE_CHAT = frozenset({NoticeState.SENT, NoticeState.DELIVERED, NoticeState.READ})
SETTLED = timedelta(minutes=1)
"""After the chat's message: that it only asked who reads there has come into the case by then."""
CHAT_WITHIN = timedelta(hours=1)
"""So long a mail with papers waits for the chat; then it goes without them."""
HELD_IN_CHAT = "pdf_tertahan"


async def may_hang_on(services: Services, notice: Notice) -> bool | None:
    """Whether what belongs to the notice hangs on its mail; None while it is not known yet whether the chat holds it back.

    Where the papers wait in the chat, or the chat has not said in time that it has them, the mail says where they are to be had.
    """
    if notice.kind != PAPERS or not services.settings.mail_attachments:
        return notice.kind != PAPERS
    now = services.clock()
    async with services.database.read() as session:
        case = await session.get(Case, notice.case_id) if notice.case_id is not None else None
        told = select(Notice.state, Notice.state_at).where(Notice.case_id == notice.case_id, Notice.kind == "dokumen_terbit")
        last = (await session.execute(told.order_by(Notice.at.desc(), Notice.id).limit(1))).first()
    if case is None or last is None or HELD_IN_CHAT in case.facts:
        return False
    if last.state in IN_THE_CHAT and now - last.state_at >= SETTLED:
        return True
    return None if now - notice.at < CHAT_WITHIN else False
