"""The interactive messages (buttons, list, link, requests, flow) and their limits: contract 1.7, one table row each."""

from collections.abc import Iterator
from typing import Any

from simulator.judge.media import BY_ID_OR_LINK
from simulator.judge.shapes import VALUE, Anything, ByMember, Choice, Number, Objection, Record, Several, Shape, Text

MAX_ROWS = 10

BODY = Record({"text": Text(1024)})
LIST_BODY = Record({"text": Text(4096)})
FOOTER = Record({"text": Text(60)})
TEXT_HEADER = Record({"type": Choice(("text",)), "text": Text(60)})
HEADER = ByMember(
    "type",
    {
        "text": TEXT_HEADER,
        "image": Record({"type": Anything(), "image": BY_ID_OR_LINK}),
        "video": Record({"type": Anything(), "video": BY_ID_OR_LINK}),
        "document": Record(
            {
                "type": Anything(),
                "document": Record(checks=BY_ID_OR_LINK.checks, optional={**BY_ID_OR_LINK.optional, "filename": Text(240)}),
            }
        ),
    },
)

BUTTON = Record({"type": Choice(("reply",)), "reply": Record({"id": Text(256), "title": Text(20)})})
BUTTONS = Several(BUTTON, 3, unique=(lambda item: _inside(item, "reply", "title"), lambda item: _inside(item, "reply", "id")))

ROW = Record({"id": Text(200), "title": Text(24)}, {"description": Text(72, low=0)})


def _inside(item: dict[str, Any], outer: str, inner: str) -> Any:
    found = item.get(outer)
    return found.get(inner) if isinstance(found, dict) else None


def _rows_in_all(action: dict[str, Any], path: str) -> Iterator[Objection]:
    """Ten rows over all sections together; ids unique; every section titled when there are several."""
    sections = [section for section in action.get("sections") or [] if isinstance(section, dict)]
    rows = [row for section in sections for row in section.get("rows") or [] if isinstance(row, dict)]
    if len(rows) > MAX_ROWS:
        yield Objection(VALUE, f"{path}.sections", f"Total row count exceed max allowed count: {MAX_ROWS}")
    chosen = [str(row.get("id")) for row in rows]
    if len(set(chosen)) != len(chosen):
        yield Objection(VALUE, f"{path}.sections", "Duplicated row ids; ids must be unique in the whole list.")
    if len(sections) > 1 and not all(section.get("title") for section in sections):
        yield Objection(VALUE, f"{path}.sections", "A title is required for each section when there are several.")


def _flow_named_once(parameters: dict[str, Any], path: str) -> Iterator[Objection]:
    if ("flow_id" in parameters) == ("flow_name" in parameters):
        yield Objection(VALUE, path, "Exactly one of flow_id and flow_name must be given.")


def _data_not_empty(payload: dict[str, Any], path: str) -> Iterator[Objection]:
    if "data" in payload and not (isinstance(payload["data"], dict) and payload["data"]):
        yield Objection(VALUE, f"{path}.data", "data must be a non-empty object.")


LIST_ACTION = Record(
    {"button": Text(20), "sections": Several(Record({"rows": Several(ROW, MAX_ROWS)}, {"title": Text(24)}), 10)},
    checks=(_rows_in_all,),
)
URL_ACTION = Record(
    {"name": Choice(("cta_url",)), "parameters": Record({"display_text": Text(20), "url": Text(2000, pattern=r"https?://.+")})}
)
FLOW_ACTION = Record(
    {
        "name": Choice(("flow",)),
        "parameters": Record(
            {"flow_message_version": Choice(("3",)), "flow_cta": Text(30)},
            {
                "flow_id": Text(100),
                "flow_name": Text(200),
                "flow_token": Text(200),
                "flow_action": Choice(("navigate", "data_exchange")),
                "flow_action_payload": Record({"screen": Text(200)}, {"data": Anything()}, checks=(_data_not_empty,)),
                "mode": Choice(("draft", "published")),
            },
            checks=(_flow_named_once,),
        ),
    }
)
SEND_LOCATION = Record({"name": Choice(("send_location",))})
SEND_CONTACT = Record({"name": Choice(("request_contact_info",))})


def _kind(action: Shape, body: Shape = BODY, header: Shape | None = HEADER, footer: Shape | None = FOOTER) -> Record:
    around = {name: shape for name, shape in (("header", header), ("footer", footer)) if shape}
    return Record({"type": Anything(), "body": body, "action": action}, around)


INTERACTIVE = ByMember(
    "type",
    {
        "button": _kind(Record({"buttons": BUTTONS})),
        "list": _kind(LIST_ACTION, body=LIST_BODY, header=TEXT_HEADER),
        "cta_url": _kind(URL_ACTION),
        "location_request_message": _kind(SEND_LOCATION, header=None, footer=None),
        "contact_request": _kind(SEND_CONTACT, header=None, footer=None),
        "flow": _kind(FLOW_ACTION),
    },
    code=VALUE,
)

LOCATION = Record({"latitude": Number(-90, 90), "longitude": Number(-180, 180)}, {"name": Text(1000), "address": Text(1000)})
