"""The same documents and answers end in the same places, in whatever order and batches they come; documents answer what they can."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.drafts.model import ConditionAnswers, Document, Draft
from intake.handover.bundle import warnings_of
from intake.placing.arranging import arrange, doubtful, put
from intake.questions.table import open_question
from standard.kinds import Item, Kind
from standard.requirements import FamilyCard, KtpStatus, Reporter

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WITNESSES = {Item.KTP_SAKSI_1, Item.KTP_SAKSI_2}


def person(nama: str, nik: str, sex: str, status: str = "KAWIN") -> dict[str, str]:
    return {"nama": nama, "nik": nik, "jenis_kelamin": sex, "status_perkawinan": status}


def document(kind: Kind, **fields: Any) -> Document:
    return Document(item=None, kind=kind, check_result={"fields": fields}, pages=[], received_at=NOW)


def row(who: dict[str, str], shdk: str) -> dict[str, str]:
    return {"nik": who["nik"], "nama": who["nama"], "shdk": shdk}


BUDI = person("BUDI SAPUTRA", "3316990807870002", "LAKI-LAKI", "BELUM KAWIN")
HANA = person("HANA KHASANAH", "3316996301010001", "PEREMPUAN", "BELUM KAWIN")
PONIDI = person("PONIDI", "3316991810770001", "LAKI-LAKI")
ILHAM = person("ILHAM ISKANDAR", "3316992609010003", "LAKI-LAKI")
PARJO = person("PARJO", "3316990606650001", "LAKI-LAKI")
SARMI = person("SARMI", "3316996608730001", "PEREMPUAN")
UMI = person("UMI LESTARI", "3316994506900001", "PEREMPUAN", "BELUM KAWIN")
BAYU = person("BAYU WICAKSONO", "3316991807930917", "LAKI-LAKI")
VIVI = person("VIVI ANGGRAINI", "3316994405010001", "PEREMPUAN")
COUPLE_KK = {"no_kk": "3316990101200005", "anggota": [row(BUDI, "KEPALA KELUARGA"), row(HANA, "ISTRI")]}
HOUSE_KK = {
    "no_kk": "3316990101200006",
    "anggota": [row(PARJO, "KEPALA KELUARGA"), row(SARMI, "ISTRI"), row(BAYU, "ANAK"), row(VIVI, "MENANTU")],
}
DAUGHTER_KK = {"no_kk": "3316990101200007", "anggota": [row(PARJO, "KEPALA KELUARGA"), row(SARMI, "ISTRI"), row(UMI, "ANAK")]}

Fields = dict[str, Any]
Sent = tuple[Kind, Fields]


def cards(*people: Fields) -> tuple[Sent, ...]:
    return tuple((Kind.KTP, who) for who in people)


FAMILIES: dict[str, tuple[tuple[Sent, ...], Fields, dict[str, Item | None]]] = {
    "no papers, the mother reports": (
        ((Kind.KK, COUPLE_KK), *cards(BUDI, HANA, PONIDI, ILHAM)),
        {"pelapor": Reporter.IBU, "ada_surat_kelahiran": False, "ada_surat_nikah": False, "hubungan_kk": FamilyCard.KEPALA_ISTRI,
         "status_ktp_ayah": KtpStatus.BELUM_KAWIN},
        {"BUDI SAPUTRA": Item.KTP_AYAH, "HANA KHASANAH": Item.KTP_PELAPOR},
    ),
    "no papers, the father reports and answers that both are married": (
        ((Kind.KK, COUPLE_KK), *cards(BUDI, HANA, PONIDI, ILHAM), (Kind.SPTJM_PASUTRI, {"nama": "BUDI SAPUTRA", "nik": BUDI["nik"]})),
        {"pelapor": Reporter.AYAH, "ada_surat_kelahiran": False, "ada_surat_nikah": False, "status_ktp_ibu": KtpStatus.KAWIN},
        {"BUDI SAPUTRA": Item.KTP_PELAPOR, "HANA KHASANAH": Item.KTP_IBU},
    ),
    "a daughter in her parents' KK": (
        ((Kind.KK, DAUGHTER_KK), *cards(UMI, SARMI, PONIDI), (Kind.SURAT_KELAHIRAN, {"nama_ibu": "UMI LESTARI"})),
        {"pelapor": Reporter.IBU, "ada_surat_kelahiran": True, "ada_surat_nikah": False, "hubungan_kk": FamilyCard.TIDAK},
        {"UMI LESTARI": Item.KTP_PELAPOR},
    ),
    "a couple in the KK of his parents": (
        ((Kind.KK, HOUSE_KK), *cards(BAYU, VIVI, PARJO, ILHAM), (Kind.SURAT_NIKAH, {"suami": "BAYU WICAKSONO", "istri": "VIVI ANGGRAINI"})),
        {"pelapor": Reporter.AYAH, "ada_surat_kelahiran": False, "ada_surat_nikah": True, "status_ktp_ibu": KtpStatus.KAWIN},
        {"BAYU WICAKSONO": Item.KTP_PELAPOR, "VIVI ANGGRAINI": None},
    ),
    "a grandmother reports": (
        ((Kind.KK, COUPLE_KK), *cards(BUDI, HANA, PONIDI, ILHAM)),
        {"pelapor": Reporter.LAIN, "ada_surat_kelahiran": False, "ada_surat_nikah": False},
        {"BUDI SAPUTRA": Item.KTP_AYAH, "HANA KHASANAH": Item.KTP_IBU},
    ),
}  # fmt: skip


SHOWN_BY_KK = {name for name, (sent, _, _) in FAMILIES.items() if (Kind.KK, COUPLE_KK) in sent}
"""Families whose KK alone says who the parents are."""


def draft() -> Draft:
    return Draft(contact="c", created_at=NOW, updated_at=NOW, agreed=True)


def places(known: Draft) -> dict[str, Item | None]:
    return {found.fields["nama"]: found.item for found in known.documents if found.kind is Kind.KTP}


@pytest.mark.parametrize("name", FAMILIES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_order_and_batching_of_documents_and_answers_ends_in_the_same_places(name: str, data: st.DataObject) -> None:
    sent, answers, expected = FAMILIES[name]
    steps = [("document", *pair) for pair in sent] + [("answer", *pair) for pair in answers.items()]
    known = draft()
    for step in data.draw(st.permutations(steps)):
        if step[0] == "document":
            known.documents.append(document(step[1], **step[2]))
        else:
            setattr(known.conditions, step[1], step[2])
        if data.draw(st.booleans()):
            arrange(known)
            seen = {found.kind for found in known.documents}
            if Kind.KK in seen and name in SHOWN_BY_KK:
                assert not WITNESSES & {places(known).get(who) for who in expected}, "a parent's card is a witness's at no moment"
    arrange(known)
    found = places(known)
    assert {who: found[who] for who in expected} == expected
    others = {item for who, item in found.items() if who not in expected}
    if known.conditions.pelapor is Reporter.LAIN:
        assert others == {None} and len(doubtful(known)) == 2, "the grandmother's card is still to come: any of the two may be hers"
    else:
        assert others == WITNESSES
    again = known.model_copy(deep=True)
    again.documents = [found.model_copy(deep=True) for found in known.documents]
    arrange(again)
    assert (places(again), again.learned) == (found, known.learned), "settled is settled"


def test_the_fathers_card_sent_before_its_place_was_asked_is_no_witness() -> None:
    known = draft()
    known.conditions = ConditionAnswers(pelapor=Reporter.IBU, jumlah_anak=1, ada_surat_kelahiran=False, ada_surat_nikah=False)
    known.documents = [document(Kind.KK, kepala_keluarga="BUDI SAPUTRA")]
    arrange(known)
    known.documents += [document(Kind.KTP, **who) for who in (BUDI, HANA, PONIDI, ILHAM)]
    arrange(known)
    assert places(known)["BUDI SAPUTRA"] not in WITNESSES
    known.documents[0].check_result["fields"] = COUPLE_KK
    arrange(known)
    assert places(known) | {"PONIDI": None, "ILHAM ISKANDAR": None} == {
        "BUDI SAPUTRA": Item.KTP_AYAH, "HANA KHASANAH": Item.KTP_PELAPOR, "PONIDI": None, "ILHAM ISKANDAR": None,
    }  # fmt: skip
    assert {places(known)["PONIDI"], places(known)["ILHAM ISKANDAR"]} == WITNESSES


def test_what_documents_show_is_not_asked() -> None:
    known = draft()
    known.conditions = ConditionAnswers(pelapor=Reporter.IBU, jumlah_anak=1)
    sent = [(Kind.KK, COUPLE_KK), *cards(BUDI, HANA), (Kind.SPTJM_KELAHIRAN, {}), (Kind.SPTJM_PASUTRI, {})]
    known.documents = [document(kind, **fields) for kind, fields in sent]
    arrange(known)
    assert known.known.ada_surat_kelahiran is False and known.known.ada_surat_nikah is False
    assert known.known.hubungan_kk is FamilyCard.KEPALA_ISTRI
    assert known.known.status_ktp_ayah is KtpStatus.BELUM_KAWIN and known.known.status_ktp_ibu is KtpStatus.BELUM_KAWIN
    asked = open_question(known)
    assert asked is not None and asked.question.id == "berkas"


def test_a_kk_of_three_generations_is_asked_about_until_somebody_is_known() -> None:
    known = draft()
    known.conditions = ConditionAnswers(pelapor=Reporter.IBU, jumlah_anak=1, ada_surat_kelahiran=True, ada_surat_nikah=False)
    known.documents = [document(Kind.KK, **DAUGHTER_KK)]
    arrange(known)
    assert known.known.hubungan_kk is None
    known.documents.append(document(Kind.KTP, **UMI))
    arrange(known)
    asked = open_question(known)
    assert asked is not None and asked.question.id == "hubungan_kk" and places(known) == {"UMI LESTARI": None}
    known.conditions.hubungan_kk = FamilyCard.TIDAK
    arrange(known)
    assert places(known) == {"UMI LESTARI": Item.KTP_PELAPOR}


def test_an_answer_against_a_document_is_kept_and_an_officer_sees_it() -> None:
    known = draft()
    known.conditions = ConditionAnswers(
        pelapor=Reporter.IBU, jumlah_anak=1, ada_surat_nikah=False, hubungan_kk=FamilyCard.TIDAK, status_ktp_ibu=KtpStatus.KAWIN
    )
    known.documents = [document(Kind.KK, **COUPLE_KK), document(Kind.KTP, **HANA), document(Kind.SURAT_KELAHIRAN, nama_ibu="HANA KHASANAH")]
    arrange(known)
    assert known.known.hubungan_kk is FamilyCard.TIDAK and known.known.status_ktp_ibu is KtpStatus.KAWIN
    codes = {warning["code"] for warning in warnings_of(known, NOW.date())}
    assert codes >= {"kk_pasangan", "status_ktp_berbeda"}


def test_a_fathers_card_that_the_kk_does_not_know_is_a_warning() -> None:
    known = draft()
    known.conditions = ConditionAnswers(pelapor=Reporter.IBU, jumlah_anak=1, status_ktp_ayah=KtpStatus.BELUM_KAWIN)
    known.documents = [document(Kind.KK, **COUPLE_KK), document(Kind.KTP, **ILHAM)]
    arrange(known)
    put(known, known.documents[1], Item.KTP_AYAH)
    arrange(known)
    assert places(known) == {"ILHAM ISKANDAR": Item.KTP_AYAH}, "what was said by hand stays"
    assert ("orang_tua_tidak_di_kk", ["ktp_ayah", "kk"]) in [(row["code"], row["items"]) for row in warnings_of(known, NOW.date())]


def test_a_statement_taken_back_teaches_nothing_any_more() -> None:
    known = draft()
    known.conditions = ConditionAnswers(pelapor=Reporter.IBU)
    known.documents = [document(Kind.SPTJM_KELAHIRAN)]
    arrange(known)
    assert known.known.ada_surat_kelahiran is False
    known.documents = [document(Kind.SURAT_KELAHIRAN)]
    arrange(known)
    assert known.known.ada_surat_kelahiran is True
    known.documents = []
    arrange(known)
    assert known.known.ada_surat_kelahiran is None


def test_a_statement_signed_by_the_other_parent_confuses_nobody() -> None:
    known = draft()
    known.conditions = ConditionAnswers(pelapor=Reporter.IBU, jumlah_anak=1, ada_surat_nikah=False)
    sent = [(Kind.KK, COUPLE_KK), *cards(BUDI, HANA, PONIDI, ILHAM), (Kind.SPTJM_PASUTRI, {"nama": "BUDI SAPUTRA", "nik": BUDI["nik"]})]
    known.documents = [document(kind, **fields) for kind, fields in sent]
    arrange(known)
    assert known.known.hubungan_kk is FamilyCard.KEPALA_ISTRI
    assert (places(known)["BUDI SAPUTRA"], places(known)["HANA KHASANAH"]) == (Item.KTP_AYAH, Item.KTP_PELAPOR)
