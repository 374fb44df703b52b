"""One of offered choices, by number, label or own words."""

import pytest

from intake.reading import Choice, read_choice, read_position

REPORTER = (
    Choice("ayah", "Ayah", ("bapak", "bapake", "suami")),
    Choice("ibu", "Ibu", ("mama", "istri")),
    Choice("lain", "Orang lain", ("keluarga lain", "bidan", "mbah", "tetangga")),
)
CARD = (
    Choice("kepala_istri", "Kepala keluarga & istri", ("suami istri",)),
    Choice("anak_menantu", "Anak & menantu", ("ikut mertua", "nunut mertua")),
    Choice("tidak", "Tidak tercatat", ("beda kk", "kk pisah")),
)
TWINS = (Choice("tunggal", "Tunggal"), Choice("kembar_2", "Kembar 2"), Choice("kembar_3", "Kembar 3"), Choice("kembar_4", "Kembar 4"))
CONFIRM = (Choice("ya", "Ya, sudah benar"), Choice("tidak", "Ada yang salah"), Choice("belum", "Nanti dulu"))

SECOND = """
2 | no 2 | no. 2 | nomor 2 | nomer 2 | No.2 | nmr 2 | yang kedua | yg ke 2 | yang nomor dua | loro | kalih | nomer loro | nomer kalih bu
| 2️⃣ | ２ | 2 pak | pilih 2 | opsi 2 | pilihan ke-2 | sing loro | ingkang kalih | dua | 2. | (2) | kaping kalih | ibu | Ibu | IBU | ibuu
| ibunya | ibune | saya ibunya | kulo ibuke | mama | istri | ibu pak
"""
OTHERS = {
    "ayah": "bapak | bapake | kulo bapake | 1 | ayahnya | setunggal | pertama | siji",
    "lain": "orang lain | orng lain | bu bidan | tiga | telu | tigo | mbahe | nomer telu",
    None: "4 | 0 | 12 | ayah ibu | bukan ibu | dudu ibune | apa bedanya? | siapa saja boleh | | ya",
}


@pytest.mark.parametrize("text", SECOND.split("|"))
def test_a_choice_is_read_by_number_label_or_own_words(text: str) -> None:
    assert read_choice(text, REPORTER) == "ibu"


@pytest.mark.parametrize(("text", "wanted"), [(text, wanted) for wanted, texts in OTHERS.items() for text in texts.split("|")])
def test_a_choice_is_none_where_several_or_none_is_meant(text: str, wanted: str | None) -> None:
    assert read_choice(text, REPORTER) == wanted


def test_a_long_story_is_no_choice() -> None:
    story = "ayah atau ibu sama saja kan pak yang penting anaknya terdaftar secepatnya karena mau dipakai daftar bpjs minggu depan"
    assert read_choice(story, REPORTER) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kepala keluarga dan istri", "kepala_istri"),
        ("kepala keluarga & istri", "kepala_istri"),
        ("suami istri", "kepala_istri"),
        ("anak dan menantu", "anak_menantu"),
        ("anak karo mantu", None),
        ("nunut mertua bu", "anak_menantu"),
        ("tidak", "tidak"),
        ("mboten", "tidak"),
        ("tdk tercatat", "tidak"),
        ("kk pisah", "tidak"),
    ],
)
def test_labels_are_read_with_their_slips_and_joining_words(text: str, wanted: str | None) -> None:
    assert read_choice(text, CARD) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("2", "kembar_2"), ("kembar 3", "kembar_3"), ("kembar3", "kembar_3"), ("tunggal", "tunggal"), ("kembar", None), ("1", "tunggal")],
)
def test_a_number_that_is_part_of_a_label_belongs_to_the_label(text: str, wanted: str | None) -> None:
    assert read_choice(text, TWINS) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *((text, "ya") for text in ("ya", "nggih leres", "👍", "betul bu", "1", "sampun leres")),
        *((text, "tidak") for text in ("salah", "mboten", "2", "klentu bu")),
        *((text, "belum") for text in ("dereng", "durung", "3")),
        *((text, None) for text in ("tidak apa-apa", "ya tapi namanya salah", "mboten nopo-nopo", "berapa lama jadinya?")),
    ],
)
def test_choices_called_yes_and_no_take_every_yes_and_no(text: str, wanted: str | None) -> None:
    assert read_choice(text, CONFIRM) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("2", 2), ("nomor 2", 2), ("no. 2", 2), ("yang kedua", 2), ("2️⃣", 2), ("sing telu", 3), ("ingkang kaping tiga", 3), ("dua belas", 12)],
)
def test_a_place_in_a_list_is_read(text: str, wanted: int) -> None:
    assert read_position(text) == wanted


@pytest.mark.parametrize("text", ["2 anak", "", "kk", "saya pilih yang mana ya bingung"])
def test_what_is_no_place_in_a_list_is_none(text: str) -> None:
    assert read_position(text) is None
