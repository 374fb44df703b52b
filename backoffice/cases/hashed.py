"""Words by which cases are found and compared, as keyed hashes or hidden: NIK, KK number, phone, letter, child, names."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.duplicates import duplicate_terms
from backoffice.cases.models import Case, CaseTerm, IssuedNumber
from backoffice.cases.repository import CaseRepository
from backoffice.cases.search import terms_of
from backoffice.cases.terms import BEGUN, HASHED, NUMBERS, stored_number, stored_term, wanted_number, wanted_terms
from backoffice.cases.values import renew_keys
from backoffice.services import Services
from contracts.bundle import Bundle
from storage import beginnings
from storage.database import keyring_of

BATCH = 500
"""Rows of one transaction."""


async def hash_plain(services: Services) -> int:
    """Hashes what an older program wrote in plain; says how many words and numbers. Each hour: two short ranges of the index a kind."""
    done = 0
    for kind in (*HASHED, BEGUN):
        while found := await _hash_terms(services, kind):
            done += found
    while found := await _hash_numbers(services):
        done += found
    if done:
        await services.database.forget_log()
    return done


async def _hash_terms(services: Services, kind: str) -> int:
    plain = or_(CaseTerm.term < "n1.", CaseTerm.term >= "n1/") if kind == BEGUN else or_(CaseTerm.term < "h1.", CaseTerm.term >= "h1/")
    async with services.database.write() as session:
        keyring = keyring_of(session)
        rows = (await session.execute(select(CaseTerm.case_id, CaseTerm.term).where(CaseTerm.kind == kind, plain).limit(BATCH))).all()
        for case_id, term in rows:
            await _replace(session, case_id, kind, term, stored_term(keyring, kind, term))
    return len(rows)


async def _replace(session: AsyncSession, case_id: int, kind: str, term: str, by: str) -> None:
    """One word in place of another; where the case has that already, the other only goes."""
    here = (CaseTerm.case_id == case_id, CaseTerm.kind == kind)
    if await session.scalar(select(CaseTerm.case_id).where(*here, CaseTerm.term == by)) is None:
        await session.execute(update(CaseTerm).where(*here, CaseTerm.term == term).values(term=by))
    else:
        await session.execute(delete(CaseTerm).where(*here, CaseTerm.term == term))


async def _hash_numbers(services: Services) -> int:
    async with services.database.write() as session:
        keyring = keyring_of(session)
        plain = IssuedNumber.kind.in_(NUMBERS) & ~IssuedNumber.number.startswith("h1.")
        query = select(IssuedNumber.kind, IssuedNumber.number).where(plain)
        rows = (await session.execute(query.limit(BATCH))).all()
        for kind, number in rows:
            here = (IssuedNumber.kind == kind, IssuedNumber.number == number)
            await session.execute(update(IssuedNumber).where(*here).values(number=stored_number(keyring, kind, number)))
    return len(rows)


async def renew(services: Services) -> int:
    """Brings the words of every case, its numbers and the key of its corrected values to the newest key; says of how many cases.

    A word that stands in no bundle any more can't be hashed anew: it goes.
    """
    done, last = 0, 0
    while True:
        async with services.database.write() as session:
            cases = list(await session.scalars(select(Case).where(Case.id > last).order_by(Case.id).limit(50).with_for_update()))
            for case in cases:
                await _renew_case(session, case)
        if not cases:
            return done
        done, last = done + len(cases), cases[-1].id


async def _renew_case(session: AsyncSession, case: Case) -> None:
    keyring = keyring_of(session)
    bundle = Bundle.model_validate({**case.bundle, "documents": await _documents(session, case)})
    kk = [("kk", case.siak["no_kk"])] if case.siak.get("no_kk") else []
    for kind, term in {*terms_of(bundle), *duplicate_terms(bundle), *kk}:
        if kind in (*HASHED, BEGUN):
            for older in wanted_terms(keyring, kind, term)[1:]:
                await _replace(session, case.id, kind, older, stored_term(keyring, kind, term))
    left = (CaseTerm.kind.in_(HASHED), ~CaseTerm.term.startswith(keyring.digest_mark))
    await session.execute(delete(CaseTerm).where(CaseTerm.case_id == case.id, *left))
    older_names = (CaseTerm.kind == BEGUN, ~CaseTerm.term.startswith(beginnings.newest(keyring)))
    await session.execute(delete(CaseTerm).where(CaseTerm.case_id == case.id, *older_names))
    for row in case.siak.get("anak") or []:
        for kind in NUMBERS:
            if row.get(kind):
                former = wanted_number(keyring, kind, row[kind])[1:]
                here = (IssuedNumber.kind == kind, IssuedNumber.case_id == case.id, IssuedNumber.number.in_(former))
                await session.execute(update(IssuedNumber).where(*here).values(number=stored_number(keyring, kind, row[kind])))
    await renew_keys(session, case)


async def _documents(session: AsyncSession, case: Case) -> list[dict[str, object]]:
    return [
        {"item": d.item, "submission": d.submission, "kind": d.kind, "received_at": d.received_at, "pages": d.pages, "check": d.check}
        for d in await CaseRepository(session).documents(case)
    ]
