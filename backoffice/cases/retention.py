"""Erases the working copies of photos some time after a case has ended, what was read of them, and what it held of people who are not
of the family; the case's record and its products stay (decisions)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import THE_SYSTEM, Actor
from backoffice.blob_owners import of_case
from backoffice.cases import ledger
from backoffice.cases.documents import CaseDocument
from backoffice.cases.mail_address import MailAddress
from backoffice.cases.models import Case, CaseTerm
from backoffice.cases.search import name_words, short_number
from backoffice.cases.terms import wanted_terms
from backoffice.cases.values import erase_values
from backoffice.services import Services
from backoffice.sweeping import let_old_arrivals_go
from standard.numbers import digits_of
from standard.stages import CaseClock, stages
from storage.database import keyring_of
from storage.kept_blobs import let_go, needed_by_others

KEEP = timedelta(days=90)
"""After delivery, or after a case was closed without (decisions: finished cases)."""
RETURNED, RETURNED_KEPT = "dikembalikan", timedelta(days=180)
"""A case that waits for the applicant keeps its pictures for so long; who comes later sends them anew."""
NOT_OF_THE_FAMILY = re.compile(r"^saksi_")
"""Answers about others, for whom the register holds the signed form and not this record."""
BATCH = 100

log = structlog.get_logger()


@dataclass(frozen=True)
class Purged:
    """What a purge did, or would do."""

    cases: int = 0
    documents: int = 0
    blobs: int = 0


async def purge_ended(services: Services) -> None:
    """The housekeeping of the running service: no timer of the machine is needed."""
    done = await purge(services, THE_SYSTEM)
    if done.cases:
        log.info("photos_purged", cases=done.cases, documents=done.documents)


async def purge(services: Services, actor: Actor, keep: timedelta = KEEP, dry: bool = False) -> Purged:
    """Erases what is due, some cases at a time, and says how much. A picture that a case still under way needs, too, stays for that one.

    Bytes go after the rows are marked and committed: what is cut off in between is erased by the next sweep.
    """
    await let_old_arrivals_go(services)
    before, total, last = services.clock() - keep, Purged(), 0
    while True:
        async with services.database.write() as session:
            holding = await _holding(session, last)
            if not holding:
                break
            last = holding[-1]
            cases = await _due(session, before, holding)
            if not cases:
                continue
            documents = await _documents(session, [case.id for case in cases])
            total = Purged(total.cases + len(cases), total.documents + len(documents), total.blobs)
            owners = [of_case(case.id) for case in cases]
            if dry:
                held = {page["blob"] for document in documents for page in document.pages}
                total = replace(total, blobs=total.blobs + len(held - await needed_by_others(session, held, owners)))
                continue
            for document in documents:
                document.erased_at = services.clock()
                document.check = document.check | {"fields": {}, "confidence": {}, "boxes": {}}
            for case in cases:
                if case.stage != RETURNED:
                    await _forget_third_parties(session, case)
            gone = await let_go(session, owners)
            await erase_values(session, [case.id for case in cases])
            for case in cases:
                count = sum(document.case_id == case.id for document in documents)
                ledger.record(session, case, "foto_dihapus", actor, services.clock(), {"documents": count})
        total = replace(total, blobs=total.blobs + await services.kept.erase_unneeded(gone))
    await services.database.forget_log()
    return total


async def _holding(session: AsyncSession, after_id: int) -> Sequence[int]:
    """The next cases of which there is still a working copy: few of all, read off an index of their own."""
    left = select(CaseDocument.case_id).where(CaseDocument.erased_at.is_(None), CaseDocument.case_id > after_id)
    return list(await session.scalars(left.distinct().order_by(CaseDocument.case_id).limit(BATCH)))


async def _due(session: AsyncSession, before: datetime, case_ids: Sequence[int]) -> Sequence[Case]:
    """Those of the cases whose time is over."""
    over = [id for id, stage in stages().items() if stage.clock is CaseClock.ENDED]
    ended = (Case.delivered_at < before) | (Case.delivered_at.is_(None) & Case.stage.in_(over) & (Case.stage_since < before))
    ended |= (Case.stage == RETURNED) & (Case.stage_since < before + KEEP - RETURNED_KEPT)
    return list(await session.scalars(select(Case).where(ended, Case.id.in_(case_ids)).order_by(Case.id).with_for_update()))


async def _forget_third_parties(session: AsyncSession, case: Case) -> None:
    """Takes the witnesses out of the answers and the words by which the case is found, and where the KIA was brought."""
    answers = case.bundle.get("answers") or {}
    theirs = {name: answer for name, answer in answers.items() if NOT_OF_THE_FAMILY.match(name)}
    kept = {name: answer for name, answer in answers.items() if name not in theirs}
    case.bundle = {**case.bundle, "answers": kept, "alamat_kia": None, "email": None}
    await session.execute(delete(MailAddress).where(MailAddress.case_id == case.id))
    of_the_family = {str(answer.get("value") or "") for answer in kept.values() if isinstance(answer, dict)}
    names = {word for value in of_the_family for word in name_words(value)}
    names |= {word for child in case.bundle.get("anak") or [] for word in name_words(str(child.get("nama") or ""))}
    keyring = keyring_of(session)
    words = {form for word in (*names, short_number(case.number)) for form in wanted_terms(keyring, "nama", word)}
    words |= {form for value in of_the_family if (nik := digits_of(value)) for form in wanted_terms(keyring, "nik", nik)}
    found = CaseTerm.kind.in_(("nama", "nik")) & CaseTerm.term.not_in(words)
    await session.execute(delete(CaseTerm).where(CaseTerm.case_id == case.id, found))


async def _documents(session: AsyncSession, case_ids: list[int]) -> Sequence[CaseDocument]:
    query = select(CaseDocument).where(CaseDocument.case_id.in_(case_ids), CaseDocument.erased_at.is_(None))
    return list(await session.scalars(query))
