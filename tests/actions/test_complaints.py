"""Complaints, suggestions and the person behind the bot: a number at once, the hand-over behind, silence while somebody answers."""

import re
from datetime import timedelta

import pytest

from tests.actions.conftest import Office
from tests.actions.families import kk
from tests.actions.steps import begun, submitted, until_documents


async def test_a_complaint_that_tells_something_gets_its_number_at_once(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.say("ini kok lama sekali sudah tiga hari belum jadi jadi", "pengaduan")
    assert ("ADU-2611" in answer and "tunggu" in answer.lower()) or "belum kami terima" in answer
    await office.hand_over()
    (complaint,) = office.backoffice.bodies("/api/complaints/")
    assert complaint["category"] == "lama" and not complaint["restricted"]


async def test_an_illegal_fee_goes_to_the_restricted_queue(office: Office) -> None:
    chat = office.chat()
    answer = await chat.say("saya diminta uang 50 ribu sama petugas desa buat ngurus ini", "pengaduan")
    assert "dirahasiakan" in answer
    await office.hand_over()
    (complaint,) = office.backoffice.bodies("/api/complaints/")
    assert complaint["category"] == "pungli" and complaint["restricted"]


@pytest.mark.parametrize(
    ("intent", "first", "second"),
    [
        ("saran", "mantap pelayanannya", "tolong loketnya ditambah"),
        ("pengaduan", "kok lama sekali sudah tiga hari belum jadi", "petugasnya juga kasar sekali waktu saya tanya"),
        ("pengaduan", "saya diminta uang 50 ribu sama petugas", "calo di depan kantor minta uang lagi"),
    ],
)
async def test_a_second_one_is_noted_in_other_words(office: Office, intent: str, first: str, second: str) -> None:
    chat = office.chat()
    answers = [await chat.say(words, intent) for words in (first, second)]
    numbers = [re.findall(r"ADU-\d{6}-\w{4}", answer) for answer in answers]
    assert [len(found) for found in numbers] == [1, 1] and numbers[0] != numbers[1]


async def test_a_wish_to_complain_is_asked_for_category_and_text(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    assert "tentang apa" in await chat.say("mau komplain", "pengaduan")
    assert "ceritakan" in await chat.tap("Sikap petugas")
    answer = await chat.say("kemarin siang di loket saya dibentak")
    assert "ADU-" in answer and "kembar" in answer


async def test_the_desks_answer_arrives_in_the_chat(office: Office) -> None:
    chat = office.chat()
    answer = await chat.say("tolong dicek kok tidak dibalas balas dari kemarin lusa", "pengaduan")
    number = next(word.strip("*.") for word in answer.split() if "ADU-" in word)
    read = await chat.notice("jawaban_aduan", number, text="Sudah kami tindak lanjuti.", officer="Rina", closed=True)
    assert "Sudah kami tindak lanjuti." in read and "Rina" in read and number in read


async def test_the_bot_is_silent_while_a_person_answers(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.say("petugas")
    assert "petugas" in answer.lower() and "MENU" in answer
    assert await chat.say("halo bu mau tanya", "salam") == ""
    assert await chat.send(kk()) == ""
    await office.hand_over()
    messages = [path for path, _ in office.backoffice.puts if "/messages/" in path]
    assert len(messages) == 2
    assert "kembali" in await chat.say("menu")


async def test_the_desk_hands_back(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.say("petugas")
    number = next(word.strip("*().,") for word in answer.split() if "ADU-" in word)
    await chat.notice("jawaban_aduan", number, text="Baik, selesai.", officer="Rina", closed=True)
    assert "tunggu" in await chat.say("halo", "salam")


async def test_outside_office_hours_it_is_said_when_somebody_answers(office: Office) -> None:
    chat = office.chat()
    office.now += timedelta(hours=13)
    assert "Kantor sedang tutup" in await chat.say("petugas")


async def test_a_compliment_is_thanked_for(office: Office) -> None:
    chat = office.chat()
    assert "Matur nuwun" in await chat.say("pelayanannya bagus", "saran")


async def test_a_complaint_about_a_case_names_it(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await chat.say("kok lama sekali ya pak sudah dua hari", "pengaduan")
    await office.hand_over()
    (complaint,) = office.backoffice.bodies("/api/complaints/")
    assert complaint["case"] == number


async def test_photos_sent_with_a_complaint_are_its_evidence(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.say("mau lapor", "pengaduan")
    await chat.tap("Diminta biaya / calo")
    assert "bukti" in (await chat.send(kk())).lower()
    await chat.say("kemarin ada calo minta 100 ribu di parkiran")
    await office.hand_over()
    (message,) = [body for path, body in office.backoffice.puts if "/messages/" in path]
    assert len(message["attachments"]) == 1
    assert (await office.intake.desk("c1")).drafts[0].documents == []


async def test_a_photo_in_between_lets_a_confirmation_lapse(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.say("batal")
    await chat.send(kk())
    await chat.say("ya", "setuju")
    assert len((await office.intake.desk("c1")).drafts) == 1
