"""Takes what an applicant says about a case: it stands in that case at once, alerts whoever has it, and holds it where it says so."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import THE_SYSTEM
from backoffice.applicant.models import CaseMessage
from backoffice.blob_owners import of_message
from backoffice.cases.models import Case
from backoffice.cases.service import CaseService, Request
from contracts import case as contract
from standard import stages
from standard.deadlines import correction_until
from storage.kept_blobs import need

WRITES, HOLDS, REOPENS, RECEIVES = "pemohon_menulis", "pemohon_menahan", "pemohon_membuka", "pemohon_menerima"
HELD_BACK, GIVEN = "pdf_ditahan", "pdf_diberikan"
PAPERS_WAIT = "pdf_tertahan"


async def accept(session: AsyncSession, now: datetime, number: str, turn: str, given: contract.CaseMessage) -> Case:
    """Keeps the message and notes it in the case. Raises NotFound.

    A wish to wait holds a case that is still in the house; of one that has left it the message alone stands there.
    """
    service = CaseService(session, now, take_minutes=0)
    case = await service.repository.lock(number)
    if await session.get(CaseMessage, turn) is not None:
        return case
    session.add(
        CaseMessage(
            id=turn,
            case_id=case.id,
            kind=given.kind,
            text=given.text,
            attachments=[picture.model_dump() for picture in given.attachments],
            at=given.at,
        )
    )
    await need(session, of_message(turn), [picture.blob for picture in given.attachments], now)
    wanted = Request(_effect(case, contract.MessageKind(given.kind), now), extra={"message": turn, "about": given.kind})
    await service.act(case, THE_SYSTEM, wanted)
    return case


def _effect(case: Case, kind: contract.MessageKind, now: datetime) -> str:
    """The transition that a message is: it holds a case, opens an ended one again, ends it as the KIA is there, says whether the papers
    wait in the chat, or only stands there.
    """
    if kind in (contract.MessageKind.HELD_BACK, contract.MessageKind.GIVEN):
        effect, waits = (HELD_BACK, True) if kind is contract.MessageKind.HELD_BACK else (GIVEN, False)
        can = case.stage in stages.transitions()[effect].at and "dokumen_dikirim" in case.facts
        return effect if can and waits != (PAPERS_WAIT in case.facts) else WRITES
    if kind is contract.MessageKind.RECEIVED:
        under_way = case.stage in stages.transitions()[RECEIVES].at and "kia_diterima" not in case.facts
        return RECEIVES if under_way else WRITES
    if kind is contract.MessageKind.HOLD and case.stage in stages.transitions()[HOLDS].at and stages.HOLD not in case.facts:
        return HOLDS
    lately = case.delivered_at is not None and now <= correction_until(case.delivered_at)
    if kind is not contract.MessageKind.ANSWER and case.stage in stages.transitions()[REOPENS].at and lately:
        return REOPENS
    return WRITES


async def messages_of(session: AsyncSession, ids: Collection[int]) -> list[CaseMessage]:
    """What the applicants of these cases said, the newest first."""
    query = select(CaseMessage).where(CaseMessage.case_id.in_(ids)).order_by(CaseMessage.at.desc(), CaseMessage.id)
    return list(await session.scalars(query))
