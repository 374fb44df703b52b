"""Puts a draft where one question of the chat is open, and says afterwards what stands in it, by the keys of the set of messages."""

from datetime import UTC, datetime
from typing import Any

from intake.drafts.model import Child, ConditionAnswers, Document, Draft, PageRef
from intake.questions.changed_keys import Key
from intake.questions.standing import standing as everything
from intake.questions.table import open_question
from standard.birth_form import birth_fields
from standard.kinds import KIND_OF
from standard.requirements import FamilyCard, KtpStatus, Reporter

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
"""Monday 30 November 2026, 10.00 in Blora."""

FIELDS = tuple(field.name for field in birth_fields())
CONDITIONS = tuple(ConditionAnswers.model_fields)
SUMMARY, DOCUMENTS = "summary", "documents"
QUESTIONS = {SUMMARY: "konfirmasi", DOCUMENTS: "berkas"}
"""The ids of the set where they are not the chat's own."""
STORED = {
    "tempat_dilahirkan": {"rs": "rs_rb"},
    "penolong": {"bidan": "bidan_perawat"},
}
"""Values of the set as the draft writes them."""
_FACTS: dict[str, Any] = {
    "jenis_kelamin": "P", "tanggal_lahir": "2026-11-20", "pukul": "04:30", "tempat_dilahirkan": "puskesmas", "tempat_kelahiran": "BLORA",
    "kelahiran_ke": 2, "penolong": "bidan_perawat", "berat": 3050, "panjang": 49,
}  # fmt: skip
_CONDITIONS: dict[str, Any] = {
    "pelapor": Reporter.IBU, "jumlah_anak": 1, "ada_surat_kelahiran": True, "ada_surat_nikah": True, "status_ktp_ayah": KtpStatus.KAWIN,
    "status_ktp_ibu": KtpStatus.KAWIN,
}  # fmt: skip
_BEFORE_PAPERS = ("pelapor", "hubungan_pelapor", "jumlah_anak", "surat_ada", "ada_surat_kelahiran", "ada_surat_nikah", "hubungan_kk")


def draft_at(question: str, known: dict[str, Any]) -> Draft:
    """A draft of whose questions this one is open, with what is `known` beside. Raises ValueError where the two do not go together."""
    asked = QUESTIONS.get(question, question)
    draft = Draft(contact="values", created_at=NOW, updated_at=NOW, agreed=True, nama_ayah="BAMBANG SPESIMEN", nama_ibu="SARI SPESIMEN")
    draft.alamat_kia = {"alamat": "kk", "location": None}
    children = int(known.get("jumlah_anak", 1)) if asked not in ("pelapor", "jumlah_anak") else 1
    names = ["NAMA SPESIMEN", "KEMBAR SPESIMEN", "KETIGA SPESIMEN"]
    draft.children = [Child(nama=names[at], confirmed=True, fields=dict(_FACTS)) for at in range(children)]
    known = {key: value for key, value in known.items() if _child_of(key)[0] != asked or asked == "nama_anak_benar"}
    _answer(draft, asked, known)
    for key, value in known.items():
        if _child_of(key)[0] in CONDITIONS:
            put(draft, key, value)
    _leave_open(draft, asked)
    for key, value in known.items():
        put(draft, key, value)
    if asked == "nama_anak_benar":
        for child in draft.children:
            child.confirmed = False
    now = open_question(draft)
    if now is None or now.question.id != asked:
        raise ValueError(f"{question} with {known}: {now and now.name} is open")
    return draft


def _answer(draft: Draft, asked: str, known: dict[str, Any]) -> None:
    values = dict(_CONDITIONS) | {"jumlah_anak": len(draft.children)}
    if asked in _BEFORE_PAPERS:
        order = ("pelapor", "jumlah_anak", "ada_surat_kelahiran", "ada_surat_nikah", "status_ktp_ayah", "status_ktp_ibu")
        first = {"surat_ada": "ada_surat_kelahiran", "hubungan_kk": "status_ktp_ayah", "hubungan_pelapor": "jumlah_anak"}.get(asked, asked)
        values = {name: value for name, value in values.items() if order.index(name) < order.index(first)}
        if asked == "hubungan_kk":
            values["ada_surat_nikah"] = False
        draft.children = draft.children if "jumlah_anak" in values else []
    if asked == "ada_surat_kelahiran":
        values["ada_surat_nikah"] = True
    if known.get("ada_surat_nikah") is False or "hubungan_kk" in known:
        values |= {"ada_surat_nikah": False, "hubungan_kk": FamilyCard.KEPALA_ISTRI}
    if asked == "status_ktp_ibu":
        values["pelapor"] = Reporter.AYAH
    draft.conditions = ConditionAnswers(**values)


def _leave_open(draft: Draft, asked: str) -> None:
    """What is asked, and what is asked after it, is not known yet."""
    order = (*_BEFORE_PAPERS, "status_ktp_ayah", "status_ktp_ibu", "berkas")
    if asked == "status_ktp_ayah":
        draft.conditions.status_ktp_ayah = draft.conditions.status_ktp_ibu = None
    if asked == "status_ktp_ibu":
        draft.conditions.status_ktp_ibu = None
    for child in draft.children:
        if asked in (*order, "nama_anak", "nama_anak_benar"):
            child.nama, child.confirmed = None, False
        if asked in (*order, "nama_anak", "nama_anak_benar", "data_kelahiran"):
            child.fields = {}
        child.fields.pop(asked, None)
    if asked != "konfirmasi":
        draft.alamat_kia = None
    if asked in ("nama_ibu", "nama_ayah"):
        draft.nama_ibu = None if asked == "nama_ibu" else draft.nama_ibu
        draft.nama_ayah = None
    if asked in ("konfirmasi", "alamat_kia"):
        draft.parent_births = {f"{who}_{name}": "tidak_tahu" for who in ("ibu", "ayah") for name in ("tempat_lahir", "tanggal_lahir")}
    if asked not in order:
        draft.documents = [
            Document(
                item=item,
                kind=KIND_OF[item],
                check_result={"fields": {}},
                pages=[PageRef(blob="0" * 64, width=1, height=1)],
                received_at=NOW,
                told=item,
                said=True,
            )
            for item in draft.wanted()
        ]
        draft.forms_sent = True


def put(draft: Draft, key: str, value: Any) -> None:
    """Writes a value of the set into the draft."""
    name, child = _child_of(key)
    value = stored(name, value)
    if name in FIELDS:
        draft.children[child].fields[name] = value
    elif name == "nama_anak":
        draft.children[child].nama, draft.children[child].confirmed = value, True
    elif name in CONDITIONS:
        if name != "jumlah_anak":
            kind = {"pelapor": Reporter, "hubungan_kk": FamilyCard, "status_ktp_ayah": KtpStatus, "status_ktp_ibu": KtpStatus}.get(name)
            setattr(draft.conditions, name, kind(value) if kind else value)
    elif name == "alamat_kia":
        draft.alamat_kia = {"alamat": value, "location": None}
    elif name.startswith(("ibu_", "ayah_")):
        draft.parent_births[name] = value
    else:
        setattr(draft, name, value)


def _child_of(key: str) -> tuple[str, int]:
    return (key[:-2], int(key[-1]) - 1) if key[-2:] in ("_1", "_2", "_3") else (key, 0)


def stored(key: str, value: Any) -> Any:
    """A value of the set as the draft holds it."""
    name, _ = _child_of(key)
    return STORED.get(name, {}).get(value, value) if isinstance(value, str) else value


def standing(draft: Draft) -> dict[str, Any]:
    """Everything that stands in the draft, by the keys of the set; of several children each with its number."""
    several = len(draft.children) > 1
    return {
        f"{key.field}_{key.child + 1}" if several and key.child is not None else key.field: value
        for key, value in everything(draft).items()
        if key.field != "email" and not (key.field.startswith(("ibu_", "ayah_")) and value == "tidak_tahu")
    }


def key_of(name: str) -> Key:
    """A key of the set as the draft's own."""
    field, child = _child_of(name)
    return Key(field, child if field in FIELDS or field == "nama_anak" else None)
