"""What the form of a transition must bring, and what that changes in the case: one row per transition that asks for something."""

from collections.abc import Callable
from datetime import date
from typing import Any

from backoffice.cases.models import Case
from backoffice.cases.numbers import read_niks, read_numbers
from backoffice.errors import Invalid
from standard.reasons import ReasonList, reasons

Form = dict[str, str]
"""The fields of a form as they came, single values, stripped."""

NOTE_LENGTH = 500


def read_reason(of: ReasonList, form: Form, item: str | None = None) -> dict[str, str | None]:
    """The reason and the note of a form. Raises Invalid for an unknown reason, a missing note, a note that is too long."""
    code, note = form.get("reason", ""), form.get("note", "") or None
    reason = reasons(of).get(code)
    if reason is None or not reason.applies_to(item):
        raise Invalid(field="reason")
    if (note is None and reason.note_needed) or (note is not None and len(note) > NOTE_LENGTH):
        raise Invalid(field="note")
    return {"reason": code, "note": note}


def _siak(form: Form, case: Case, today: date) -> dict[str, Any]:
    children = child_records(case)
    numbers, niks = read_numbers(form, children, today), read_niks(form, len(children), case, required=False)
    return {"siak": {"no_kk": numbers["no_kk"], "anak": [row | nik for row, nik in zip(numbers["anak"], niks, strict=True)]}}


def _numbers_corrected(form: Form, case: Case, today: date) -> dict[str, Any]:
    """Of each child the NIK stays as it was."""
    numbers, before = read_numbers(form, child_records(case), today), case.siak.get("anak") or []
    kept = [{name: value for name, value in row.items() if name != "akta"} for row in before]
    return {"siak": {"no_kk": numbers["no_kk"], "anak": [row | nik for row, nik in zip(numbers["anak"], kept, strict=False)]}}


def _niks(form: Form, case: Case, _today: date) -> dict[str, Any]:
    """Of each child the nomor akta stays as it was."""
    before = case.siak.get("anak") or []
    niks = read_niks(form, len(child_records(case)), case, required=True)
    return {"siak": {"anak": [{"akta": row["akta"]} | nik for row, nik in zip(before, niks, strict=False)]}}


def _kia_sent(form: Form, _case: Case, _today: date) -> dict[str, Any]:
    courier, tracking = form.get("courier", ""), form.get("tracking", "")
    for field, value in (("courier", courier), ("tracking", tracking)):
        if not 1 <= len(value) <= 60:
            raise Invalid(field=field)
    return {"kia": {"state": "dikirim", "courier": courier, "tracking": tracking}}


def _kia_received(form: Form, _case: Case, _today: date) -> dict[str, Any]:
    received_by = form.get("received_by", "")[:120]
    return {"kia": {"state": "diterima", "received_by": received_by or None, "old_ktp_exchanged": form.get("old_ktp") == "ya"}}


_EFFECTS: dict[str, Callable[[Form, Case, date], dict[str, Any]]] = {
    "siak_diinput": _siak,
    "nomor_diperbaiki": _numbers_corrected,
    "nomor_diperbaiki_akhir": _numbers_corrected,
    "nik_dicatat": _niks,
    "kirim_dokumen": lambda _form, _case, _today: {"delivered": True, "deadline": None, "kia": {"state": "menunggu"}},
    "tolak": lambda _form, _case, _today: {"deadline": None},
    "kembalikan_berkas": lambda _form, _case, _today: {"deadline": None},
    "kia_dicetak": lambda _form, _case, _today: {"kia": {"state": "dicetak"}},
    "kia_dikirim": _kia_sent,
    "kia_diterima": _kia_received,
}


def effects(transition: str, form: Form, case: Case, today: date) -> dict[str, Any]:
    """The effects (see `cases.state.apply`) that the form of a transition asks for. Raises Invalid naming the field."""
    read = _EFFECTS.get(transition)
    return read(form, case, today) if read else {}


def child_records(case: Case) -> list[dict[str, Any]]:
    """The children's records, at least one."""
    return case.bundle.get("anak") or [{}]
