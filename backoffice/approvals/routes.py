"""The stack of drafts to approve: draft beside data, one by one or several at once, made for one thumb."""

from typing import Any

from sanic import Blueprint, HTTPResponse, Request

from backoffice.actor import Actor, SignedIn
from backoffice.approvals.in_siak import InSiak
from backoffice.approvals.stack import AT_ONCE, lay_out
from backoffice.cases import undoing
from backoffice.cases.models import CaseEvent
from backoffice.cases.queues import Queues
from backoffice.cases.service import CaseService
from backoffice.cases.service import Request as Act
from backoffice.errors import ConfirmationNeeded, Forbidden, Invalid, Problem
from backoffice.services import Services
from backoffice.staff.confirmation import has_proof
from backoffice.web import navigation
from backoffice.web.bodies import choices_of, field_of
from backoffice.web.edge import whole_number
from backoffice.web.pages import page, see_other
from standard import stages

approval_pages = Blueprint("approvals", url_prefix="/persetujuan")


@approval_pages.get("/")
async def show_stack(request: Request) -> HTTPResponse:
    """The drafts that wait for this person, the most urgent first. That each was looked at is an event."""
    return page(request, "approvals.html", **await _stack(request), problem=None, chosen=[])


@approval_pages.get("/isi")
async def show_count(request: Request) -> HTTPResponse:
    """How many wait now, fetched again when something changed; the cards stay, so that nothing moves under a thumb."""
    services: Services = request.app.ctx.services
    actor: Actor = request.ctx.signed_in.actor
    async with services.database.read() as session:
        waiting = await Queues(session, actor, services.clock()).count("tugas")
    return page(request, "approvals_count.html", waiting=waiting, shown=whole_number(request.args.get("tampil")))


@approval_pages.post("/")
async def approve(request: Request) -> HTTPResponse:
    """Approves the chosen drafts, each in a transaction of its own; those that were refused are counted and stay."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    chosen = choices_of(request, "pilih")[:AT_ONCE]
    confirmed = await has_proof(request)
    done = refused = 0
    last: CaseEvent | None = None
    form = {"seen": field_of(request, "seen")} if len(chosen) == 1 else {}
    for entry in chosen:
        try:
            last = await _approve(services, signed_in.actor, entry, field_of(request, "key"), confirmed, form)
            done += 1
        except ConfirmationNeeded:
            return page(request, "approvals.html", status=403, **await _stack(request), problem="confirm", chosen=chosen)
        except Problem:
            refused += 1
    await services.live.tell()
    if refused:
        return see_other("/persetujuan", "approved_some", n=refused)
    alone = len(chosen) == 1 and undoing.offers(last)
    return see_other("/persetujuan", "approved", n=done, **({"urung": chosen[0].split(":")[1]} if alone else {}))


async def _approve(services: Services, actor: Actor, entry: str, key: str, confirmed: bool, form: dict[str, str]) -> CaseEvent | None:
    """The event of the approval. `form` says whether warnings were seen, of a single card only.

    `entry` is `<transition>:<number>:<version>`, as the form's box says it.
    """
    transition, _, rest = entry.partition(":")
    number, _, version = rest.partition(":")
    row = stages.transitions().get(transition)
    if row is None or row.track is None:
        raise Invalid(field="pilih")
    async with services.database.write() as session:
        service = CaseService(session, services.clock(), services.settings.take_idle_minutes)
        case = await service.repository.lock(number)
        wanted = Act(
            transition, whole_number(version, otherwise=-1), f"{key}:{transition}"[:64] if key else None, form, confirmed=confirmed
        )
        done = await service.act(case, actor, wanted)
        return done or (await service.repository.event_of_request(case, wanted.key) if wanted.key else None)


async def _stack(request: Request) -> dict[str, Any]:
    services: Services = request.app.ctx.services
    actor: Actor = request.ctx.signed_in.actor
    if not navigation.is_approver(actor):
        raise Forbidden
    now = services.clock()
    async with services.database.write() as session:
        waiting = await Queues(session, actor, now).count("tugas")
        cards = await lay_out(session, actor, now, services.settings.take_idle_minutes)
        noted = await InSiak(session, now).of_today(actor) if services.settings.siak_approvals else []
    in_siak = services.settings.siak_approvals
    return {"cards": cards, "waiting": waiting, "shown": waiting, "noted": noted, "in_siak": in_siak}
