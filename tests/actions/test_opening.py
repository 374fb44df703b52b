"""The first message: it fits a phone's screen, says for whom the office is there, and demands nothing of a family from elsewhere."""

import math

from tests.actions.conftest import Office

LETTERS_A_LINE, LINES = 41, 25
"""An estimate of what a screen of 390 × 844 points shows of a bubble above three buttons."""


async def test_the_first_message_fits_a_phones_screen(office: Office) -> None:
    chat = office.chat()
    stated = await chat.say("assalamualaikum", "salam")
    lines = sum(max(1, math.ceil(len(line) / LETTERS_A_LINE)) for line in stated.split("\n"))
    assert lines <= LINES, f"{lines} lines:\n{stated}"
    assert list(chat.options()) == ["Ya, lanjutkan", "KK bukan Blora", "Tidak"]


async def test_a_family_from_elsewhere_is_told_which_office_and_nothing_is_demanded(office: Office) -> None:
    chat = office.chat()
    await chat.say("assalamualaikum", "salam")
    for again in (False, True):
        answer = await (chat.say("kk bukan blora pak") if again else chat.tap("KK bukan Blora"))
        assert "Dukcapil" in answer and "tertulis di KK" in answer and "PETUGAS" in answer and "foto" not in answer.lower()
    assert "melaporkan" in await chat.tap("Ya, lanjutkan")
