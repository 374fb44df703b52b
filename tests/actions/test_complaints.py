"""Complaints are heard out, filed once and whole, named and restricted rightly; what is said of them later is understood."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.topics.telling import is_closing
from intake.drafts.tables import ComplaintRow, ConversationRow, DispatchRow, TurnRow
from tests.actions.conftest import Chat, Office, photo
from tests.actions.families import kk
from tests.actions.steps import begun, submitted, until_documents

BRIBE = "saya dimintai pak modin 200rb buat urus akta"


def filed(office: Office) -> list[dict[str, object]]:
    """The complaints that the desk got, without what was added to them."""
    return [body for path, body in office.backoffice.puts if path.startswith("/api/complaints/") and path.count("/") == 3]


def messages(office: Office) -> list[tuple[str, dict[str, object]]]:
    return [(path, body) for path, body in office.backoffice.puts if "/messages/" in path]


def number_in(answer: str) -> str:
    return re.findall(r"ADU-\d{6}-\w{4}", answer)[0]


async def stated(chat: Chat, *texts: str, kind: str = "lama") -> str:
    """A complaint told in these messages and closed by a word; returns what is said at the end."""
    for text in texts:
        await chat.say(text, "pengaduan", kind=kind)
    return await chat.say("sudah")


async def test_a_story_of_several_messages_and_photos_is_one_complaint(office: Office) -> None:
    chat = office.chat()
    assert "*sudah*" in await chat.say("mau komplain! sudah 3 hari akta belum jadi", "cek_status", kind="lama")
    assert "atat" in await chat.say("tadi pagi jam 9 di loket 3", "tanya_kantor"), "what is added first is said to be noted, nothing after"
    await chat.send(photo("other"))
    assert await chat.say("petugasnya bilang besok terus", kind="lama") == ""
    answer = await chat.say("sudah", "setuju")
    assert number_in(answer) and "Ya, tepat" in chat.options()
    await office.hand_over()
    (complaint,) = filed(office)
    assert complaint["text"] == "mau komplain! sudah 3 hari akta belum jadi\ntadi pagi jam 9 di loket 3\npetugasnya bilang besok terus"
    assert complaint["category"] == "lama" and not complaint["restricted"]
    ((_, message),) = messages(office)
    assert len(message["attachments"]) == 1  # type: ignore[arg-type]


async def test_silence_ends_a_story_too_and_says_its_number(office: Office) -> None:
    chat = office.chat()
    await chat.say("saya dimintai pak modin 200rb", kind="pungli")
    await chat.say("katanya buat orang dinas", kind="pungli")
    answer = await chat.quiet()
    assert "dirahasiakan" in answer and number_in(answer)
    await office.hand_over()
    assert [row["text"] for row in filed(office)] == ["saya dimintai pak modin 200rb\nkatanya buat orang dinas"]
    assert await chat.quiet() == ""


async def test_a_story_begins_with_what_was_written_just_before(office: Office) -> None:
    chat = office.chat()
    await chat.say("akta anak saya gratis kan ya?", "tanya_biaya")
    await chat.say("soalnya pak carik menagih 100rb", kind="pungli")
    await chat.quiet()
    await office.hand_over()
    (complaint,) = filed(office)
    assert str(complaint["text"]).startswith("akta anak saya gratis kan ya?")


async def test_what_follows_within_a_day_belongs_to_the_complaint_and_is_restricted_as_it_is(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, BRIBE, kind="pungli"))
    office.now += timedelta(hours=2)
    assert number in await chat.say("kemarin dia datang lagi ke rumah bawa map", "pengaduan", kind="lama")
    assert number in await chat.tap("Ya, tambahan")
    await office.hand_over()
    assert len(filed(office)) == 1
    ((path, message),) = messages(office)
    assert number in path and message["text"] == "kemarin dia datang lagi ke rumah bawa map"


async def test_an_addition_nobody_answered_for_is_kept_with_the_complaint(office: Office) -> None:
    chat = office.chat()
    await stated(chat, BRIBE, kind="pungli")
    await chat.say("pak lurahnya juga ikut minta", "pengaduan", kind="pungli")
    await chat.quiet()
    await office.hand_over()
    assert len(filed(office)) == 1 and len(messages(office)) == 1


async def test_another_complaint_gets_a_number_of_its_own(office: Office) -> None:
    chat = office.chat()
    first = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    await chat.say("satpamnya membentak ibu saya", "pengaduan", kind="sikap_petugas")
    await chat.tap("Laporan baru")
    second = number_in(await chat.say("itu saja pak"))
    assert first != second
    await office.hand_over()
    assert [row["category"] for row in filed(office)] == ["lama", "sikap_petugas"]


@pytest.mark.parametrize("kind", ["pungli", "sikap_petugas", "privasi", "ancaman"])
async def test_whoever_may_be_accused_does_not_read_it(office: Office, kind: str) -> None:
    chat = office.chat()
    assert "rahasia" in await chat.say("kejadiannya kemarin di loket dua, begini ceritanya", "pengaduan", kind=kind)
    await chat.say("sudah")
    await office.hand_over()
    (complaint,) = filed(office)
    assert complaint["category"] == kind and complaint["restricted"] is True and complaint["doubtful"] is True


async def test_one_tap_confirms_the_category_and_another_changes_it_without_lifting_the_restriction(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, BRIBE, kind="pungli"))
    await chat.tap("Ganti")
    assert "Gangguan sistem" in await chat.tap("Gangguan sistem")
    await office.hand_over()
    ((path, body),) = [(path, body) for path, body in office.backoffice.puts if "/category/" in path]
    assert number in path and body["category"] == "gangguan_sistem"
    assert filed(office)[0]["restricted"]


async def test_without_a_name_the_desk_gets_neither_name_nor_number_nor_case(office: Office) -> None:
    chat = office.chat("contact-of-somebody")
    await submitted(chat)
    await chat.say(BRIBE, "pengaduan", kind="pungli")
    assert "WhatsApp" in await chat.tap("Tanpa nama")
    assert "tanpa nama" in await chat.say("sudah")
    await office.hand_over()
    (complaint,) = filed(office)
    async with office.intake.database.read() as session:
        rows = list(await session.scalars(select(DispatchRow).where(DispatchRow.stream == complaint["number"])))
        turns = list(await session.scalars(select(TurnRow.turn)))
    left = "\n".join(f"{row.key} {row.path} {row.body}" for row in rows)
    assert len(rows) == 1 and turns and not [word for word in (*turns, chat.contact) if word in left], "nothing says whose it was"
    assert complaint["anonymous"] and complaint["restricted"] and complaint["case"] is None
    assert complaint["contact"]["phone"] is None and complaint["contact"]["name"] is None  # type: ignore[index]


async def test_without_a_name_the_desk_gets_a_sealed_name_that_the_bot_knows_first(office: Office) -> None:
    chat = office.chat("contact-of-somebody")
    await chat.say(BRIBE, "pengaduan", kind="pungli")
    await chat.tap("Tanpa nama")
    number = number_in(await chat.say("sudah"))
    await office.hand_over()
    seal, *others = office.backoffice.puts
    (complaint,) = filed(office)
    assert seal == (f"/internal/sealed/{complaint['contact']['id']}", {"contact": "contact-of-somebody"})  # type: ignore[index]
    assert others and "contact-of-somebody" not in str(others)
    await chat.notice("tahap_aduan", number, state="ditutup")
    async with office.intake.database.read() as session:
        assert await session.get(ComplaintRow, number) is None


async def nameless(office: Office, chat: Chat) -> str:
    """A complaint without a name that is answered, asked about, and closed for good."""
    await chat.say(BRIBE, "pengaduan", kind="pungli")
    await chat.tap("Tanpa nama")
    number = number_in(await chat.say("sudah"))
    await chat.notice("jawaban_aduan", number, text="Sudah kami tindak.", closed=True, officer="Inspektorat SPESIMEN")
    return number


async def acts(office: Office) -> str:
    """Every key, path and body of what went to the desk after the complaint itself."""
    async with office.intake.database.read() as session:
        return "\n".join(f"{row.key} {row.path} {row.body}" for row in await session.scalars(select(DispatchRow)))


async def turns_of(office: Office) -> list[str]:
    async with office.intake.database.read() as session:
        return list(await session.scalars(select(TurnRow.turn)))


async def test_no_question_about_a_complaint_without_a_name_outlives_it(office: Office) -> None:
    chat = office.chat("contact-of-somebody")
    number = await nameless(office, chat)
    assert "5" in str(chat.options())
    await chat.notice("tahap_aduan", number, state="ditutup")
    async with office.intake.database.read() as session:
        row = await session.get(ConversationRow, chat.contact)
    assert row is not None and number not in str(row.content)


async def test_acts_on_a_complaint_without_a_name_tell_of_no_turn_though_it_was_closed_for_good(office: Office) -> None:
    chat = office.chat("contact-of-somebody")
    number = await nameless(office, chat)
    await chat.notice("tahap_aduan", number, state="ditutup")
    await chat.notice("jawaban_aduan", number, text="Ada yang baru.", closed=False, officer="Inspektorat SPESIMEN")
    await chat.say("terima kasih pak, ditunggu")
    await office.hand_over()
    left, turns = await acts(office), await turns_of(office)
    assert [path for path, _ in messages(office) if number in path], "it goes into the thread"
    assert not [word for word in turns if f":{word}" in left or f"/{word}" in left]


async def test_a_doubt_is_asked_and_a_no_brings_back_what_was_meant(office: Office) -> None:
    chat = office.chat()
    turn = {"acts": {"keluhan": -0.2}, "kinds": {"lama": -0.3}}
    await chat.hear("biayanya berapa ya kalau telat sekali", "nlu_fallback", 0.2, turn)
    assert set(chat.options()) == {"Ya, catat", "Bukan"}
    await chat.tap("Bukan")
    await chat.quiet()
    await office.hand_over()
    assert filed(office) == []


async def test_a_doubt_that_is_a_complaint_is_heard_out(office: Office) -> None:
    chat = office.chat()
    await chat.hear("printernya rusak tiga bulan", "nlu_fallback", 0.2, {"acts": {"keluhan": -0.2}, "kinds": {"lama": -0.3}})
    await chat.tap("Ya, catat")
    assert number_in(await chat.tap("Sudah, kirim"))


async def test_a_wish_to_complain_is_asked_for_the_story(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    assert "ceritakan" in await chat.say("mau komplain", "pengaduan", kind="umum")
    assert "*sudah*" in await chat.say("kemarin siang di loket saya dibentak", kind="sikap_petugas")
    answer = await chat.say("sudah")
    assert "ADU-" in answer
    assert "kembar" in await chat.tap("Ya, tepat")


async def test_mau_lapor_and_then_a_birth_is_no_complaint(office: Office) -> None:
    chat = office.chat()
    await chat.say("mau lapor", "pengaduan", kind="umum")
    assert "ceritakan" not in await chat.say("lapor kelahiran anak saya", "mulai_permohonan")
    await chat.quiet()
    await office.hand_over()
    assert filed(office) == []


async def test_a_complaint_in_the_middle_of_a_registration_does_not_lose_it(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await stated(chat, "botnya tanya hal yang sama terus padahal sudah saya jawab", kind="gangguan_sistem")
    await chat.tap("Ya, tepat")
    assert (await office.intake.record("c1")).drafts[0].documents == []
    assert "✅" in await chat.send(kk())


async def test_the_story_goes_on_with_the_registration_where_the_citizen_does(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say("anak pertama dulu sebulan baru jadi, payah", "pengaduan", kind="lama")
    answer = await chat.say("lanjut deh", "lanjutkan")
    assert "ADU-" in answer and "Berapa anak" in answer


async def test_an_accusation_does_not_go_to_the_officer_who_has_the_conversation(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.say("petugas")
    await chat.say("petugas yang membalas ini minta uang 50 ribu", kind="pungli")
    await chat.say("sudah")
    await office.hand_over()
    assert [row["category"] for row in filed(office)] == ["minta_petugas", "pungli"]
    assert messages(office) == []


async def test_a_complaint_about_a_case_names_it(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await stated(chat, "kok lama sekali ya pak sudah dua hari")
    await office.hand_over()
    assert filed(office)[0]["case"] == number


async def test_praise_is_thanked_for_and_not_filed(office: Office) -> None:
    chat = office.chat()
    assert "Matur nuwun" in await chat.say("pelayanannya bagus", "saran")
    await office.hand_over()
    assert filed(office) == []


async def test_batal_lets_a_story_go(office: Office) -> None:
    chat = office.chat()
    await chat.say("kok lama sekali ya pak sudah dua hari", "pengaduan", kind="lama")
    await chat.say("batal")
    await chat.quiet()
    await office.hand_over()
    assert filed(office) == []


@pytest.mark.parametrize(
    "text", ["sudah", "Sudah pak", "itu saja", "wis kuwi wae", "sudah itu aja", "niku mawon nggih", "pun mekaten mawon"]
)
def test_a_closing_is_heard(text: str) -> None:
    assert is_closing(text)


@pytest.mark.parametrize("text", ["sudah tiga hari belum jadi", "wis suwe", "sudah saya kirim", "cukup lama menunggu"])
def test_what_only_begins_like_a_closing_is_none(text: str) -> None:
    assert not is_closing(text)


async def test_sampai_mana_pengaduan_saya_tells_of_the_complaint(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    office.backoffice.cases[number] = {"number": number, "state": "diproses", "category": "lama", "answer_due": "2026-12-11T09:00:00Z"}
    answer = await chat.say("sampai mana pengaduan saya?", "cek_status", act="status_pengaduan")
    assert number in answer and "11 Desember" in answer
    assert "Belum ada" in await office.chat("c2").say("sampai mana pengaduan saya?", "cek_status", act="status_pengaduan")


async def test_buka_lagi_goes_into_the_same_complaint(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    await chat.notice("jawaban_aduan", number, text="Sudah kami tindak lanjuti.", officer="Rina", closed=True)
    assert "buka lagi" in await chat.say("saya belum puas, buka lagi", "saran", act="buka_lagi")
    await office.hand_over()
    assert [path.split("/")[3] for path, _ in messages(office)] == [number]
    assert len(filed(office)) == 1


async def test_too_late_to_reopen_is_said_and_a_new_complaint_taken(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    office.backoffice.cases[number] = {"number": number, "state": "ditutup", "category": "lama", "reopen_until": "2026-11-01T09:00:00Z"}
    await chat.notice("jawaban_aduan", number, text="Sudah.", officer="Rina", closed=True)
    assert "baru" in await chat.say("saya belum puas, buka lagi", act="buka_lagi")


async def test_cabut_is_confirmed_and_passed_on(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    await chat.say("cabut laporan saya", act="cabut_pengaduan")
    assert number in await chat.tap("Ya, cabut")
    await office.hand_over()
    assert [path for path, _ in office.backoffice.puts if "/withdrawal/" in path]


async def test_the_citizen_may_ask_for_secrecy_afterwards(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    assert number in await chat.say("nama saya jangan disebut ya", act="rahasiakan")
    await office.hand_over()
    assert [path for path, _ in office.backoffice.puts if "/restriction/" in path]


async def test_bisa_anonim_is_answered_honestly_before_the_story_is_told(office: Office) -> None:
    chat = office.chat()
    assert "WhatsApp" in await chat.say("bisa anonim?", "tanya_keamanan_data", act="rahasiakan")
    await chat.say("pak kadus minta uang rokok", kind="lama")
    await chat.say("sudah")
    await office.hand_over()
    assert filed(office)[0]["restricted"]


async def test_other_channels_come_from_the_offices_data(office: Office) -> None:
    answer = await office.chat().say("selain lewat WA lapor lewat mana", "tanya_kantor", act="kanal_pengaduan")
    assert all(channel in answer for channel in ("lapor.go.id", "@dindukcapil_blora", "kotak pengaduan"))


async def test_the_desks_answer_arrives_in_the_chat(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, "tolong dicek kok tidak dibalas balas dari kemarin lusa"))
    read = await chat.notice("jawaban_aduan", number, text="Sudah kami tindak lanjuti.", officer="Rina", closed=True)
    assert "Sudah kami tindak lanjuti." in read and "Rina" in read and number in read


async def test_the_bot_is_silent_while_a_person_answers(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.say("petugas")
    assert "petugas" in answer.lower() and "MENU" in answer
    assert await chat.say("halo bu mau tanya", "salam") == ""
    assert await chat.other("audio") == ""
    await office.hand_over()
    assert len(messages(office)) == 2
    assert "kembali" in await chat.say("menu")


async def test_the_desk_hands_back(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    number = number_in(await chat.say("petugas"))
    await chat.notice("jawaban_aduan", number, text="Baik, selesai.", officer="Rina", closed=True)
    assert "tunggu" in await chat.say("halo", "salam")


async def test_in_office_hours_the_time_is_named_by_which_somebody_answers(office: Office) -> None:
    assert "paling lambat *Senin, 23 November 2026 pukul 09.30" in await office.chat().say("petugas")


async def test_outside_office_hours_it_is_said_when_somebody_answers(office: Office) -> None:
    chat = office.chat()
    office.now += timedelta(hours=13)
    assert "Kantor sedang tutup" in await chat.say("petugas")


async def test_a_photo_in_between_lets_a_confirmation_lapse(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.say("batal")
    await chat.send(kk())
    await chat.say("ya", "setuju")
    assert len((await office.intake.record("c1")).drafts) == 1


async def test_when_it_is_done_the_citizen_is_asked_once_whether_it_helped(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    assert "membantu" in await chat.notice("jawaban_aduan", number, text="Sudah jadi.", officer="Rina", closed=True)
    assert "penilaian" in await chat.say("4")
    await office.hand_over()
    ((path, body),) = [(path, body) for path, body in office.backoffice.puts if "/rating/" in path]
    assert number in path and body["value"] == 4


async def test_a_low_answer_with_a_word_takes_the_complaint_up_again(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    await chat.notice("jawaban_aduan", number, text="Sudah jadi.", officer="Rina", closed=True)
    assert "kurang" in await chat.tap("1 tidak membantu")
    assert number in await chat.say("aktanya tetap belum saya terima")
    await office.hand_over()
    ((path, message),) = messages(office)
    assert number in path and message["text"] == "aktanya tetap belum saya terima"


async def test_nobody_has_to_say_whether_it_helped(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await stated(chat, "kok lama sekali sudah tiga hari belum jadi")
    number = (await office.intake.record("c1")).complaints[0].number
    await chat.notice("jawaban_aduan", number, text="Sudah jadi.", officer="Rina", closed=True)
    assert "gratis" in (await chat.say("biayanya berapa", "tanya_biaya")).lower()


async def test_after_a_talk_with_a_person_nothing_is_asked(office: Office) -> None:
    chat = office.chat()
    number = number_in(await chat.say("petugas"))
    assert "membantu?" not in await chat.notice("jawaban_aduan", number, text="Baik.", officer="Rina", closed=True)
