"""Tells the applicant's side which cases the back office has: asked after a restore (`make reconcile`)."""

from sanic import HTTPResponse, Request, json
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.api.access import read_contact, read_since
from backoffice.api.routes import api
from backoffice.cases.api import describe
from backoffice.cases.models import Case
from backoffice.cases.repository import CaseRepository
from backoffice.errors import Invalid
from backoffice.services import Services
from contracts.reconciling import KnownCase, KnownCases

PAGE = 200


@api.get("/known/cases", ctx_callers=("actions", "bot"))
async def known_cases(request: Request) -> HTTPResponse:
    """The cases that came or moved since a moment, in pages."""
    services: Services = request.app.ctx.services
    since, after = read_since(request), request.args.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        raise Invalid(field="after")
    async with services.database.read() as session:
        moved = or_(Case.submitted_at >= since, Case.stage_since >= since)
        rows = list(await session.scalars(select(Case).where(moved, Case.id > int(after)).order_by(Case.id).limit(PAGE)))
        cases = [await _case(session, row) for row in rows]
    return json(KnownCases(cases=cases, next=str(rows[-1].id) if len(rows) == PAGE else None).body())


async def _case(session: AsyncSession, case: Case) -> KnownCase:
    state = describe(case, await CaseRepository(session).documents(case))
    return KnownCase(
        draft=case.draft_id,
        number=case.number,
        contact=read_contact({**case.bundle["contact"], "id": case.contact}),
        submitted_at=case.submitted_at,
        deadline=case.deadline,
        over=case.stage in ("selesai", "ditolak"),
        returned=state.returned,
    )
