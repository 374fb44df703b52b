"""Questions that have an answer of their own are answered with it, once, and the open question comes back."""

import pytest

from tests.actions.conftest import Office
from tests.actions.steps import begun, until_documents


@pytest.mark.parametrize(
    ("text", "intent", "question", "word"),
    [
        ("apa harus datang ke dukcapil?", "tanya_prosedur", "tanpa_datang", "Tidak perlu datang"),
        ("pdf nya ga bisa dibuka", "tanya_produk", "pdf", "Adobe Reader"),
        ("kk saya rembang bisa urus di sini?", "di_luar_topik", "domisili_lain", "KK ibu"),
        ("kk ne melu mbahne, piye", "tanya_prosedur", "kk_gabung", "Tidak perlu pisah KK"),
        ("akta tahun lalu salah nama, gimana", "mulai_permohonan", "akta_lama_salah", "tidak didaftarkan ulang"),
    ],
)
async def test_the_question_is_answered_and_the_open_one_follows(office: Office, text: str, intent: str, question: str, word: str) -> None:
    chat = office.chat()
    await begun(chat)
    answer = await chat.say(text, intent, question=question)
    assert word in answer and answer.endswith("kembar?")


async def test_two_questions_of_one_intent_get_two_answers_and_the_same_one_never_comes_twice(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    first = await chat.say("harus datang ke kantor gak", "tanya_prosedur", question="tanpa_datang")
    second = await chat.say("kalau kembar gimana", "tanya_prosedur", question="kembar")
    assert "datang ke kantor" in first and "satu permohonan" in second
    await chat.say("alurnya gimana", "tanya_prosedur")
    again = await chat.say("terus gimana alurnya", "tanya_prosedur")
    assert "seperti di atas" not in again and "PETUGAS" in again


async def test_an_answer_to_the_open_question_goes_before(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    assert "satu permohonan" not in await chat.say("kembar dua", "mulai_permohonan", question="kembar")
