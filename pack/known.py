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

LETTER_FIELDS = frozenset(
    {"jenis_kelamin", "tanggal_lahir", "pukul", "tempat_dilahirkan", "tempat_kelahiran", "kelahiran_ke", "penolong", "berat", "panjang"}
)
"""What a surat kelahiran may give for the child's part of F-2.01."""
