"""Meta's webhook: proves the body, stores it durably, answers 200. Everything else happens later, elsewhere."""

from sanic import Blueprint, HTTPResponse, Request, text

from bot.access import refusal
from bot.deliveries.envelope import BodyWrong, parse, statuses_only
from bot.webhook.signature import is_same, is_signed

WEBHOOK = "/webhooks/whatsapp"
blueprint = Blueprint("webhook", url_prefix=WEBHOOK)

BODY_MOST = 3 * 1024 * 1024
"""Meta sends up to 3 MB (contract, 1.2), in the larger meaning of the word: what we refuse is lost after seven days."""


@blueprint.get("/")
async def verify(request: Request) -> HTTPResponse:
    """Echoes the challenge to whoever knows our verify token; Meta asks when the callback is set in the dashboard."""
    token = request.app.ctx.bot.settings.verify_token.get_secret_value()
    challenge = request.args.get("hub.challenge")
    if request.args.get("hub.mode") != "subscribe" or challenge is None or not is_same(request.args.get("hub.verify_token"), token):
        return text("forbidden", 403)
    return text(challenge)


@blueprint.post("/")
async def receive(request: Request) -> HTTPResponse:
    """200 once the body is on the disk. 415, 413, 401 or 400 otherwise, with nothing stored; Meta repeats those for seven days."""
    bot = request.app.ctx.bot
    if (request.headers.get("content-type") or "").partition(";")[0].strip().lower() != "application/json":
        return refusal(415, "wrong_type", "Only application/json.")
    if len(request.body) > BODY_MOST:
        return refusal(413, "too_large", f"At most {BODY_MOST} bytes.")
    if not is_signed(request.body, request.headers.get("x-hub-signature-256"), bot.settings.app_secret.get_secret_value()):
        bot.metrics.refused.labels("signature").inc()
        return refusal(401, "bad_signature", "The signature does not fit the body.")
    try:
        body = parse(request.body)
    except BodyWrong:
        bot.metrics.refused.labels("json").inc()
        return refusal(400, "bad_json", "The body is no JSON.")
    await bot.received.add((request.body, statuses_only(body), bot.clock()))
    bot.metrics.deliveries.inc()
    bot.jobs.workers["inbox"].wake()
    return text("ok")
