"""Puts what the applicant is told into the outbox, in the same transaction as the act that they are told of."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.documents import DocumentState
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.products import Phase, Product
from backoffice.cases.repository import CaseRepository
from backoffice.delivery.comparing import UNSIGNED
from backoffice.notices.mail import MAILTO
from backoffice.notices.models import Notice, NoticeState
from backoffice.web.texts import text
from contracts.notice import data_of
from standard.stages import Transition


class Outbox:
    """Notices as docs/contracts.md names them."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now

    def add(
        self,
        kind: str,
        contact: str,
        number: str,
        data: dict[str, Any],
        case_id: int | None = None,
        attachments: list[dict[str, str]] | None = None,
    ) -> Notice:
        """One notice more; the worker posts it after the commit. Raises ValidationError, KeyError for data or a kind of no contract."""
        data = data if contact.startswith(MAILTO) else data_of(kind, data)
        notice = Notice(
            id=str(uuid.uuid4()),
            case_id=case_id,
            contact=contact,
            kind=kind,
            number=number,
            at=self._now,
            data=data,
            attachments=attachments or [],
            state=NoticeState.QUEUED,
            state_at=self._now,
            next_try_at=self._now,
        )
        self._session.add(notice)
        return notice

    async def announce(self, case: Case, transition: Transition, event: CaseEvent, tell: list[str], cases: CaseRepository) -> None:
        """Tells the applicant what a transition's row says: its own notice, or the last stage entered that matters to them."""
        if transition.notice:
            attachments = _attachments(case, await cases.products(case)) if transition.notice == "dokumen_terbit" else None
            data = await self._data(transition.notice, case, event, cases)
            self.add(transition.notice, case.contact, case.number, data, case.id, attachments)
            if attachments and (email := case.bundle.get("email")):
                self.add("surel", f"{MAILTO}{email}", case.number, data, case.id, attachments)
        elif tell:
            self.add("tahap", case.contact, case.number, {"stage": tell[-1]}, case.id)

    async def _data(self, kind: str, case: Case, event: CaseEvent, cases: CaseRepository) -> dict[str, Any]:
        match kind:
            case "berkas_diterima":
                return {"deadline": event.data["deadline"]}
            case "berkas_dikembalikan":
                wrong = [document for document in await cases.documents(case) if document.state == DocumentState.WRONG]
                return {"documents": [{"item": d.item, "reason": d.reason, "note": d.note} for d in wrong]}
            case "kia_dikirim":
                return {"courier": case.kia["courier"], "tracking": case.kia["tracking"]}
            case "permohonan_ditolak":
                return {"reason": event.data["reason"], "note": event.data["note"]}
            case "dokumen_terbit":
                finals = [product for product in await cases.products(case) if product.phase == Phase.FINAL]
                return {"signed": not any(UNSIGNED & set(product.warnings) for product in finals)}
            case "pesan_petugas":
                return {"text": text(f"notice_text.{event.kind}"), "officer": event.staff_name or ""}
            case _:
                return {}


def _attachments(case: Case, products: list[Product]) -> list[dict[str, str]]:
    finals = [product for product in products if product.phase == Phase.FINAL]
    several = sum(product.kind == "akta" for product in finals) > 1
    return [
        {
            "filename": filename_of(case, product, several),
            "mime": "application/pdf",
            "sha256": product.blob,
            "url": f"/api/files/{product.id}",
        }
        for product in sorted(finals, key=lambda product: (product.kind, product.child))
    ]


def filename_of(case: Case, product: Product, several: bool) -> str:
    """The name under which the applicant keeps a PDF: `Akta Kelahiran 1 LM-….pdf`."""
    title = "Kartu Keluarga" if product.kind == "kk" else "Akta Kelahiran"
    return f"{title}{f' {product.child + 1}' if several and product.kind == 'akta' else ''} {case.number}.pdf"
