"""The question "sampai mana" is answered truthfully at every moment, from whoever knows."""

from datetime import timedelta

import pytest

from tests.actions.conftest import Chat, Office
from tests.actions.families import kk
from tests.actions.steps import files_in, last_figures, papers, submitted, until_documents


async def test_a_case_is_told_as_the_back_office_has_it(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    office.backoffice.cases[number] = {"stage": "persetujuan_kabid", "clock": "running", "deadline": "2026-11-24T02:06:00Z", "kia": {}}
    read = await chat.say("sampai mana", "cek_status")
    assert "menunggu persetujuan Kepala Bidang" in read and "24 November 2026" in read and "SITI AMINAH" in read


async def test_a_missed_deadline_is_not_hidden(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    office.backoffice.cases[number] = {"stage": "lengkap", "clock": "running", "deadline": "2026-11-22T02:06:00Z", "kia": {}}
    assert "sudah lewat" in await chat.say("sampai mana", "cek_status")


async def test_the_tracking_number_is_told(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    kia = {"state": "dikirim", "courier": "POS", "tracking": "P123"}
    office.backoffice.cases[number] = {
        "stage": "kia_antar",
        "clock": "ended",
        "deadline": None,
        "delivered_at": "2026-11-23T09:00:00Z",
        "kia": kia,
    }
    assert "P123" in await chat.say(f"status {number}", "cek_status")


async def test_a_back_office_that_is_down_is_no_lie(office: Office) -> None:
    chat = office.chat()
    await submitted(chat)
    office.backoffice.down = True
    assert "belum dapat diambil" in await chat.say("sampai mana", "cek_status")


async def test_a_case_not_yet_there_is_on_its_way(office: Office) -> None:
    chat = office.chat()
    await submitted(chat)
    assert "sedang diteruskan" in await chat.say("sampai mana", "cek_status")


async def test_a_draft_is_told_with_what_is_missing(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk())
    read = await chat.say("sampai mana", "cek_status")
    assert "belum dikirim ke petugas" in read and "KTP pelapor" in read


async def test_other_peoples_numbers_are_not_told(office: Office) -> None:
    number = await submitted(office.chat("c1"))
    office.backoffice.cases[number] = {"stage": "lengkap", "clock": "running", "deadline": "2026-11-24T02:06:00Z", "kia": {}}
    read = await office.chat("c2").say(f"status {number}", "cek_status")
    assert "tidak tercatat" in read and "SITI" not in read


async def test_nothing_is_said_to_be_nothing(office: Office) -> None:
    assert "Belum ada permohonan" in await office.chat().say("sampai mana", "cek_status")


async def test_that_the_central_siak_is_down_is_told_once_for_each_time(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    case = {"stage": "lengkap", "clock": "running", "deadline": "2026-11-24T02:06:00Z", "kia": {}}
    office.backoffice.cases[number] = {**case, "siak_down_since": "2026-11-23T01:00:00Z"}
    assert "SIAK" in await chat.say("sampai mana", "cek_status")
    assert "SIAK" not in await chat.say("sudah sampai mana pak", "cek_status")
    office.backoffice.cases[number] = {**case, "siak_down_since": "2026-11-23T05:00:00Z"}
    assert "SIAK" in await chat.say("sampai mana", "cek_status")


PIN = "482915"


async def with_pin(office: Office, chat: Chat) -> str:
    number = await submitted(chat)
    case = {"stage": "kia_antar", "clock": "ended", "deadline": None, "kia": {}, "pin": PIN}
    office.backoffice.cases[number] = case
    assert PIN in await chat.say("sampai mana", "cek_status"), "nobody doubts who reads here"
    office.backoffice.cases[number] = case | {"stage": "selesai"}
    return number


@pytest.mark.parametrize("doubt", ["phone", "number", "silence", "silence, then another word"])
async def test_the_pin_is_told_to_a_changed_or_silent_number_for_what_only_the_applicant_knows(office: Office, doubt: str) -> None:
    chat = office.chat()
    await with_pin(office, chat)
    office.now += timedelta(days=31) if doubt.startswith("silence") else timedelta(hours=20)
    if doubt == "phone":
        chat.changed_at = office.now
    if doubt == "number":
        chat.phone = "+6281230000999"
    if doubt == "silence, then another word":
        await chat.say("halo", "sapa")
    read = await chat.say("sampai mana", "cek_status")
    assert PIN not in read and "4 angka terakhir nomor KK" in read
    assert "Kesempatan tersisa: 2" in await chat.say("0000", "nlu_fallback")
    assert PIN not in await chat.say("sampai mana ya", "cek_status")
    assert "STATUS" in await chat.say(await last_figures(office, chat), "nlu_fallback")
    assert PIN in await chat.say("sudah sampai mana", "cek_status")


async def test_after_three_wrong_answers_the_pin_stays_back_and_papers_that_come_later_with_it(office: Office) -> None:
    chat = office.chat()
    number = await with_pin(office, chat)
    chat.changed_at = office.now = office.now + timedelta(hours=20)
    await chat.say("sampai mana", "cek_status")
    for guess in ("0000", "0001"):
        await chat.say(guess, "nlu_fallback")
    assert "kantor" in await chat.say("0002", "nlu_fallback")
    await chat.say(await last_figures(office, chat), "nlu_fallback")
    read = await chat.say("sampai mana", "cek_status")
    assert PIN not in read and "4 angka" not in read
    read = await chat.notice("dokumen_terbit", number, attachments=await papers(office), signed=True)
    assert "Petugas kami menghubungi" in read and not files_in(chat), "three guesses are three, wherever they were made"


async def test_while_papers_are_held_back_the_pin_is_too(office: Office) -> None:
    chat = office.chat()
    number = await with_pin(office, chat)
    chat.changed_at = office.now = office.now + timedelta(hours=20)
    await chat.notice("dokumen_terbit", number, attachments=await papers(office), signed=True)
    assert PIN not in await chat.say("sampai mana", "cek_status")
    await chat.say(await last_figures(office, chat), "nlu_fallback")
    assert files_in(chat) == ["KK.pdf"]
    assert PIN in await chat.say("sampai mana", "cek_status")
