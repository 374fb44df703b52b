"""Tells the applicant what a transition's row says, in the same transaction: its own notice, or the last stage entered that matters."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.applicant.given import attachments_of, given_out
from backoffice.cases import mail_address
from backoffice.cases.comparison import write_value
from backoffice.cases.corrections import label_of, value_of
from backoffice.cases.documents import DocumentState
from backoffice.cases.models import Case
from backoffice.cases.parcels import address_of
from backoffice.cases.products import UNSIGNED, Phase, Product
from backoffice.cases.publishing import Happened
from backoffice.cases.repository import TRANSITIONS, CaseRepository
from backoffice.notices.mail import MAILTO, PAPERS
from backoffice.notices.models import Notice
from backoffice.notices.outbox import Outbox
from backoffice.web.texts import text

OF_THE_ADDRESS = "pelapor_email"
"""The value of the form that says where mail goes."""


async def announce(happened: Happened, mails: bool = True) -> None:
    """Notices as docs/contracts.md names them; an arrival is told of by the intake itself. `mails`: whether the office sends e-mail."""
    transition, case = happened.transition, happened.case
    outbox = Outbox(happened.session, happened.now)
    if transition is not None and transition.id in TRANSITIONS and not happened.event.data.get("changed"):
        return  # the officer has said that what was declared is right
    if transition is not None and transition.notice:
        cases = CaseRepository(happened.session)
        attachments = attachments_of(case, await cases.products(case)) if transition.notice == "dokumen_terbit" else None
        data = await _data(transition.notice, happened, cases, mails)
        outbox.add(transition.notice, case.contact, case.number, data, case.id, attachments)
        if attachments and (email := await mail_address.confirmed_address(happened.session, case)):
            outbox.add(PAPERS, f"{MAILTO}{email}", case.number, data, case.id, attachments)
    elif happened.tell:
        outbox.add("tahap", case.contact, case.number, {"stage": happened.tell[-1]}, case.id)


async def mail_papers(session: AsyncSession, case: Case, now: datetime) -> None:
    """Sends akta and KK to an address that was confirmed after they went into the chat. The caller holds the case locked."""
    cases = CaseRepository(session)
    products = await cases.products(case)
    address = await mail_address.confirmed_address(session, case)
    if address is None or not given_out(case, products, now):
        return
    contact = f"{MAILTO}{address}"
    if await session.scalar(select(Notice.id).where(Notice.case_id == case.id, Notice.kind == PAPERS, Notice.contact == contact)):
        return
    Outbox(session, now).add(PAPERS, contact, case.number, _issued(products), case.id, attachments_of(case, products))


async def _data(kind: str, happened: Happened, cases: CaseRepository, mails: bool) -> dict[str, Any]:
    case, event = happened.case, happened.event
    match kind:
        case "berkas_diterima":
            asked = mails and await mail_address.ask(happened.session, case, happened.now)
            return {"deadline": event.data["deadline"]} | ({"mail_code": True} if asked else {})
        case "berkas_dikembalikan":
            wrong = [document for document in await cases.documents(case) if document.state == DocumentState.WRONG]
            return {"documents": [{"item": d.item, "reason": d.reason, "note": d.note} for d in wrong]}
        case "kia_dikirim":
            prefix = "ktp_" if event.kind == "ktp_dikirim" else ""
            parcel = {"courier": case.kia[f"{prefix}courier"], "tracking": case.kia[f"{prefix}tracking"]}
            return parcel | ({"goods": "ktp"} if prefix else {})
        case "permohonan_ditolak":
            return {"reason": event.data["reason"], "note": happened.note}
        case "dokumen_terbit":
            return _issued(await cases.products(case))
        case "pesan_petugas" if event.kind in TRANSITIONS:
            changed = event.data.get("changed", ())
            asked = mails and OF_THE_ADDRESS in changed and await mail_address.ask(happened.session, case, happened.now)
            said = _put_right(case, changed) + (f"\n{text('notice_text.kode_surel')}" if asked else "")
            return {"text": said, "officer": event.staff_name or ""}
        case "pesan_petugas" if event.kind == "kia_alamat":
            said = text("notice_text.kia_alamat", address=address_of(case.bundle) or "–")
            return {"text": said, "officer": event.staff_name or ""}
        case "pesan_petugas":
            return {"text": text(f"notice_text.{event.kind}"), "officer": event.staff_name or ""}
        case _:
            return {}


def _issued(products: Iterable[Product]) -> dict[str, Any]:
    finals = [product for product in products if product.phase == Phase.FINAL]
    return {"signed": not any(UNSIGNED & set(product.warnings) for product in finals)}


def _put_right(case: Case, keys: Iterable[str]) -> str:
    """What was put right, as it stands in the case now: the event itself holds no value."""
    said = "\n".join(f"{label_of(key)}: {write_value(key, value_of(case.bundle, key) or '–')}" for key in keys)
    return text("notice_text.data_diperbaiki", said=said)
