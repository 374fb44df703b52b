"""Tells the applicant's side which complaints the back office has: asked after a restore (`make reconcile`)."""

from sanic import HTTPResponse, Request, json
from sqlalchemy import or_, select

from backoffice.api.access import read_contact, read_since
from backoffice.api.routes import api
from backoffice.complaints.models import Complaint, ComplaintState
from backoffice.services import Services
from contracts.reconciling import KnownComplaint, KnownComplaints

PAGE = 200


@api.get("/known/complaints", ctx_callers=("actions", "bot"))
async def known_complaints(request: Request) -> HTTPResponse:
    """The complaints that came or were closed since a moment, in pages."""
    services: Services = request.app.ctx.services
    since, after = read_since(request), request.args.get("after", "")
    async with services.database.read() as session:
        moved = or_(Complaint.created_at >= since, Complaint.closed_at >= since)
        named = Complaint.anonymous.is_(False)  # of the others nobody is told whose they are
        rows = list(await session.scalars(select(Complaint).where(moved, named, Complaint.id > after).order_by(Complaint.id).limit(PAGE)))
    complaints = [
        KnownComplaint(
            number=row.number,
            contact=read_contact(row.contact),
            category=row.category,
            created_at=row.created_at,
            closed=row.state == ComplaintState.CLOSED,
            restricted=row.restricted,
        )
        for row in rows
    ]
    return json(KnownComplaints(complaints=complaints, next=rows[-1].id if len(rows) == PAGE else None).body())
