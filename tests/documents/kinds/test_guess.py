"""What a page is follows from its titles and signs; a title named within a sentence makes no document."""

import pytest

from documents.kinds.guess import decide, weigh
from standard.kinds import Kind


def test_a_document_that_a_sentence_names_is_not_the_page() -> None:
    words = [
        "menyatakan bahwa saya dan suami tersebut di atas adalah suami istri,",
        "sebagaimana tercantum dalam Kartu Keluarga (KK) Nomor : 3316990210190729",
        "Kelurahan/Desa : NGLOBANG",
        "Demikian surat pernyataan ini saya buat dengan sebenarnya",
    ]
    assert decide(weigh(words), len(words)).kind is not Kind.KK


def test_a_title_in_small_letters_with_capitals_is_one() -> None:
    words = ["Surat Keterangan Lahir", "Nama Ibu : SITI", "Berat badan : 3100 gram"]
    assert decide(weigh(words), len(words)).kind is Kind.SURAT_KELAHIRAN


LETTER = ("SURAT KETERANGAN LAHIR", "Nama ibu : SITI", "Jenis kelamin : Perempuan", "Berat badan : 3100 gram", "telah lahir seorang bayi")


@pytest.mark.parametrize(
    ("line", "group"),
    [
        ("SURAT KETERANGAN LAHIR MATI", "lahir_mati"),
        ("SURAT KETERANGAN LAHlR MATl", "lahir_mati"),
        ("pada hari Senin telah lahir mati seorang bayi", "lahir_mati"),
        ("SURAT KETERANGAN LAHIR BAYI", ""),
        ("Jumlah anak lahir mati : 0", ""),
        ("Jumlah Lahir Mati : 0", ""),
    ],
)
def test_a_letter_of_a_stillbirth_is_never_a_birth_letter_and_a_birth_letter_stays_one(line: str, group: str) -> None:
    guess = decide(weigh([*LETTER, line]), len(LETTER) + 1)
    assert guess.group == group
    assert (guess.kind is Kind.SURAT_KELAHIRAN) is (group == "")


@pytest.mark.parametrize("title", ["SURAT KETERANGAN PINDAH WNI", "Nomor : SKPWNI/3316/09112026/0021", "SURAT KETERANGAN PENGGANTI KTP-EL"])
def test_a_paper_of_another_service_is_no_kk_and_no_ktp_whatever_it_quotes(title: str) -> None:
    quoted = ["Nomor Kartu Keluarga", "Nama Kepala Keluarga", "Status Hubungan Dalam Keluarga", "Nama Lengkap", "KEPALA KELUARGA", "NIK",
              "Tempat/Tgl Lahir", "Jenis Kelamin", "RT/RW", "Kel/Desa", "Kewarganegaraan"]  # fmt: skip
    guess = decide(weigh([title, *quoted]), 12)
    assert guess.kind is Kind.OTHER and guess.named


def test_a_hospitals_english_certificate_is_a_birth_letter() -> None:
    words = ["Certificate of Birth", "This is to certify that a baby GIRL named", "ARUNIKA", "was born to", "Mother : SRI", "Father : AGUS"]
    assert decide(weigh(words), len(words)).kind is Kind.SURAT_KELAHIRAN
