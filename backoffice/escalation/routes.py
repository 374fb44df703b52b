"""The superior's page: what is near or past a deadline, who holds it, and into whose hands it may go with one press."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases import holding
from backoffice.errors import Forbidden
from backoffice.escalation.attention import Attention, Row
from backoffice.services import Services
from backoffice.staff.models import Staff, StaffRole, held_at
from backoffice.staff.service import StaffService
from backoffice.web.pages import page
from standard import roles, stages
from standard.escalation import Clock
from standard.roles import Permission

attention_pages = Blueprint("attention", url_prefix="/perhatian")


@attention_pages.get("/")
async def show_attention(request: Request) -> HTTPResponse:
    """The list, `?jam=layanan|kia|tahap` for one clock only."""
    return page(request, "attention.html", **await _list(request))


@attention_pages.get("/isi")
async def show_attention_rows(request: Request) -> HTTPResponse:
    """Its inner part, fetched again when something changed."""
    return page(request, "attention_rows.html", **await _list(request))


@attention_pages.get("/jumlah")
async def show_count(request: Request) -> HTTPResponse:
    """The number beside the menu's entry."""
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        counts = await Attention(session, _superior(request), services.clock()).counts()
    return page(request, "attention_count.html", counts=counts[None])


async def _list(request: Request) -> dict[str, Any]:
    services: Services = request.app.ctx.services
    actor, now = _superior(request), services.clock()
    wanted, cursor = request.args.get("jam"), request.args.get("dari")
    clock = Clock(wanted) if wanted in list(Clock) else None
    async with services.database.read() as session:
        attention = Attention(session, actor, now)
        listed, counts = await attention.page(clock, cursor), await attention.counts()
        holders = {row.case.id: holding.holder(row.case, now) for row in listed.rows}
        names = await StaffService(session, services.settings, now).names({held for held in holders.values() if held})
        takers = await _takers(session, now) if actor.may(Permission.TAKE_OVER) else {}
    kept = {"jam": clock} if clock else {}
    return {
        "rows": listed.rows,
        "counts": counts[None],
        "by_clock": {each: counts[each] for each in Clock},
        "clock": clock,
        "holders": holders,
        "names": names,
        "waits_for": {row.case.id: _labels(row) for row in listed.rows},
        "for_taking": {row.case.id for row in listed.rows if roles.takes_cases(_waiting(row))},
        "colleagues": {row.case.id: [each for role in sorted(_waiting(row)) for each in takers.get(role, ())] for row in listed.rows},
        "address": urlencode(kept),
        "next": f"/perhatian?{urlencode({**kept, 'dari': listed.next})}" if listed.next else None,
        "later": bool(cursor),
    }


async def _takers(session: AsyncSession, now: datetime) -> dict[str, list[Staff]]:
    """Who takes cases, by role held now."""
    wanted = [role.id for role in roles.roles().values() if role.takes]
    query = (
        select(StaffRole.role, Staff)
        .join(Staff, Staff.id == StaffRole.staff_id)
        .where(StaffRole.role.in_(wanted), held_at(now), Staff.active)
    )
    found: dict[str, list[Staff]] = {}
    for role, staff in await session.execute(query.order_by(Staff.name)):
        found.setdefault(role, []).append(staff)
    return found


def _waiting(row: Row) -> frozenset[str]:
    return stages.waiting_for(row.case.stage, frozenset(row.case.facts))


def _labels(row: Row) -> list[str]:
    return sorted(roles.roles()[role].label for role in _waiting(row))


def _superior(request: Request) -> Actor:
    actor: Actor = request.ctx.signed_in.actor
    if not roles.watches(actor.roles):
        raise Forbidden
    return actor
