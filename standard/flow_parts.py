"""The parts of which a Flow's JSON is put together, the form within WhatsApp that is published at Meta (Flow JSON 7.0). Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

VERSION = "7.0"

Part = dict[str, Any]
"""A component of a screen, an action, or a screen, as Meta's reference writes it."""


def flow(screens: Iterable[Part]) -> Part:
    """The whole; none of ours needs an endpoint, so nothing is asked of a server while it is filled in."""
    return {"version": VERSION, "screens": list(screens)}


def screen(name: str, title: str, children: Iterable[Part], data: Mapping[str, Part] | None = None, *, terminal: bool = False) -> Part:
    """One screen; `data` declares what it is opened with, `terminal`: the form may end on it."""
    ends = {"terminal": True, "success": True} if terminal else {}
    opened = {"data": dict(data)} if data else {}
    return {"id": name, "title": title, **ends, **opened, "layout": {"type": "SingleColumnLayout", "children": list(children)}}


def form(children: Iterable[Part], initial: str) -> Part:
    """Fields that are filled in before the person sees them; `initial` refers to an object with values by the fields' names."""
    return {"type": "Form", "name": "isian", "init-values": initial, "children": list(children)}


def shown_if(condition: str, then: Iterable[Part], otherwise: Iterable[Part] = ()) -> Part:
    """Parts that are seen only where the condition holds, and what is seen else."""
    other = {"else": found} if (found := list(otherwise)) else {}
    return {"type": "If", "condition": condition, "then": list(then), **other}


def subheading(text: str) -> Part:
    """A line above a group."""
    return {"type": "TextSubheading", "text": text}


def body(text: str) -> Part:
    """A paragraph."""
    return {"type": "TextBody", "text": text}


def choice(name: str, label: str, options: Iterable[tuple[str, str]], *, required: bool = False) -> Part:
    """One of some answers, each its id and its title."""
    rows = [{"id": key, "title": title} for key, title in options]
    return {"type": "RadioButtonsGroup", "name": name, "label": label, "required": required, "data-source": rows}


def line(name: str, label: str, longest: int, kind: str = "text", helper: str = "") -> Part:
    """One line of text; `kind` names the keyboard (`text`, `number`, `email`)."""
    told = {"helper-text": helper} if helper else {}
    return {"type": "TextInput", "name": name, "label": label, "input-type": kind, "required": False, "max-chars": longest, **told}


def lines(name: str, label: str, longest: int) -> Part:
    """Text of several lines."""
    return {"type": "TextArea", "name": name, "label": label, "required": False, "max-length": longest}


def day(name: str, label: str) -> Part:
    """A date from a calendar; it comes back as `2026-11-09`."""
    return {"type": "DatePicker", "name": name, "label": label, "required": False}


def footer(label: str, action: Part) -> Part:
    """The button that leads on."""
    return {"type": "Footer", "label": label, "on-click-action": action}


def navigate(to: str, payload: Mapping[str, str] | None = None) -> Part:
    """Leads to another screen."""
    return {"name": "navigate", "next": {"type": "screen", "name": to}, "payload": dict(payload or {})}


def complete(payload: Mapping[str, str]) -> Part:
    """Ends the form and sends this."""
    return {"name": "complete", "payload": dict(payload)}
