"""Whatever WhatsApp can bring is met with a kind sentence and a way on, and never stops the conversation."""

import pytest

from tests.actions.conftest import Office
from tests.actions.families import ALBUM, FACTS
from tests.actions.steps import begun, until_documents

KINDS = ("audio", "video", "sticker", "contacts", "unsupported", "call", "order", "location", "edit", "poll_update")


@pytest.mark.parametrize("kind", KINDS)
async def test_it_is_answered_and_the_open_question_comes_back(office: Office, kind: str) -> None:
    chat = office.chat()
    await begun(chat)
    assert "kembar" in await chat.other(kind)
    await chat.other(kind)
    await chat.other(kind)


@pytest.mark.parametrize("kind", ["reaction", "revoke"])
async def test_thumbs_and_deletions_ask_for_nothing(office: Office, kind: str) -> None:
    chat = office.chat()
    await begun(chat)
    assert await chat.other(kind) == ""
    assert "surat keterangan lahir" in await chat.say("1")


async def test_a_location_is_the_delivery_address_when_that_is_asked(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    await chat.say(FACTS)
    answer = await chat.other("location", latitude=-6.97, longitude=111.41, name="Rumah")
    assert "Mohon diperiksa" in answer and "Rumah" in answer


async def test_an_edited_answer_counts(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    assert "surat keterangan lahir" in await chat.other("edit", text="satu")


@pytest.mark.parametrize("kind", KINDS)
async def test_it_is_met_kindly_by_a_stranger_too(office: Office, kind: str) -> None:
    assert await office.chat().other(kind)
