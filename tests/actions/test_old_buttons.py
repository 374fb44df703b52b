"""A button answers what its message showed: where that is another by now, nothing is sent or changed, and what holds now is shown."""

import asyncio

from actions.asking import UNSTAMPED
from tests.actions.conftest import Chat, Office
from tests.actions.families import ALBUM, FACTS, kk
from tests.actions.steps import until_documents, until_summary


async def number_of(office: Office) -> str | None:
    return (await office.intake.record("c1")).drafts[0].number


async def until_a_correction(chat: Chat) -> str:
    await until_summary(chat)
    send = chat.options()["Ya, kirim"]
    await chat.tap("Ada yang salah")
    return send


async def test_an_old_yes_while_a_correction_is_open_shows_a_fresh_summary(office: Office) -> None:
    chat = office.chat()
    send = await until_a_correction(chat)
    shown = await chat.tap_id(send)
    assert await number_of(office) is None and "04.30" in shown and "Ya, kirim" in chat.options()
    await chat.tap("Ya, kirim")
    assert await number_of(office) is not None


async def test_an_old_yes_while_a_new_photo_is_awaited_sends_nothing(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    send = chat.options()["Ya, kirim"]
    await chat.say("kk nya mau saya ganti", "perbaiki_data")
    assert "04.30" in await chat.tap_id(send) and await number_of(office) is None


async def test_an_old_yes_after_a_change_shows_what_is_new(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    send = chat.options()["Ya, kirim"]
    assert "07.05" in await chat.say("jamnya 07.05")
    assert "yang terbaru" in await chat.tap_id(send) and await number_of(office) is None
    assert send != chat.options()["Ya, kirim"]
    await chat.tap("Ya, kirim")
    assert await number_of(office) is not None


async def test_a_summary_that_nothing_changed_since_is_sent_by_its_own_button(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    send = chat.options()["Ya, kirim"]
    await chat.say("matur nuwun", "terima_kasih")
    await chat.tap_id(send)
    assert await number_of(office) is not None


async def test_an_old_yes_to_a_spelling_does_not_confirm_another_name(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    right = chat.options()["Sudah benar"]
    await chat.say("Siti Amaliah")
    assert "A-M-A-L-I-A-H" in await chat.tap_id(right)
    assert not (await office.intake.record("c1")).drafts[0].children[0].confirmed
    await chat.tap("Sudah benar")
    assert (await office.intake.record("c1")).drafts[0].children[0].confirmed


async def read_on(office: Office) -> None:
    office.intake.start()
    for _ in range(100):
        await asyncio.sleep(0.02)
        if all(document.complete for document in (await office.intake.record("c1")).drafts[0].documents):
            return
    raise AssertionError("the second reading never came")


async def test_what_is_read_later_only_adds_to_what_was_shown_and_the_button_goes_on(office: Office) -> None:
    home = {"alamat": "DK KRAJAN", "rt_rw": "002/001", "desa": "JEPANGREJO", "kecamatan": "BLORA"}
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk(complete=False, **home), *ALBUM[1:])
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    await chat.say(FACTS)
    same = chat.options()["Sesuai alamat KK"]
    await read_on(office)
    shown = await chat.tap_id(same)
    assert "sesuai alamat di KK" in shown and "DK KRAJAN" in shown and "Ya, kirim" in chat.options()


async def test_a_summary_to_which_the_last_reading_added_is_sent_without_being_shown_again(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk(complete=False, alamat="DK KRAJAN", rt_rw="002/001", desa="JEPANGREJO", kecamatan="BLORA"), *ALBUM[1:])
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    await chat.say(FACTS)
    assert "DK KRAJAN" not in await chat.tap("Sesuai alamat KK")
    await chat.tap("Ya, kirim")
    assert await number_of(office) is not None


def test_only_questions_whose_buttons_say_nothing_of_values_go_without_a_stamp() -> None:
    assert {"setuju", "berkas", "formulir"} == UNSTAMPED
