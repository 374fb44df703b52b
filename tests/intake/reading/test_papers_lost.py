"""A paper that is lost, pawned or not fetched yet is asked for itself; one that somebody has is there."""

from datetime import UTC, date, datetime

import pytest

from intake.drafts.model import Draft
from intake.questions.papers import CONDITIONS, read_has, read_papers
from intake.questions.question import NOTHING, Said
from intake.questions.volunteered import volunteered
from intake.reading.papers import BOOK, LETTER, read_papers_said
from standard.kinds import Item

DRAFT = Draft(contact="c", created_at=datetime(2026, 11, 30, tzinfo=UTC), updated_at=datetime(2026, 11, 30, tzinfo=UTC), agreed=True)


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
        ("semua ada kecuali buku nikah", True, False),
        ("komplit kabeh ono kajawi surat lahir", False, True),
        ("kabeh enek, mung surat bidane sing ilang", None, True),
        ("surat lahir ada, buku nikah ada tapi punya mbah", True, None),
        ("surat lahir masih ditahan rs, buku nikah ada", None, True),
        ("buku nikah ada tapi fotokopian, surat lahir ada", True, None),
        ("surat nikah dari gereja saja belum didaftarkan, surat bidan ada", True, None),
        ("surat lahir gak ada masalah, buku nikah ada", None, True),
    ],
)
def test_each_paper_is_told_by_its_own_words(text: str, letter: bool | None, book: bool | None) -> None:
    stated = read_papers_said(text, by_sign=True).stated
    assert (stated.get(LETTER), stated.get(BOOK)) == (letter, book)


@pytest.mark.parametrize(
    "text",
    ["gak ada masalah", "tidak apa apa pak", "ada tapi punya bapak saya", "masih ditahan rumah sakit", "dereng, mangke sonten dipundhut",
     "nggone kakange enek, nggone iki ora", "gak ketemu pak dicari ke mana-mana"],
)  # fmt: skip
@pytest.mark.parametrize("item", list(CONDITIONS))
def test_what_leaves_open_whether_the_family_has_a_paper_is_asked_again(item: Item, text: str) -> None:
    assert read_has(item)(Said(text, date(2026, 11, 30), ()), DRAFT, 0) is NOTHING


@pytest.mark.parametrize("text", ["KK sama KTP ada lengkap", "gak ada masalah", "punya bapak saya ada", "masih diproses semua"])
def test_what_says_nothing_of_the_two_papers_is_asked_again(text: str) -> None:
    assert read_papers(Said(text, date(2026, 11, 30), ()), DRAFT, 0) is NOTHING


def test_where_a_paper_comes_from_is_nobody_who_helped_at_the_birth() -> None:
    told = [
        volunteered(Said(text, date(2026, 11, 30), ()), DRAFT)
        for text in ("surat lahir dr rsud ada", "surat dari bu bidan ada, anak saya L")
    ]
    assert all("penolong" not in one.facts.get(0, {}) for one in told)
    assert volunteered(Said("surat lahir dr rsud ada, lahirnya ditolong bidan", date(2026, 11, 30), ()), DRAFT).facts[0]["penolong"]
