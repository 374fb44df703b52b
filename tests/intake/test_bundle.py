"""The bundle says what the contract says, and marks what the officer should see at a glance."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from documents import Kind
from intake.drafts.model import Child, ConditionAnswers, Conversation, Document, Draft, PageRef
from intake.handover.bundle import answers_of, children_of, document_json, flags_of, make_bundle
from standard.kinds import Item
from standard.requirements import FamilyCard, KtpStatus, Reporter

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
FATHER = {"nik": "3316990101900001", "nama": "BUDI SPESIMEN"}


def document(item: Item, kind: Kind, **fields: Any) -> Document:
    page = PageRef(blob="a" * 64, width=1600, height=1012)
    return Document(item=item, kind=kind, check_result={"fields": fields}, pages=[page], received_at=NOW - timedelta(days=3))


def draft(**more: Any) -> Draft:
    made = Draft(
        contact="c1",
        created_at=NOW,
        updated_at=NOW,
        submitted_at=NOW,
        number="LM-261122-AAAA",
        conditions=ConditionAnswers(pelapor=Reporter.AYAH, jumlah_anak=1, ada_surat_nikah=True),
        children=[
            Child(nama="SITI AMINAH", fields={"tanggal_lahir": "2026-11-01", "berat": "tidak_tahu"}, sources={"tanggal_lahir": "chat"})
        ],
        alamat_kia={"alamat": "kk", "location": None},
        **more,
    )
    rows = [{**FATHER, "shdk": "KEPALA KELUARGA"}, {"nama": "SARI SPESIMEN", "nik": "3316994202920002", "shdk": "ISTRI"}]
    made.documents = [
        document(Item.KTP_PELAPOR, Kind.KTP, **FATHER),
        document(Item.KK, Kind.KK, no_kk="3316990101200005", anggota=rows),
    ]
    return made


def test_the_bundle_of_the_contract() -> None:
    bundle = make_bundle(draft(), Conversation(contact="c1", phone="+62811", name="Budi"), date(2026, 11, 22))
    assert bundle["number"] == "LM-261122-AAAA" and bundle["form"] == "F-2.01" and bundle["submitted_at"] == "2026-11-22T02:00:00Z"
    assert bundle["contact"] == {"id": "c1", "phone": "+62811", "name": "Budi"}
    assert bundle["alamat_kia"] == {"alamat": None, "source": "kk", "location": None, "penerima": "BUDI SPESIMEN"}
    assert [row["item"] for row in bundle["documents"]] == ["ktp_pelapor", "kk"]


HOME = {"alamat": "JL MELATI", "rt_rw": "005/003", "desa": "BANGUNREJO", "kecamatan": "KEDUNGTUBAN", "kode_pos": "58260"}


def test_as_the_kk_says_is_the_address_that_stands_on_the_kk() -> None:
    made = draft()
    made.documents[1].check_result["fields"].update(HOME)
    bundle = make_bundle(made, Conversation(contact="c1"), date(2026, 11, 22))
    assert bundle["alamat_kia"]["alamat"] == "JL MELATI RT 005 RW 003, BANGUNREJO, KEC. KEDUNGTUBAN 58260"
    assert bundle["answers"]["kecamatan"] == {"value": "KEDUNGTUBAN", "source": "kk"}
    assert bundle["answers"]["desa"]["value"] == "BANGUNREJO" and bundle["answers"]["rt_rw"]["value"] == "005/003"


def test_an_address_of_which_a_courier_lacks_the_village_is_none() -> None:
    made = draft()
    made.documents[1].check_result["fields"].update({**HOME, "desa": ""})
    assert make_bundle(made, Conversation(contact="c1"), date(2026, 11, 22))["alamat_kia"]["alamat"] is None


def test_documents_arrive_at_the_office_when_the_bundle_does() -> None:
    bundle = make_bundle(draft(), Conversation(contact="c1"), date(2026, 11, 22))
    assert {row["received_at"] for row in bundle["documents"]} == {"2026-11-22T02:00:00Z"}


def test_the_reporting_father_fills_the_fathers_fields_and_the_kk_the_mothers() -> None:
    answers = answers_of(draft())
    assert answers["ayah_nik"] == {"value": FATHER["nik"], "source": "ktp_pelapor"}
    assert answers["ibu_nama"] == {"value": "SARI SPESIMEN", "source": "kk"} and answers["ibu_nik"]["source"] == "kk"
    assert answers["pelapor_no_kk"]["value"] == "3316990101200005"


def test_what_is_not_known_is_null_and_twins_are_counted() -> None:
    twins = draft()
    twins.children = [*twins.children, Child(nama="SITI FATIMAH")]
    assert children_of(draft())[0]["berat"] is None and children_of(draft())[0]["jenis_kelahiran"] == "tunggal"
    assert [child["jenis_kelahiran"] for child in children_of(twins)] == ["kembar_2", "kembar_2"]


def test_flags_for_the_officer() -> None:
    made = draft(flags=["perlu_cek_petugas:kk"])
    made.children[0].fields["tanggal_lahir"] = "2026-09-01"
    made.conditions.status_ktp_ayah = KtpStatus.BELUM_KAWIN
    made.conditions.status_ktp_ibu = KtpStatus.TIDAK_TAHU
    assert flags_of(made, date(2026, 11, 22)) == [
        "perlu_cek_petugas:kk", "lewat_60_hari", "ktp_lama_ditukar:ktp_pelapor", "status_ktp_tidak_diketahui:ibu",
    ]  # fmt: skip


def test_what_the_second_reading_left_to_the_officer_is_marked() -> None:
    made = draft()
    kk = next(document for document in made.documents if document.item == "kk")
    assert "perlu_cek_petugas:kk" not in flags_of(made, date(2026, 11, 22)) and not document_json(kk)["flagged"]
    kk.check_result = kk.check_result | {"verdict": "officer"}
    assert "perlu_cek_petugas:kk" in flags_of(made, date(2026, 11, 22)) and document_json(kk)["flagged"]


def test_a_mother_alone_is_promised_no_new_card() -> None:
    made = draft()
    made.conditions = ConditionAnswers(
        pelapor=Reporter.IBU, jumlah_anak=1, ada_surat_nikah=False, hubungan_kk=FamilyCard.TIDAK, status_ktp_ibu=KtpStatus.BELUM_KAWIN
    )
    assert flags_of(made, date(2026, 11, 22)) == ["anak_seorang_ibu"]
