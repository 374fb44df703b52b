"""Takes a bundle in at the door, once, and documents that were photographed again."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import THE_SYSTEM
from backoffice.audit.service import ARRIVED, Audit
from backoffice.blob_owners import of_case
from backoffice.cases import ledger
from backoffice.cases.documents import CaseDocument, DocumentState
from backoffice.cases.duplicates import duplicate_terms
from backoffice.cases.features import KIND, features_of
from backoffice.cases.models import Case
from backoffice.cases.place import kecamatan_of
from backoffice.cases.repository import CaseRepository
from backoffice.cases.search import terms_of
from backoffice.cases.service import CaseService, Request
from backoffice.errors import Invalid, NotReturned
from contracts.bundle import Bundle, Document
from standard import stages
from standard.deadlines import service_deadline
from storage.kept_blobs import need


class Arrival:
    """What comes from the applicant. The caller holds the transaction and commits it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now
        self._cases = CaseRepository(session)
        self._service = CaseService(session, now, take_minutes=0)

    async def accept(self, draft_id: str, bundle: Bundle) -> tuple[Case, bool]:
        """The case of that hand-over, and whether it is new. Raises Invalid where the number is another case's."""
        known = await self._cases.of_draft(draft_id)
        if known is not None:
            return known, False
        if await self._cases.number_is_used(bundle.number):
            raise Invalid(field="number")
        content = bundle.model_dump(mode="json", exclude={"documents"})
        case = Case(
            number=bundle.number,
            draft_id=draft_id,
            contact=bundle.contact.id,
            submitted_at=bundle.submitted_at,
            child_name=" & ".join(child.nama or "–" for child in bundle.anak)[:200],
            kecamatan=kecamatan_of(content),
            bundle=content,
            stage="",
            stage_since=self._now,
            facts=[],
            told=[],
            version=0,
            events=0,
            head_hash=ledger.GENESIS,
            kia={},
            siak={},
        )
        self._session.add(case)
        await self._session.flush()
        self._session.add_all([_row(case, document) for document in bundle.documents])
        await need(self._session, of_case(case.id), [page.blob for document in bundle.documents for page in document.pages], self._now)
        self._cases.add_terms(case, [*terms_of(bundle), *duplicate_terms(bundle), *((KIND, feature) for feature in features_of(bundle))])
        data = {
            "to": stages.first_stage(),
            "deadline": service_deadline([document.received_at for document in bundle.documents]).isoformat(),
            "documents": [{"item": document.item, "submission": document.submission} for document in bundle.documents],
        }
        event = ledger.record(self._session, case, "bundel_masuk", THE_SYSTEM, self._now, data, bump=True)
        await self._service.publish(case, event)
        await Audit(self._session, self._now).note(ARRIVED, None, case.number, {"hash": event.hash})
        return case, True

    async def replace_document(self, number: str, submission: str, document: Document) -> Case:
        """Puts a document sent again in the place of the returned one. The same submission again changes nothing.

        Raises NotFound, NotReturned.
        """
        case = await self._cases.lock(number)
        every = await self._cases.all_documents(case)
        if any(held.submission == submission for held in every):
            return case
        asked = [held for held in every if held.item == document.item and held.state == DocumentState.WRONG]
        if case.stage != "dikembalikan" or not asked:
            raise NotReturned
        for held in asked:
            held.state = DocumentState.REPLACED
        self._session.add(_row(case, document.model_copy(update={"submission": submission})))
        await need(self._session, of_case(case.id), [page.blob for page in document.pages], self._now)
        data: dict[str, Any] = {"item": document.item, "submission": submission}
        ledger.record(self._session, case, "berkas_masuk", THE_SYSTEM, self._now, data, bump=True)
        await self._session.flush()
        if "perbaikan_lengkap" in await self._service.facts(case):
            await self._service.act(case, THE_SYSTEM, Request("berkas_dilengkapi"))
        return case


def _row(case: Case, document: Document) -> CaseDocument:
    return CaseDocument(
        case_id=case.id,
        submission=document.submission,
        item=document.item,
        kind=document.kind,
        received_at=document.received_at,
        retakes=document.retakes,
        flagged=document.flagged,
        pages=[page.body() for page in document.pages],
        check=document.check.body(),
        state=DocumentState.NEW,
    )
