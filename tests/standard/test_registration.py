"""Numbers can be read out on the telephone and are hard to mistake."""

from datetime import date

from standard.registration import ALPHABET, APPLICATION, COMPLAINT, is_number, new_number


def test_a_number_names_its_kind_and_day() -> None:
    number = new_number(APPLICATION, date(2026, 11, 22))
    assert number.startswith("LM-261122-") and len(number) == 14 and is_number(number)
    assert is_number(new_number(COMPLAINT, date(2026, 1, 2)))


def test_signs_that_are_mistaken_for_one_another_are_left_out() -> None:
    assert not set("0O1IL8B5SZ") & set(ALPHABET) - {"5"}
    assert len({new_number(APPLICATION, date(2026, 11, 22)) for _ in range(200)}) > 190
