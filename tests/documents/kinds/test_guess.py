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


CHILDS_CARD = (
    "PROVINSI JAWA TENGAH", "KABUPATEN BLORA", "NIK : 3316991203180001", "Nama : ANISA PUTRI", "Tempat/Tgl Lahir : BLORA, 12-03-2018",
    "Jenis Kelamin : PEREMPUAN", "Gol. Darah : O", "No. Kartu Keluarga : 3316991203100002", "Nama Kepala Keluarga : BUDI",
    "No. Akta Kelahiran : 3316-LT-01042018-0003", "Agama : ISLAM", "Kewarganegaraan : WNI", "Alamat : DK. CONTOH", "RT/RW : 001/002",
    "Desa/Kelurahan : CONTOH", "Berlaku Hingga : 12-03-2023",
)  # fmt: skip


@pytest.mark.parametrize("unread", [(), ("No. Akta",), ("No. Akta", "PROVINSI"), ("No. Akta", "Nama Kepala"), ("No. Akta", "No. Kartu")])
def test_a_childs_card_without_its_title_is_neither_a_kk_nor_a_ktp(unread: tuple[str, ...]) -> None:
    words = [line for line in CHILDS_CARD if not line.startswith(unread or ("-",))]
    assert decide(weigh(words), len(words)).kind is Kind.OTHER


@pytest.mark.parametrize("title", ["KARTU KELUARGA", "KARTU KELUARGA No. 3316992311260001", "RI KARTU KELUARGA"])
def test_a_kk_is_one_by_its_title_or_by_its_table(title: str) -> None:
    head = [title, "Nama Kepala Keluarga : BUDI", "Alamat : DK. CONTOH", "RT/RW : 001/002", "Kode Pos : 58372", "Kecamatan : BLORA"]
    assert decide(weigh(head), len(head)).kind is Kind.KK
    table = [*head[1:], "Nama Lengkap", "Jenis Pekerjaan", "Status Hubungan Dalam Keluarga"]
    assert decide(weigh(table), len(table)).kind is Kind.KK
