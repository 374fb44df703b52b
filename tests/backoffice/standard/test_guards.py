"""Who may do what where: the whole table of roles, transitions and stages, written down a second time by hand."""

import pytest

from standard import roles, stages
from standard.stages import Refused, take

DRAFTS = {"draf", "verifikasi", "persetujuan_kabid", "persetujuan_kadis"}
BEFORE_SENDING = {"diterima", "dikembalikan", "lengkap", "penerbitan"} | DRAFTS
KIA = {"kia_cetak", "kia_kirim", "kia_antar", "koreksi", "selesai"}
ALLOWED = {
    "dokumen_benar": ({"petugas"}, {"diterima"}),
    "dokumen_salah": ({"petugas"}, {"diterima"}),
    "kk_lama": ({"petugas", "operator"}, {"diterima", "lengkap", "draf"}),
    "kk_terbaru": ({"petugas", "operator"}, {"diterima", "lengkap", "draf"}),
    "kembalikan_berkas": ({"petugas"}, {"diterima"}),
    "lengkap": ({"petugas"}, {"diterima"}),
    "tolak": ({"petugas", "supervisor"}, {"diterima", "dikembalikan", "lengkap"}),
    "cetak_berkas": ({"operator"}, {"lengkap", "draf"}),
    "siak_diinput": ({"operator"}, {"lengkap"}),
    "nomor_diperbaiki": ({"operator", "supervisor"}, DRAFTS),
    "nomor_diperbaiki_akhir": ({"operator", "supervisor"}, {"penerbitan"} | KIA),
    "data_diperbaiki": ({"petugas", "operator", "supervisor"}, {"diterima", "dikembalikan", "lengkap"}),
    "data_diperbaiki_draf": ({"operator", "supervisor"}, DRAFTS | {"penerbitan"}),
    "data_diperbaiki_akhir": ({"petugas", "operator", "supervisor"}, KIA - {"selesai"}),
    "pesan_dibaca": ({"petugas", "operator", "operator_kia", "supervisor"}, set(stages.stages())),
    "lanjutkan_proses": ({"petugas", "operator", "supervisor"}, BEFORE_SENDING),
    "pemohon_menulis": (set(), set(stages.stages())),
    "pemohon_menahan": (set(), BEFORE_SENDING),
    "pemohon_membuka": (set(), KIA - {"koreksi"}),
    "buka_kembali": ({"petugas", "operator", "supervisor"}, KIA - {"koreksi"}),
    "batal_kembalikan": ({"petugas", "supervisor"}, {"dikembalikan"}),
    "batal_tutup": ({"petugas", "supervisor"}, {"ditolak"}),
    "tutup_koreksi": ({"petugas", "operator", "supervisor"}, {"koreksi"}),
    "tarik_paraf_kk": ({"kasi_identitas"}, {"verifikasi", "persetujuan_kabid"}),
    "tarik_paraf_akta": ({"kasi_kelahiran"}, {"verifikasi", "persetujuan_kabid"}),
    "tarik_setuju_kk": ({"kabid_yandafduk"}, {"persetujuan_kabid", "persetujuan_kadis"}),
    "tarik_setuju_akta": ({"kabid_yancapil"}, {"persetujuan_kabid", "persetujuan_kadis"}),
    "tarik_setuju_kadis": ({"kepala_dinas"}, {"penerbitan"}),
    "nik_dicatat": ({"operator", "operator_kia", "supervisor"}, DRAFTS | {"penerbitan"} | KIA),
    "kembali_ke_petugas": ({"operator"}, {"lengkap", "draf"}),
    "unggah_draf_kk": ({"operator"}, DRAFTS),
    "unggah_draf_akta": ({"operator"}, DRAFTS),
    "ajukan_verifikasi": ({"operator"}, {"draf"}),
    "paraf_kk": ({"kasi_identitas"}, {"verifikasi"}),
    "paraf_akta": ({"kasi_kelahiran"}, {"verifikasi"}),
    "kembalikan_draf_kk": ({"kasi_identitas"}, {"verifikasi"}),
    "kembalikan_draf_akta": ({"kasi_kelahiran"}, {"verifikasi"}),
    "setuju_kk": ({"kabid_yandafduk"}, {"persetujuan_kabid"}),
    "setuju_akta": ({"kabid_yancapil"}, {"persetujuan_kabid"}),
    "kabid_kembalikan_kk": ({"kabid_yandafduk"}, {"persetujuan_kabid"}),
    "kabid_kembalikan_akta": ({"kabid_yancapil"}, {"persetujuan_kabid"}),
    "setuju_kadis": ({"kepala_dinas"}, {"persetujuan_kadis"}),
    "kadis_kembalikan": ({"kepala_dinas"}, {"persetujuan_kadis"}),
    "unggah_final_kk": ({"operator"}, {"penerbitan"}),
    "unggah_final_akta": ({"operator"}, {"penerbitan"}),
    "kirim_dokumen": ({"operator"}, {"penerbitan"}),
    "kirim_ulang": ({"operator", "supervisor"}, KIA),
    "pdf_ditahan": (set(), KIA),
    "pdf_diberikan": (set(), KIA),
    "pdf_diserahkan": ({"petugas", "supervisor"}, KIA),
    "pdf_belum_diserahkan": ({"petugas", "supervisor"}, KIA - {"selesai"}),
    "izinkan_final": ({"supervisor", "kabid_yandafduk", "kabid_yancapil"}, {"penerbitan"} | KIA),
    "tarik_izin_final": ({"supervisor", "kabid_yandafduk", "kabid_yancapil"}, {"penerbitan"} | KIA),
    "tarik_final_kk": ({"operator", "supervisor"}, KIA),
    "tarik_final_akta": ({"operator", "supervisor"}, KIA),
    "kia_dicetak": ({"operator_kia"}, {"kia_cetak"}),
    "kia_dikirim": ({"operator_kia"}, {"kia_kirim"}),
    "kia_diterima": ({"operator_kia"}, {"kia_antar"}),
    "kia_alamat": ({"operator_kia", "supervisor"}, {"kia_cetak", "kia_kirim"}),
    "resi_diperbaiki": ({"operator_kia", "supervisor"}, {"kia_antar"}),
    "kia_cetak_ulang": ({"operator_kia", "supervisor"}, {"kia_kirim", "kia_antar"}),
    "pemohon_menerima": (set(), {"kia_antar"}),
    "ktp_dicetak": ({"operator_kia"}, {"kia_cetak", "kia_kirim", "kia_antar"}),
    "ktp_dikirim": ({"operator_kia"}, {"kia_kirim", "kia_antar"}),
    "ktp_diserahkan": ({"operator_kia"}, {"kia_kirim", "kia_antar"}),
    "ktp_cetak_ulang": ({"operator_kia", "supervisor"}, {"kia_cetak", "kia_kirim", "kia_antar"}),
    "kia_belum_diterima": ({"operator_kia", "supervisor"}, {"kia_antar", "koreksi"}),
    "berkas_dilengkapi": (set(), {"dikembalikan"}),
}


def test_every_transition_is_in_the_table():
    assert set(ALLOWED) == set(stages.transitions())


@pytest.mark.parametrize("transition", ALLOWED)
@pytest.mark.parametrize("role", roles.roles())
def test_each_role_may_do_what_the_table_says_and_nothing_else(transition, role):
    may, at = ALLOWED[transition]
    ready = frozenset(stages.transitions()[transition].needs)
    for stage in stages.stages():
        expected = 403 if role not in may else 200 if stage in at else 409
        try:
            take(transition, stage, ready, [role])
            answered = 200
        except Refused as refused:
            answered = refused.status
        assert answered == expected, f"{role} {transition} at {stage}"


def test_inspektorat_and_the_complaints_desk_change_no_case():
    for role in ("inspektorat", "petugas_pengaduan"):
        assert not any(role in row.roles for row in stages.transitions().values())
