"""That the KIA has come is said by a button or in one's own words, and stands in the case."""

import pytest

from tests.actions.conftest import Chat, Office
from tests.actions.steps import submitted

SENT = {"stage": "kia_antar", "delivered_at": "2026-11-24T02:00:00Z", "kia": {"state": "dikirim", "courier": "POS", "tracking": "P123"}}


async def sent(office: Office) -> tuple[Chat, str]:
    """A case whose KIA is with the courier, and the applicant who was told so."""
    chat = office.chat()
    number = await submitted(chat)
    office.backoffice.cases[number] = {"number": number, **SENT}
    await chat.notice("kia_dikirim", number, courier="POS", tracking="P123")
    return chat, number


async def said(office: Office, number: str) -> list[str]:
    """What kinds of message about the case reached the back office."""
    await office.hand_over()
    return [body["kind"] for path, body in office.backoffice.puts if path.startswith(f"/api/cases/{number}/messages/")]


async def test_a_tap_under_the_news_of_the_sending_says_that_it_is_there(office: Office) -> None:
    chat, number = await sent(office)
    assert "Matur nuwun" in await chat.tap("KIA sudah sampai")
    assert await said(office, number) == ["diterima"]


@pytest.mark.parametrize(
    "words", ["KIA sudah sampai pak, terima kasih", "kartune wis tekan bu", "alhamdulillah paketnya sudah kami terima"]
)
async def test_days_later_ones_own_words_say_it_too(office: Office, words: str) -> None:
    chat, number = await sent(office)
    await chat.say("terima kasih", "terima_kasih")
    assert "Matur nuwun" in await chat.say(words, "terima_kasih")
    assert await said(office, number) == ["diterima"]


@pytest.mark.parametrize(
    "words", ["apakah KIA sudah sampai?", "KIA kok belum sampai", "kartunya sudah diterima tetangga", "berkas sudah diterima"]
)
async def test_a_question_or_a_card_that_is_not_there_says_nothing_of_it(office: Office, words: str) -> None:
    chat, number = await sent(office)
    await chat.say(words, "cek_status")
    assert await said(office, number) == []


async def test_without_a_parcel_under_way_the_words_are_taken_for_themselves(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await chat.say("KIA sudah sampai", "terima_kasih")
    assert await said(office, number) == []
