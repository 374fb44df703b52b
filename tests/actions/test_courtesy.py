"""Greeting comes once in full, a salam is answered, emojis get something fitting, and registering is not offered in every answer."""

import pytest

from tests.actions.conftest import Office
from tests.actions.steps import submitted, until_documents

FULL = "Saya asisten otomatis"
LIST = "Yang difoto"
OFFER = "ingin mendaftarkan kelahiran sekarang"


async def test_the_greeting_comes_once_in_full_and_later_in_a_line(office: Office) -> None:
    chat = office.chat()
    first = await chat.say("mau daftar", "mulai_permohonan")
    await chat.tap("Tidak")
    second = await chat.say("mau daftar", "mulai_permohonan")
    assert FULL in first and LIST in first
    assert FULL not in second and LIST not in second and "hanya dibuka petugas" in second and len(chat.options()) == 3
    assert len(second.splitlines()) <= 6


async def test_behind_condolence_nobody_is_greeted_at_length(office: Office) -> None:
    chat = office.chat()
    await chat.say("suami saya meninggal 3 bulan lalu, anak saya baru lahir", moment="ayah_meninggal")
    answer = await chat.say("iya", "setuju")
    assert FULL not in answer and LIST not in answer and "bersedia" in answer


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("assalamualaikum", "Wa'alaikumsalam."),
        ("Assalamu'alaikum pak, biayanya berapa?", "Wa'alaikumsalam."),
        ("ass wr wb min", "Wa'alaikumsalam."),
        ("bu assalamualaikum badhe tanglet", "Wa'alaikumsalam."),
        ("kulonuwun, badhe damel akte", "Monggo"),
        ("shalom pak", "Salam"),
    ],
)
async def test_a_salam_is_answered(office: Office, text: str, back: str) -> None:
    assert (await office.chat().say(text, "salam")).startswith(back)


@pytest.mark.parametrize("text", ["wassalamualaikum", "matur nuwun, wassalamualaikum", "nama bapaknya Salamun", "mau daftar"])
async def test_a_farewell_or_a_name_is_no_greeting(office: Office, text: str) -> None:
    assert not (await office.chat().say(text, "terima_kasih")).startswith(("Wa'alaikum", "Salam", "Monggo"))


@pytest.mark.parametrize("text", ["😭😭😭🙏", "😢", "🥺🥺", "😭", "💔💔"])
async def test_tears_are_met_with_help_and_no_thanks(office: Office, text: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.say(text, "terima_kasih")
    assert "Sami-sami" not in answer and "petugas" in answer and "Bicara petugas" in chat.options()


@pytest.mark.parametrize(("text", "word"), [("🙏🙏", "Sami-sami"), ("❤️", "Sami-sami"), ("😂😂", "Nggih"), ("🎉", "Nggih")])
async def test_other_emojis_get_a_short_word(office: Office, text: str, word: str) -> None:
    answer = await office.chat().say(text, "di_luar_topik")
    assert word in answer and "akta kelahiran, KK" not in answer


async def test_registering_is_offered_once_in_words_and_stays_a_button(office: Office) -> None:
    chat = office.chat()
    answers = [
        await chat.say("biayanya?", "tanya_biaya"),
        await chat.say("berapa lama?", "tanya_waktu"),
        await chat.say("saksinya siapa?", "tanya_saksi"),
        await chat.say("kantornya di mana?", "tanya_kantor"),
    ]
    assert [OFFER in answer or "mendaftar sekarang" in answer for answer in answers] == [True, False, False, False]
    assert "Daftar kelahiran" in chat.options()


async def test_who_asks_of_a_move_is_offered_no_birth(office: Office) -> None:
    chat = office.chat()
    assert OFFER not in await chat.say("mau pindah rumah syaratnya apa", "tanya_layanan_lain")
    assert OFFER in await chat.say("syarat akta apa", "tanya_syarat")


@pytest.mark.parametrize(("intent", "question"), [("tanya_syarat", ""), ("tanya_syarat", "kurang_apa"), ("lanjutkan", "kurang_apa")])
async def test_what_is_missing_comes_first_and_nothing_in_general(office: Office, intent: str, question: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.say("apa lg yg kurang", intent, question=question)
    assert "RT/RW" not in answer and "Kartu Keluarga" in answer and len(answer.splitlines()) <= 12


async def test_nothing_is_missing_once_it_was_sent(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    answer = await chat.say("opo maneh sing kurang?", "tanya_syarat", question="kurang_apa")
    assert number in answer and "RT/RW" not in answer


async def test_who_has_not_begun_is_told_what_to_prepare(office: Office) -> None:
    assert "Belum ada permohonan" in await office.chat().say("tinggal apa lagi", "tanya_syarat", question="kurang_apa")
