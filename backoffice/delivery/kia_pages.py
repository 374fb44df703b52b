"""The list of KIA and KTP-el to print, send and follow: several cases taken and marked at once, the list printed as it stands."""

import asyncio
from collections.abc import Sequence

from sanic import Blueprint, HTTPResponse, Request, raw
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases import holding, ledger
from backoffice.cases.models import Case, CaseTask
from backoffice.cases.parcels import address_of
from backoffice.cases.repository import CaseRepository
from backoffice.cases.service import CaseService
from backoffice.cases.service import Request as Act
from backoffice.delivery.label_pdf import Label, make_labels
from backoffice.errors import Forbidden, Problem
from backoffice.services import Services
from backoffice.staff.service import StaffService
from backoffice.web.bodies import choices_of, field_of
from backoffice.web.edge import whole_number
from backoffice.web.pages import page, see_other
from backoffice.web.security import form_of
from standard import stages
from standard.escalation import Alarm, Clock, alarms
from standard.kinds import Item

kia_pages = Blueprint("kia", url_prefix="/kia")

WAY = ("kia_cetak", "kia_kirim", "kia_antar")
"""The stages of the list, in their order."""
AT_ONCE = 30
"""Cases on one list: a sheet of paper, a stack for the courier; the next ones follow when these are done."""
ROLE = "operator_kia"


@kia_pages.get("/")
async def show_list(request: Request) -> HTTPResponse:
    """A stage's list, `?tahap=kia_cetak|kia_kirim|kia_antar`: what stands on a card is shown of the cases in one's own hands only."""
    services: Services = request.app.ctx.services
    actor, now, stage = _worker(request), services.clock(), _stage(request.args.get("tahap"))
    async with services.database.write() as session:
        service = CaseService(session, now, services.settings.take_idle_minutes)
        cases = await _cases(session, stage)
        holders = {case.id: holding.holder(case, now) for case in cases}
        for case in cases:
            if holders[case.id] == actor.id:
                service.note_look(case, actor, "daftar_kia")
        papers = await service.repository.papers_of([case.id for case in cases])
        names = await StaffService(session, services.settings, now).names({held for held in holders.values() if held})
        counts = {each: await session.scalar(select(func.count()).select_from(Case).where(Case.stage == each)) for each in WAY}
    due = {case.id: _due(case) for case in cases}
    family_cards = {key: next((paper.submission for paper in held if paper.item == Item.KK), None) for key, held in papers.items()}
    return page(
        request,
        "kia.html",
        due=due,
        family_cards=family_cards,
        stage=stage,
        way=WAY,
        cases=cases,
        holders=holders,
        names=names,
        counts=counts,
    )


@kia_pages.post("/ambil")
async def take_all(request: Request) -> HTTPResponse:
    """Takes every free case of the list."""
    services: Services = request.app.ctx.services
    actor, now, stage = _worker(request), services.clock(), _stage(form_of(request).get("tahap"))
    taken = 0
    async with services.database.write() as session:
        for case in await _cases(session, stage):
            if holding.holder(case, now) is None:
                holding.take(case, actor, now, services.settings.take_idle_minutes)
                ledger.record(session, case, "diambil", actor, now, {"from_staff": None})
                taken += 1
    await services.live.tell()
    return see_other(f"/kia?tahap={stage}", "kia_taken", n=taken)


@kia_pages.post("/dicetak")
async def printed(request: Request) -> HTTPResponse:
    """Marks the chosen ones (`<number>:<version>`) as printed, each in a transaction of its own; those that were refused stay."""
    services: Services = request.app.ctx.services
    actor, key = _worker(request), field_of(request, "key")
    done = 0
    for entry in choices_of(request, "pilih")[:AT_ONCE]:
        number, _, version = entry.partition(":")
        try:
            async with services.database.write() as session:
                service = CaseService(session, services.clock(), services.settings.take_idle_minutes)
                case = await service.repository.lock(number)
                wanted = Act("kia_dicetak", whole_number(version, otherwise=-1), f"{key}:kia"[:64] if key else None)
                done += await service.act(case, actor, wanted) is not None
        except Problem:
            continue
    await services.live.tell()
    return see_other("/kia?tahap=kia_kirim" if done else "/kia", "kia_printed", n=done)


@kia_pages.get("/label.pdf")
async def print_labels(request: Request) -> HTTPResponse:
    """Address labels, `?tahap=`: of the list's cases in one's own hands whose address is known."""
    services: Services = request.app.ctx.services
    actor, now, stage = _worker(request), services.clock(), _stage(request.args.get("tahap"))
    labels = []
    async with services.database.write() as session:
        service = CaseService(session, now, services.settings.take_idle_minutes)
        for case in await _cases(session, stage):
            address = address_of(case.bundle)
            if holding.holder(case, now) != actor.id or address is None:
                continue
            service.note_look(case, actor, "label_kia")
            receiver = (case.bundle.get("alamat_kia") or {}).get("penerima") or case.bundle["contact"].get("name") or case.child_name
            labels.append(Label(case.number, str(receiver), address, str(case.bundle["contact"].get("phone") or "")))
    if not labels:
        return see_other(f"/kia?tahap={stage}", "kia_no_labels")
    printed = await asyncio.to_thread(make_labels, labels)
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="label-{stage}.pdf"'}
    return raw(printed, content_type="application/pdf", headers=headers)


async def _cases(session: AsyncSession, stage: str) -> Sequence[Case]:
    """The list's cases, the soonest due first, locked."""
    query = select(CaseTask.case_id).join(Case, Case.id == CaseTask.case_id).where(CaseTask.role == ROLE, Case.stage == stage)
    ids = list(await session.scalars(query.order_by(CaseTask.due_at, CaseTask.case_id).limit(AT_ONCE)))
    found = await CaseRepository(session).lock_all(ids)
    return [found[key] for key in ids]


def _due(case: Case) -> Alarm:
    """When its 30 days are near their end, and when they are over."""
    return next(
        alarm for alarm in alarms(case.stage, case.stage_since, None, case.delivered_at or case.stage_since) if alarm.clock is Clock.KIA
    )


def _stage(wanted: str | None) -> str:
    return wanted if wanted in WAY else WAY[0]


def _worker(request: Request) -> Actor:
    actor: Actor = request.ctx.signed_in.actor
    if not actor.roles & stages.transitions()["kia_dicetak"].roles:
        raise Forbidden
    return actor
