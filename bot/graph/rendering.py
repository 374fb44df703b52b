"""Renders a message of the dialogue as Graph bodies within Meta's limits, one where it fits, several where it does not. Pure."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.graph import limits
from contracts import whatsapp
from contracts.answer import Button, File, Form, Instead, Link, Message, Row, Template

IMAGE_MIMES = frozenset({"image/jpeg", "image/png"})
"""What WhatsApp shows as a picture; any other picture goes as a document."""

LANGUAGE = "id"
NOTHING = "…"
"""Meta refuses an empty body under buttons."""


@dataclass(frozen=True)
class Part:
    """One send. `body` lacks address, our id, and the uploaded file's id, which the outbox fills in under `slot`."""

    body: dict[str, Any]
    text: str
    file: File | None = None
    slot: tuple[str, ...] = field(default=())
    """The way to the object in `body` that takes the file's `id`."""
    instead: "Part | None" = None
    """Of a form: what is sent where Meta does not take it."""


def render(message: Message) -> list[Part]:
    """The sends of one message, in order. A quoted message is quoted by the first."""
    parts = _with_file(message) if message.document or message.image else _without_file(message)
    if message.quote and parts:
        parts[0] = replace(parts[0], body={**parts[0].body, "context": {"message_id": message.quote}})
    return parts


def render_template(template: Template) -> dict[str, Any]:
    """The Graph body of a template with its parameters in the text."""
    parameters = [{"type": "text", "text": limits.cut(p, whatsapp.CAPTION)} for p in template.parameters]
    components = [{"type": "body", "parameters": parameters}] if parameters else []
    return {"type": "template", "template": {"name": template.name, "language": {"code": LANGUAGE}, "components": components}}


def _without_file(message: Message) -> list[Part]:
    if message.request:
        return _interactive(message.text, _ask_for(message.request), whatsapp.INTERACTIVE_BODY)
    if message.form:
        *before, part = _interactive(message.text, _form(message.form), whatsapp.INTERACTIVE_BODY)
        return [*before, replace(part, instead=_instead(message.form.instead, [said.text for said in before]))]
    if message.link:
        return _interactive(message.text, _link(message.link), whatsapp.INTERACTIVE_BODY)
    if message.list is not None:
        rows, button = message.list.rows, message.list.button
    elif len(message.buttons) > whatsapp.BUTTONS:
        rows, button = [Row(id=b.id, title=b.title) for b in message.buttons], "Pilih"
    else:
        rows, button = [], ""
    if len(rows) > whatsapp.ROWS:  # more than a list can hold: as lines that a number or a label answers just as well
        return _texts("\n".join([message.text, "", *(f"{n}. {row.title}" for n, row in enumerate(rows, 1))]))
    if rows:
        return _interactive(message.text, _rows(rows, button), whatsapp.LIST_BODY)
    if message.buttons:
        return _interactive(message.text, _buttons(message.buttons), whatsapp.INTERACTIVE_BODY)
    return _texts(message.text)


def _with_file(message: Message) -> list[Part]:
    file = message.document or message.image
    assert file is not None, "only called with one"
    kind = "image" if message.image is file and file.mime in IMAGE_MIMES else "document"
    media: dict[str, Any] = (
        {} if kind == "image" else {"filename": limits.cut(file.filename or f"berkas.{_ending(file.mime)}", whatsapp.FILENAME)}
    )
    if message.buttons and not message.list and len(message.buttons) <= whatsapp.BUTTONS:
        before, body = limits.tail(message.text, whatsapp.INTERACTIVE_BODY)
        interactive = {**_buttons(message.buttons), "header": {"type": kind, kind: media}, "body": {"text": body or NOTHING}}
        part = Part({"type": "interactive", "interactive": interactive}, body, file, ("interactive", "header", kind))
        return [*_texts(before), part]
    if message.buttons or message.list or message.request or message.form or message.link:
        return [Part({"type": kind, kind: media}, file.filename or "", file, (kind,)), *_without_file(message)]
    if whatsapp.size(message.text.strip()) > whatsapp.CAPTION:
        return [*_texts(message.text), Part({"type": kind, kind: media}, file.filename or "", file, (kind,))]
    if message.text.strip():
        media["caption"] = message.text.strip()
    return [Part({"type": kind, kind: media}, message.text.strip(), file, (kind,))]


def _texts(text: str) -> list[Part]:
    return [Part({"type": "text", "text": {"body": piece, "preview_url": False}}, piece) for piece in limits.pieces(text, whatsapp.TEXT)]


def _interactive(text: str, interactive: dict[str, Any], longest: int) -> list[Part]:
    before, body = limits.tail(text, longest)
    return [*_texts(before), Part({"type": "interactive", "interactive": {**interactive, "body": {"text": body or NOTHING}}}, body)]


def _buttons(buttons: list[Button]) -> dict[str, Any]:
    titles = limits.unique([b.title for b in buttons], whatsapp.BUTTON_TITLE)
    replies = [{"type": "reply", "reply": {"id": b.id[: whatsapp.BUTTON_ID], "title": t}} for b, t in zip(buttons, titles, strict=True)]
    return {"type": "button", "action": {"buttons": replies}}


def _rows(rows: list[Row], button: str) -> dict[str, Any]:
    titles = limits.unique([r.title for r in rows], whatsapp.ROW_TITLE)
    made = []
    for row, title in zip(rows, titles, strict=True):
        shown = {"id": row.id[: whatsapp.ROW_ID], "title": title}
        if row.description and row.description.strip():
            shown["description"] = limits.cut(row.description, whatsapp.ROW_DESCRIPTION)
        made.append(shown)
    return {"type": "list", "action": {"button": limits.cut(button, whatsapp.LIST_BUTTON), "sections": [{"rows": made}]}}


def _form(form: Form) -> dict[str, Any]:
    parameters = {
        "flow_message_version": "3",
        "flow_id": form.flow,
        "flow_cta": limits.cut(form.button, whatsapp.FLOW_BUTTON),
        "flow_token": form.token,
        "flow_action": "navigate",
        "flow_action_payload": {"screen": form.screen, **({"data": form.data} if form.data else {})},
    }
    return {"type": "flow", "action": {"name": "flow", "parameters": parameters}}


def _instead(instead: Instead | None, before: list[str]) -> Part | None:
    """The form's question without it, in one send; what stands in a send before is not said twice."""
    if instead is None:
        return None
    paragraphs = instead.text.split("\n\n")
    text = "\n\n".join(p for p in paragraphs if not any(p in said for said in before)) or paragraphs[-1]
    parts = _without_file(Message(text=text, buttons=instead.buttons, list=instead.list))
    return parts[0] if len(parts) == 1 else _texts(text)[0]


def _link(link: Link) -> dict[str, Any]:
    return {
        "type": "cta_url",
        "action": {"name": "cta_url", "parameters": {"display_text": limits.cut(link.button, whatsapp.BUTTON_TITLE), "url": link.url}},
    }


def _ask_for(request: str) -> dict[str, Any]:
    if request == "location":
        return {"type": "location_request_message", "action": {"name": "send_location"}}
    return {"type": "contact_request", "action": {"name": "request_contact_info"}}


def _ending(mime: str) -> str:
    return mime.partition("/")[2].split("+")[0] or "bin"
