"""Asks each applicant once, some time after their papers were sent, inside WhatsApp's 24 hours and never at night."""

import httpx
from sqlalchemy import exists, select

from backoffice.cases.models import Case
from backoffice.complaints.window import window_of
from backoffice.notices.outbox import Outbox
from backoffice.services import Services
from backoffice.survey.models import SurveyInvitation
from standard.clock import to_local
from standard.survey import asking

AT_ONCE = 50


async def invite(services: Services, http: httpx.AsyncClient) -> int:
    """One round; says how many were asked. Who can't be written to freely now is looked at again while there is time."""
    now, rules = services.clock(), asking()
    if not rules.awake[0] <= to_local(now).hour < rules.awake[1]:
        return 0
    async with services.database.read() as session:
        asked = exists().where(SurveyInvitation.case_id == Case.id)
        sent = (Case.delivered_at <= now - rules.after, Case.delivered_at > now - rules.within)
        query = select(Case.id, Case.contact, Case.number).where(*sent, ~asked).order_by(Case.delivered_at).limit(AT_ONCE)
        due = list(await session.execute(query))
    invited = 0
    for case_id, contact, number in due:
        window = await window_of(services, http, contact)
        if window is None or not window.open:
            continue
        async with services.database.write() as session:
            await session.get_one(Case, case_id, with_for_update=True)
            if await session.get(SurveyInvitation, case_id) is None:
                session.add(SurveyInvitation(case_id=case_id, asked_at=now, answered=False))
                Outbox(session, now).add("survei", contact, number, {}, case_id)
                invited += 1
    if invited:
        await services.live.tell()
    return invited
