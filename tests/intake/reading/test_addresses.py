"""Addresses with RT and RW, desa and kecamatan, as parents in Blora type them."""

import pytest

from intake.reading import read_address

ADDRESSES = [
    ("Dk. Nglawiyan RT 2 RW 3 desa Karangjati kec. Blora", "002", "003", "KARANGJATI", "BLORA"),
    ("rt 02/03 ds tempellemahbang kec jepon", "002", "003", "TEMPELLEMAHBANG", "JEPON"),
    ("rt02rw03 desa Sumber kecamatan Kradenan Blora", "002", "003", "SUMBER", "KRADENAN"),
    ("RT/RW 2/3, Ds. Doplang, Kec. Jati, Kab. Blora", "002", "003", "DOPLANG", "JATI"),
    ("RT. 002 / RW. 003 Kel. Balun Kec. Cepu", "002", "003", "BALUN", "CEPU"),
    ("Jl. Pemuda no 12 Cepu", None, None, None, "CEPU"),
    ("jalan diponegoro gang 3 no 5 cepu blora", None, None, None, "CEPU"),
    ("desa Bangsri rt 1 rw 1 jepon", "001", "001", "BANGSRI", "JEPON"),
    ("rt loro rw telu deso wado kecamatan kedungtuban", "002", "003", "WADO", "KEDUNGTUBAN"),
    ("Ds Wado\nRT 4 RW 2\nKec Kedungtuban", "004", "002", "WADO", "KEDUNGTUBAN"),
    ("dukuh ngampon rt 10 rw 11 desa jurangjero kec. bogorjo", "010", "011", "JURANGJERO", "BOGOREJO"),
    ("ds. sumberagung kec. banjarjo", None, None, "SUMBERAGUNG", "BANJAREJO"),
    ("desa kutukan, randublatung, blora, jawa tengah 58382", None, None, "KUTUKAN", "RANDUBLATUNG"),
    ("kel. mlangsen rt 3 rw 4 kec. blora kab. blora", "003", "004", "MLANGSEN", "BLORA"),
    ("Perum Karangjati Indah blok C 12 Blora", None, None, None, None),
    ("rt 5 rw 6 ds Ngraho kec Kedungtubn", "005", "006", "NGRAHO", "KEDUNGTUBAN"),
    ("desa kalisari rt 4", "004", None, "KALISARI", None),
    ("kulo ngajeng masjid dk. kedungwaru rt 01 rw 05 ds kunduran kec kunduran nggih pak", "001", "005", "KUNDURAN", "KUNDURAN"),
    ("griyo kulo desa sambongrejo kec. sambong rt setunggal rw kalih", "001", "002", "SAMBONGREJO", "SAMBONG"),
]
NO_ADDRESS = """
| rumah | ya | sama dengan kk | podo karo kk | omahku cedak masjid | dikirim kemana? | sesuai ktp saja bu | 3 feb 2024 | blora
| saya mau tanya soal biaya | desa | rt rw desa?
"""


@pytest.mark.parametrize(("text", "rt", "rw", "desa", "kecamatan"), ADDRESSES)
def test_an_address_is_read_with_what_stands_in_it(
    text: str, rt: str | None, rw: str | None, desa: str | None, kecamatan: str | None
) -> None:
    found = read_address(text)
    assert found is not None
    assert (found.rt, found.rw, found.desa, found.kecamatan) == (rt, rw, desa, kecamatan)


@pytest.mark.parametrize("text", NO_ADDRESS.split("|"))
def test_what_is_no_address_is_asked_again(text: str) -> None:
    assert read_address(text) is None


def test_an_address_of_several_lines_becomes_one() -> None:
    found = read_address("Ds  Wado ,\n RT 4 RW 2\n\nKec Kedungtuban.")
    assert found is not None
    assert found.text == "Ds Wado, RT 4 RW 2, Kec Kedungtuban"
