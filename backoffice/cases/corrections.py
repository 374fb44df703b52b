"""Puts one declared value of a case right: in the bundle, and in the words by which the case is found and compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.comparison import Compared
from backoffice.cases.duplicates import duplicate_terms
from backoffice.cases.models import Case, CaseTerm
from backoffice.cases.repository import CaseRepository
from backoffice.cases.search import terms_of
from backoffice.cases.values import Change
from backoffice.errors import Invalid
from backoffice.staff.people import ADDRESS
from contracts.bundle import Bundle
from standard import f201
from standard.agreement import CHILD
from standard.clock import read_day
from standard.f201 import FieldType, Scope
from standard.names import Severity, judge_name
from standard.numbers import read_nik, read_no_kk

LONGEST = 200
BY_OFFICER = "petugas"
"""The source of a value that an officer has put right."""


@dataclass(frozen=True)
class Correction:
    """One value as it shall be: `key` as in `standard.agreement.Row`, `before` what stood there."""

    key: str
    before: str | None
    value: str

    @property
    def changes(self) -> bool:
        """False where the officer says that what was declared is right."""
        return self.before != self.value


def label_of(key: str) -> str:
    """The form's name of the field of that row."""
    return f201.form().field(key.rpartition(".")[2]).label


def value_of(bundle: Mapping[str, Any], key: str) -> str | None:
    """What stands there now. Raises Invalid for a child that there is not."""
    child, name = _place(key, bundle)
    held = bundle[CHILD][child].get(name) if child is not None else ((bundle.get("answers") or {}).get(name) or {}).get("value")
    return None if held in (None, "") else str(held)


def of_field(bundle: Mapping[str, Any], key: str, changes: Mapping[str, list[tuple[int, Change]]]) -> Compared | None:
    """A row for any field of the form F-2.01, also one that stands on no paper; None where the case has no such field."""
    try:
        declared = value_of(bundle, key)
        field = f201.form().field(key.rpartition(".")[2])
    except (Invalid, KeyError):
        return None
    child = int(key.split(".")[1]) if key.startswith(f"{CHILD}.") else None
    if (field.scope is Scope.CHILD) != (child is not None):
        return None
    first = changes[key][0][1][0] if changes.get(key) else None
    return Compared(key, field.label, child, field.type, declared, first, (), frozenset(), False)


def read_correction(form: Mapping[str, str], bundle: Mapping[str, Any]) -> Correction:
    """What the form asks for. Raises Invalid for a field that the form F-2.01 does not have, and a value that can't be its."""
    key, typed = form.get("field", ""), " ".join(form.get("value", "").split())
    child, name = _place(key, bundle)
    try:
        field = f201.form().field(name)
    except KeyError as error:
        raise Invalid(field="field") from error
    if (field.scope is Scope.CHILD) != (child is not None) or not 1 <= len(typed) <= LONGEST:
        raise Invalid(field="value", sentence="invalid.correction.value", label=field.label)
    value = _read(field, typed)
    if value is None:
        raise Invalid(field="value", sentence=f"invalid.correction.{field.type}", label=field.label)
    before = value_of(bundle, key)
    return Correction(key, before, value)


def corrected(bundle: Mapping[str, Any], correction: Correction) -> dict[str, Any]:
    """The bundle with the value in its place."""
    child, name = _place(correction.key, bundle)
    field = f201.form().field(name)
    value: Any = {FieldType.INTEGER: int, FieldType.DECIMAL: float}.get(field.type, str)(correction.value)
    if child is None:
        mail = {"email": value} if field.type is FieldType.EMAIL else {}
        return {**bundle, **mail, "answers": {**(bundle.get("answers") or {}), name: {"value": value, "source": BY_OFFICER}}}
    children = [{**record, name: value} if at == child else record for at, record in enumerate(bundle[CHILD])]
    return {**bundle, CHILD: children}


async def put_right(session: AsyncSession, case: Case, correction: Correction) -> None:
    """Changes the case's row, and the words by which it is found and compared. The caller holds it locked."""
    case.bundle = corrected(case.bundle, correction)
    case.child_name = " & ".join(str(child.get("nama") or "–") for child in case.bundle[CHILD])[:200]
    cases = CaseRepository(session)
    documents = [
        {"item": d.item, "submission": d.submission, "kind": d.kind, "received_at": d.received_at, "pages": d.pages, "check": d.check}
        for d in await cases.documents(case)
    ]
    bundle = Bundle.model_validate({**case.bundle, "documents": documents})
    kinds = ("nama", "nik", "telepon", "anak", "ibu", "gambar", "surat")
    await session.execute(delete(CaseTerm).where(CaseTerm.case_id == case.id, CaseTerm.kind.in_(kinds)))
    cases.add_terms(case, [*terms_of(bundle), *duplicate_terms(bundle)])


def _place(key: str, bundle: Mapping[str, Any]) -> tuple[int | None, str]:
    """`anak.1.nama` as child and field. Raises Invalid for a child that there is not."""
    scope, _, rest = key.partition(".")
    if scope != CHILD:
        return None, key
    number, _, name = rest.partition(".")
    if not number.isdecimal() or int(number) >= len(bundle.get(CHILD) or []):
        raise Invalid(field="field")
    return int(number), name


def _read(field: f201.Field, typed: str) -> str | None:
    """The value as the bundle writes it, or None where it can't be one of that field."""
    match field.type:
        case FieldType.NIK:
            nik = read_nik(typed)
            return nik.digits if nik else None
        case FieldType.NO_KK:
            return read_no_kk(typed)
        case FieldType.DATE:
            day = read_day(typed)
            return day.isoformat() if day else None
        case FieldType.TIME:
            hour, _, minute = typed.replace(".", ":").partition(":")
            right = hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60
            return f"{int(hour):02}:{int(minute):02}" if right else None
        case FieldType.INTEGER:
            return str(int(typed)) if typed.isdecimal() and len(typed) < 6 else None
        case FieldType.DECIMAL:
            whole, _, part = typed.replace(",", ".").partition(".")
            return f"{float(f'{whole}.{part or 0}'):g}" if whole.isdecimal() and (not part or part.isdecimal()) else None
        case FieldType.EMAIL:
            return typed.lower() if ADDRESS.fullmatch(typed) else None
        case FieldType.CHOICE:
            return next((choice.id for choice in field.choices if typed in (choice.id, choice.label)), None)
    if field.id == "nama" and field.scope is Scope.CHILD:
        return None if any(found.severity is Severity.STOP for found in judge_name(typed.upper())) else typed.upper()
    return typed.upper() if field.id.endswith("nama") else typed
