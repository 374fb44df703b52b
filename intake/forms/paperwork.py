"""Fills the sheets that an applicant gets, the two SPTJM and the receipt, with what a draft knows. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from intake.drafts.family_card import same_person
from intake.drafts.learning import by_item_fields, parent_name
from intake.drafts.model import Conversation, Draft
from intake.forms.sheets import BirthHelper, Person, Receipt, SptjmKelahiran, SptjmPasutri, Witness
from intake.forms.sheets import Child as ChildOnSheet
from intake.forms.sheets import Received as ReceivedOnSheet
from intake.questions.parent_births import births_known
from standard.crosscheck import members
from standard.deadlines import HonestHour
from standard.facts import office_facts
from standard.kinds import Item
from standard.requirements import Reporter

HELPERS = {"dokter": "DOKTER", "bidan_perawat": "BIDAN/PERAWAT", "dukun": "DUKUN"}
"""The helper's work on F-2.03 as F-2.01 names it; "lainnya" says nothing."""

TEST_REGION = "331699"
"""NIK of this kecamatan, which does not exist, are those of SPESIMEN documents: their sheets are marked too."""


def birth_statement(draft: Draft, child: int = 0) -> SptjmKelahiran:
    """F-2.03 of one child. The day is written when it is signed."""
    mine = draft.children[child] if draft.children else None
    facts = mine.fields if mine else {}
    return SptjmKelahiran(
        pembuat=reporter(draft),
        anak=ChildOnSheet(
            nama=mine.nama if mine else None,
            jenis_kelamin=facts.get("jenis_kelamin"),
            tempat_lahir=facts.get("tempat_kelahiran"),
            tanggal_lahir=_date(facts.get("tanggal_lahir")),
        ),
        ibu=parent(draft, "ibu"),
        penolong=BirthHelper(pekerjaan=HELPERS.get(str(facts.get("penolong")))),
        saksi=witnesses(draft),
        tempat=office_facts()["wilayah"],
        specimen=is_specimen(draft),
    )


def couple_statement(draft: Draft) -> SptjmPasutri:
    """F-2.04 of the parents. The day is written when it is signed."""
    return SptjmPasutri(
        pembuat=reporter(draft),
        suami=parent(draft, "ayah"),
        istri=parent(draft, "ibu"),
        no_kk=by_item_fields(draft).get(Item.KK, {}).get("no_kk"),
        saksi=witnesses(draft),
        tempat=office_facts()["wilayah"],
        specimen=is_specimen(draft),
    )


def receipt_of(
    draft: Draft, conversation: Conversation, deadline: datetime, notes: dict[Item, str], honest: HonestHour | None = None
) -> Receipt:
    """The receipt of a handed-over draft; `notes` says of a document what the officer will look at."""
    card = by_item_fields(draft).get(Item.KTP_PELAPOR, {})
    assert draft.number is not None and draft.submitted_at is not None
    return Receipt(
        number=draft.number,
        submitted_at=draft.submitted_at,
        deadline=deadline,
        pelapor=card.get("nama") or conversation.name or "Pelapor",
        anak=tuple(child.nama or "" for child in draft.children),
        received=tuple(ReceivedOnSheet(document.item, notes.get(document.item)) for document in draft.documents if document.item),
        nik_pelapor=card.get("nik"),
        phone=conversation.phone,
        specimen=is_specimen(draft),
        honest=honest,
    )


def reporter(draft: Draft) -> Person:
    """Who makes the statement."""
    card = by_item_fields(draft).get(Item.KTP_PELAPOR, {})
    if draft.conditions.pelapor in (Reporter.AYAH, Reporter.IBU):
        return parent(draft, draft.conditions.pelapor.value)
    return _person(card, _row_of(draft, card).get("shdk"))


def parent(draft: Draft, who: str) -> Person:
    """A parent as their card shows them, else as far as the KK and the papers name them; SHDK as the KK prints it."""
    reports = draft.conditions.pelapor == Reporter(who)
    fields = by_item_fields(draft).get(Item.KTP_PELAPOR if reports else Item(f"ktp_{who}"), {})
    name = fields.get("nama") or getattr(draft, f"nama_{who}") or parent_name(draft, who)
    listed = _row_of(draft, {"nama": name, "nik": fields.get("nik")})
    return _person({"nama": name, "nik": listed.get("nik"), **births_known(draft, who), **fields}, listed.get("shdk"))


def witnesses(draft: Draft) -> tuple[Witness, Witness]:
    """Both witnesses as their cards show them."""
    fields = by_item_fields(draft)
    one, two = (fields.get(item, {}) for item in (Item.KTP_SAKSI_1, Item.KTP_SAKSI_2))
    return Witness(one.get("nama"), one.get("nik")), Witness(two.get("nama"), two.get("nik"))


def is_specimen(draft: Draft) -> bool:
    """Whether the documents are those of the demonstration."""
    return any(str(fields.get("nik", "")).startswith(TEST_REGION) for fields in by_item_fields(draft).values())


def _person(fields: dict[str, Any], relation: str | None) -> Person:
    return Person(
        nama=fields.get("nama"),
        nik=fields.get("nik"),
        tempat_lahir=fields.get("tempat_lahir"),
        tanggal_lahir=_date(fields.get("tanggal_lahir")),
        alamat=fields.get("alamat"),
        hubungan=relation,
    )


def _row_of(draft: Draft, person: Mapping[str, Any]) -> Mapping[str, Any]:
    """The person's row in the KK, or an empty one."""
    return next((row for row in members(by_item_fields(draft)) if same_person(person, row)), {})


def _date(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
