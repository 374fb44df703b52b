"""A message is read as a whole: its values, whom they concern, how they are meant; what is not certain is left open."""

from datetime import date

import pytest

from intake.reading.frame import Sense, read_frame
from intake.reading.several_names import read_names

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kakaknya dulu 2800 yang ini 3400 gram, perempuan", {"berat": 3400, "jenis_kelamin": "P"}),
        ("perempuan, sekarang beratnya 4 kg", {"jenis_kelamin": "P"}),
        ("bapaknya lahir 12 mei 1995, anaknya 12 november 2026", {"tanggal_lahir": "2026-11-12"}),
        ("bukan dokter tapi bidan", {"penolong": "bidan_perawat"}),
        ("ora neng RS, ora neng puskesmas, neng omahe mbahe", {"tempat_dilahirkan": "rumah"}),
        ("anak ke 3, eh ke 4 ding", {"kelahiran_ke": 4}),
        ("mau ke RSUD Cepu tapi lahir di mobil", {"tempat_dilahirkan": "lainnya"}),
        ("bojo wedok kulo sehat, anake lanang", {"jenis_kelamin": "L"}),
        ("lair mau bengi jam sewelas", {"tanggal_lahir": "2026-11-29", "pukul": "23:00"}),
        ("telung kilo kurang seket gram", {"berat": 2950}),
        ("3400/50", {"berat": 3400, "panjang": 50}),
        ("Rebo Legi jam sekawan enjing", {"tanggal_lahir": "2026-11-25", "pukul": "04:00"}),
        ("bukan perempuan", {"jenis_kelamin": "L"}),
        ("panjangnya 3100 beratnya 49 eh kewalik", {"berat": 3100, "panjang": 49}),
    ],
)
def test_what_is_said_of_the_child_is_read(text: str, said: dict[str, object]) -> None:
    assert read_frame(text, TODAY).said() == said


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("jam 7", "pukul"),
        ("31/11/2026", "tanggal_lahir"),
        ("tgl 5 apa 6 november", "tanggal_lahir"),
        ("beratnya sekitar 3 kilo", "berat"),
        ("2,8 - 3 kg", "berat"),
        ("di rumah bu bidan", "tempat_dilahirkan"),
        ("sing nulung dukun kaliyan bidan", "penolong"),
        ("lahir di semarang", "tempat_kelahiran"),
        ("besok tak tanyakan beratnya", "berat"),
        ("tanggal 1 suro", "tanggal_lahir"),
    ],
)
def test_what_may_be_two_things_is_left_open(text: str, field: str) -> None:
    frame = read_frame(text, TODAY)
    assert field not in frame.said() and field in frame.open()


def test_forgetting_one_value_says_nothing_of_another() -> None:
    unknown = [item.field for item in read_frame("bidan, beratnya lupa", TODAY).items if item.sense is Sense.UNKNOWN]
    assert unknown == ["berat"]


def test_twins_are_told_apart_by_their_names() -> None:
    frame = read_frame("husain jam 7.18 pagi 2150 gram, hasan jam 7.10 pagi 2300 gram", TODAY, ("HASAN MAULANA", "HUSAIN MAULANA"))
    assert frame.said(0) == {"pukul": "07:10", "berat": 2300}
    assert frame.said(1) == {"pukul": "07:18", "berat": 2150}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("yang pertama Hasan Maulana yang kedua Husain Maulana", ["HASAN MAULANA", "HUSAIN MAULANA"]),
        ("Adiknya Panji Laksono, kakaknya Panca Laksono", ["PANCA LAKSONO", "PANJI LAKSONO"]),
        ("Alya Rahmadani dan Alina Rahmadani bu", ["ALYA RAHMADANI", "ALINA RAHMADANI"]),
        ("1. Raka Dwi Saputra\n2. Raki Dwi Saputra", ["RAKA DWI SAPUTRA", "RAKI DWI SAPUTRA"]),
        ("Arjuna Sadewa", []),
    ],
)
def test_names_of_twins_are_parted(text: str, names: list[str]) -> None:
    found = read_names(text, 2)
    assert [found[at].official for at in sorted(found)] == names


@pytest.mark.parametrize(
    "text",
    [
        "katanya sehari jadi, ini sudah hari ke 6 akta anak sy belum ada kabar",
        "antrean online kuotanya habis terus jam 00.01 udah 0",
        "ada orang nawarin di grup fb jual beli blora, akta + KK 400rb",
        "bapak saya meninggal kemarin",
        "rumah saya jauh 45 km bu, ongkosnya itu lho",
        "petugas bilang denda kehilangan 75 ribu, ga ada kwitansi",
    ],
)
def test_a_story_of_other_things_leaves_nothing(text: str) -> None:
    assert read_frame(text, TODAY).said() == {}
