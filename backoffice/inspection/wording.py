"""Says in words what a line of the audit means, for the page and for the export. Pure."""

from functools import cache

from backoffice.audit.models import AuditEvent
from backoffice.cases.models import CaseEvent
from backoffice.cases.wording import event_text, role_text
from backoffice.inspection.listing import Row
from backoffice.web.texts import catalogue, label, text
from standard import stages
from standard.clock import to_local

HASHES = ("hash", "heads")
"""Data that only the check of the chains reads."""


@cache
def acts_to_choose() -> dict[str, dict[str, str]]:
    """What the filter offers, by group: acts on cases, and acts beside them."""
    on_cases = {row.id: row.label for row in stages.transitions().values()}
    on_cases |= {name: sentence for name, sentence in _of("event.").items() if not name.startswith(("by_", "voided"))}
    return {"cases": on_cases, "other": _of("audit_action.")}


def act_text(row: Row) -> str:
    """What was done."""
    if isinstance(row.event, CaseEvent):
        sentence = event_text(row.event)
        return sentence[:1].upper() + sentence[1:]
    return label("audit_action", row.kind)


def detail_text(row: Row) -> str:
    """What belongs to it: the page that was looked at, roles given, the days of a deputy. Never a citizen's data."""
    data = row.event.data
    if row.kind == "dilihat":
        return label("audit_look", str(data.get("what", "")).partition(":")[0])
    if isinstance(row.event, AuditEvent):
        filled = [(name, value) for name, value in sorted(data.items()) if value not in (None, "", {}) and name not in HASHES]
        return ", ".join(f"{label('audit_data', name)}: {_value(value)}" for name, value in filled)
    return ""


def line_of(row: Row) -> list[str]:
    """The cells of the export, in the page's order."""
    who = row.staff_name or text("event.by_system")
    role = role_text(row.role) if row.role else ""
    return [f"{to_local(row.at):%Y-%m-%d %H:%M:%S}", who, role, row.subject or "", act_text(row), detail_text(row)]


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(role_text(each) if isinstance(each, str) else str(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}={inner}" for name, inner in sorted(value.items()))
    return text(f"condition_value.{value}") if isinstance(value, bool) else str(value)


def _of(prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): sentence for key, sentence in catalogue().items() if key.startswith(prefix)}
