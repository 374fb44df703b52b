"""Mistakes that people make in the files of a pack: the file, what stood there, what was written, and what has to be told.

The fault is told at the line of what was written, unless `line_of` names other words of the file.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    file: str
    old: str
    new: str
    told: str
    line_of: str = ""


REQUIREMENTS, DEADLINES, STAGES = "standard/requirements.yml", "standard/deadlines.yml", "standard/stages.yml"
ROLES, REASONS, OFFICE, PLACES = "standard/roles.yml", "standard/return_reasons.yml", "standard/office.yml", "standard/places.yml"
COMPLAINTS, F201, SHEETS, NAMES = "standard/complaints.yml", "standard/f201.yml", "standard/sheets.yml", "standard/names.yml"
SENSITIVE, BIRTH_FORM = "standard/sensitive.yml", "standard/birth_form.yml"
OPENING, DAILY = "responses/opening.yml", "staff/daily.yml"

MISTAKES = [
    # requirements
    Mistake(REQUIREMENTS, "ktp_saksi: wajib", "ktp_saski: tidak", "Did you mean 'ktp_saksi'?"),
    Mistake(REQUIREMENTS, "ktp_saksi: wajib", "ktp_saksi: Wajib", "Allowed: wajib, tidak."),
    Mistake(REQUIREMENTS, "ktp_saksi: wajib", "ktp_saksi: no", "without quotes YAML reads"),
    Mistake(REQUIREMENTS, "  ktp_saksi: wajib\n", "", "'ktp_saksi' is missing", "ktp_orang_tua: belum_kawin"),
    Mistake(REQUIREMENTS, "retakes: 2", "retakes: dua", "Allowed: a whole number"),
    Mistake(REQUIREMENTS, "retakes: 2", "retakes: -1", "Allowed: 0 to 9."),
    Mistake(REQUIREMENTS, "draft_days: 30", "draft_days: 0", "Allowed: 1 to 366."),
    Mistake(REQUIREMENTS, "item: ktp_ayah", "item: ktp_bapak", "'ktp_bapak' is not allowed"),
    Mistake(REQUIREMENTS, "item: sptjm_pasutri", "item: surat_nikah", "stands there twice"),
    Mistake(REQUIREMENTS, "{ada_surat_kelahiran: true}", "{ada_surat_lahir: true}", "There is no condition 'ada_surat_lahir'."),
    Mistake(REQUIREMENTS, "{ada_surat_kelahiran: true}", "{ada_surat_kelahiran: ya}", "Allowed: true, false, null."),
    Mistake(REQUIREMENTS, "{setting_ktp_saksi: wajib}", "{setting_ktp_saksi: Wajib}", "'Wajib' is no value of setting_ktp_saksi"),
    Mistake(REQUIREMENTS, "form: F-2.03", "form: F2.03", "no code of a form"),
    Mistake(REQUIREMENTS, "  retakes: 2\n", "\tretakes: 2\n", "This is not YAML"),
    # deadlines
    Mistake(DEADLINES, '4: ["07:00", "14:30"]', '4: ["07.30", "14:30"]', "no time of day"),
    Mistake(DEADLINES, '4: ["07:00", "14:30"]', "4: [07:00, 14:30]", 'Write "14:30".'),
    Mistake(DEADLINES, '4: ["07:00", "14:30"]', '4: ["07:00", 16:00]', 'Write "16:00".'),
    Mistake(DEADLINES, '4: ["07:00", "14:30"]', '4: ["14:30", "07:00"]', "first the opening"),
    Mistake(DEADLINES, '4: ["07:00", "14:30"]', '7: ["07:00", "14:30"]', "Allowed: 0 to 6."),
    Mistake(DEADLINES, '4: ["07:00", "14:30"]', '4: ["07:00"]', "Allowed: two"),
    Mistake(DEADLINES, "also_closed: []", 'also_closed: ["24-12-2026"]', "no day"),
    Mistake(DEADLINES, "count: clock", "count: clok", "Did you mean 'clock'?"),
    Mistake(DEADLINES, "  hours: 24\n", "  hours: 24\n  hours: 48\n", "stands there twice", "hours: 48"),
    Mistake(DEADLINES, "warn_hours_before: 4", "warn_hours_before: 40", "Allowed: less than hours.", "hours: 24"),
    Mistake(DEADLINES, "stage_near: 0.75", "stage_near: 75%", "no number"),
    Mistake(DEADLINES, "stage_near: 0.75", "stage_near: 1.75", "near before late", "stage_near"),
    Mistake(DEADLINES, "first_reply: 3", "first_reply: 30", "the reply before the answer", "first_reply"),
    # stages
    Mistake(STAGES, "done_when: [siak_diinput]", "done_when: [siak_diimput]", "Did you mean 'siak_diinput'?"),
    Mistake(STAGES, "next: penerbitan", "next: terbit", "There is no stage 'terbit'."),
    Mistake(STAGES, "    next: draf\n", "", "only one of done_when and next", "id: lengkap"),
    Mistake(STAGES, "to: verifikasi, task: true", "to: verivikasi, task: true", "Did you mean 'verifikasi'?"),
    Mistake(
        STAGES,
        "roles: [kasi_identitas], at: [verifikasi], unless: [paraf_kk], gives",
        "roles: [kasi_identity], at: [verifikasi], unless: [paraf_kk], gives",
        "Did you mean 'kasi_identitas'?",
    ),
    Mistake(STAGES, "unless: [kia_dicetak]", "unless: [kia_dicetaak]", "Did you mean 'kia_dicetak'?"),
    Mistake(STAGES, "notice: berkas_diterima", "notice: berkas_di_terima", "Did you mean 'berkas_diterima'?"),
    Mistake(STAGES, "clock: stopped", "clock: stop", "Allowed: running, stopped, ended."),
    Mistake(STAGES, "gives: [setuju_kadis]", "gives: [setuju_kadin]", "the fact 'setuju_kadis'", "done_when: [setuju_kadis]"),
    Mistake(STAGES, "track: semua", "track: semuanya", "Allowed: kk, akta, semua."),
    Mistake(STAGES, "needs: [semua_benar]", "needs: [semua_betul]", "There is no transition that gives the fact 'semua_betul'."),
    Mistake(STAGES, "second_person: true", "second_person: ya", "Allowed: true or false."),
    Mistake(STAGES, "minutes: 8", "minutes: 8 menit", "Allowed: a whole number"),
    Mistake(STAGES, "{id: paraf_akta, label", "{id: paraf_kk, label", "stands there twice"),
    # roles
    Mistake(
        ROLES,
        "    superior: supervisor\n    permissions: [lihat_permohonan, cari, balas_pemohon]\n  - id: operator\n",
        "    superior: suppervisor\n    permissions: [lihat_permohonan, cari, balas_pemohon]\n  - id: operator\n",
        "Did you mean 'supervisor'?",
        "suppervisor",
    ),
    Mistake(ROLES, "  - id: supervisor\n", "  - id: penyelia\n", "'supervisor' is missing here", "- id: petugas"),
    Mistake(ROLES, "permissions: [kelola_staf]", "permissions: [kelola_staff]", "Did you mean 'kelola_staf'?"),
    Mistake(ROLES, "permissions: [kelola_staf]", "permissions: []", "No role has the permission 'kelola_staf'.", "- id: petugas"),
    Mistake(ROLES, "  - id: operator_kia\n", "  - id: operator\n", "stands there twice"),
    Mistake(ROLES, "    guarded: true\n    alone: true", "    guarded: yes please\n    alone: true", "Allowed: true or false."),
    # reasons
    Mistake(REASONS, "code: silau, label: Silau", "code: buram, label: Silau", "stands there twice"),
    Mistake(REASONS, "items: [ktp_saksi_1, ktp_saksi_2]", "items: [ktp_saksi_1, ktp_saksi2]", "Did you mean 'ktp_saksi_2'?"),
    Mistake(REASONS, "note: true, sentence: \"Ada data", "note: ya, sentence: \"Ada data", "Allowed: true or false."),
    Mistake(
        REASONS,
        "sentence: \"Kelahiran ini sudah tercatat sebelumnya.\"",
        "sentense: \"Kelahiran ini sudah tercatat sebelumnya.\"",
        "Did you mean 'sentence'?",
    ),
    Mistake(REASONS, ", sentence: \"Kelahiran ini sudah tercatat sebelumnya.\"", "", "has no sentence", "code: sudah_tercatat"),
    Mistake(REASONS, "tarik:\n", "tarikan:\n", "Did you mean 'tarik'?", "tarikan:"),
    # the office and its places
    Mistake(OFFICE, "zona_waktu: Asia/Jakarta", "zona_waktu: WIB", "Allowed: Asia/Jakarta, Asia/Makassar, Asia/Jayapura."),
    Mistake(OFFICE, 'kode_wilayah: "33.16"', "kode_wilayah: 33.16", "Allowed: a text"),
    Mistake(OFFICE, "kantor_web: ", "kantor_web: https://", "no host"),
    Mistake(OFFICE, "kantor_telepon:", "kantor_telpon:", "Did you mean 'kantor_telepon'?"),
    Mistake(OFFICE, "awalan_pengaduan: ADU", "awalan_pengaduan: LM", "both begin with LM", "awalan_permohonan"),
    Mistake(OFFICE, "wilayah: Blora\n", "wilayah: Sukamaju\n", "SUKAMAJU (office.yml, wilayah) is missing", ""),
    Mistake(PLACES, '"33.16.02": RANDUBLATUNG', '"33.17.02": RANDUBLATUNG', "lies outside 33.16"),
    Mistake(PLACES, '"33.16.02": RANDUBLATUNG', '"33.16.02": Randublatung', "Allowed: capital letters."),
    Mistake(PLACES, '"33.16.02": RANDUBLATUNG', '"33.16.01": RANDUBLATUNG', "stands there twice"),
    Mistake(PLACES, "  TUBAN: bangilan", "  TOEBAN: bangilan", "There is no kabupaten 'TOEBAN'"),
    Mistake("standard/papers.yml", "blorakab.go.id]", "https://blorakab.go.id]", "no host"),
    # complaints, forms, sheets, words
    Mistake(COMPLAINTS, "id: pungli, label", "id: pungutan, label", "'pungli' is missing here", "- {id: lama"),
    Mistake(
        COMPLAINTS,
        "answer: field_check, restricted: true, urgent: true}\n  - {id: sikap",
        "answer: fieldcheck, restricted: true, urgent: true}\n  - {id: sikap",
        "Did you mean 'field_check'?",
    ),
    Mistake(
        COMPLAINTS,
        "label: Sikap petugas, answer: field_check, restricted: true}",
        "label: Sikap petugas, answer: field_check, restrict: true}",
        "Did you mean 'restricted'?",
    ),
    Mistake(F201, "{id: pukul, label: Pukul, type: time", "{id: pukul, label: Pukul, type: jam", "'jam' is not allowed"),
    Mistake(F201, "{id: berat, label", "{id: pukul, label", "stands there twice"),
    Mistake(F201, 'edition: "2019"', "edition: 2019", 'Write "2019".'),
    Mistake(
        BIRTH_FORM,
        "{field: kelahiran_ke,",
        "{field: kelahiran_yang_ke,",
        "There is no child's field of f201.yml 'kelahiran_yang_ke'.",
    ),
    Mistake(SHEETS, "  witness: [Saksi I, Saksi II]", "  witness: [Saksi I]", "Allowed: 2."),
    Mistake(SHEETS, "  kk: Kartu Keluarga (KK)\n", "", "'kk' is missing here", "ktp_pelapor: KTP-el pelapor"),
    Mistake(SENSITIVE, "way: go_on", "way: goon", "Allowed: officer, go_on."),
    Mistake(NAMES, "[moh, muh,", "[Moh., muh,", "no plain word"),
    # texts
    Mistake(OPENING, "Permohonan *{permohonan}* masih", "Permohonan *{pemohonan}* masih", "Did you mean 'permohonan'?"),
    Mistake(OPENING, "Permohonan *{permohonan}* masih", "Permohonan *{permohonan* masih", "a brace without its other one"),
    Mistake(OPENING, '{title: "Daftar anak lain", payload', '{title: "Daftarkan anak yang lain", payload', "WhatsApp takes at most 20"),
    Mistake(
        OPENING,
        '{title: "Daftar anak lain", payload: mulai_permohonan}',
        '{title: "Daftar anak lain", payload: cek_status}',
        "Two answers have the payload",
    ),
    Mistake(OPENING, "  utter_dilanjutkan:\n", "  utter_dilanjutken:\n", "'utter_dilanjutkan' is in none of the files"),
    Mistake(OPENING, "  utter_tidak_bersedia:\n  - text:", "  utter_tidak_bersedia:\n  - teks:", "Allowed: text, buttons.", "teks:"),
    Mistake(OPENING, '"tanggal {waktu}"', '"' + "tanggal " * 600 + '{waktu}"', "WhatsApp takes at most 4096"),
    Mistake(DAILY, "{kantor_singkat} – pengaduan", "{kantor_singkt} – pengaduan", "Did you mean 'kantor_singkat'?"),
]  # fmt: skip
