"""What a person typed, within its bounds: stories stay whole, padding goes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standard.typed import NAME_LONGEST, TEXT_LONGEST, bounded, bounded_within


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a" + " " * 19990 + "b", "a b"),
        ("a \t\u200b \ufeff \u3000b", "a b"),
        ("satu\r\ndua \n tiga", "satu\ndua\ntiga"),
        ("satu\n\n\n \n\tdua", "satu\n\ndua"),
        ("  ujung \n", "ujung"),
        ("a\x00b\x07c", "abc"),
        ("👨\u200d👩\u200d👧 keluarga", "👨\u200d👩\u200d👧 keluarga"),
        ("• satu\n• dua\n\nSalam", "• satu\n• dua\n\nSalam"),
    ],
)
def test_runs_of_white_space_become_one_mark_and_lines_stay(typed: str, kept: str) -> None:
    assert bounded(typed) == (kept, False)


def test_a_story_of_whatsapps_own_length_stays_whole_and_a_longer_one_says_that_it_was_cut() -> None:
    story = ("Saya datang ke loket, lama sekali.\n" * 200)[:TEXT_LONGEST].strip()
    assert bounded(story) == (story, False)
    longer = bounded("x" * (TEXT_LONGEST + 1))
    assert (len(longer.text), longer.cut) == (TEXT_LONGEST, True)


def test_every_text_within_a_message_is_bounded() -> None:
    given_, cut = bounded_within({"name": "a  b", "rows": [{"x": "y" * 300}, 4, None]}, NAME_LONGEST)
    assert given_ == {"name": "a b", "rows": [{"x": "y" * NAME_LONGEST}, 4, None]} and cut


@given(st.text(st.sampled_from(" \n\r\t\u2028\u200b\ufeffa1.\x00\x1f"), max_size=60))
def test_what_is_bounded_stays_the_same_and_has_no_run_longer_than_a_blank_line(text: str) -> None:
    once = bounded(text).text
    assert bounded(once) == (once, False)
    assert all(pair == "\n\n" or not pair.isspace() for pair in map("".join, pairwise(once)))
    assert "\n\n\n" not in once
