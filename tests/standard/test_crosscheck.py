"""Documents and answers that do not agree are named for an officer; those that agree are not."""

from datetime import date
from typing import Any

from standard.crosscheck import Bundle, Code, same_name, sex_of, warnings
from standard.kinds import Item
from standard.requirements import Conditions, FamilyCard, KtpStatus, Reporter

KK = {
    "anggota": [
        {"nik": "3316990101900001", "nama": "BUDI SPESIMEN", "shdk": "KEPALA KELUARGA"},
        {"nik": "3316994202920002", "nama": "SARI SPESIMEN", "shdk": "ISTRI"},
    ]
}
FATHER = Conditions(Reporter.AYAH, 1, True, True, None, KtpStatus.KAWIN, KtpStatus.KAWIN)


def codes(fields: dict[Item, dict[str, Any]], conditions: Conditions = FATHER, **more: Any) -> list[Code]:
    return [warning.code for warning in warnings(Bundle(conditions, fields, **more))]


def test_a_bundle_that_agrees_has_no_warning() -> None:
    fields = {
        Item.KK: KK,
        Item.KTP_PELAPOR: {"nik": "3316990101900001", "nama": "BUDI SPESIMEN", "tanggal_lahir": "1990-01-01"},
        Item.SURAT_KELAHIRAN: {"nama_ibu": "SARI SPESIMEN", "tanggal_lahir": "2026-11-01", "jenis_kelamin": "PEREMPUAN"},
        Item.SURAT_NIKAH: {"suami": "BUDI  SPESIMEN", "istri": "SARI SPESIMN"},
    }
    child = {"tanggal_lahir": "2026-11-01", "jenis_kelamin": "P"}
    assert codes(fields, children=(child,), today=date(2026, 11, 22)) == []


def test_a_reporter_who_is_not_in_the_kk() -> None:
    assert codes({Item.KK: KK, Item.KTP_PELAPOR: {"nik": "3316990101900009"}}) == [Code.NIK_PELAPOR_TIDAK_DI_KK]


def test_a_member_that_was_not_read_raises_no_warning() -> None:
    unread = {"anggota": [*KK["anggota"], {"nama": "ANAK"}]}
    assert codes({Item.KK: unread, Item.KTP_PELAPOR: {"nik": "3316990101900009"}}) == []


def test_names_that_the_kk_does_not_have() -> None:
    fields = {Item.KK: KK, Item.SURAT_KELAHIRAN: {"nama_ibu": "WATI LAIN"}, Item.SURAT_NIKAH: {"suami": "ORANG LAIN"}}
    assert codes(fields) == [Code.NAMA_IBU_BERBEDA, Code.SUAMI_BERBEDA]


def test_one_witness_twice_and_a_parent_as_witness() -> None:
    nik = {"nik": "3316990303800003"}
    assert codes({Item.KTP_SAKSI_1: nik, Item.KTP_SAKSI_2: nik}) == [Code.SAKSI_SAMA]
    assert codes({Item.KTP_SAKSI_1: nik, Item.KTP_PELAPOR: nik}) == [Code.SAKSI_ORANG_TUA]


def test_dates_that_disagree_or_lie_ahead() -> None:
    letter = {Item.SURAT_KELAHIRAN: {"tanggal_lahir": "2026-11-01", "jenis_kelamin": "LAKI-LAKI"}}
    child = {"tanggal_lahir": "2026-12-01", "jenis_kelamin": "P"}
    found = codes(letter, children=(child,), today=date(2026, 11, 22))
    assert found == [Code.TANGGAL_LAHIR_DI_DEPAN, Code.TANGGAL_LAHIR_BERBEDA, Code.JENIS_KELAMIN_BERBEDA]


def test_a_number_against_its_printed_date() -> None:
    assert codes({Item.KTP_PELAPOR: {"nik": "3316990101900001", "tanggal_lahir": "1991-01-01"}}) == [Code.NIK_TANGGAL_BERBEDA]


def test_a_card_that_says_otherwise_than_the_answer() -> None:
    assert codes({Item.KTP_IBU: {"status_perkawinan": "CERAI HIDUP"}}) == [Code.STATUS_KTP_BERBEDA]


def test_a_kk_that_shows_no_couple() -> None:
    kk = {"anggota": [{"nama": "A", "shdk": "KEPALA KELUARGA"}, {"nama": "B", "shdk": "ANAK"}]}
    said = Conditions(Reporter.AYAH, 1, True, False, FamilyCard.KEPALA_ISTRI)
    assert codes({Item.KK: kk}, said) == [Code.KK_BUKAN_PASANGAN]


def test_one_picture_in_two_places() -> None:
    assert codes({}, fingerprints={Item.KTP_SAKSI_1: "a", Item.KTP_SAKSI_2: "a"}) == [Code.GAMBAR_SAMA]


def test_scans_that_look_alike_are_two_pictures_where_their_numbers_differ() -> None:
    cards = {Item.KTP_SAKSI_1: {"nik": "3316990303800003"}, Item.KTP_SAKSI_2: {"nik": "3316994404810004"}}
    looks = {Item.KTP_SAKSI_1: "00ff", Item.KTP_SAKSI_2: "00fd"}
    assert codes(cards, fingerprints=looks) == []
    assert codes({}, fingerprints=looks) == [Code.GAMBAR_SAMA]


def test_names_are_one_through_slips_and_order() -> None:
    assert same_name("BUDI SANTOSO", "SANTOSO BUDI") and same_name("SITI AMINAH", "SITI AMINNAH")
    assert not same_name("SITI AMINAH", "BUDI SANTOSO")


def test_sexes_are_read_as_printed_or_ticked() -> None:
    assert [sex_of(text) for text in ("PEREMPUAN", "L", "laki-laki", "?", None)] == ["P", "L", "L", None, None]


PARENTS = {Reporter.IBU: ({"nik": "3316994202920002", "nama": "SARI SPESIMEN", "status_perkawinan": "BELUM KAWIN"},)}


def test_a_parent_as_witness_is_known_by_the_row_of_the_kk() -> None:
    card = {Item.KTP_SAKSI_1: {"nik": "3316994202920002", "nama": "SARI SPESIMEN"}}
    assert Code.SAKSI_ORANG_TUA in codes(card, parents=PARENTS)
    assert Code.SAKSI_ORANG_TUA not in codes({Item.KTP_SAKSI_1: {"nik": "3316994202920009", "nama": "SARI SPESIMEN"}}, parents=PARENTS)
    assert Code.SAKSI_ORANG_TUA in codes({Item.KTP_SAKSI_1: {"nama": "Sari Spesimen"}}, parents=PARENTS)


def test_an_unmarried_row_of_the_kk_against_the_answer_unless_the_card_was_seen() -> None:
    assert codes({}, parents=PARENTS) == [Code.STATUS_KK_IBU_BERBEDA]
    assert codes({Item.KTP_IBU: {"status_perkawinan": "KAWIN"}}, parents=PARENTS) == []


def test_a_letters_mother_who_is_another_in_the_marriage_book() -> None:
    fields = {Item.SURAT_KELAHIRAN: {"nama_ibu": "WAGINAH LAINNYA"}, Item.SURAT_NIKAH: {"istri": "SARI SPESIMEN"}}
    assert codes(fields) == [Code.NAMA_IBU_BERBEDA]
