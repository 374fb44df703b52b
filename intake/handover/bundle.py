"""Writes a finished draft as the bundle that the back office takes (docs/contracts.md, The bundle). Pure."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from contracts import bundle as contract
from contracts.bundle import Bundle, Check
from contracts.shape import Contact, as_far_as_readable
from intake.drafts.disagreeing import as_told
from intake.drafts.learning import by_item_fields, parent_name
from intake.drafts.model import TO_CHECK, Conversation, Document, Draft
from intake.questions.parent_births import births_known
from standard import crosscheck
from standard.birth_form import UNKNOWN, parents_asked
from standard.home import PARTS, home_of
from standard.kinds import Item
from standard.requirements import FamilyCard, KtpStatus, Reporter, standard

PEOPLE = (
    ("pelapor", Item.KTP_PELAPOR), ("ayah", Item.KTP_AYAH), ("ibu", Item.KTP_IBU),
    ("saksi_1", Item.KTP_SAKSI_1), ("saksi_2", Item.KTP_SAKSI_2),
)  # fmt: skip
OF_A_PERSON = ("nama", "nik", "tempat_lahir", "tanggal_lahir")
AGAINST_LETTER = "beda_surat"
"""Flag of a field of the child of which the applicant, shown the birth letter, says otherwise."""
OLD_STATUS = (KtpStatus.BELUM_KAWIN, KtpStatus.CERAI_HIDUP, KtpStatus.CERAI_MATI)


def make_bundle(draft: Draft, conversation: Conversation, today: date) -> dict[str, Any]:
    """The bundle of a draft that has its number and its moment of submission, as JSON.

    What was read or told and does not fit the contract (a date that is none) is left out of it, so that it holds nobody up: an officer
    sees that it lacks.
    """
    rules = standard()
    assert draft.number is not None and draft.submitted_at is not None
    whole = {
        "number": draft.number,
        "service": rules.service,
        "form": rules.form,
        "contact": contact_of(conversation).body(),
        "submitted_at": draft.submitted_at,
        "conditions": asdict(draft.known),
        "anak": children_of(draft),
        "answers": answers_of(draft),
        "alamat_kia": delivery_of(draft) | {"penerima": receiver_of(draft, conversation)},
        "email": draft.email,
        "flags": flags_of(draft, today),
        "warnings": warnings_of(draft, today),
        "documents": [document_json(document, draft.submitted_at) for document in draft.documents if document.item],
    }
    return Bundle.model_validate(as_far_as_readable(Bundle, whole)).body()


def contact_of(conversation: Conversation) -> Contact:
    """Who writes, as the contracts carry it."""
    return Contact(id=conversation.contact, phone=conversation.phone, name=conversation.name)


def document_json(document: Document, submitted_at: datetime | None = None) -> dict[str, Any]:
    """One document as the contract carries it. With the bundle it arrives at the office when that is handed over, not weeks before."""
    whole = {
        "item": document.item,
        "submission": document.submission,
        "kind": document.kind.value,
        "received_at": submitted_at or document.received_at,
        "retakes": document.retakes,
        "flagged": document.to_check,
        "pages": [page.model_dump() for page in document.pages],
        "check": as_far_as_readable(Check, document.check_result),
    }
    return contract.Document.model_validate(whole).body()


def children_of(draft: Draft) -> list[dict[str, Any]]:
    """Each child's fields of F-2.01; what the applicant did not know is null."""
    kind = "tunggal" if len(draft.children) == 1 else f"kembar_{len(draft.children)}"
    return [
        {"nama": child.nama, "jenis_kelahiran": kind, **{name: None if fact == UNKNOWN else fact for name, fact in child.fields.items()}}
        for child in draft.children
    ]


def answers_of(draft: Draft) -> dict[str, dict[str, Any]]:
    """The other fields of F-2.01 with where each came from: the chat or an item."""
    fields = by_item_fields(draft)
    found = {
        f"{person}_{name}": {"value": fields[item][name], "source": item.value}
        for person, item in PEOPLE
        for name in OF_A_PERSON
        if fields.get(item, {}).get(name)
    }
    if draft.conditions.pelapor in (Reporter.AYAH, Reporter.IBU):
        own = {name: answer for name, answer in found.items() if name.startswith("pelapor_")}
        found.update({name.replace("pelapor", draft.conditions.pelapor.value, 1): answer for name, answer in own.items()})
    for parent in ("ayah", "ibu"):
        stated = getattr(draft, f"nama_{parent}")
        called = stated or parent_name(draft, parent)
        if called:
            found.setdefault(f"{parent}_nama", {"value": called, "source": "chat" if stated else source_of_parent(draft, parent)})
    for name, answer in births_of(draft):
        found.setdefault(name, answer)
    for parent in ("ayah", "ibu"):
        row = row_of(draft, (found.get(f"{parent}_nama") or {}).get("value"))
        if row.get("nik"):
            found.setdefault(f"{parent}_nik", {"value": row["nik"], "source": Item.KK.value})
    if fields.get(Item.KK, {}).get("no_kk") and draft.conditions.pelapor is not Reporter.LAIN:
        found["pelapor_no_kk"] = {"value": fields[Item.KK]["no_kk"], "source": Item.KK.value}
    found |= {part: {"value": fields[Item.KK][part], "source": Item.KK.value} for part in PARTS if fields.get(Item.KK, {}).get(part)}
    if draft.email:
        found["pelapor_email"] = {"value": draft.email, "source": "chat"}
    if draft.hubungan_pelapor:
        found["hubungan_pelapor"] = {"value": draft.hubungan_pelapor, "source": "chat"}
    return found


def births_of(draft: Draft) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where and when the parents were born, as told or as a card says that has no place of its own."""
    for parent in parents_asked():
        for name, value in births_known(draft, parent).items():
            stated = draft.parent_births.get(f"{parent}_{name}") == value
            yield f"{parent}_{name}", {"value": value, "source": "chat" if stated else f"ktp_{parent}"}


def row_of(draft: Draft, name: str | None) -> dict[str, Any]:
    """The row of the KK with that name, or an empty one."""
    rows = crosscheck.members(by_item_fields(draft))
    return next((dict(row) for row in rows if name and row.get("nama") and crosscheck.same_name(name, row["nama"])), {})


def source_of_parent(draft: Draft, parent: str) -> str:
    """Which document gave a parent's name."""
    name = parent_name(draft, parent)
    for document in draft.documents:
        if document.item and name in document.fields.values():
            return document.item.value
    return Item.KK.value


def flags_of(draft: Draft, today: date) -> list[str]:
    """What the officer should know at a glance (decisions)."""
    flags = list(draft.flags)
    flags += [f"{TO_CHECK}{document.item}" for document in draft.documents if document.to_check and document.item]
    if draft.known.mother_alone:
        flags.append("anak_seorang_ibu")
    if draft.known.hubungan_kk is FamilyCard.ANAK_MENANTU:
        flags.append("anak_menantu")
    born = [date.fromisoformat(child.fields["tanggal_lahir"]) for child in draft.children if child.fields.get("tanggal_lahir")]
    if any(day + timedelta(days=standard().settings.late_days) < today for day in born):
        flags.append("lewat_60_hari")
    flags += [f"{AGAINST_LETTER}:{name}" for child in draft.children for name in child.settled]
    for parent in ("ayah", "ibu"):
        status = getattr(draft.known, f"status_ktp_{parent}")
        item = Item.KTP_PELAPOR if draft.conditions.pelapor == parent else Item(f"ktp_{parent}")
        if status in OLD_STATUS and not draft.known.mother_alone and draft.document(item):
            flags.append(f"ktp_lama_ditukar:{item}")
        if status is KtpStatus.TIDAK_TAHU:
            flags.append(f"status_ktp_tidak_diketahui:{parent}")
    return list(dict.fromkeys(flags))


def warnings_of(draft: Draft, today: date) -> list[dict[str, Any]]:
    """What the documents and answers disagree on, and what the applicant said of it."""
    return as_told(draft, today)


def delivery_of(draft: Draft) -> dict[str, Any]:
    """Where the KIA goes: in words where they are known, and whether that is what the KK says (`source`)."""
    address = draft.alamat_kia or {}
    if address.get("alamat") == "kk":
        return {"alamat": home_of(by_item_fields(draft).get(Item.KK, {})), "location": None, "source": "kk"}
    return {"alamat": address.get("alamat"), "location": address.get("location"), "source": "chat"}


def receiver_of(draft: Draft, conversation: Conversation) -> str | None:
    """Who takes the KIA: the reporter as their card names them, else the profile's name."""
    card = draft.document(Item.KTP_PELAPOR)
    return (card.fields.get("nama") if card else None) or conversation.name
