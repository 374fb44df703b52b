"""What the office does is told in the chat, and what it asks for again goes back into the same case."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from actions.topics import case_messages
from contracts.case import MessageKind
from intake.service import Changes
from standard.kinds import Item
from standard.reasons import ReasonList, reasons
from standard.stages import stages
from tests.actions.conftest import Office
from tests.actions.families import WITNESS_1, ktp
from tests.actions.steps import files_in, last_figures, papers, submitted


async def test_a_returned_document_is_asked_for_with_the_reason_and_goes_back_into_the_case(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    read = await chat.notice(
        "berkas_dikembalikan", number, documents=[{"item": "ktp_saksi_1", "reason": "silau", "note": "NIK-nya tertutup."}]
    )
    assert "KTP saksi pertama" in read and "NIK-nya tertutup." in read and number in read
    answer = await chat.send(ktp(WITNESS_1, mark="again"))
    assert "diteruskan" in answer or "teruskan" in answer
    await office.hand_over()
    (again,) = office.backoffice.bodies(f"/api/cases/{number}/documents/")
    assert again["item"] == "ktp_saksi_1" and len(again["pages"]) == 1


async def test_the_very_same_photo_of_a_returned_document_is_passed_on_too(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await chat.notice("berkas_dikembalikan", number, documents=[{"item": "ktp_saksi_1", "reason": "lain", "note": "Mohon dikirim lagi."}])
    assert "teruskan" in await chat.send(ktp(WITNESS_1))


async def test_several_returned_documents_are_missed_until_the_last_came(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    rows = [{"item": "ktp_saksi_1", "reason": "buram"}, {"item": "ktp_saksi_2", "reason": "buram"}]
    await chat.notice("berkas_dikembalikan", number, documents=rows)
    assert "KTP saksi kedua" in await chat.send(ktp(WITNESS_1, mark="again"), caption="ktp saksi")


@pytest.mark.parametrize("code", sorted(reasons(ReasonList.BERKAS)))
async def test_every_reason_reads_as_a_sentence(office: Office, code: str) -> None:
    chat = office.chat()
    number = await submitted(chat)
    read = await chat.notice("berkas_dikembalikan", number, documents=[{"item": Item.KK.value, "reason": code, "note": None}])
    assert "Kartu Keluarga (KK)*: " in read


async def test_a_stage_of_which_an_office_tells_is_told_and_here_none_is(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    for stage in stages().values():
        assert stage.status in await chat.notice("tahap", number, stage=stage.id)
    assert not any(stage.tell for stage in stages().values()), "each costs a message, and the status is stated whenever it is asked for"


@pytest.mark.parametrize("signed", [True, False])
async def test_the_pdfs_arrive_as_documents_and_are_called_signed_only_where_they_are(office: Office, signed: bool) -> None:
    chat = office.chat()
    number = await submitted(chat)
    files = [
        {
            "filename": f"{name} {number}.pdf",
            "mime": "application/pdf",
            "sha256": "a" * 64,
            "blob": await office.intake.keep("t", name.encode()),
        }
        for name in ("Akta Kelahiran", "KK")
    ]
    read = await chat.notice("dokumen_terbit", number, attachments=files, signed=signed)
    assert [part["document"]["filename"] for part in chat.messages if "document" in part] == [file["filename"] for file in files]
    assert "sudah terbit" in read and ("sah dengan tanda tangan elektronik" in read) == signed


async def test_a_pdf_that_could_not_be_fetched_is_named_and_not_left_out_in_silence(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    files = [
        {"filename": "KK.pdf", "mime": "application/pdf", "blob": await office.intake.keep("t", b"kk")},
        {"filename": "Akta Kelahiran.pdf", "mime": "application/pdf", "blob": None, "problem": "GONE"},
    ]
    read = await chat.notice("dokumen_terbit", number, attachments=files)
    assert [part["document"]["filename"] for part in chat.messages if "document" in part] == ["KK.pdf"]
    assert "*Akta Kelahiran* belum dapat kami lampirkan" in read and "terlampir" not in read


async def test_the_other_notices_have_their_sentences(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    assert "lengkap dan benar" in await chat.notice("berkas_diterima", number, deadline="2026-11-24T02:06:00Z")
    assert "24 November 2026 pukul 09.06" in chat.messages[0]["text"]
    assert "JNE-1" in await chat.notice("kia_dikirim", number, courier="JNE", tracking="JNE-1")
    assert await chat.notice("kia_diterima", number) == "", "who holds the card in their hand knows"
    assert "Rina" in await chat.notice("pesan_petugas", number, text="Halo", officer="Rina")
    assert "domisili" in await chat.notice("permohonan_ditolak", number, reason="bukan_kewenangan", note=None)


async def test_every_notice_says_what_to_send_when_the_window_is_closed(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await chat.notice("tahap", number, stage="verifikasi")
    assert chat.messages[-1]["template"] == {"name": "pemberitahuan_permohonan", "parameters": [number]}


async def test_a_notice_of_a_kind_we_do_not_know_is_silent(office: Office) -> None:
    assert await office.chat().notice("kabar_baru", "LM-261122-AAAA") == ""


async def test_news_of_a_complaint_goes_by_a_template_of_its_own(office: Office) -> None:
    chat = office.chat()
    await chat.notice("jawaban_aduan", "ADU-261122-3M8Q", text="Sudah kami periksa.", officer="Rina")
    assert chat.messages[-1]["template"] == {"name": "pemberitahuan_pengaduan", "parameters": ["ADU-261122-3M8Q"]}
    assert "sudah ditunjuk" in await chat.notice("tahap_aduan", "ADU-261122-3M8Q", state="ditugaskan")


@pytest.mark.parametrize("doubt", ["phone", "number", "silence"])
async def test_papers_for_a_changed_or_silent_number_wait_for_what_only_the_applicant_knows(office: Office, doubt: str) -> None:
    chat = office.chat()
    number = await submitted(chat)
    office.now += timedelta(days=31) if doubt == "silence" else timedelta(hours=20)
    if doubt == "phone":
        chat.changed_at = office.now
    if doubt == "number":
        chat.phone = "+6281230000999"
    read = await chat.notice("dokumen_terbit", number, attachments=await papers(office), signed=True)
    assert "4 angka terakhir nomor KK" in read and not files_in(chat)
    assert "Kesempatan tersisa: 2" in await chat.say("0000", "nlu_fallback") and not files_in(chat)
    read = await chat.say(f"angkanya {await last_figures(office, chat)}", "nlu_fallback")
    assert "sudah terbit" in read and files_in(chat) == ["KK.pdf"]
    await chat.say("terima kasih", "terima_kasih")
    await chat.notice("dokumen_terbit", number, attachments=await papers(office), signed=True)
    assert files_in(chat) == ["KK.pdf"], "once sure, it is not asked again"


async def test_the_case_says_at_once_that_its_papers_are_held_back_and_when_they_went_out(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    chat.changed_at = office.now = office.now + timedelta(hours=20)
    await chat.notice("dokumen_terbit", number, attachments=await papers(office), signed=True)
    await office.hand_over()
    (held,) = office.backoffice.bodies(f"/api/cases/{number}/messages/")
    assert held["kind"] == "tertahan" and number in held["text"] and "belum dikirim" in held["text"]
    office.backoffice.cases[number] = {"stage": "kia_cetak", "clock": "ended", "deadline": None, "kia": {}, "pin": "482915"}
    assert "masih kami simpan" in await chat.say("sampai mana", "cek_status"), "the stage calls them sent"
    assert await chat.notice("survei", number) == "", "nobody is asked how content they are before they have them"
    await chat.say(await last_figures(office, chat), "nlu_fallback")
    assert files_in(chat) == ["KK.pdf"]
    await office.hand_over()
    _, released = office.backoffice.bodies(f"/api/cases/{number}/messages/")
    assert released["kind"] == "diberikan" and number in released["text"] and "sudah dikirim" in released["text"]


def test_two_cases_of_one_turn_get_a_message_each() -> None:
    changes = Changes()
    turn: Any = SimpleNamespace(turn=SimpleNamespace(id="t1", at=datetime(2026, 11, 23, tzinfo=UTC)), changes=changes)
    for number in ("LM-261122-AAAA", "LM-261122-BBBB"):
        case_messages.send(turn, number, MessageKind.ANSWER, "x")
    assert len({dispatch.key for dispatch in changes.dispatches}) == 2, "the intake writes a key once"


async def test_after_three_wrong_answers_an_officer_is_told_and_nothing_goes_out(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    office.now += timedelta(hours=20)
    chat.changed_at = office.now
    await chat.notice("dokumen_terbit", number, attachments=await papers(office), signed=True)
    for guess in ("0000", "0001"):
        await chat.say(guess, "nlu_fallback")
    assert "Petugas kami menghubungi" in await chat.say("0002", "nlu_fallback")
    await chat.say(await last_figures(office, chat), "nlu_fallback")
    assert not files_in(chat)
    await office.hand_over()
    held, failed = office.backoffice.bodies(f"/api/cases/{number}/messages/")
    assert "belum dikirim" in held["text"] and "belum dapat memastikan diri" in failed["text"]


async def test_a_phone_that_was_new_before_the_application_is_no_doubt(office: Office) -> None:
    chat = office.chat()
    chat.changed_at = office.now - timedelta(days=1)
    number = await submitted(chat)
    await chat.notice("dokumen_terbit", number, attachments=await papers(office), signed=True)
    assert files_in(chat) == ["KK.pdf"]


async def test_ada_yang_salah_under_the_papers_works_long_after_and_its_words_go_into_the_case(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    files = [{"filename": "KK.pdf", "mime": "application/pdf", "blob": await office.intake.keep("t", b"kk")}]
    await chat.notice("dokumen_terbit", number, attachments=files, signed=True)
    button = chat.options()["Ada yang salah?"]
    await chat.notice("kia_diterima", number)
    await chat.say("terima kasih banyak", "terima_kasih")
    assert "dan bagaimana yang benar" in await chat.tap_id(button)
    assert number in await chat.say("nama ibu tertulis SITI AMINA, yang benar SITI AMINAH", "nlu_fallback")
    await office.hand_over()
    (sent,) = [body for path, body in office.backoffice.puts if path.startswith(f"/api/cases/{number}/messages/")]
    assert sent["kind"] == "koreksi" and "SITI AMINAH" in sent["text"]


async def test_what_is_wrong_is_also_told_in_words_when_all_is_over(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await chat.notice("kia_diterima", number)
    assert number in await chat.say("nama anak saya di akta salah", "perbaiki_data")
    await office.hand_over()
    (sent,) = [body for path, body in office.backoffice.puts if path.startswith(f"/api/cases/{number}/messages/")]
    assert sent["kind"] == "koreksi"
