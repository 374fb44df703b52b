"""What the classifier sees of a message: plain words, the clause a story comes down to, and the fields of meaning it touches."""

import pytest

from language.normaliser import PAIRED, Normaliser

NORMALISER = Normaliser()


def test_a_javanese_message_becomes_plain_words() -> None:
    assert NORMALISER.words("kulo dereng gadhah buku nikah") == ["saya", "belum", "punya", "suratnikah"]


def test_a_story_comes_down_to_its_last_clause_that_asks() -> None:
    story = "anak saya lahir di puskesmas, bidan sudah memberi surat, nah pinten ragadipun, kk sudah ada"
    assert NORMALISER.point(story) == ["berapa", "biaya"]


def test_a_story_that_asks_nothing_comes_down_to_its_last_clause() -> None:
    assert NORMALISER.point("sudah lama saya menunggu. terimakasih") == ["terimakasih"]
    assert NORMALISER.point("...") == []


def test_pairs_come_from_the_end_of_a_story() -> None:
    words = ["awal"] + [f"kata{at}" for at in range(PAIRED)]
    assert not any("awal" in pair for pair in NORMALISER.pairs(words))
    assert len(NORMALISER.pairs(words)) == PAIRED * (PAIRED - 1) // 2


def test_a_field_of_meaning_knows_its_words_in_every_spelling() -> None:
    assert "#uang" in NORMALISER.marks(NORMALISER.words("ragade"))
    assert "#hilang" in NORMALISER.marks(NORMALISER.words("kobongan"))


def test_a_brother_is_no_form_of_address_and_a_folder_no_apology() -> None:
    assert NORMALISER.words("kakak") == ["kakak"]
    assert NORMALISER.words("map") == ["map"]


@pytest.mark.parametrize(
    ("message", "body"),
    [
        ("assalamualaikum wr wb pak, syarate nopo mawon", "syarate nopo mawon"),
        ("nuwun sewu bu, kantoripun wonten pundi nggih?", "kantoripun wonten pundi nggih?"),
        ("sugeng dalu bapak ibu maaf ganggu bayar brp", "bayar brp"),
        ("pagi min kantor buka jam brp", "kantor buka jam brp"),
        ("siang ini saya kirim ya bu", "siang ini saya kirim ya bu"),
        ("selamat tinggal", "selamat tinggal"),
        ("assalamualaikum wr wb pak", "assalamualaikum wr wb pak"),
    ],
)
def test_a_greeting_in_front_is_not_what_a_message_wants(message: str, body: str) -> None:
    assert NORMALISER.body(message) == body
