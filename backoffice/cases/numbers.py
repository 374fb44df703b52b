"""Takes the numbers from SIAK: each checked, nomor akta and NIK of one child only, what is unusual asked back."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case, CaseTerm, IssuedNumber
from backoffice.cases.repository import CaseRepository
from backoffice.cases.terms import stored_number, wanted_number, wanted_terms
from backoffice.errors import Doubtful, Invalid
from standard.issued import office_code, read_akta, wrong_akta, wrong_kk
from standard.kinds import Item
from standard.numbers import digits_of, read_nik
from storage import backfills
from storage.database import keyring_of

Form = dict[str, str]

UNNOTED = "numbers_of_cases"
"""The backfill that notes the numbers of cases that were there before there was a table of them."""

IN_CASES = text(
    "SELECT number FROM cases WHERE siak @> jsonb_build_object('anak', jsonb_build_array(jsonb_build_object(CAST(:kind AS text), "
    "CAST(:number AS text)))) AND id <> :case LIMIT 1"
)

GENERAL = timedelta(days=60)
"""A birth reported later than so long after it has an akta of the kind LT (UU 24/2013 Ps 32)."""

SHORTEST_REASON = 5
LONGEST_REASON = 200


def read_numbers(form: Form, children: list[dict[str, Any]], today: date) -> dict[str, Any]:
    """`no_kk` and, for each child, its `akta`; Invalid names the first field that can't be right, and why."""
    no_kk = digits_of(form.get("no_kk", "")) or ""
    if wrong := wrong_kk(no_kk, today):
        raise Invalid(field="no_kk", sentence=f"invalid.kk.{wrong}", office=office_code())
    rows = []
    for place, child in enumerate(children):
        given = form.get(f"akta_{place}", "")
        if wrong := wrong_akta(given, today, _born(child)):
            raise Invalid(field=f"akta_{place}", sentence=f"invalid.akta.{wrong}", n=place + 1, office=office_code())
        akta = read_akta(given)
        rows.append({"akta": akta.number if akta else ""})
    if len({row["akta"] for row in rows}) < len(rows):
        raise Invalid(field="akta_0", sentence="invalid.akta.twice", n=1)
    return {"no_kk": no_kk, "anak": rows}


def read_niks(form: Form, children: int, case: Case, required: bool) -> list[dict[str, Any]]:
    """For each child its `nik`, or `no_nik`, the reason why there is none yet. `required`: one of the two. Raises Invalid."""
    taken = {str(value) for value in _numbers_of_others(case)}
    rows: list[dict[str, Any]] = []
    for place in range(children):
        given, reason = form.get(f"nik_{place}", ""), form.get(f"no_nik_{place}", "")
        nik = read_nik(given) if given else None
        if given and nik is None:
            raise Invalid(field=f"nik_{place}", sentence="invalid.nik.form", n=place + 1)
        if nik and nik.digits in taken:
            raise Invalid(field=f"nik_{place}", sentence="invalid.nik.other", n=place + 1)
        if nik is None and (required or reason) and not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
            raise Invalid(field=f"nik_{place}", sentence="invalid.nik.reason", n=place + 1)
        rows.append({"nik": nik.digits if nik else None} | ({"no_nik": reason} if reason and not nik else {}))
        taken |= {nik.digits} if nik else set()
    return rows


def numbers_complete(siak: dict[str, Any], children: int) -> bool:
    """Whether of each child the NIK is known, or why it has none yet."""
    rows = siak.get("anak") or []
    return len(rows) >= children and all(row.get("nik") or row.get("no_nik") for row in rows)


async def _number_in_cases(session: AsyncSession, kind: str, number: str, case_id: int) -> str | None:
    """The number of another case with that akta or NIK, while those of before are still being noted: seconds, since all cases are read."""
    if not await backfills.unfinished(session, UNNOTED):
        return None
    found: str | None = await session.scalar(IN_CASES, {"kind": kind, "number": number, "case": case_id})
    return found


async def keep_numbers(session: AsyncSession, case: Case, siak: dict[str, Any], seen: bool) -> list[str]:
    """Notes the case's numbers in place of those before; gives the codes of what is unusual and was `seen`.

    Raises Invalid where an akta or a NIK is another case's already, Doubtful where something unusual has not been seen.
    """
    rows = siak.get("anak") or []
    wanted = [(kind, row[kind], place) for place, row in enumerate(rows) for kind in ("akta", "nik") if row.get(kind)]
    keyring = keyring_of(session)
    for kind, number, place in wanted:
        query = select(Case.number).join(IssuedNumber, IssuedNumber.case_id == Case.id)
        same = IssuedNumber.number.in_(wanted_number(keyring, kind, number))
        other = await session.scalar(query.where(IssuedNumber.kind == kind, same, Case.id != case.id))
        other = other or await _number_in_cases(session, kind, number, case.id)
        if other is not None:
            raise Invalid(field=f"{kind}_{place}", sentence=f"invalid.{kind}.used", other=other, n=place + 1)
    doubts = sorted({*_doubts(case, siak), *await _other_family(session, case, siak)})
    if doubts and not seen:
        raise Doubtful(number=case.number, doubts=doubts)
    await session.execute(delete(IssuedNumber).where(IssuedNumber.case_id == case.id, IssuedNumber.kind.in_(("akta", "nik"))))
    await session.execute(delete(CaseTerm).where(CaseTerm.case_id == case.id, CaseTerm.kind == "kk"))
    if siak.get("no_kk"):
        CaseRepository(session).add_terms(case, [("kk", siak["no_kk"])])
    for kind, number, place in wanted:
        session.add(IssuedNumber(kind=kind, number=stored_number(keyring, kind, number), case_id=case.id, child=place))
    try:
        await session.flush()
    except IntegrityError as error:  # somebody else has entered it in this very moment
        raise Invalid(field="akta_0", sentence="invalid.akta.used", other="–", n=1) from error
    return doubts


def _doubts(case: Case, siak: dict[str, Any]) -> Iterator[str]:
    """`nik_differs`: a child's NIK says another day or sex; `akta_kind`: LU after 60 days or LT before."""
    for child, row in zip(case.bundle.get("anak") or (), siak.get("anak") or (), strict=False):
        born, nik, akta = _born(child), read_nik(row.get("nik") or ""), read_akta(row.get("akta") or "")
        sex = {"P": True, "L": False}.get(str(child.get("jenis_kelamin")))
        if nik and not nik.agrees_with(born, sex):
            yield "nik_differs"
        if akta and born and akta.late != (akta.issued - born > GENERAL):
            yield "akta_kind"


async def _other_family(session: AsyncSession, case: Case, siak: dict[str, Any]) -> list[str]:
    """`kk_other_paper`: another number than the family's KK bears; `kk_other_family`: that of a case with another mother."""
    number = siak.get("no_kk")
    read = {digits_of(str(found.check.get("fields", {}).get("no_kk") or "")) for found in await CaseRepository(session).documents(case)
            if found.item == Item.KK} - {None}  # fmt: skip
    if not number or number in read:
        return []
    if read:
        return ["kk_other_paper"]
    mothers = select(CaseTerm.term).where(CaseTerm.kind == "ibu")
    own = set(await session.scalars(mothers.where(CaseTerm.case_id == case.id)))
    same = CaseTerm.term.in_(wanted_terms(keyring_of(session), "kk", number))
    others = list(await session.scalars(select(CaseTerm.case_id).where(CaseTerm.kind == "kk", same, CaseTerm.case_id != case.id)))
    theirs = [set(await session.scalars(mothers.where(CaseTerm.case_id == other))) for other in others]
    return ["kk_other_family"] if any(not (own & other) for other in theirs) else []


def _numbers_of_others(case: Case) -> Iterator[str]:
    """NIKs of the grown-ups that the bundle names: no child can have one of them."""
    for name, answer in (case.bundle.get("answers") or {}).items():
        if name.endswith("_nik") and (number := digits_of(str((answer or {}).get("value") or ""))):
            yield number


def _born(child: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(child.get("tanggal_lahir")))
    except ValueError:
        return None
