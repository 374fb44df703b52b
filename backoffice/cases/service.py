"""Moves a case on: checks role, holder, version and stage, writes the event, and does what follows from it, all in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import LOOK_LASTS
from backoffice.cases import holding, ledger, parcels, payloads
from backoffice.cases.comparison import compare
from backoffice.cases.computed import facts_of_documents, facts_of_products
from backoffice.cases.documents import CaseDocument, DocumentState
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.numbers import keep_numbers, numbers_complete
from backoffice.cases.parcels import address_known, wants_ktp
from backoffice.cases.products import Phase, Product
from backoffice.cases.publishing import Happened, Intended, subscribers
from backoffice.cases.repository import CaseRepository
from backoffice.cases.values import SEALED, CaseValues, parted
from backoffice.errors import Refusal, SamePerson, Stale, WarningsUnseen
from standard import reasons, stages
from standard.clock import today
from standard.deadlines import kia_deadline, service_deadline
from standard.reasons import ReasonList

BREACH_NOTICE = timedelta(hours=72)
"""Within which those concerned and the authority are told of a breach (UU 27/2022 Ps 46)."""
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Where a case without a deadline stands in a queue that is sorted by deadlines."""

RELEASE = "setuju_kadis"
"""The approval by which finals are made."""

COUNTS_FROM_ARRIVALS = frozenset({"berkas_dilengkapi", "lengkap", "batal_kembalikan", "batal_tutup"})
"""Acts after which the 24 hours run from the last arrival: all that was asked for again has come, or is not wanted, all was found right."""


@dataclass(frozen=True)
class Request:
    """One press of a button. `version` is the case's that the page showed, None where the program acts; `key` names the press."""

    transition: str
    version: int | None = None
    key: str | None = None
    form: dict[str, str] = field(default_factory=dict)
    document: CaseDocument | None = None
    product: Product | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    """What the caller adds to the event's data."""
    confirmed: bool = True
    """Whether the person has proved lately who they are: a signature asks for it."""
    giver: Actor | None = None
    """In whose name an approval is noted that they have given in SIAK; None for whoever acts."""


class CaseService:
    """The acts on cases. The caller holds the transaction and commits it."""

    def __init__(self, session: AsyncSession, now: datetime, take_minutes: int) -> None:
        self._session, self._now, self._take_minutes = session, now, take_minutes
        self.repository = CaseRepository(session)

    async def look(self, number: str, actor: Actor, what: str) -> Case:
        """Notes that somebody looked at the case; the holder's look keeps it held. Raises NotFound."""
        case = await self.repository.lock(number)
        self.note_look(case, actor, what)
        return case

    async def looked_lately(self, case: Case, actor: Actor, *at: str) -> bool:
        """Whether this person's look at one of these parts of the case was noted a short while ago: pictures of a page come one by one."""
        query = select(CaseEvent.data).where(CaseEvent.staff_id == actor.id, CaseEvent.at > self._now - LOOK_LASTS)
        found = await self._session.scalars(query.where(CaseEvent.case_id == case.id, CaseEvent.kind == "dilihat"))
        return any(data.get("what") in at for data in found)

    def note_look(self, case: Case, actor: Actor, what: str) -> None:
        """The same for a case that the caller has locked."""
        holding.keep(case, actor, self._now, self._take_minutes)
        ledger.record(self._session, case, "dilihat", actor, self._now, {"what": what})

    async def act(self, case: Case, actor: Actor, request: Request) -> CaseEvent | None:
        """Does a transition on a case that the caller has locked. None when this very request has been done already.

        Raises Refusal (403, 404, 409), Taken, NotTaken, Stale, ApprovedBefore, Invalid.
        """
        if request.key and await self.repository.event_of_request(case, request.key):
            return None
        giver = request.giver or actor
        step = await self.permitted(case, giver, request)
        transition = step.transition
        await self._require_own_look(case, giver, transition, request)
        data = self._effects(case, step, request)
        if "siak" in data:
            doubts = await keep_numbers(self._session, case, {**case.siak, **data["siak"]}, request.form.get("seen") == "ya")
            data |= {"doubts": doubts} if doubts else {}
        await parcels.follow(self._session, case, transition.id, data.get("kia", {}))
        intended = Intended(self._session, case, transition, giver, self._now, request.confirmed)
        for before in subscribers().before:
            data |= await before(intended)
        if RELEASE in data.get("clears", ()):
            await self._set_finals_aside(case)
        if transition.id in COUNTS_FROM_ARRIVALS:
            data["deadline"] = service_deadline([d.received_at for d in await self.repository.documents(case)]).isoformat()
        data |= await self._clock_of_hold(case, step)
        tell = [stage for stage in step.entered if stages.stages()[stage].tell and stage not in case.told] if not transition.notice else []
        if tell:
            data["told"] = tell
        # Two heads approve different drafts of one case side by side: neither makes the other's page stale unless the case moves on.
        bump = bool(step.entered) or transition.track is None
        values = CaseValues(self._session)
        public, private = parted(data)
        if private:
            public[SEALED] = await values.seal(case, private)
        event = ledger.record(
            self._session,
            case,
            transition.id,
            actor,
            self._now,
            public,
            private=private,
            role=min(actor.titles) if request.giver else actor.role_among(transition.roles),
            key=request.key,
            bump=bump,
        )
        await values.keep_private(case, event, private)
        if step.entered and not stages.waiting_for(case.stage, frozenset(case.facts)) & set(actor.roles):
            holding.release(case)  # the next step is somebody else's
        await self.publish(case, event, transition, tell, data.get("note"))
        return event

    async def publish(
        self, case: Case, event: CaseEvent, transition: stages.Transition | None = None, tell: Sequence[str] = (), note: str | None = None
    ) -> None:
        """Puts the case into the queues of those whom its stage waits for, and tells whoever follows cases of the event."""
        waiting = stages.waiting_for(case.stage, frozenset(case.facts))
        due = kia_deadline(case.delivered_at) if case.delivered_at else case.deadline or NEVER
        await self.repository.set_tasks(case, waiting, due)
        for after in subscribers().after:
            await after(Happened(self._session, case, event, waiting, self._now, transition, tuple(tell), note))

    async def facts(self, case: Case) -> frozenset[str]:
        """All facts that hold: stored ones and those that follow from documents and products."""
        documents = await self.repository.documents(case)
        return all_facts(case, (document.state for document in documents), await self.repository.products(case))

    async def permitted(self, case: Case, actor: Actor, request: Request) -> stages.Step:
        """What the request would lead to, nothing done yet. Raises Refusal (403, 404, 409), Taken, NotTaken, Stale."""
        try:
            step = stages.take(request.transition, case.stage, await self.facts(case), actor.roles)
        except stages.Refused as refused:
            if request.version not in (None, case.version) and not isinstance(refused, stages.WrongRole | stages.UnknownTransition):
                raise await self._stale(case, request.version) from refused
            raise Refusal(refused.status, refused.text, missing=sorted(refused.missing)) from refused
        holding.require(case, actor, self._now, self._take_minutes)
        if request.version not in (None, case.version):
            raise await self._stale(case, request.version)
        return step

    async def _require_own_look(self, case: Case, actor: Actor, transition: stages.Transition, request: Request) -> None:
        """Raises SamePerson where who uploaded a doubtful final would allow it, too; WarningsUnseen where a draft with a warning, of data
        that a paper says otherwise, or of a case that came in with a warning, would be passed on without a word of its own.
        """
        products = await self.repository.products(case) if transition.sees else []
        seen = [row for row in products if row.phase == transition.sees and transition.track in (row.kind, "semua", None) and row.warnings]
        if transition.second_person and any(row.uploaded_by == actor.id for row in seen):
            raise SamePerson(number=case.number)
        if (
            transition.sees == Phase.DRAFT
            and request.form.get("seen") != "ya"
            and (seen or case.bundle.get("warnings") or await self._differs(case))
        ):
            raise WarningsUnseen(number=case.number)

    async def _set_finals_aside(self, case: Case) -> None:
        """Finals of what is no longer approved are in place no more: they are made and compared anew after the next approval."""
        for product in await self.repository.products(case):
            if product.phase == Phase.FINAL:
                product.replaced_at = self._now

    async def _clock_of_hold(self, case: Case, step: stages.Step) -> dict[str, Any]:
        """The 24 hours stand still while the applicant wants the case to wait: what was left of them (`left`, seconds) runs on after."""
        before, after = stages.HOLD in case.facts, stages.HOLD in step.facts
        if after and not before and case.deadline is not None:
            return {"deadline": None, "left": (case.deadline - self._now).total_seconds()}
        if before and not after:
            left = next((event.data["left"] for event in reversed(await self.repository.events(case)) if "left" in event.data), None)
            return {} if left is None else {"deadline": (self._now + timedelta(seconds=left)).isoformat()}
        return {}

    async def _differs(self, case: Case) -> bool:
        """Whether a paper says otherwise than the case, and no officer has said which is right."""
        papers, settled = await self.repository.papers_of([case.id]), await self.repository.settled_of([case.id])
        return any(row.differs for row in compare(case.bundle, papers[case.id], {}, settled[case.id]))

    async def _stale(self, case: Case, seen: int | None) -> Stale:
        events = [
            event for event in await self.repository.events(case) if event.version > (seen or 0) and event.kind in stages.transitions()
        ]
        for event in events:
            self._session.expunge(event)  # they are read after this transaction was rolled back
        return Stale(number=case.number, events=events)

    def _effects(self, case: Case, step: stages.Step, request: Request) -> dict[str, Any]:
        transition, before = step.transition, frozenset(case.facts)
        data: dict[str, Any] = {"from": case.stage} | payloads.effects(transition.id, request.form, case, today(self._now)) | request.extra
        if step.entered:
            data["to"] = step.stage
        if gained := transition.gives - before:
            data["gives"] = sorted(gained)
        if lost := before - step.facts:
            data["clears"] = sorted(lost)
        if transition.reason:
            item = request.document.item if request.document else None
            data |= payloads.read_reason(ReasonList(transition.reason), request.form, item)
            if reasons.reasons(ReasonList(transition.reason))[data["reason"]].breach:
                data["breach_due"] = (self._now + BREACH_NOTICE).isoformat()
        if request.document is not None:
            decide(request.document, transition.id, data)
            data |= {"item": request.document.item, "submission": request.document.submission}
        if request.product is not None:
            data |= {"product": request.product.id, "blob": request.product.blob, "child": request.product.child}
            data |= {"warnings": request.product.warnings}
        return data


def decide(document: CaseDocument, transition: str, data: dict[str, Any]) -> None:
    """Writes an officer's decision on the document."""
    document.state = DocumentState.RIGHT if transition == "dokumen_benar" else DocumentState.WRONG
    document.reason, document.note = data.get("reason"), data.get("note")


def all_facts(case: Case, states: Iterable[str], products: Iterable[Product]) -> frozenset[str]:
    """All facts that hold, from the states of the documents and the products now in place."""
    stored = frozenset(case.facts)
    numbers = {"nik_lengkap"} if numbers_complete(case.siak, children_of(case)) else set()
    numbers |= {"alamat_kia"} if address_known(case.bundle) else set()
    numbers |= set() if wants_ktp(case.bundle) else {"ktp_selesai"}
    numbers |= set() if "pdf_tertahan" in stored else {"pdf_di_tangan"}
    return stored | numbers | facts_of_documents(states) | facts_of_products(products, children_of(case), stored)


def children_of(case: Case) -> int:
    """How many children the bundle is about: at least one."""
    return max(1, len(case.bundle.get("anak", ())))
