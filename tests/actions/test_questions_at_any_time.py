"""Any question at any moment is answered from the facts, and the open question comes back, once, short."""

import pytest

from actions.topics.facts import ANSWERS
from tests.actions.conftest import Office
from tests.actions.families import FATHER, WITNESS_1, birth_letter, kk, ktp
from tests.actions.steps import begun, submitted, until_documents, until_summary


@pytest.mark.parametrize("question", ANSWERS)
async def test_every_question_is_answered_and_the_open_one_asked_again(office: Office, question: str) -> None:
    chat = office.chat()
    await begun(chat)
    answer = await chat.say("pertanyaan", question)
    assert "satu, atau kembar" in answer and len(chat.messages) == 1
    assert "Satu anak" in chat.options()
    assert "surat keterangan lahir" in await chat.tap("Satu anak")


async def test_a_question_goes_before_an_answer_in_own_words(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    from tests.actions.families import ALBUM

    await chat.send(*ALBUM)
    answer = await chat.say("biayanya berapa ya bu", "tanya_biaya", 0.8)
    assert "Gratis" in answer and "nama lengkap anak" in answer
    assert "SITI AMINAH" in await chat.say("Siti Aminah", "tanya_biaya", 0.2)


async def test_a_short_answer_goes_before_what_the_model_heard(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    await chat.say("dereng", "kirim_nanti", 0.9)
    assert "buku nikah" in await chat.say("belum punya", "tidak_punya_berkas", 0.95)
    assert "Di KK" in await chat.say("dereng gadhah", "tidak_punya_berkas", 0.95)


async def test_the_same_question_twice_is_not_answered_with_the_same_sentence(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say("biaya?", "tanya_biaya")
    assert "PETUGAS" in await chat.say("biaya?", "tanya_biaya")
    await chat.say("biaya?", "tanya_biaya")


async def test_a_question_without_a_draft_ends_with_an_offer(office: Office) -> None:
    chat = office.chat()
    assert "Gratis" in await chat.say("bayar brp min", "tanya_biaya")
    assert "Daftar kelahiran" in chat.options()
    assert "bersedia" in await chat.tap("Daftar kelahiran")


async def test_the_requirements_are_told_for_the_own_case(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk(), ktp(FATHER))
    answer = await chat.say("syaratnya apa", "tanya_syarat")
    assert "KTP saksi pertama" in answer


async def test_yes_never_hands_over_unless_it_answers_that_question(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    await chat.say("biayanya berapa?", "tanya_biaya")
    await chat.say("makasih", "terima_kasih")
    old = chat.options().get("Ya, kirim")
    fresh = office.chat("c2")
    await fresh.say("halo", "salam")
    await fresh.tap("Ya, lanjutkan")
    await fresh.say("nggih", "setuju")
    if old:
        assert "Tombol" in await fresh.tap_id(old, "Ya, kirim")
    await office.hand_over()
    assert office.backoffice.puts == []


async def test_an_old_button_changes_nothing(office: Office) -> None:
    chat = office.chat()
    await chat.say("halo", "salam")
    agree = chat.options()["Ya, lanjutkan"]
    await chat.tap("Ya, lanjutkan")
    await chat.tap("Ibu")
    answer = await chat.tap_id(agree, "Ya, lanjutkan")
    assert "tidak kami ubah" in answer and "kembar" in answer


async def test_thanks_and_goodbyes_are_answered_without_pressing(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "kapan saja" in await chat.say("sampun nggih pak", "pamit")
    assert "simpan" in await chat.say("besok saya kirim", "kirim_nanti")


async def test_several_facts_in_one_message_are_an_answer_whatever_the_model_heard(office: Office) -> None:
    from tests.actions.families import ALBUM

    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    answer = await chat.say("rsud blora jam 9 malam, anak pertama, ditolong bidan, 3,1 kilo 49 cm", "perbaiki_data", 0.95)
    assert "Ke alamat mana" in answer


async def test_one_wrong_fact_is_corrected_without_asking_for_the_others(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    answer = await chat.say("jam lahirnya salah, harusnya jam 05.15", "perbaiki_data")
    assert "pukul 05.15" in answer and "3100 gram" in answer


async def test_an_answer_says_what_it_means_for_the_own_case(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk(), ktp(WITNESS_1, mark="w"), birth_letter(), caption="saksi")
    assert "KTP saksi pertama sudah kami terima" in await chat.say("saksinya harus siapa", "tanya_saksi")
    assert "surat keterangan lahir sudah kami terima" in await chat.say("surat lahir dari bidan bisa?", "tanya_surat_lahir")
    assert (await chat.say("kalau buku nikah hilang?", "tanya_surat_nikah")).count("buku nikah orang tua") == 1, "the list says it"
    assert "belum terlambat" in await chat.say("kalau telat gimana", "tanya_terlambat")


async def test_after_the_hand_over_time_and_address_are_the_own(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    answer = await chat.say("berapa lama jadinya", "tanya_waktu")
    assert number in answer and "24 November 2026" in answer
    assert "sesuai" in (await chat.say("KIA dikirim kemana", "tanya_pengiriman")).lower()
