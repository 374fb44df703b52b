"""The name of a parent is read without who it is, whose child, or how it is not spelled; the other parent's beside it is kept, too."""

from datetime import UTC, date, datetime

import pytest

from intake.drafts.model import Draft
from intake.questions.parent_births import read_births
from intake.questions.parents import read_parent
from intake.questions.question import Said

TODAY = date(2026, 11, 30)


def _draft() -> Draft:
    now = datetime(2026, 11, 30, tzinfo=UTC)
    return Draft(contact="c", created_at=now, updated_at=now, agreed=True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ibunya Sulastri", "SULASTRI"),
        ("kula piyambak Wagiman", "WAGIMAN"),
        ("saya sendiri, Endang Lestari", "ENDANG LESTARI"),
        ("Joko Susilo bin Noto", "JOKO SUSILO"),
        ("Siti Aminah bukan Siti Aminih", "SITI AMINAH"),
        ("nama saya sesuai ktp Suparmi", "SUPARMI"),
    ],
)
def test_only_the_name_is_read(text: str, name: str) -> None:
    assert read_parent("nama_ibu")(Said(text, TODAY), _draft(), 0) == {"nama_ibu": name}


def test_both_parents_in_one_message_are_kept_apart() -> None:
    stated = read_parent("nama_ibu")(Said("ibunya Ratna Dewi, bapaknya Purwadi", TODAY), _draft(), 0)
    assert stated == {"nama_ibu": "RATNA DEWI", "nama_ayah": "PURWADI"}


def test_a_birth_beside_the_name_is_kept() -> None:
    stated = read_parent("nama_ibu")(Said("asmanipun Ngatinah, lair Pati 4 April 1990", TODAY), _draft(), 0)
    assert stated == {"nama_ibu": "NGATINAH", "ibu_tempat_lahir": "PATI", "ibu_tanggal_lahir": "1990-04-04"}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "istriku Grobogan 4 Juni 1996, aku dhewe Kudus 5-6-1993",
            {
                "ibu_tempat_lahir": "GROBOGAN",
                "ibu_tanggal_lahir": "1996-06-04",
                "ayah_tempat_lahir": "KUDUS",
                "ayah_tanggal_lahir": "1993-06-05",
            },
        ),
        (
            "sami sami Pati. ibunipun 4 Mei 1995, bapakipun selawe Juni 1990",
            {
                "ibu_tempat_lahir": "PATI",
                "ayah_tempat_lahir": "PATI",
                "ibu_tanggal_lahir": "1995-05-04",
                "ayah_tanggal_lahir": "1990-06-25",
            },
        ),
    ],
)
def test_births_belong_to_the_parent_behind_whose_word_they_stand(text: str, stated: dict[str, str]) -> None:
    assert read_births(text, _draft(), TODAY)[0] == stated
