"""Texts become values only where they surely are."""

from datetime import date

import pytest

from documents.fields import values
from documents.ocr import words


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("BLORA, 12-04-1992", [date(1992, 4, 12)]),
        ("KAMIS, 5 NOVEMBER 2026", [date(2026, 11, 5)]),
        ("5 Nopember 2026", [date(2026, 11, 5)]),
        ("16 0KTOBER 2025", [date(2025, 10, 16)]),
        ("01/02/2020", [date(2020, 2, 1)]),
        ("31-02-2020", []),
        ("3316995204920003", []),
        ("12-04-1892", []),
    ],
)
def test_dates_are_found_and_impossible_ones_left_out(text: str, days: list[date]) -> None:
    assert values.dates_in(text) == days


@pytest.mark.parametrize(
    ("text", "expected"), [("SITI RAHAYU", "SITI RAHAYU"), ("MOH.ALI", "MOH. ALI"), ("R4TNA", None), ("-", None), ("NUR'AINI", "NUR'AINI")]
)
def test_a_name_has_no_figures(text: str, expected: str | None) -> None:
    assert values.name(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("BELUM KAVVIN", "BELUM KAWIN"), ("KAWIN", "KAWIN"), ("CERAI MATI", "CERAI MATI"), ("XQZ", None)]
)
def test_a_word_of_a_fixed_list_forgives_a_letter(text: str, expected: str | None) -> None:
    assert values.one_of(text, values.KTP_STATUS) == expected


@pytest.mark.parametrize(
    ("text", "phrase", "there"),
    [
        ("KARTU KELUARGA", "KARTU KELUARGA", True),
        ("KARTUKELUARGA", "KARTU KELUARGA", True),
        ("Status Perkawinan : KAWIN", "AKTA PERKAWINAN", False),
        ("Kabin", "bin", False),
        ("2. bin", "bin", True),
        ("TernpatTgl Lahir", "Tempat/Tgl Lahir", True),
    ],
)
def test_a_phrase_is_found_though_misread_and_only_where_it_stands(text: str, phrase: str, there: bool) -> None:
    assert words.holds(text, phrase) is there


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("Nama : SITI", "nama", "SITI"),
        ("NamaSITI", "nama", "SITI"),
        ("Narna", "nama", ""),
        ("NAMARIA", None, ""),
        (": Nama", None, ""),
        ("Jam / Time : 04.30", "jam", "04.30"),
    ],
)
def test_a_line_is_split_into_its_label_and_its_value(text: str, key: str | None, value: str) -> None:
    split = words.split_label(text, {"nama": ("Nama",), "jam": ("Jam",)})
    assert (split.label if split else None) == key
    if split:
        assert text[split.start :] == value


def test_a_date_told_with_the_words_for_month_and_year_is_read() -> None:
    assert values.dates_in("Selasa tanggal 13 bulan Oktober tahun 2026") == [date(2026, 10, 13)]
    assert values.dates_in("Hari SELASA Tgl 13 Bln 10 Thn 2026") == [date(2026, 10, 13)]


def test_the_dots_of_a_form_are_no_part_of_a_name() -> None:
    assert values.person("Arka Maulana Putra ......") == "ARKA MAULANA PUTRA"
    assert values.person("Siti Aisyah / 28 th") == "SITI AISYAH"
    assert values.person("Irfan Susilo.") == "IRFAN SUSILO"
    assert values.person("dr. Rina, S.Ked.") == "DR. RINA, S. KED."


def test_names_whose_ij_looks_like_u_are_given_as_they_are_spelt() -> None:
    assert [values.name(text) for text in ("ATHALLAH WUAYA", "SITI KHADUAH", "TUKUO", "GUO", "DUALIS")] == [
        "ATHALLAH WIJAYA", "SITI KHADIJAH", "TUKIJO", "GUO", "DUALIS",
    ]  # fmt: skip


def test_a_piece_of_a_sentence_is_no_name() -> None:
    assert values.person("ANAKRAT KETERANGAN INI DIBUAT UNTUK DIPERGUNAKAN") is None
