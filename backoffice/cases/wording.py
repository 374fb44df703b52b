"""Says in words what a case's codes mean: flags, conditions, events, reasons; as filters for the templates."""

from typing import Any

from backoffice.actor import DEPUTY
from backoffice.cases.approvals import Approval
from backoffice.cases.models import CaseEvent
from backoffice.web.formats import write_iso_date
from backoffice.web.texts import catalogue, label, text
from standard import f201, reasons, roles, sensitive, stages
from standard.reasons import ReasonList


def flag_text(flag: str) -> str:
    """A flag; `perlu_cek_petugas:kk` names its document, or the parent, after the colon, `peka:lahir_mati` its moment, `beda_surat:berat` a
    field of the form."""
    code, _, about = flag.partition(":")
    if code == "beda_surat":
        return f"{label('flag', code)}: {field_text(about)}"
    if flag.startswith(sensitive.FLAG):
        moment = sensitive.moments().get(about)
        return f"{label('flag', code)}: {moment.label}" if moment else label("flag", code)
    return f"{label('flag', code)}: {label('item', about)}" if about else label("flag", code)


def field_text(name: str) -> str:
    """A field of the form by its label; one that the edition has not, as it is called."""
    return next((field.label for field in f201.form().fields if field.id == name), name)


def warning_text(warning: dict[str, Any]) -> str:
    """What papers and answers disagree on, and what the applicant said when told of it."""
    words = [label("warning", warning["code"])]
    if said := warning.get("said"):
        words.append(text("warned.said", said=said))
    elif warning.get("told"):
        words.append(text("warned.told"))
    return " ".join(words)


def condition_text(value: Any) -> str:
    """An answer to one of the first questions."""
    return catalogue().get(f"condition_value.{value}", str(value))


def event_text(event: CaseEvent) -> str:
    """What happened, after the name of who did it."""
    row = stages.transitions().get(event.kind)
    sentence = row.past if row else text(f"event.{event.kind}").lower()
    if item := event.data.get("item"):
        sentence += f" ({label('item', item)})"
    if to_name := event.data.get("to_name"):
        sentence += f" ({to_name})"
    if other := event.data.get("other"):
        sentence += f" ({other})"
    if alarm := event.data.get("alarm"):
        told = ", ".join(role_text(role) for role in event.data.get("superiors", ()))
        sentence += f" ({told}): {label('attention_alarm', alarm)}"
    if given := event.data.get("in_siak"):
        sentence += f" ({text('event.by_siak', day=write_iso_date(given['day']), ref=given['ref'], name=given['name'])})"
    if voided := event.data.get("voided"):
        what = ", ".join(stages.transitions()[transition].label for transition in voided if transition in stages.transitions())
        sentence += f". {text('event.voided', what=what)}"
    return sentence


def reason_text(event: CaseEvent, note: str | None = None) -> str:
    """The reason given, and the note that is kept beside the event; older ones hold theirs."""
    row = stages.transitions().get(event.kind)
    table = reasons.reasons(ReasonList(row.reason)) if row and row.reason else {}
    reason = table.get(event.data.get("reason") or "")
    return ": ".join(part for part in (reason.label if reason else None, note or event.data.get("note")) if part)


def role_text(role: str) -> str:
    """A role as events name it: `plt:` before one that was held for somebody else."""
    _, deputy, name = role.rpartition(DEPUTY)
    row = roles.roles().get(name)
    shown = row.label if row else text("event.by_system")
    return text("role.deputy", role=shown) if deputy else shown


def deputy_text(event: CaseEvent | Approval) -> str:
    """`Plt. Kepala Dinas`, where somebody acted for another; empty otherwise."""
    return role_text(event.role) if event.role.startswith(DEPUTY) else ""


def contains_item(items: list[str] | None, item: str) -> bool:
    """Whether a warning's items name that document."""
    return item in (items or ())


def match_flag(flag: str, code: str) -> bool:
    """Whether a flag is of that code, whatever document it names."""
    return flag.partition(":")[0] == code
