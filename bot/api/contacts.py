"""Shows a contact and its chat to the back office: `/internal/contacts/{id}` and `/internal/contacts/{id}/messages`."""

from sanic import Blueprint, HTTPResponse, Request, json

from bot.access import refusal
from bot.api.chat import PAGE_MOST, CursorWrong, page
from bot.contacts import repository
from bot.contacts.sealed import behind
from bot.contacts.window import window_open
from contracts.chat import ChatLine, ChatPage, ContactShown
from contracts.sealing import is_sealed
from runtime.entrance import only_callers

blueprint = Blueprint("contacts", url_prefix="/internal/contacts")
blueprint.on_request(only_callers())


@blueprint.get("/<contact_id:str>", ctx_callers=("actions", "backoffice"))
async def show(request: Request, contact_id: str) -> HTTPResponse:
    """Who it is, when they wrote last, and whether the 24-hour window is open; of a sealed name only the last."""
    bot = request.app.ctx.bot
    async with bot.database.read() as session:
        contact = await (behind if is_sealed(contact_id) else repository.find)(session, contact_id)
    if contact is None:
        return refusal(404, "unknown_contact", "No such contact.")
    if is_sealed(contact_id):
        return json(ContactShown(id=contact_id, window_open=window_open(contact, bot.clock())).body())
    open_now, last = window_open(contact, bot.clock()), contact.last_inbound_at
    shown = ContactShown(id=contact.id, phone=contact.phone, name=contact.name, last_inbound_at=last, window_open=open_now)
    return json(shown.body())


@blueprint.get("/<contact_id:str>/messages", ctx_callers=("backoffice",))
async def messages(request: Request, contact_id: str) -> HTTPResponse:
    """The chat, newest first; `before` is the last page's `next`."""
    bot = request.app.ctx.bot
    given = request.args.get("limit", "50")
    if not given.isdecimal() or not 1 <= int(given[:6]) <= PAGE_MOST:
        return refusal(422, "bad_limit", f"limit is 1 to {PAGE_MOST}.")
    async with bot.database.read() as session:
        contact = await repository.find(session, contact_id)
        if contact is None:
            return refusal(404, "unknown_contact", "No such contact.")
        try:
            lines, following = await page(session, contact.id, request.args.get("before"), int(given))
        except CursorWrong:
            return refusal(422, "bad_cursor", "before names no message of this contact.")
    shown = [
        ChatLine(id=i.id, at=i.at, direction=i.direction, type=i.type, text=i.text, state=i.state, concealed=i.concealed) for i in lines
    ]
    return json(ChatPage(messages=shown, next=following).body())
