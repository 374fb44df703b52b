"""A name is found on a paper though its cell breaks it, and a longer name is another one, whichever way it is broken."""

import pytest

from backoffice.delivery.comparing import Expected, missing, says

NUMBER = "3316990101260001"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("RAFFA ADITYA", True), ("RAFFA ADITIA", False), ("3 RAFFA ADITYA 3316994811260003 LAKI-LAKI", True), ("RAFFA\nADITYA", True),
        ("RAFFA ADITYA\nPUTRA", False),
        ("RAFFA ADITYA PUTRA", False), ("PUTRA\nRAFFA ADITYA", False), ("RAFFA ADITYA\nLAKI-LAKI", True),
    ],
)  # fmt: skip
def test_a_name_stands_or_does_not(line, found):
    assert ("name_missing" not in missing(Expected(NUMBER, ("RAFFA ADITYA",)), [[NUMBER, line]])) == found


def test_a_second_reader_of_whole_rows_does_not_speak_for_a_name_that_goes_on_below():
    first, second = [NUMBER, "RAFFA ADITYA\nPUTRA"], [NUMBER, "3 RAFFA ADITYA 3316994811260003 LAKI-LAKI", "PUTRA"]
    assert missing(Expected(NUMBER, ("RAFFA ADITYA",)), [first, second]) == {"name_missing"}


def test_the_text_of_a_table_may_have_other_cells_between_the_halves_of_a_name_but_no_other_name():
    expected = Expected(NUMBER, ("RAFFA ADITYA PUTRA",))
    assert says(expected, f"{NUMBER} RAFFA ADITYA 3316994811260003 LAKI-LAKI PUTRA")
    assert not says(expected, f"{NUMBER} RAFFA ADITIA 3316994811260003 LAKI-LAKI PUTRA")
