"""The control API over Meta's side: faults, behaviour, clock, records, webhooks, templates."""

from dataclasses import asdict, fields
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from simulator.faults import Fault
from simulator.model import Behaviour
from simulator.pricing import bill
from simulator.routes.asking import AskedWrongly, members
from simulator.templates import Template

blueprint = Blueprint("control", url_prefix="/control")


def _build(kind: type, asked: dict[str, Any]) -> Any:
    """A dataclass from the request's members. Raises AskedWrongly on unknown or missing ones."""
    try:
        return kind(**asked)
    except TypeError as error:
        raise AskedWrongly(str(error)) from error


@blueprint.get("/violations")
async def violations(request: Request) -> HTTPResponse:
    """Everything that the bot did against Meta's rules."""
    return json({"violations": list(request.app.ctx.world.violations)})


@blueprint.delete("/violations")
async def forget_violations(request: Request) -> HTTPResponse:
    """Starts that list anew."""
    request.app.ctx.world.violations.clear()
    return json({"ok": True})


@blueprint.get("/sends")
async def sends(request: Request) -> HTTPResponse:
    """Every call of `POST /messages` with its outcome, and what the accepted ones cost."""
    world = request.app.ctx.world
    return json({"sends": list(world.sends), "pricing": bill(world)})


@blueprint.delete("/sends")
async def forget_sends(request: Request) -> HTTPResponse:
    """Starts that list anew."""
    request.app.ctx.world.sends.clear()
    return json({"ok": True})


@blueprint.get("/faults")
async def faults(request: Request) -> HTTPResponse:
    """The faults that still wait for their calls."""
    return json({"faults": [asdict(fault) for fault in request.app.ctx.world.faults.orders]})


@blueprint.post("/faults")
async def order_fault(request: Request) -> HTTPResponse:
    """Orders a fault."""
    request.app.ctx.world.faults.orders.append(_build(Fault, members(request)))
    return json({"ok": True}, status=201)


@blueprint.delete("/faults")
async def cancel_faults(request: Request) -> HTTPResponse:
    """Cancels all faults."""
    request.app.ctx.world.faults.orders.clear()
    return json({"ok": True})


@blueprint.get("/behaviour")
async def behaviour(request: Request) -> HTTPResponse:
    """The knobs."""
    return json(asdict(request.app.ctx.world.behaviour))


@blueprint.patch("/behaviour")
async def change_behaviour(request: Request) -> HTTPResponse:
    """Turns some of the knobs."""
    world, asked = request.app.ctx.world, members(request)
    known = {field.name for field in fields(Behaviour)}
    if asked.keys() - known:
        raise AskedWrongly(f"unknown: {', '.join(sorted(asked.keys() - known))}")
    world.behaviour = Behaviour(**{**asdict(world.behaviour), **asked})
    return json(asdict(world.behaviour))


@blueprint.put("/clock")
async def clock(request: Request) -> HTTPResponse:
    """Sets how far the simulated clock is ahead, in seconds."""
    world = request.app.ctx.world
    world.skew = float(members(request).get("skew_seconds", 0))
    return json({"skew_seconds": world.skew, "now": world.now()})


@blueprint.post("/limits/reset")
async def forget_limits(request: Request) -> HTTPResponse:
    """Forgives all rate-limit debts."""
    request.app.ctx.world.pair_limit.clear()
    request.app.ctx.world.number_limit.clear()
    return json({"ok": True})


@blueprint.get("/webhooks")
async def webhooks(request: Request) -> HTTPResponse:
    """Every webhook POST and how its attempts were answered; how many updates are held."""
    delivery = request.app.ctx.delivery
    return json({"posts": [asdict(post) for post in delivery.posts], "held": delivery.held})


@blueprint.post("/webhooks/flush")
async def flush(request: Request) -> HTTPResponse:
    """Posts what is held: `per_post` updates in each, `shuffle`d if wished."""
    asked = members(request)
    return json({"updates": request.app.ctx.delivery.flush(int(asked.get("per_post", 1000)), bool(asked.get("shuffle", False)))})


@blueprint.post("/webhooks/<number:int>/resend")
async def resend(request: Request, number: int) -> HTTPResponse:
    """Posts the same bytes once more."""
    post = request.app.ctx.delivery.resend(number)
    return json(asdict(post)) if post else json({"error": "unknown"}, status=404)


@blueprint.post("/webhooks/raw")
async def post_raw(request: Request) -> HTTPResponse:
    """Posts this request's body to the bot as it is; `?signature=good|bad|none`, `?content_type=`. Returns the bot's answer."""
    content_type = request.args.get("content_type", "application/json")
    return json(await request.app.ctx.delivery.post_raw(request.body, content_type, request.args.get("signature", "good")))


@blueprint.post("/webhooks/verify")
async def verify(request: Request) -> HTTPResponse:
    """Does the verification handshake."""
    return json(await request.app.ctx.delivery.verify())


@blueprint.get("/templates")
async def templates(request: Request) -> HTTPResponse:
    """The approved templates."""
    return json({"templates": [asdict(template) for template in request.app.ctx.world.templates.all()]})


@blueprint.put("/templates/<name>")
async def put_template(request: Request, name: str) -> HTTPResponse:
    """Approves a template."""
    asked = {"language": "id", "category": "utility", **members(request), "name": name}
    template = _build(Template, {**asked, "buttons": tuple(asked.get("buttons", ()))})
    request.app.ctx.world.templates.put(template)
    return json(asdict(template))


@blueprint.post("/reset")
async def reset(request: Request) -> HTTPResponse:
    """Empties the world."""
    request.app.ctx.world.reset()
    return json({"ok": True})
