"""Number words of both languages."""

import pytest

from intake.reading.numbers import number_of, read_count, with_figures
from language.phrases import words

NUMBERS = {
    "selikur": 21, "selawe": 25, "dua puluh lima": 25, "telung puluh siji": 31, "tigang dasa setunggal": 31, "sekawan likur": 24,
    "rolas": 12, "dua ribu dua puluh enam": 2026, "rong ewu rong puluh": 2020, "seratus": 100, "tiga ribu seratus": 3100, "sewelas": 11,
    "nol": 0, "007": 7, "dua dua": None, "": None, "puluh": None, "tiga kambing": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), NUMBERS.items())
def test_number_words_of_both_languages_are_one_number(text: str, wanted: int | None) -> None:
    assert number_of(words(text)) == wanted


def test_number_words_in_a_line_become_figures_and_the_rest_stays() -> None:
    assert with_figures("lahir tanggal telu februari, jam papat esuk") == "lahir tanggal 3 februari, jam 4 esuk"


@pytest.mark.parametrize("said", ["saya ibu tunggal bu", "orang tua tunggal", "ibuk tunggal"])
def test_a_single_mother_is_no_single_birth(said: str) -> None:
    assert read_count(said) is None
    assert read_count("tunggal") == 1
