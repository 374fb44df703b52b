"""Brings the intake and the back office together again after either was restored: what one has and the other lacks.

The office's lack is mended by sending every kept write again; the intake's by taking over what the office tells of its cases and
complaints. Both may be done any number of times.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.case import AskedAgain
from contracts.reconciling import KnownCase, KnownComplaint
from intake.drafts.model import Draft, DraftState
from intake.drafts.repository import Repository
from intake.drafts.tables import ComplaintRow, DraftRow
from intake.handover.backoffice import BackOffice
from intake.handover.dispatches import send_all_again
from standard.kinds import Item
from standard.reasons import ReasonList, sentence_for_applicant
from storage import erasures
from storage.database import Database
from storage.kept_blobs import KeptBlobs


@dataclass
class Reconciled:
    """What was done, in numbers."""

    erased: int = 0
    cases: int = 0
    complaints: int = 0
    sent_again: int = 0


async def reconcile(database: Database, blobs: KeptBlobs, office: BackOffice, since: datetime, now: datetime, folder: Path) -> Reconciled:
    """Repeats the erasures since that moment, takes over what the office has, and sends again what it may have lost.

    Raises BackOfficeDown where the office does not answer; what was done by then may be done again.
    """
    done = Reconciled()
    async with database.write() as session:
        repository = Repository(session)
        for contact in erasures.since(folder, since):
            done.erased += await _erase(repository, contact)
    await blobs.erase_unneeded(repository.freed)
    async for case in office.known_cases(since):
        async with database.write() as session:
            repository = Repository(session)
            done.cases += await take_over(repository, case, now)
        await blobs.erase_unneeded(repository.freed)
    async for complaint in office.known_complaints(since):
        async with database.write() as session:
            done.complaints += await take_over_complaint(Repository(session), complaint, now)
    async with database.write() as session:
        done.sent_again = await send_all_again(session, now)
    return done


async def take_over(repository: Repository, case: KnownCase, now: datetime) -> bool:
    """Knows a draft as handed over that the office has; whether it was not known as it stands. Its pages are the office's by now."""
    row = await repository.session.get(DraftRow, case.draft)
    contact = row.contact if row is not None else case.contact.id
    record = await repository.load(contact)
    draft = next((known for known in record.drafts if known.id == case.draft), None)
    if draft is None:
        draft = Draft(id=case.draft, contact=contact, created_at=case.submitted_at, updated_at=now, agreed=True)
        record.drafts.append(draft)
    state = DraftState.CLOSED if case.over else DraftState.SUBMITTED
    returned = {item.value: sentence_for_applicant(ReasonList.BERKAS, asked.reason or "", asked.note) for item, asked in _asked(case)}
    if (draft.state, draft.number, draft.deadline, draft.returned) == (state, case.number, case.deadline, returned):
        return False
    draft.state, draft.number, draft.submitted_at = state, case.number, case.submitted_at
    draft.deadline, draft.returned, draft.updated_at = case.deadline, returned, now
    if record.conversation.draft == draft.id:
        record.conversation.asked, record.conversation.side = None, None
    await repository.save(record)
    await repository.forget_pages(draft=draft.id)
    return True


async def take_over_complaint(repository: Repository, complaint: KnownComplaint, now: datetime) -> bool:
    """Knows a complaint that the office has; whether it was not known as it stands."""
    row = await repository.session.get(ComplaintRow, complaint.number)
    if row is None:
        await repository.add_complaint(
            complaint.number, complaint.contact.id, complaint.category, complaint.created_at, restricted=complaint.restricted
        )
    elif row.closed == complaint.closed:
        return False
    if complaint.closed:
        await repository.close_complaint(complaint.number, now)
    return True


def _asked(case: KnownCase) -> list[tuple[Item, AskedAgain]]:
    known = {item.value: item for item in Item}
    return [(known[asked.item], asked) for asked in case.returned if asked.item in known]


async def _erase(repository: Repository, contact: str) -> bool:
    """What the wish to be erased took away: open drafts, answers, the conversation. Cases under way stay, as they did then."""
    session: AsyncSession = repository.session
    drafts = list(await session.scalars(select(DraftRow.id).where(DraftRow.contact == contact, DraftRow.state == DraftState.OPEN)))
    for draft in drafts:
        await repository.delete_draft(draft)
    await repository.forget_answers_of(contact, but="")
    await repository.forget_conversation(contact)
    return bool(drafts)
