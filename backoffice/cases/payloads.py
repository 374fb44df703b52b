"""What the form of a transition must bring, and what that changes in the case: one row per transition that asks for something."""

from collections.abc import Callable
from datetime import date
from typing import Any

from backoffice.cases.models import Case
from backoffice.cases.numbers import read_niks, read_numbers
from backoffice.cases.parcels import read_tracking
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
    return {"kia": {"state": "dikirim", "courier": _courier(form), "tracking": read_tracking(form.get("tracking", ""))}}


def _kia_received(form: Form, _case: Case, _today: date) -> dict[str, Any]:
    return {"kia": {"state": "diterima", "received_by": _receiver(form)}}


def _ktp_sent(form: Form, case: Case, _today: date) -> dict[str, Any]:
    """In a parcel of its own, or in the KIA's: then that one has a number already."""
    if form.get("together") != "ya":
        return {"kia": {"ktp": "dikirim", "ktp_courier": _courier(form), "ktp_tracking": read_tracking(form.get("tracking", ""))}}
    if not case.kia.get("tracking"):
        raise Invalid(field="together", sentence="invalid.parcel.kia_first")
    return {"kia": {"ktp": "dikirim", "ktp_courier": case.kia["courier"], "ktp_tracking": case.kia["tracking"], "together": True}}


def _ktp_handed_over(form: Form, _case: Case, _today: date) -> dict[str, Any]:
    if form.get("old_ktp") != "ya":
        raise Invalid(field="old_ktp", sentence="invalid.old_ktp")
    return {"kia": {"ktp": "diterima", "ktp_received_by": _receiver(form), "old_ktp_exchanged": True}}


def _courier(form: Form) -> str:
    courier = form.get("courier", "")
    if not 1 <= len(courier) <= 60:
        raise Invalid(field="courier")
    return courier


def _receiver(form: Form) -> str:
    """The name of who took it: of a person, not of nobody."""
    name = " ".join(form.get("received_by", "").split())
    if not 3 <= sum(map(str.isalpha, name)) <= len(name) <= 120:
        raise Invalid(field="received_by", sentence="invalid.received_by")
    return name


_EFFECTS: dict[str, Callable[[Form, Case, date], dict[str, Any]]] = {
    "siak_diinput": _siak,
    "nomor_diperbaiki": _numbers_corrected,
    "nomor_diperbaiki_akhir": _numbers_corrected,
    "nik_dicatat": _niks,
    "kirim_dokumen": lambda _form, _case, _today: {"delivered": True, "deadline": None, "kia": {"state": "menunggu"}},
    "pdf_ditahan": lambda _form, _case, _today: {"delivered": False},
    "pdf_diberikan": lambda _form, _case, _today: {"delivered": True},
    "pdf_diserahkan": lambda form, _case, _today: {"delivered": True, "kia": {"papers_received_by": _receiver(form)}},
    "pdf_belum_diserahkan": lambda _form, _case, _today: {"delivered": False, "kia": {"papers_received_by": None}},
    "tolak": lambda _form, _case, _today: {"deadline": None},
    "kembalikan_berkas": lambda _form, _case, _today: {"deadline": None},
    "kia_belum_diterima": lambda _form, _case, _today: {"kia": {"state": "dikirim", "received_by": None}},
    "kia_dicetak": lambda _form, _case, _today: {"kia": {"state": "dicetak"}},
    "kia_dikirim": _kia_sent,
    "resi_diperbaiki": _kia_sent,
    "kia_cetak_ulang": lambda _form, _case, _today: {"kia": {"state": "menunggu", "courier": None, "tracking": None}},
    "pemohon_menerima": lambda _form, _case, _today: {"kia": {"state": "diterima", "by_chat": True}},
    "kia_diterima": _kia_received,
    "ktp_dicetak": lambda _form, _case, _today: {"kia": {"ktp": "dicetak"}},
    "ktp_dikirim": _ktp_sent,
    "ktp_diserahkan": _ktp_handed_over,
    "ktp_cetak_ulang": lambda _form, _case, _today: {"kia": {"ktp": None, "ktp_courier": None, "ktp_tracking": None, "together": None}},
}


def effects(transition: str, form: Form, case: Case, today: date) -> dict[str, Any]:
    """The effects (see `cases.state.apply`) that the form of a transition asks for. Raises Invalid naming the field."""
    read = _EFFECTS.get(transition)
    return read(form, case, today) if read else {}


def child_records(case: Case) -> list[dict[str, Any]]:
    """The children's records, at least one."""
    return case.bundle.get("anak") or [{}]
