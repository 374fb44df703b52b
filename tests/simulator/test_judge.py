"""Meta's written limits, one row each: what is just allowed, and what is one too much."""

import json
from pathlib import Path

import pytest

from simulator.judge import judge

FIXTURES = Path(__file__).parents[3] / "shared/fixtures/whatsapp/meta_openapi_v23/outbound"


def message(kind, content, **more):
    return {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "+6281200000001", "type": kind, kind: content, **more}


def text(length):
    return message("text", {"body": "a" * length})


def buttons(*titles, body="Lanjut?", **around):
    rows = [{"type": "reply", "reply": {"id": f"id-{place}", "title": title}} for place, title in enumerate(titles)]
    return message("interactive", {"type": "button", "body": {"text": body}, "action": {"buttons": rows}, **around})


def rows(number, start=0, **members):
    return [{"id": f"row-{start + place}", "title": f"Pilihan {start + place}", **members} for place in range(number)]


def menu(*sections, button="Pilih", body="Silakan", **around):
    content = {"type": "list", "body": {"text": body}, "action": {"button": button, "sections": list(sections)}, **around}
    return message("interactive", content)


def template(**members):
    return message("template", {"name": "pemberitahuan_permohonan", "language": {"code": "id"}, **members})


def link(words="Buka", url="https://blora.go.id"):
    parameters = {"display_text": words, "url": url}
    return message("interactive", {"type": "cta_url", "body": {"text": "a"}, "action": {"name": "cta_url", "parameters": parameters}})


def request(kind, name, body="Mohon"):
    return message("interactive", {"type": kind, "body": {"text": body}, "action": {"name": name}})


WAMID = "wamid.abc"
READ = {"messaging_product": "whatsapp", "status": "read", "message_id": WAMID}

ALLOWED = {
    "text of 4096": text(4096),
    "text without a type": {"messaging_product": "whatsapp", "to": "+62812", "text": {"body": "a", "preview_url": True}},
    "to a BSUID": {"messaging_product": "whatsapp", "recipient": "ID.13491208655302741918", "type": "text", "text": {"body": "a"}},
    "a quoted reply with our own id": message("text", {"body": "a"}, context={"message_id": WAMID}, biz_opaque_callback_data="7"),
    "image by id": message("image", {"id": "1", "caption": "a" * 1024}),
    "document by link": message("document", {"link": "https://a.b/c.pdf", "filename": "Akta.pdf"}),
    "audio": message("audio", {"id": "1"}),
    "video": message("video", {"id": "1", "caption": "a"}),
    "sticker": message("sticker", {"id": "1"}),
    "location": message("location", {"latitude": -6.97, "longitude": 111.41, "name": "Blora"}),
    "contacts": message("contacts", [{"name": {"formatted_name": "A", "first_name": "A"}, "phones": [{"phone": "+62"}]}]),
    "reaction": message("reaction", {"message_id": WAMID, "emoji": "👍"}),
    "reaction taken away": message("reaction", {"message_id": WAMID, "emoji": ""}),
    "three buttons of 20 letters": buttons("a" * 20, "b" * 20, "c" * 20, body="b" * 1024, footer={"text": "f" * 60}),
    "buttons under a document": buttons("a", header={"type": "document", "document": {"id": "1", "filename": "a.pdf"}}),
    "a list of ten rows in two sections": menu({"title": "A", "rows": rows(5)}, {"title": "B", "rows": rows(5, 5)}, body="b" * 4096),
    "row texts at their limits": menu({"rows": [{"id": "i" * 200, "title": "t" * 24, "description": "d" * 72}]}, button="p" * 20),
    "link button": link("a" * 20),
    "location request": request("location_request_message", "send_location", "a" * 1024),
    "contact request": request("contact_request", "request_contact_info"),
    "template": template(components=[{"type": "body", "parameters": [{"type": "text", "text": "LM-1"}]}]),
    "read receipt": READ,
    "read receipt and typing": READ | {"typing_indicator": {"type": "text"}},
}

REFUSED = {
    "text of 4097": (text(4097), 100, "text.body"),
    "empty text": (text(0), 100, "text.body"),
    "blank text": (message("text", {"body": "  \n"}), 100, "text.body"),
    "no body": (message("text", {}), 131008, "text.body"),
    "no recipient": ({"messaging_product": "whatsapp", "type": "text", "text": {"body": "a"}}, 131008, "to"),
    "recipient that is a number": (
        {"messaging_product": "whatsapp", "recipient": "62812", "type": "text", "text": {"body": "a"}},
        131009,
        "recipient",
    ),
    "no product": ({"to": "+62812", "type": "text", "text": {"body": "a"}}, 131008, "messaging_product"),
    "unknown type": (message("poll", {}), 100, "type"),
    "unknown member": (message("text", {"body": "a", "colour": "red"}), 100, "text.colour"),
    "type of a number": (message("text", {"body": 7}), 100, "text.body"),
    "not an object": ([], 100, ""),
    "caption of 1025": (message("image", {"id": "1", "caption": "a" * 1025}), 131009, "image.caption"),
    "media without source": (message("image", {"caption": "a"}), 131008, "image"),
    "media with two sources": (message("image", {"id": "1", "link": "https://a.b"}), 131009, "image"),
    "caption on audio": (message("audio", {"id": "1", "caption": "a"}), 100, "audio.caption"),
    "filename on an image": (message("image", {"id": "1", "filename": "a.jpg"}), 100, "image.filename"),
    "four buttons": (buttons("a", "b", "c", "d"), 131009, "interactive.action.buttons"),
    "no buttons": (buttons(), 131009, "interactive.action.buttons"),
    "button title of 21": (buttons("a" * 21), 131009, "interactive.action.buttons[0].reply.title"),
    "empty button title": (buttons(""), 131009, "interactive.action.buttons[0].reply.title"),
    "twice the same title": (buttons("a", "a"), 131009, "interactive.action.buttons"),
    "button body of 1025": (buttons("a", body="b" * 1025), 131009, "interactive.body.text"),
    "footer of 61": (buttons("a", footer={"text": "f" * 61}), 131009, "interactive.footer.text"),
    "header of 61": (buttons("a", header={"type": "text", "text": "h" * 61}), 131009, "interactive.header.text"),
    "eleven rows in two sections": (
        menu({"title": "A", "rows": rows(6)}, {"title": "B", "rows": rows(5, 6)}),
        131009,
        "interactive.action.sections",
    ),
    "two sections, one untitled": (menu({"title": "A", "rows": rows(1)}, {"rows": rows(1, 1)}), 131009, "interactive.action.sections"),
    "twice the same row id": (
        menu({"title": "A", "rows": rows(1)}, {"title": "B", "rows": rows(1)}),
        131009,
        "interactive.action.sections",
    ),
    "row title of 25": (menu({"rows": [{"id": "1", "title": "t" * 25}]}), 131009, "interactive.action.sections[0].rows[0].title"),
    "row description of 73": (menu({"rows": rows(1, description="d" * 73)}), 131009, "interactive.action.sections[0].rows[0].description"),
    "row id of 201": (menu({"rows": [{"id": "1" * 201, "title": "t"}]}), 131009, "interactive.action.sections[0].rows[0].id"),
    "section title of 25": (menu({"title": "t" * 25, "rows": rows(1)}), 131009, "interactive.action.sections[0].title"),
    "list button of 21": (menu({"rows": rows(1)}, button="p" * 21), 131009, "interactive.action.button"),
    "list body of 4097": (menu({"rows": rows(1)}, body="b" * 4097), 131009, "interactive.body.text"),
    "picture over a list": (
        menu({"rows": rows(1)}, header={"type": "image", "image": {"id": "1"}}),
        131009,
        "interactive.header.type",
    ),
    "link text of 21": (link("a" * 21), 131009, "interactive.action.parameters.display_text"),
    "link that is none": (link(url="blora.go.id"), 131009, "interactive.action.parameters.url"),
    "location request of 1025": (request("location_request_message", "send_location", "a" * 1025), 131009, "interactive.body.text"),
    "contact request by another name": (request("contact_request", "send_location"), 131009, "interactive.action.name"),
    "template in capitals": (message("template", {"name": "Kabar", "language": {"code": "id"}}), 131009, "template.name"),
    "template without a language": (message("template", {"name": "kabar"}), 131008, "template.language"),
    "latitude of 91": (message("location", {"latitude": 91, "longitude": 0}), 131009, "location.latitude"),
    "own id of 513": (message("text", {"body": "a"}, biz_opaque_callback_data="1" * 513), 131009, "biz_opaque_callback_data"),
    "typing without a text": (READ | {"typing_indicator": {"type": "audio"}}, 131009, "typing_indicator.type"),
    "status other than read": (READ | {"status": "delivered"}, 131009, "status"),
    "read of no wamid": (READ | {"message_id": "abc"}, 131009, "message_id"),
}


@pytest.mark.parametrize("body", ALLOWED.values(), ids=ALLOWED)
def test_what_the_limits_allow_has_no_objection(body):
    assert judge(body) == []


@pytest.mark.parametrize(("body", "code", "path"), REFUSED.values(), ids=REFUSED)
def test_what_the_limits_forbid_is_refused_with_metas_code(body, code, path):
    assert [(objection.code, objection.path) for objection in judge(body)][:1] == [(code, path)]


NOT_PLAYED = "catalogues and payments are not played"
NO_NAME = "its name and language are words about a name"
OFF = {
    "send_catalog_message": NOT_PLAYED,
    "send_multi_product_message": NOT_PLAYED,
    "send_single_product_message": NOT_PLAYED,
    "send_order_details_message": NOT_PLAYED,
    "send_order_status_message": NOT_PLAYED,
    "send_reply_to_list_message": "it has no type",
    "send_sample_issue_resolution_template": "a parameter's text is true and false",
    "send_message_template_interactive": NO_NAME,
    "send_message_template_media": NO_NAME,
    "send_message_template_text": NO_NAME,
    "send_sample_shipping_confirmation_template": NO_NAME,
    "send_sample_text_message": NO_NAME,
}
"""Meta's examples that are off, or out of what is played, and why."""


def filled(value):
    """Meta's examples with their blanks filled in."""
    if isinstance(value, dict):
        return {key: filled(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner) for inner in value]
    if isinstance(value, str) and ("http" in value.lower()) and "youtu" not in value:
        return "https://example.org/file"
    if isinstance(value, str) and "Recipient" in value:
        return "+6281200000001"
    if isinstance(value, str) and ("MSGID" in value):
        return WAMID
    if value == "<TEMPLATE_NAME>":
        return "pemberitahuan"
    if isinstance(value, str) and value.startswith("<"):
        return value.strip("<>")[-20:]
    return value


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="Meta's examples are not beside this clone")
@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_metas_own_examples_pass_but_for_those_that_are_off(path):
    objections = judge(filled(json.loads(path.read_text())))
    assert bool(objections) == (path.stem in OFF), objections
