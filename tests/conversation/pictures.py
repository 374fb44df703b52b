"""The pictures that conversations send, by the names that their scripts use; the document check of `actions_server` reads their labels."""

from tests.actions.conftest import photo
from tests.actions.families import FATHER, MOTHER, WITNESS_1, WITNESS_2, birth_letter, kk, ktp, marriage_book

GRANDMOTHER = {"nik": "3316994505600006", "nama": "MARSIH SPESIMEN", "jenis_kelamin": "PEREMPUAN"}
OTHER_FATHER = {"nik": "3316990707850007", "nama": "AGUS SPESIMEN", "jenis_kelamin": "LAKI-LAKI"}
OTHER_MOTHER = {"nik": "3316994808870008", "nama": "RINI SPESIMEN", "jenis_kelamin": "PEREMPUAN"}
OTHER_KK = [
    {"nik": OTHER_FATHER["nik"], "nama": OTHER_FATHER["nama"], "shdk": "KEPALA KELUARGA", "status_perkawinan": "KAWIN TERCATAT"},
    {"nik": OTHER_MOTHER["nik"], "nama": OTHER_MOTHER["nama"], "shdk": "ISTRI", "status_perkawinan": "KAWIN TERCATAT"},
]

PICTURES: dict[str, bytes] = {
    "kk": kk(),
    "kk_menumpang": kk(shdk=("ANAK", "MENANTU")),
    "kk_baru": kk(mark="yang baru"),
    "ktp_ayah": ktp(FATHER),
    "ktp_ayah_baru": ktp(FATHER, mark="foto kedua"),
    "ktp_ibu": ktp(MOTHER),
    "ktp_ibu_belum_kawin": ktp(MOTHER, "BELUM KAWIN"),
    "ktp_nenek": ktp(GRANDMOTHER),
    "ktp_saksi_1": ktp(WITNESS_1),
    "ktp_saksi_2": ktp(WITNESS_2),
    "ktp_tanpa_nama": photo("ktp", "officer", mark="tak terbaca"),
    "surat_lahir": birth_letter(),
    "surat_lahir_bernama": birth_letter(nama_anak="SITI AMINAH"),
    "surat_lahir_tanpa_tanggal": photo(
        "surat_kelahiran", nama_ibu=MOTHER["nama"], nama_ayah=FATHER["nama"], jenis_kelamin="PEREMPUAN", mark="tanpa tanggal"
    ),
    "buku_nikah": marriage_book(),
    "sptjm_kelahiran": photo("sptjm_kelahiran", nama=FATHER["nama"]),
    "sptjm_pasutri": photo("sptjm_pasutri", nama=FATHER["nama"]),
    "kk_buram": photo("kk", "retake", ("BLUR",)),
    "kk_buram_2": photo("kk", "retake", ("BLUR",), mark="2"),
    "kk_buram_3": photo("kk", "retake", ("BLUR",), mark="3"),
    "ktp_silau": photo("ktp", "retake", ("GLARE",), **FATHER),
    "dua_dokumen": photo("ktp", "retake", ("MULTIPLE_DOCUMENTS",), mark="dua"),
    "kucing": photo("none", "retake", ("NO_DOCUMENT",)),
    "sim": photo("other"),
    "rusak": b"bukan gambar",
    "pdf_30_halaman.pdf": photo("kk", "retake", ("FILE_SIZE",)),
    "kk.pdf": kk(mark="pdf"),
    "kk_keluarga_lain": photo("kk", no_kk="3316990202210009", kepala_keluarga=OTHER_FATHER["nama"], anggota=OTHER_KK),
    "ktp_ayah_lain": ktp(OTHER_FATHER),
    "surat_lahir_lain": birth_letter(nama_ibu=OTHER_MOTHER["nama"], nama_ayah=OTHER_FATHER["nama"], mark="lain"),
    "buku_nikah_lain": marriage_book(suami=OTHER_FATHER["nama"], istri=OTHER_MOTHER["nama"], mark="lain"),
}

ALBUM = ("kk", "ktp_ayah", "ktp_saksi_1", "ktp_saksi_2", "surat_lahir", "buku_nikah")
"""All that a married couple with both papers sends."""
