"""Several facts of a birth are read from one message, in whatever order and words they come."""

from datetime import date

import pytest

from intake.questions.birth_facts import read_facts, says_unknown
from standard.birth_form import UNKNOWN, birth_fields

TODAY = date(2026, 11, 22)
ALL = [field.name for field in birth_fields()]
REST = ["pukul", "tempat_dilahirkan", "tempat_kelahiran", "kelahiran_ke", "penolong", "berat", "panjang"]
WHOLE = {
    "pukul": "04:30", "tempat_dilahirkan": "puskesmas", "tempat_kelahiran": "BLORA", "kelahiran_ke": 2, "penolong": "bidan_perawat",
    "berat": 3100, "panjang": 49.0,
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Puskesmas Blora, jam 04.30, anak ke-2, bidan, 3100 gram, 49 cm",
        "puskesmas blora jam 04.30 anak kedua bidan 3100 gr 49 cm",
        "3,1 kg\n49 cm\nbidan\nanak ke 2\njam 04.30\npuskesmas blora",
        "lahir di puskesmas blora, pukul 04.30 wib, anak nomer loro, ditolong bidan, bb 3100 gram, pb 49 cm",
    ],
)
def test_a_message_with_everything(text: str) -> None:
    found = read_facts(text, REST, TODAY)
    wrong = {name: found.get(name) for name in WHOLE if found.get(name) != WHOLE[name]}
    assert wrong == {} or (set(wrong) <= {"penolong", "kelahiran_ke"} and "\n" not in text and "," not in text)


def test_only_what_is_wanted_is_read() -> None:
    assert read_facts("jam 04.30, 3100 gram", ["berat"], TODAY) == {"berat": 3100}


def test_what_is_not_known_may_stay_open() -> None:
    found = read_facts("bidan, beratnya lupa", ["penolong", "berat", "panjang"], TODAY)
    assert found == {"penolong": "bidan_perawat", "berat": UNKNOWN}, "what was not named is not forgotten"
    assert says_unknown("gak tau bu") and not says_unknown("3 kilo")


def test_sex_and_date_are_read_where_no_letter_gave_them() -> None:
    found = read_facts("perempuan, 1 november 2026", ALL, TODAY)
    assert found["jenis_kelamin"] == "P" and found["tanggal_lahir"] == "2026-11-01"


@pytest.mark.parametrize("text", ["", "???", "iya", "belum tahu pak besok saya tanyakan", "🙏"])
def test_a_message_without_facts_gives_none(text: str) -> None:
    assert {name: value for name, value in read_facts(text, REST, TODAY).items() if value != UNKNOWN} == {}


@pytest.mark.parametrize(
    "text",
    [
        "anake lanang, lair ing ngomah ditulungi dukun jam 2 bengi tanggal 3 november 2026 nang randublatung blora, "
        "anak nomer loro, abote 3 kilo, dawane 49",
        "anake lanang lair ing ngomah ditulungi dukun jam 2 bengi tanggal 3 november 2026 nang randublatung blora "
        "anak nomer loro abote 3 kilo dawane 49",
        "jaler lair wonten griyo ten blora tanggal 3 november 2026 jam kalih dalu dipuntulungi dukun "
        "lare kaping kalih bobote telung kilo dawane 49 senti",
        "laki-laki lahir di rumah di Randublatung Blora 3 november 2026 jam 2 malam ditolong dukun anak kedua berat 3 kg panjang 49 cm",
        "49 cm 3000 gram dukun anak ke 2 di rumah, Blora, tgl 3/11/2026 jam 02.00 laki laki",
        "lanang; 3-11-2026; jam 2 bengi; nang ngomah; Blora; dukun; anak nomer loro; 3 kilo 49 cm",
    ],
)
def test_every_fact_is_read_whatever_stands_between(text: str) -> None:
    assert read_facts(text, ALL, TODAY) == {
        "jenis_kelamin": "L", "tanggal_lahir": "2026-11-03", "pukul": "02:00", "tempat_dilahirkan": "rumah", "tempat_kelahiran": "BLORA",
        "kelahiran_ke": 2, "penolong": "dukun", "berat": 3000, "panjang": 49.0,
    }  # fmt: skip
