"""Gathers what the page of the queue shows: one page of a tab or what a search finds, all counts, what was chosen and what can be."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from sanic import Request
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.cases import filters, holding
from backoffice.cases.features import FEATURES
from backoffice.cases.filters import MEANT, SORTS, Filter, read_filter
from backoffice.cases.queues import Listing, Queues
from backoffice.cases.search import Query, understand
from backoffice.cases.searches import Searches
from backoffice.errors import Forbidden
from backoffice.services import Services
from backoffice.web.texts import text
from standard import stages
from standard.clock import write_date
from standard.numbers import mask
from standard.roles import Permission


async def gather_queue(request: Request) -> dict[str, Any]:
    """The values of the queue's templates. Raises Forbidden.

    That somebody searched for a person is noted, but not anew while the page shows again what it found, or more of it.
    """
    services: Services = request.app.ctx.services
    actor: Actor = request.ctx.signed_in.actor
    if not actor.may(Permission.SEE_CASES):
        raise Forbidden
    now, typed = services.clock(), request.args.get("q", "").strip()
    if typed:
        return await _found(services, actor, now, typed, request.args.get("dari"), request.app.ctx.searches)
    async with services.database.read() as session:
        return await _tab(session, actor, now, {name: request.args.get(name, "") for name in request.args})


async def _tab(session: AsyncSession, actor: Actor, now: datetime, given: dict[str, str]) -> dict[str, Any]:
    queues, wanted = Queues(session, actor, now), read_filter(given)
    tabs = queues.tabs()
    tab = given["tab"] if given.get("tab") in tabs else tabs[0]
    listing = await queues.page(tab, given.get("dari"), wanted)
    counts = await queues.counts(wanted)
    options, here = _options(await queues.holders()), wanted.of(tab)
    return {
        **_shown(listing, now),
        "query": "",
        "tabs": {name: urlencode(wanted.address(name)) for name in tabs},
        "tab": tab,
        "counts": counts,
        "options": {name: options[name] for name in MEANT[tab] if name in options},
        "days": [name for name in MEANT[tab] if name in filters.DAYS],
        "chosen": here.chosen,
        "chips": {_chip(name, value, options): urlencode(here.without(name).address(tab)) for name, value in here.chosen.items()},
        "sort": wanted.sort(tab),
        "sorts": {sort: urlencode(replace(wanted, urut=sort).address(tab)) for sort in SORTS[tab]},
        "bare": urlencode(Filter({}, wanted.urut).address(tab)),
        "address": urlencode(wanted.address(tab)),
        "next": f"/antrean?{urlencode({**wanted.address(tab), 'dari': listing.next})}" if listing.next else None,
        "later": bool(given.get("dari")),
    }


async def _found(services: Services, actor: Actor, now: datetime, typed: str, cursor: str | None, searches: Searches) -> dict[str, Any]:
    query = understand(typed)
    if not actor.may(Permission.SEARCH):
        raise Forbidden
    if query and query.kind != "nomor" and searches.is_new(actor.id, typed, now):
        await _note_search(services, actor.id, query)
    async with services.database.read() as session:
        listing = await Queues(session, actor, now).search(query, cursor) if query else Listing([], None)
    return {
        **_shown(listing, now),
        "query": typed,
        "tab": "",
        "chosen": {},
        "sorts": {},
        "sort": "",
        "address": urlencode({"q": typed}),
        "next": f"/antrean?{urlencode({'q': typed, 'dari': listing.next})}" if listing.next else None,
        "later": bool(cursor),
    }


def _shown(listing: Listing, now: datetime) -> dict[str, Any]:
    return {"cases": listing.cases, "holders": {case.id: holding.holder(case, now) for case in listing.cases}}


def _options(holders: dict[str, str]) -> dict[str, dict[str, str]]:
    """What can be chosen of each filter but the days, with what is read of it."""
    worked_at = [row for row in stages.stages().values() if row.clock != "stopped" and row.id not in ("selesai", "ditolak")]
    return {
        "kecamatan": {place: place.title() for place in filters.places()},
        "ciri": {feature: text(f"feature.{feature}") for feature in FEATURES},
        "waktu": {clock: text(f"queue.clock.{clock}") for clock in filters.CLOCKS},
        "pemegang": {code: text(f"queue.held.{code}") for code in filters.HOLDERS} | holders,
        "tahap": {row.id: row.label for row in worked_at},
    }


def _chip(name: str, value: str, options: dict[str, dict[str, str]]) -> str:
    if name in filters.DAYS:
        return text(f"queue.chip.{name}", day=write_date(date.fromisoformat(value)))
    return options[name].get(value) or text("queue.held.other")


async def _note_search(services: Services, staff_id: str | None, query: Query) -> None:
    """That somebody searched for a person: a NIK by its last figures, a name or a number by nothing of it."""
    action, data = ("nik_dicari", {"nik": mask(query.words[0])}) if query.kind == "nik" else ("orang_dicari", {"by": query.kind})
    async with services.database.write() as session:
        await Audit(session, services.clock()).note(action, staff_id, None, data)
