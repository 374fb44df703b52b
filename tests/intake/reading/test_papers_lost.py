"""A paper that is lost, pawned or not fetched yet is asked for itself; one that somebody has is there."""

import pytest

from intake.reading.papers import BOOK, LETTER, read_papers_said


@pytest.mark.parametrize(
    ("text", "letter", "book"),
    [
        ("surat lahire keli banjir, buku nikah aman", None, True),
        ("buku nikah digadekke, surat bidan tak cekel", True, None),
        ("surat lahir belum diambil di klinik, buku nikah ada", None, True),
        ("surat lahir durung dijupuk, isih neng bidan", True, None),
        ("mung buku nikah, surat lahire ora diwenehi", False, True),
        ("sing ono mung KTP karo KK", False, False),
        ("ora ono sing ora ono pak", True, True),
        ("buku nikah ana, surat lahire ya ana", True, True),
        ("akta kawin ada dari capil sama surat bidan", True, True),
    ],
)
def test_each_paper_is_told_by_its_own_words(text: str, letter: bool | None, book: bool | None) -> None:
    stated = read_papers_said(text, by_sign=True).stated
    assert (stated.get(LETTER), stated.get(BOOK)) == (letter, book)
