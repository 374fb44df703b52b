"""A person takes over: by the citizen's wish, by the desk, by an officer of the case; then the bot is silent, until it is wanted back."""

from datetime import UTC, datetime, timedelta

from standard.kinds import Item
from tests.actions.conftest import Office
from tests.actions.families import kk
from tests.actions.steps import begun, submitted, until_documents


async def test_an_officers_word_about_a_case_silences_the_bot_and_the_answers_go_into_the_case(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await office.hand_over()
    stated = await chat.notice("pesan_petugas", number, text="Nomor rumah di alamat kurang jelas.", officer="Rina")
    assert "Rina" in stated and "MENU" in stated
    assert await chat.say("nomor 12 bu") == ""
    assert await chat.say("pagar hijau", "di_luar_topik") == ""
    await office.hand_over()
    said = [body for path, body in office.backoffice.puts if path.startswith(f"/api/cases/{number}/messages/")]
    assert [(body["kind"], body["text"]) for body in said] == [("jawaban", "nomor 12 bu"), ("jawaban", "pagar hijau")]
    assert not office.backoffice.bodies("/api/complaints/"), "a complaint only when it is one"
    assert "kembali melayani" in await chat.say("menu")
    assert "gratis" in (await chat.say("biaya berapa", "tanya_biaya")).lower()


async def test_that_a_case_shall_wait_holds_it_though_an_officer_talks(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await office.hand_over()
    await chat.notice("pesan_petugas", number, text="Berat bayi kami sesuaikan.", officer="Rina")
    assert "tahan dulu" in await chat.say("nama anak salah, jangan diproses dulu")
    assert await chat.say("yang benar Freya") == "", "the officer goes on to have the conversation"
    await office.hand_over()
    said = office.backoffice.bodies(f"/api/cases/{number}/messages/")
    assert [body["kind"] for body in said] == ["tahan", "jawaban"]


async def test_an_officers_word_holds_for_a_day(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await chat.notice("pesan_petugas", number, text="Terima kasih.", officer="Rina")
    office.now += timedelta(hours=25)
    assert await chat.say("biaya berapa", "tanya_biaya") != ""


async def test_what_the_office_asked_for_again_goes_into_the_case_though_an_officer_talks(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await office.hand_over()
    await chat.notice("berkas_dikembalikan", number, documents=[{"item": "kk", "reason": "buram", "note": ""}])
    await chat.notice("pesan_petugas", number, text="Mohon KK difoto ulang, ya.", officer="Rina")
    assert "diteruskan" in (await chat.send(kk(mark="again"))).lower() or "teruskan" in chat.messages[-1]["text"]


async def test_an_answer_to_the_desks_question_reaches_the_desk(office: Office) -> None:
    chat = office.chat()
    await chat.say("petugas di loket kasar sekali kepada ibu saya kemarin", "pengaduan", kind="sikap_petugas")
    answer = await chat.say("sudah")
    number = next(word.strip("*.,") for word in answer.split() if word.strip("*.,").startswith("ADU-"))
    assert "MENU" in await chat.notice("jawaban_aduan", number, text="Jam berapa kejadiannya?", officer="Rina")
    assert await chat.say("jam sembilan") == ""
    await office.hand_over()
    (stated,) = [body for path, body in office.backoffice.puts if path.startswith(f"/api/complaints/{number}/messages/")]
    assert stated["text"] == "jam sembilan"
    await chat.notice("jawaban_aduan", number, text="Selesai.", officer="Rina", closed=True)
    assert await chat.say("matur nuwun", "terima_kasih") != ""


async def test_outside_office_hours_the_hour_of_the_answer_is_told_once(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.say("petugas")
    office.now = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    assert "Senin, 30 November 2026 pukul 07.30" in await chat.say("halo pak?")
    assert await chat.say("halo?") == ""
    office.now = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
    assert await chat.say("halo?") == ""
    office.now = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
    assert "Selasa, 1 Desember" in await chat.say("kok belum dibalas")


async def test_who_did_not_type_petugas_is_asked_before_a_person_takes_over(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    asked = await chat.say("podo wae", "minta_petugas", 0.52)
    assert "ingin berbicara dengan petugas" in asked and "ADU-" not in asked
    assert "kembar" in (await chat.tap("Tidak")).lower()
    await chat.say("saya mau ngomong sama orang aja bisa?", "minta_petugas")
    assert "ADU-" in await chat.say("nggih")
    await office.hand_over()
    (thread,) = [body for body in office.backoffice.bodies("/api/complaints/") if body.get("category") == "minta_petugas"]
    assert thread["text"] == "saya mau ngomong sama orang aja bisa?"


async def test_photos_that_are_waited_for_are_checked_and_kept_while_an_officer_talks(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.say("petugas")
    assert "Kartu Keluarga" in await chat.send(kk())
    assert (await office.intake.record("c1")).drafts[0].document(Item.KK) is not None
    assert await chat.say("pak?") == ""


async def test_that_other_photos_are_passed_on_is_told_once(office: Office) -> None:
    chat = office.chat()
    await submitted(chat)
    await chat.say("petugas")
    assert "teruskan ke petugas" in await chat.send(kk(mark="x"))
    assert await chat.send(kk(mark="y")) == ""
