"""Tells the applicant what a transition's row says, in the same transaction: its own notice, or the last stage entered that matters."""

from collections.abc import Iterable
from typing import Any

from backoffice.cases.comparison import write_value
from backoffice.cases.corrections import label_of, value_of
from backoffice.cases.documents import DocumentState
from backoffice.cases.models import Case
from backoffice.cases.parcels import address_of
from backoffice.cases.products import UNSIGNED, Phase, Product
from backoffice.cases.publishing import Happened
from backoffice.cases.repository import TRANSITIONS, CaseRepository
from backoffice.notices.mail import MAILTO
from backoffice.notices.outbox import Outbox
from backoffice.web.texts import text


async def announce(happened: Happened) -> None:
    """Notices as docs/contracts.md names them; an arrival is told of by the intake itself."""
    transition, case = happened.transition, happened.case
    outbox = Outbox(happened.session, happened.now)
    if transition is not None and transition.id in TRANSITIONS and not happened.event.data.get("changed"):
        return  # the officer has said that what was declared is right
    if transition is not None and transition.notice:
        cases = CaseRepository(happened.session)
        attachments = _attachments(case, await cases.products(case)) if transition.notice == "dokumen_terbit" else None
        data = await _data(transition.notice, happened, cases)
        outbox.add(transition.notice, case.contact, case.number, data, case.id, attachments)
        if attachments and (email := case.bundle.get("email")):
            outbox.add("surel", f"{MAILTO}{email}", case.number, data, case.id, attachments)
    elif happened.tell:
        outbox.add("tahap", case.contact, case.number, {"stage": happened.tell[-1]}, case.id)


async def _data(kind: str, happened: Happened, cases: CaseRepository) -> dict[str, Any]:
    case, event = happened.case, happened.event
    match kind:
        case "berkas_diterima":
            return {"deadline": event.data["deadline"]}
        case "berkas_dikembalikan":
            wrong = [document for document in await cases.documents(case) if document.state == DocumentState.WRONG]
            return {"documents": [{"item": d.item, "reason": d.reason, "note": d.note} for d in wrong]}
        case "kia_dikirim":
            prefix = "ktp_" if event.kind == "ktp_dikirim" else ""
            parcel = {"courier": case.kia[f"{prefix}courier"], "tracking": case.kia[f"{prefix}tracking"]}
            return parcel | ({"goods": "ktp"} if prefix else {})
        case "permohonan_ditolak":
            return {"reason": event.data["reason"], "note": event.data["note"]}
        case "dokumen_terbit":
            finals = [product for product in await cases.products(case) if product.phase == Phase.FINAL]
            return {"signed": not any(UNSIGNED & set(product.warnings) for product in finals)}
        case "pesan_petugas" if event.kind in TRANSITIONS:
            return {"text": _put_right(case, event.data.get("changed", ())), "officer": event.staff_name or ""}
        case "pesan_petugas" if event.kind == "kia_alamat":
            said = text("notice_text.kia_alamat", address=address_of(case.bundle) or "–")
            return {"text": said, "officer": event.staff_name or ""}
        case "pesan_petugas":
            return {"text": text(f"notice_text.{event.kind}"), "officer": event.staff_name or ""}
        case _:
            return {}


def _put_right(case: Case, keys: Iterable[str]) -> str:
    """What was put right, as it stands in the case now: the event itself holds no value."""
    said = "\n".join(f"{label_of(key)}: {write_value(key, value_of(case.bundle, key) or '–')}" for key in keys)
    return text("notice_text.data_diperbaiki", said=said)


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
