"""SPESIMEN families whose documents the fake check reads; region 331699 does not exist."""

from typing import Any

from tests.actions.conftest import photo

FATHER = {"nik": "3316990101900001", "nama": "BUDI SPESIMEN", "jenis_kelamin": "LAKI-LAKI"}
MOTHER = {"nik": "3316994202920002", "nama": "SARI SPESIMEN", "jenis_kelamin": "PEREMPUAN"}
WITNESS_1 = {"nik": "3316990303800003", "nama": "JOKO SPESIMEN", "jenis_kelamin": "LAKI-LAKI"}
WITNESS_2 = {"nik": "3316994404810004", "nama": "TUTIK SPESIMEN", "jenis_kelamin": "PEREMPUAN"}


def kk(complete: bool = True, shdk: tuple[str, str] = ("KEPALA KELUARGA", "ISTRI"), no_kk: str = "3316990101200005", **more: Any) -> bytes:
    rows = [
        {"nik": FATHER["nik"], "nama": FATHER["nama"], "shdk": shdk[0], "status_perkawinan": "KAWIN TERCATAT"},
        {"nik": MOTHER["nik"], "nama": MOTHER["nama"], "shdk": shdk[1], "status_perkawinan": "KAWIN TERCATAT"},
    ]
    return photo("kk", no_kk=no_kk, kepala_keluarga=FATHER["nama"], anggota=rows, complete=complete, **more)


def ktp(person: dict[str, str], status: str = "KAWIN", **more: Any) -> bytes:
    return photo("ktp", **{**person, "status_perkawinan": status, **more})


def birth_letter(**more: Any) -> bytes:
    return photo(
        "surat_kelahiran",
        **{"nama_ibu": "SARI SPESIMEN", "nama_ayah": "BUDI SPESIMEN", "tanggal_lahir": "2026-11-01", "jenis_kelamin": "PEREMPUAN", **more},
    )


def marriage_book(**more: Any) -> bytes:
    return photo("surat_nikah", **{"nomor": "0012/05/X/2020", "suami": "BUDI SPESIMEN", "istri": "SARI SPESIMEN", **more})


ALBUM = (kk(), ktp(FATHER), ktp(WITNESS_1), ktp(WITNESS_2), birth_letter(), marriage_book())
FACTS = "Puskesmas Blora, jam 04.30, anak ke-2, bidan, 3100 gram, 49 cm"
