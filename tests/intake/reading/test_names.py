"""Names that come in several lines, or too long."""

from intake.reading import read_name


def test_the_name_is_taken_from_the_line_that_says_so() -> None:
    found = read_name("Nama: Siti Aminah\nLahir: 3 feb 2024\nBB: 3,1")
    assert found is not None
    assert found.official == "SITI AMINAH"


def test_lines_without_the_word_name_are_no_name() -> None:
    assert read_name("Siti Aminah\n3 feb 2024") is None


def test_a_name_too_long_for_the_register_is_read_so_that_it_can_be_told() -> None:
    found = read_name("Muhammad Nur Ramadhan Al Fatih Wicaksono Putra Pratama Jaya Kusuma")
    assert found is not None
    assert len(found.official) > 60


def test_the_name_is_kept_as_typed_too() -> None:
    found = read_name("jenenge anakku  Budi   santoso nggih bu 🙏")
    assert found is not None
    assert found.typed == "Budi santoso"
