"""What the program itself names in a pack: rows that must be there, facts that it works out, notices that it can tell."""

NOTICES = frozenset(
    {"berkas_diterima", "berkas_dikembalikan", "dokumen_terbit", "kia_dikirim", "kia_diterima", "permohonan_ditolak", "pesan_petugas"}
)
"""What a transition may have the applicant told."""

STAGES = frozenset({"diterima", "dikembalikan", "lengkap", "draf", "kia_cetak", "kia_kirim", "kia_antar", "selesai", "ditolak"})

TRANSITIONS = frozenset(
    {"dokumen_benar", "dokumen_salah", "kembalikan_berkas", "berkas_dilengkapi", "lengkap", "tolak", "siak_diinput", "kirim_dokumen"}
    | {"unggah_draf_kk", "unggah_draf_akta", "unggah_final_kk", "unggah_final_akta", "tarik_final_kk", "tarik_final_akta"}
    | {"setuju_kadis", "kirim_ulang", "kia_dicetak", "kia_dikirim", "kia_diterima"}
)

ROLES = frozenset({"supervisor", "administrator", "petugas_pengaduan", "operator_kia"})

CATEGORIES = frozenset(
    {"lama", "tidak_dibalas", "data_salah", "belum_diterima", "ditolak", "pungli", "sikap_petugas", "gangguan_sistem", "privasi"}
    | {"ancaman", "informasi", "saran", "minta_petugas", "hapus_data", "perbaikan", "lainnya"}
)

MOMENTS = frozenset({"lahir_mati"})
LEARNT_MOMENTS = MOMENTS | {"anak_meninggal", "anak_temuan", "orang_asing", "ibu_meninggal", "ayah_meninggal", "ibu_sendiri", "kekerasan"}
"""What is recognised (data/moments/): a moment of another name is never noticed."""

SYSTEM = frozenset(
    {"berkas_dilengkapi", "pemohon_menulis", "pemohon_menahan", "pemohon_membuka", "pemohon_menerima", "pdf_ditahan", "pdf_diberikan"}
)
"""Transitions that the program does by itself, and nobody of the staff."""

REASON_LISTS = {"dokumen_salah": "berkas", "tolak": "tutup", "kembalikan_draf_kk": "draf", "kembalikan_draf_akta": "draf"} | {
    "izinkan_final": "izin",
    "tarik_final_kk": "tarik",
    "tarik_final_akta": "tarik",
    "tutup_koreksi": "koreksi",
}
"""Transitions whose reason is read by the applicant, or counted, as one of a list of its own."""

NEVER_TOGETHER = (frozenset({"semua_benar", "ada_yang_salah"}),)
"""Facts of which one denies the other."""

COMPLAINT_STATES = frozenset({"baru", "ditugaskan", "diproses", "menunggu", "dibuka_lagi", "selesai", "ditolak", "ditutup"})
COMPLAINT_ACTS = frozenset({"tugaskan", "jawab", "tanya", "selesaikan", "tolak", "jawaban_warga", "gabung", "buka_lagi", "cabut", "tutup"})

ALWAYS_ASKED = frozenset({"kk", "ktp_pelapor"})
"""Items without which nobody knows whose case it is."""

ITEM_CONDITION = {
    "surat_kelahiran": ("ada_surat_kelahiran", True), "sptjm_kelahiran": ("ada_surat_kelahiran", False),
    "surat_nikah": ("ada_surat_nikah", True), "sptjm_pasutri": ("ada_surat_nikah", False),
}  # fmt: skip
"""Papers, and the condition without which they can't be there: an SPTJM stands in place of its paper."""

ASKED_APART = frozenset({"nama", "jenis_kelahiran"})
"""Fields of the child that the chat finds out before its questions of the form."""

PAPER_FIELDS = frozenset(
    {"alamat", "berat", "desa", "istri", "jenis_kelamin", "kecamatan", "nama", "nama_anak", "nama_ayah", "nama_ibu", "nik", "no_kk"}
    | {"panjang", "pukul", "rt_rw", "suami", "tanggal_lahir", "tempat_lahir"}
)
"""What the document check reads off papers and `same_fields.yml` may compare."""

FILLED_IN = {
    "standard/sheets.yml": {"waktu"},
    "standard/complaints.yml": {"nama", "aduan", "tanggal", "petugas"},
}
"""What the program fills into texts of the rules, besides the office's own facts, by file."""

LETTER_FIELDS = frozenset(
    {"jenis_kelamin", "tanggal_lahir", "pukul", "tempat_dilahirkan", "tempat_kelahiran", "kelahiran_ke", "penolong", "berat", "panjang"}
)
"""What a surat kelahiran may give for the child's part of F-2.01."""

HANDED_OVER = frozenset({"laman", "pin", "ringkasan"})
"""What a text of the chat exists to say (an address, the PIN, what is about to be sent): without it nobody could go on."""

ONES_OWN = (
    "kantor_alamat", "kantor_telepon", "kantor_hp", "kantor_web", "aduan_email", "aduan_twitter", "aduan_facebook",
)  # fmt: skip
"""Facts of `office.yml` that no two offices share."""

PROVINCES = {
    "11": "Aceh", "12": "Sumatera Utara", "13": "Sumatera Barat", "14": "Riau", "15": "Jambi", "16": "Sumatera Selatan", "17": "Bengkulu",
    "18": "Lampung", "19": "Kepulauan Bangka Belitung", "21": "Kepulauan Riau", "31": "Daerah Khusus Jakarta", "32": "Jawa Barat",
    "33": "Jawa Tengah", "34": "Daerah Istimewa Yogyakarta", "35": "Jawa Timur", "36": "Banten", "51": "Bali",
    "52": "Nusa Tenggara Barat", "53": "Nusa Tenggara Timur", "61": "Kalimantan Barat", "62": "Kalimantan Tengah",
    "63": "Kalimantan Selatan", "64": "Kalimantan Timur", "65": "Kalimantan Utara", "71": "Sulawesi Utara", "72": "Sulawesi Tengah",
    "73": "Sulawesi Selatan", "74": "Sulawesi Tenggara", "75": "Gorontalo", "76": "Sulawesi Barat", "81": "Maluku", "82": "Maluku Utara",
    "91": "Papua", "92": "Papua Barat", "93": "Papua Selatan", "94": "Papua Tengah", "95": "Papua Pegunungan", "96": "Papua Barat Daya",
}  # fmt: skip
"""Provinces by code (Kepmendagri 300.2.2-2430/2025)."""
