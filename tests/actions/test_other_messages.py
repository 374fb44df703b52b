"""Whatever WhatsApp can bring is met with a kind sentence and a way on, and never stops the conversation."""

import pytest

from tests.actions.conftest import Office, photo
from tests.actions.families import ALBUM, FACTS
from tests.actions.steps import begun, until_documents

KINDS = ("audio", "video", "sticker", "contacts", "unsupported", "call", "order", "location", "edit", "revoke", "poll_update")


@pytest.mark.parametrize("kind", KINDS)
async def test_it_is_answered_and_the_open_question_comes_back(office: Office, kind: str) -> None:
    chat = office.chat()
    await begun(chat)
    assert "kembar" in await chat.other(kind)
    await chat.other(kind)
    await chat.other(kind)


async def test_a_thumb_is_asked_to_be_written_and_answers_nothing(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    read = await chat.other("reaction", emoji="👍")
    assert "ditulis" in read and "kembar" in read
    await chat.other("reaction", emoji="❤️")
    assert await chat.other("reaction", emoji="👍") != "", "two wordings take turns"
    assert "surat keterangan lahir" in await chat.say("1")


async def test_a_thumb_where_nothing_is_asked_needs_no_answer(office: Office) -> None:
    assert await office.chat().other("reaction", emoji="👍") == ""


async def test_a_location_sent_early_is_offered_as_the_delivery_address(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "KIA dikirim ke lokasi ini" in await chat.other("location", latitude=-6.97, longitude=111.41, name="Rumah")
    read = await chat.tap("Ya, ke sini")
    assert "kami catat" in read and "KK" in read
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    assert "Rumah" in await chat.say(FACTS), "the address is not asked again"


async def test_a_live_location_or_one_that_is_not_wanted_changes_nothing(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.other("location", latitude=-6.97, longitude=111.41)
    assert "nanti" in await chat.say("bukan bu")
    assert (await office.intake.record("c1")).drafts[0].alamat_kia is None


@pytest.mark.parametrize("of", ["poll_creation", "media_placeholder", "gif", "group_invite", "location", "pin", "errors"])
async def test_what_whatsapp_does_not_hand_over_has_a_way_on(office: Office, of: str) -> None:
    chat = office.chat()
    await begun(chat)
    read = await chat.other("unsupported", of=of)
    assert "foto biasa" in read and "kembar" in read


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


async def test_a_thick_pdf_is_met_with_the_way_on(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    read = await chat.send(photo("none", "retake", ("FILE_SIZE",)))
    assert "terlalu banyak halaman" in read and "Kartu Keluarga" in read
