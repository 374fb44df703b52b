"""The service API of the complaints desk: actions hand complaints over and ask how they stand."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sanic import HTTPResponse, Request, json

from backoffice.api.access import read_body, require_blobs
from backoffice.api.routes import api
from backoffice.complaints import models
from backoffice.complaints.service import ComplaintService
from backoffice.errors import Invalid
from backoffice.services import Services
from contracts.complaint import (
    Complaint,
    ComplaintCategory,
    ComplaintMessage,
    ComplaintRating,
    ComplaintState,
    ComplaintTaken,
    ComplaintWish,
    MessageTaken,
)
from standard.complaint_flow import reopening_states
from standard.complaints import reopen_until


@api.put("/complaints/<complaint_id:str>")
async def put_complaint(request: Request, complaint_id: str) -> HTTPResponse:
    """Takes a complaint in: 201, or 200 when it was there."""
    services: Services = request.app.ctx.services
    if len(complaint_id) > 64:
        raise Invalid(field="id")
    given = read_body(request, Complaint)
    async with services.database.write() as session:
        complaint, new = await ComplaintService(session, services.clock()).accept(complaint_id, given)
    await services.live.tell()
    return json(ComplaintTaken(number=complaint.number).body(), status=201 if new else 200)


@api.put("/complaints/<number:str>/messages/<turn:str>")
async def put_message(request: Request, number: str, turn: str) -> HTTPResponse:
    """What the citizen adds to a complaint."""
    services: Services = request.app.ctx.services
    if len(turn) > 80:
        raise Invalid(field="turn")
    given = read_body(request, ComplaintMessage)
    await require_blobs(services.blobs, [attachment.blob for attachment in given.attachments])
    async with services.database.write() as session:
        complaint = await ComplaintService(session, services.clock()).add_message(number, turn, given)
    await services.live.tell()
    return json(MessageTaken(number=complaint.number, state=complaint.state).body())


@api.put("/complaints/<number:str>/category/<turn:str>")
async def put_category(request: Request, number: str, turn: str) -> HTTPResponse:
    """What the citizen says that it is about."""
    given = read_body(request, ComplaintCategory)
    return await _changed(request, lambda service: service.rename(number, given.category))


@api.put("/complaints/<number:str>/rating/<turn:str>")
async def put_rating(request: Request, number: str, turn: str) -> HTTPResponse:
    """Whether it helped, as the citizen says."""
    given = read_body(request, ComplaintRating)
    return await _changed(request, lambda service: service.rate(number, given.value))


@api.put("/complaints/<number:str>/withdrawal/<turn:str>")
async def put_withdrawal(request: Request, number: str, turn: str) -> HTTPResponse:
    """The citizen takes the complaint back."""
    read_body(request, ComplaintWish)
    return await _changed(request, lambda service: service.withdraw(number))


@api.put("/complaints/<number:str>/restriction/<turn:str>")
async def put_restriction(request: Request, number: str, turn: str) -> HTTPResponse:
    """The citizen asks that it be kept secret."""
    read_body(request, ComplaintWish)
    return await _changed(request, lambda service: service.keep_secret(number))


async def _changed(request: Request, act: Callable[[ComplaintService], Awaitable[models.Complaint]]) -> HTTPResponse:
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        complaint = await act(ComplaintService(session, services.clock()))
    await services.live.tell()
    return json(MessageTaken(number=complaint.number, state=complaint.state).body())


@api.get("/complaints/<number:str>")
async def get_complaint(request: Request, number: str) -> HTTPResponse:
    """How a complaint stands, for the citizen who asks."""
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        complaint = await ComplaintService(session, services.clock()).get(number)
    state = ComplaintState(
        number=complaint.number,
        state=complaint.state,
        category=complaint.category,
        answer_due=complaint.answer_due,
        reopen_until=_reopen_until(complaint),
    )
    return json(state.body())


def _reopen_until(complaint: models.Complaint) -> datetime | None:
    """Until when the citizen may take it up again; None while it is open. One that was closed for good is over at once."""
    if complaint.closed_at is None:
        return None
    return reopen_until(complaint.closed_at) if complaint.state in reopening_states() else complaint.closed_at
