"""The survey in the chat: one message, nine digits, ended by any other word."""

import pytest

from tests.actions.conftest import Office

CASE = "LM-261122-7K4F"


async def asked(office: Office):
    chat = office.chat()
    await chat.say("halo", "salam")
    said = await chat.notice("survei", CASE)
    assert "sembilan angka" in said and "9." in said and chat.sent == 2
    return chat


def handed(office: Office) -> list[tuple[str, list[int | None]]]:
    return [(path.split("/")[3], body["values"]) for path, body in office.backoffice.puts if path.startswith("/api/surveys/")]


@pytest.mark.parametrize("typed", ["443344434", "4 4 3 3 4 4 4 3 4", "4,4,3,3,4,4,4,3,4", "443-344-434"])
async def test_nine_digits_are_an_answer_however_they_are_parted(office: Office, typed: str) -> None:
    chat = await asked(office)
    assert "penilaian" in await chat.say(typed)
    await office.hand_over()
    assert handed(office) == [(CASE, [4, 4, 3, 3, 4, 4, 4, 3, 4])]
    await chat.say(typed)
    await office.hand_over()
    assert len(handed(office)) == 1


async def test_a_nought_says_nothing_of_an_unsur(office: Office) -> None:
    chat = await asked(office)
    await chat.say("440344030")
    await office.hand_over()
    assert handed(office) == [(CASE, [4, 4, None, 3, 4, 4, None, 3, None])]


async def test_too_few_digits_are_asked_for_once_more_and_then_count(office: Office) -> None:
    chat = await asked(office)
    assert "belum sembilan" in await chat.say("44334")
    await chat.say("44334")
    await office.hand_over()
    assert handed(office) == [(CASE, [4, 4, 3, 3, 4, None, None, None, None])]


@pytest.mark.parametrize(
    ("typed", "intent"), [("terima kasih", "terima_kasih"), ("berapa biayanya?", "tanya_biaya"), ("tidak usah", "tolak")]
)
async def test_any_other_word_ends_it_and_is_answered_as_ever(office: Office, typed: str, intent: str) -> None:
    chat = await asked(office)
    assert "sembilan" not in await chat.say(typed, intent)
    await chat.say("443344434")
    await office.hand_over()
    assert handed(office) == []


async def test_nobody_is_asked_who_talks_with_an_officer_or_tells_a_complaint(office: Office) -> None:
    chat = office.chat()
    await chat.say("saya dimintai pak modin 200rb buat urus akta", kind="pungli")
    assert await chat.notice("survei", CASE) == ""
