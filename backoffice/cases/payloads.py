"""What the form of a transition must bring, and what that changes in the case: one row per transition that asks for something."""

import re
from collections.abc import Callable
from typing import Any

from backoffice.errors import Invalid
from standard.numbers import read_nik, read_no_kk
from standard.reasons import ReasonList, reasons

Form = dict[str, str]
"""The fields of a form as they came, single values, stripped."""

AKTA_NUMBER = re.compile(r"[0-9]{4}-L[UT]-[0-9]{8}-[0-9]{4}")
"""Number of an akta kelahiran: office, LU (umum) or LT (terlambat), date, serial (domain page, 5)."""

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


def _siak(form: Form, children: int) -> dict[str, Any]:
    no_kk = read_no_kk(form.get("no_kk", ""))
    if no_kk is None:
        raise Invalid(field="no_kk")
    rows = []
    for child in range(children):
        number = form.get(f"akta_{child}", "").upper().replace(" ", "")
        if not AKTA_NUMBER.fullmatch(number):
            raise Invalid(field=f"akta_{child}")
        nik = form.get(f"nik_{child}", "")
        if nik and read_nik(nik) is None:
            raise Invalid(field=f"nik_{child}")
        rows.append({"akta": number, "nik": nik or None})
    if len({row["akta"] for row in rows}) < children:
        raise Invalid(field="akta_0")
    return {"siak": {"no_kk": no_kk, "anak": rows}}


def _kia_sent(form: Form, _children: int) -> dict[str, Any]:
    courier, tracking = form.get("courier", ""), form.get("tracking", "")
    for field, value in (("courier", courier), ("tracking", tracking)):
        if not 1 <= len(value) <= 60:
            raise Invalid(field=field)
    return {"kia": {"state": "dikirim", "courier": courier, "tracking": tracking}}


def _kia_received(form: Form, _children: int) -> dict[str, Any]:
    received_by = form.get("received_by", "")[:120]
    return {"kia": {"state": "diterima", "received_by": received_by or None, "old_ktp_exchanged": form.get("old_ktp") == "ya"}}


_EFFECTS: dict[str, Callable[[Form, int], dict[str, Any]]] = {
    "siak_diinput": _siak,
    "kirim_dokumen": lambda _form, _children: {"delivered": True, "deadline": None, "kia": {"state": "menunggu"}},
    "tolak": lambda _form, _children: {"deadline": None},
    "kembalikan_berkas": lambda _form, _children: {"deadline": None},
    "kia_dicetak": lambda _form, _children: {"kia": {"state": "dicetak"}},
    "kia_dikirim": _kia_sent,
    "kia_diterima": _kia_received,
}


def effects(transition: str, form: Form, children: int) -> dict[str, Any]:
    """The effects (see `cases.state.apply`) that the form of a transition asks for. Raises Invalid naming the field."""
    read = _EFFECTS.get(transition)
    return read(form, children) if read else {}
