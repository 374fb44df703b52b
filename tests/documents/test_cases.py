"""Papers of others that once failed are answered rightly; they lie beside a working copy of ours, not in the repository."""

from pathlib import Path
from typing import Any

import pytest

from documents import Check
from documents.reader import shared

FILES = Path(__file__).parents[3] / "shared" / "cases" / "files"
RIGHT: dict[str, dict[str, Any]] = {
    "surat-digital.pdf": {"verdict": "ok", "nama_ibu": "RETNO WULANDARI", "jenis_kelamin": "PEREMPUAN", "pukul": "04:30", "berat": 3100},
    "surat-lahir-isian-form.pdf": {"verdict": "ok", "nama_ibu": "RETNO WULANDARI", "nama_anak": "NADIA PUTRI LESTARI"},
    "ktp-alamat-dua-baris.jpg": {"verdict": "ok", "alamat": "PERUM GRIYA ASRI BLOK C NO. 12, JL. PEMUDA GANG MELATI"},
    "kk-berpin-123456.pdf": {"verdict": "retake", "quality": "file_pdf_locked"},
    "ktp-tanpa-eoi.jpg": {"verdict": "ok", "nik": "3316996102040002"},
    "surat-nama-dicoret.jpg": {"verdict": "officer", "nama_anak": None},
    "surat-lahir-mati.jpg": {"kind": "other", "quality": "other_lahir_mati"},
    "surat-pindah-skpwni.jpg": {"kind": "other", "no_kk": None},
    "ktp-cermin.jpg": {"verdict": "ok", "kind": "ktp", "nik": "3316990503960002"},
    "surat-inggris-rs.jpg": {"verdict": "ok", "kind": "surat_kelahiran", "berat": 3150, "pukul": "04:25"},
    "nikah-huruf-arab.jpg": {"verdict": "ok", "kind": "surat_nikah", "istri": "SRI LESTARI NINGRUM"},
    "ktp-emoji-wajah.jpg": {"verdict": "officer", "quality": "altered_foto"},
    "surat-blangko-kosong.jpg": {"verdict": "retake", "quality": "form_blank"},
    "catatan-hp-data-ktp.jpg": {"kind": "other", "nik": None},
    "pindai-a4-ktp_ibu.jpg": {"verdict": "ok", "nik": "3316996102040002"},
    "pindai-a4-ktp_saksi_1.jpg": {"verdict": "ok", "nik": "3316992803730001"},
    "pindai-ktp_ibu.jpg": {"verdict": "ok", "nik": "3316996102040002"},
    "pindai-ktp_saksi_1.jpg": {"verdict": "ok", "nik": "3316992803730001"},
    "pindai-ktp_saksi_2.jpg": {"verdict": "ok", "nik": "3316993005810001"},
}
"""What is right of each: a field's value (None: not given), the verdict, the kind, or a mark of `quality`."""


@pytest.mark.slow
@pytest.mark.skipif(not FILES.is_dir(), reason="the papers of others are not here")
@pytest.mark.parametrize("name", RIGHT)
def test_a_paper_that_once_failed_is_answered_rightly(name: str) -> None:
    answer: Check = shared().check((FILES / name).read_bytes())
    said = {"verdict": answer.verdict.value, "kind": answer.kind.value, **answer.fields}
    for key, value in RIGHT[name].items():
        assert value in answer.quality if key == "quality" else said.get(key) == value, key
