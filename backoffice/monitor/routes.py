"""The public screen: numbers that renew themselves, what is needed, how it goes; no sign-in, no link into the office."""

from typing import Any

from sanic import Blueprint, HTTPResponse, Request

from backoffice.monitor.figures import Board
from backoffice.services import Services
from backoffice.web.pages import page
from standard import facts, stages
from standard.requirements import possible_items

monitor_pages = Blueprint("monitor", url_prefix="/monitor")
PANES = ("angka", "syarat", "alur")


@monitor_pages.before_server_start
async def open_board(app: object) -> None:
    """One board for all screens of this process."""
    app.ctx.board = Board()  # type: ignore[attr-defined]


@monitor_pages.get("/")
async def show_monitor(request: Request) -> HTTPResponse:
    """The screen with one of its panes, chosen by touch; it falls back to the numbers by itself."""
    pane = request.args.get("layar") if request.args.get("layar") in PANES else PANES[0]
    return page(
        request, "monitor.html", pane=pane, panes=PANES, items=possible_items(), office=facts.load("office"), **await _figures(request)
    )


@monitor_pages.get("/isi")
async def show_figures(request: Request) -> HTTPResponse:
    """The numbers alone, fetched again every few seconds."""
    return page(request, "monitor_figures.html", **await _figures(request))


async def _figures(request: Request) -> dict[str, Any]:
    services: Services = request.app.ctx.services
    now = services.clock()
    async with services.database.read() as session:
        figures = await request.app.ctx.board.figures(session, now)
    shown = [stages.stages()[stage] for stage in figures.by_stage if stage != "dikembalikan"]
    return {"figures": figures, "shown": shown, "most": max([1, *figures.by_stage.values()])}
