"""The service API of cases: bundles, documents sent again, where a case stands."""

from sanic import HTTPResponse, Request, json

from backoffice.api.access import read_body, require_blobs
from backoffice.api.routes import api
from backoffice.cases.arrival import Arrival
from backoffice.cases.documents import CaseDocument, DocumentState
from backoffice.cases.mail_address import mail_state
from backoffice.cases.models import Case
from backoffice.cases.pin import pin_of
from backoffice.cases.repository import CaseRepository
from backoffice.errors import Invalid
from backoffice.services import Services
from backoffice.siak import outages
from contracts.bundle import Bundle, Document
from contracts.case import AskedAgain, BundleTaken, CaseState, KiaState
from standard import stages
from standard.stages import CaseClock


@api.put("/bundles/<draft_id:str>")
async def put_bundle(request: Request, draft_id: str) -> HTTPResponse:
    """Takes in a bundle: 201, or 200 with the same answer when it was there."""
    services: Services = request.app.ctx.services
    if len(draft_id) > 64:
        raise Invalid(field="draft_id")
    bundle = read_body(request, Bundle)
    await require_blobs(services.blobs, [page.blob for document in bundle.documents for page in document.pages])
    async with services.database.write() as session:
        case, new = await Arrival(session, services.clock()).accept(draft_id, bundle)
    await services.live.tell()
    return json(BundleTaken(number=case.number, stage=case.stage, deadline=case.deadline).body(), status=201 if new else 200)


@api.put("/cases/<number:str>/documents/<submission:str>")
async def put_document(request: Request, number: str, submission: str) -> HTTPResponse:
    """Takes in a returned document that was photographed again. 409 when nobody had asked for it."""
    services: Services = request.app.ctx.services
    document = read_body(request, Document)
    if document.submission != submission:
        raise Invalid(field="submission")
    await require_blobs(services.blobs, [page.blob for page in document.pages])
    async with services.database.write() as session:
        case = await Arrival(session, services.clock()).replace_document(number, submission, document)
        answer = describe(case, await CaseRepository(session).documents(case)).body()
    await services.live.tell()
    return json(answer)


@api.get("/cases/<number:str>")
async def get_case(request: Request, number: str) -> HTTPResponse:
    """Where a case stands, for the applicant who asks."""
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        cases = CaseRepository(session)
        case = await cases.get(number)
        state = describe(case, await cases.documents(case)).model_copy(update={"pin": pin_of(services.settings, case.number)})
        mail = await mail_state(session, case, services.clock())
        outage = await outages.current(session)
    waits = outage is not None and stages.stages()[case.stage].clock is CaseClock.RUNNING and case.stage != stages.first_stage()
    return json(state.model_copy(update={"siak_down_since": outage.began_at if outage and waits else None, "mail": mail}).body())


def describe(case: Case, documents: list[CaseDocument]) -> CaseState:
    """A case as the contract writes it."""
    asked_again = [document for document in documents if document.state == DocumentState.WRONG] if case.stage == "dikembalikan" else []
    return CaseState(
        number=case.number,
        stage=case.stage,
        stage_since=case.stage_since,
        submitted_at=case.submitted_at,
        clock=stages.stages()[case.stage].clock,
        deadline=case.deadline,
        returned=[AskedAgain(item=row.item, reason=row.reason, note=row.note) for row in asked_again],
        delivered_at=case.delivered_at,
        kia=KiaState(**{name: case.kia[name] for name in KiaState.model_fields if name in case.kia}),
    )
