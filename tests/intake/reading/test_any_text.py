"""What holds for every reader on any text that a phone can send."""

import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake import reading
from intake.reading import Choice

TODAY = date(2026, 11, 22)
CHOICES = (Choice("ayah", "Ayah", ("bapak",)), Choice("ibu", "Ibu"), Choice("tidak", "Tidak"))

GIVEN_MORE = {"read_date", "read_rough_date", "read_weton", "read_choice"}
"""Readers that need more than the text."""
READERS: dict[str, Callable[[str], Any]] = {
    name: getattr(reading, name) for name in reading.__all__ if name.startswith("read_") and name not in GIVEN_MORE
}
READERS["read_date"] = lambda text: reading.read_date(text, TODAY)
READERS["read_rough_date"] = lambda text: reading.read_rough_date(text, TODAY)
READERS["read_weton"] = lambda text: reading.read_weton(text, TODAY)
READERS["read_date_to_come"] = lambda text: reading.read_date(text, TODAY, future=True)
READERS["read_choice"] = lambda text: reading.read_choice(text, CHOICES)

WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        """ya tidak belum ada dereng mboten ora jam tgl 3 31 2024 feb senin pon kemarin tadi malam setengah lima kg gr ons cm ktp saksi
        suami rt rw kec desa 08 62 @ . , - / : ? namanya jenenge saya kembar laki wedok bidan rs 0 99 ½ ² ٣ 👍 3316990101900001
        LM-261122-7K4F minggu lalu hari rong dino kepungkur bulan ini tahun""",
    )
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=14).map(" ".join), st.lists(WORDS, max_size=10).map("".join))


@pytest.mark.parametrize("name", READERS)
@given(text=TEXTS)
@example("")
@example("\ud800")
@example("9" * 5000)
@example("½" * 50)
@example("٣/٢/٢٠٢٤")
@example("²/³/2024")
@example("𝟛 feb 𝟚𝟘𝟚𝟜")
@settings(max_examples=150, deadline=None)
def test_no_reader_raises_and_each_says_the_same_twice(name: str, text: str) -> None:
    assert READERS[name](text) == READERS[name](text)


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_date_read_is_never_to_come_and_is_read_again_from_its_own_writing(text: str) -> None:
    found = reading.read_date(text, TODAY)
    if found is not None:
        assert date(1900, 1, 1) <= found <= TODAY
        assert reading.read_date(f"{found:%d/%m/%Y}", TODAY) == found


@given(
    day=st.dates(date(1900, 1, 1), TODAY),
    pattern=st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d%m%Y", "%d %m %Y", "tgl %d bulan %m tahun %Y"]),
)
def test_every_day_is_read_in_every_way_of_writing_it(day: date, pattern: str) -> None:
    assert reading.read_date(day.strftime(pattern), TODAY) == day


@given(text=TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_name_read_is_read_again_as_the_same_name(text: str) -> None:
    found = reading.read_name(text)
    if found is not None:
        again = reading.read_name(found.typed)
        assert again is None or again.official == found.official


@given(text=TEXTS)
@settings(max_examples=200, deadline=None)
def test_what_is_read_of_phones_emails_and_numbers_is_read_again_as_itself(text: str) -> None:
    for name in ("read_phone", "read_email", "read_registration_number"):
        found = READERS[name](text)
        if isinstance(found, str):
            assert READERS[name](found) == found


@pytest.mark.parametrize("name", READERS)
def test_the_longest_message_of_a_phone_is_read_in_a_moment(name: str) -> None:
    for part in ("anak saya belum punya akta karena ", "a", "1 ", "jam ", "setengah ", "rt ", "nama ", "3 feb "):
        text = (part * 4096)[:4096]
        start = time.perf_counter()
        READERS[name](text)
        assert time.perf_counter() - start < 3.0, part


def test_every_word_list_can_be_opened() -> None:
    files = (Path(__file__).parents[3] / "data" / "language").glob("*.yml")
    assert {file.stem for file in files} >= {"addresses", "answers", "dates", "documents", "names", "numbers", "people", "places", "times"}
