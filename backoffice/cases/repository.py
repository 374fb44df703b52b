"""Reads and writes the rows of cases: one case with its parts, its events, its tasks and search words."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.approvals import Approval
from backoffice.cases.comparison import PaperRead
from backoffice.cases.documents import CaseDocument, DocumentState
from backoffice.cases.models import Case, CaseEvent, CaseTask, CaseTerm
from backoffice.cases.products import Product
from backoffice.cases.terms import stored_term
from backoffice.errors import NotFound
from standard import stages
from storage.database import keyring_of

Found = TypeVar("Found")

TRANSITIONS = ("data_diperbaiki", "data_diperbaiki_draf", "data_diperbaiki_akhir")
"""Acts that put a declared value right."""
RETURNS = tuple(row.id for row in stages.transitions().values() if "draf_dikembalikan" in row.gives)
"""Acts by which a head sends drafts back."""


class CaseRepository:
    """All queries on one case. Lists of cases are `queues`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, number: str) -> Case:
        """The case. Raises NotFound."""
        return self._found(await self._session.scalar(select(Case).where(Case.number == number)))

    async def lock(self, number: str) -> Case:
        """The case, which nobody else can change until this transaction ends. Raises NotFound."""
        return self._found(await self._session.scalar(select(Case).where(Case.number == number).with_for_update()))

    async def lock_all(self, ids: Collection[int]) -> dict[int, Case]:
        """These cases by id, locked in the order of their ids, so that two who want several never wait for each other."""
        query = select(Case).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()
        return {case.id: case for case in await self._session.scalars(query)}

    async def of_draft(self, draft_id: str) -> Case | None:
        """The case that a hand-over made."""
        return await self._session.scalar(select(Case).where(Case.draft_id == draft_id))

    async def number_is_used(self, number: str) -> bool:
        """Whether there is a case of that number."""
        return await self._session.scalar(select(Case.id).where(Case.number == number)) is not None

    async def events(self, case: Case, after: int = 0) -> list[CaseEvent]:
        """The case's events after that sequence, in order."""
        query = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.sequence > after).order_by(CaseEvent.sequence)
        return list(await self._session.scalars(query))

    async def event_of_request(self, case: Case, key: str) -> CaseEvent | None:
        """What the request of that key has done already."""
        return await self._session.scalar(select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.key == key))

    async def documents(self, case: Case) -> list[CaseDocument]:
        """The documents now in place, in the order in which they came."""
        return (await self.documents_of([case.id]))[case.id]

    async def documents_of(self, ids: Collection[int]) -> dict[int, list[CaseDocument]]:
        """The same of several cases."""
        query = select(CaseDocument).where(CaseDocument.case_id.in_(ids), CaseDocument.state != DocumentState.REPLACED)
        return await self._by_case(ids, query.order_by(CaseDocument.id))

    async def held_documents(self, case: Case) -> list[CaseDocument]:
        """Every document of which there is a working copy, replaced ones too."""
        query = select(CaseDocument).where(CaseDocument.case_id == case.id, CaseDocument.erased_at.is_(None))
        return list(await self._session.scalars(query.order_by(CaseDocument.id)))

    async def papers_of(self, ids: Collection[int]) -> dict[int, list[PaperRead]]:
        """The same with what was read of them and nothing else of the check."""
        found = CaseDocument
        query = select(found.case_id, found.item, found.submission, found.state, found.pages, found.check)
        query = query.where(CaseDocument.case_id.in_(ids), CaseDocument.state != DocumentState.REPLACED).order_by(CaseDocument.id)
        papers: dict[int, list[PaperRead]] = {key: [] for key in ids}
        for case_id, item, submission, state, pages, check in await self._session.execute(query):
            papers[case_id].append(PaperRead(item, submission, state, pages, {"fields": check.get("fields")}))
        return papers

    async def settled_of(self, ids: Collection[int]) -> dict[int, set[str]]:
        """Of these cases the fields (`standard.agreement.Row.key`) of which an officer has said what is right."""
        return (await self.marks_of(ids))[0]

    async def marks_of(self, ids: Collection[int]) -> tuple[dict[int, set[str]], dict[int, CaseEvent]]:
        """The same, and the last return of the drafts of each of these cases where there was one."""
        settled: dict[int, set[str]] = {key: set() for key in ids}
        returned = {}
        query = select(CaseEvent).where(CaseEvent.case_id.in_(ids), CaseEvent.kind.in_((*TRANSITIONS, *RETURNS)))
        for event in await self._session.scalars(query.order_by(CaseEvent.case_id, CaseEvent.sequence)):
            if event.kind in RETURNS:
                returned[event.case_id] = event
            settled[event.case_id] |= set(event.data.get("fields", ()))
        return settled, returned

    async def all_documents(self, case: Case) -> list[CaseDocument]:
        """Every document that ever came, replaced ones too."""
        return list(await self._session.scalars(select(CaseDocument).where(CaseDocument.case_id == case.id).order_by(CaseDocument.id)))

    async def document(self, case: Case, submission: str) -> CaseDocument:
        """One document. Raises NotFound."""
        query = select(CaseDocument).where(CaseDocument.case_id == case.id, CaseDocument.submission == submission)
        return self._found(await self._session.scalar(query))

    async def products(self, case: Case) -> list[Product]:
        """Drafts and finals now in place, KK before akta."""
        return (await self.products_of([case.id]))[case.id]

    async def products_of(self, ids: Collection[int]) -> dict[int, list[Product]]:
        """The same of several cases."""
        query = select(Product).where(Product.case_id.in_(ids), Product.replaced_at.is_(None))
        return await self._by_case(ids, query.order_by(Product.phase, Product.kind.desc(), Product.child))

    async def approvals(self, case: Case) -> list[Approval]:
        """Every approval given, voided ones too, in order."""
        return (await self.approvals_of([case.id]))[case.id]

    async def approvals_of(self, ids: Collection[int]) -> dict[int, list[Approval]]:
        """The same of several cases."""
        return await self._by_case(ids, select(Approval).where(Approval.case_id.in_(ids)).order_by(Approval.id))

    async def set_tasks(self, case: Case, roles: Iterable[str], due_at: datetime) -> None:
        """Puts the case into the queues of these roles and out of all others."""
        await self._session.execute(delete(CaseTask).where(CaseTask.case_id == case.id))
        self._session.add_all([CaseTask(case_id=case.id, role=role, since=case.stage_since, due_at=due_at) for role in roles])

    def add_terms(self, case: Case, terms: Iterable[tuple[str, str]]) -> None:
        """Makes the case findable by these pairs of kind and word."""
        keyring = keyring_of(self._session)
        stored = {(kind, stored_term(keyring, kind, term)) for kind, term in terms}
        self._session.add_all([CaseTerm(case_id=case.id, kind=kind, term=term) for kind, term in sorted(stored)])

    async def _by_case(self, ids: Collection[int], query: Select[Any]) -> dict[int, list[Any]]:
        parts: dict[int, list[Any]] = {key: [] for key in ids}
        for part in await self._session.scalars(query):
            parts[part.case_id].append(part)
        return parts

    @staticmethod
    def _found(row: Found | None) -> Found:
        if row is None:
            raise NotFound
        return row
