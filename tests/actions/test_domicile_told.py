"""A KK from elsewhere that is told in any words gets, at any moment, the answer which office is right."""

import pytest

from tests.actions.conftest import Office
from tests.actions.steps import begun, until_documents, until_summary

HERE = "mengikuti *KK ibu*"


@pytest.mark.parametrize("intent", ["di_luar_topik", "perbaiki_data", "mulai_permohonan", "tanya_prosedur", "nlu_fallback", "setuju"])
async def test_whatever_wish_it_sounds_like(office: Office, intent: str) -> None:
    chat = office.chat()
    answer = await chat.say("KK saya rembang, istri KK blora ikut mertua", intent)
    assert HERE in answer and "Belum ada permohonan" not in answer and "hanya dapat membantu" not in answer


@pytest.mark.parametrize("reached", [begun, until_documents, until_summary])
async def test_at_any_moment_and_the_open_question_follows(office: Office, reached: object) -> None:
    chat = office.chat()
    await reached(chat)  # type: ignore[operator]
    answer = await chat.say("kk saya pati, istri kk blora, bisa di sini?", "di_luar_topik")
    assert HERE in answer and chat.messages and chat.paragraphs[-1] not in (None, answer)


async def test_the_child_that_goes_into_the_mothers_kk_is_no_wish_to_correct(office: Office) -> None:
    answer = await office.chat().say("anaknya mau masuk KK istri", "perbaiki_data", question="domisili_lain")
    assert "KK ibu" in answer and "Belum ada permohonan" not in answer


async def test_a_mother_from_elsewhere_is_told_her_office(office: Office) -> None:
    answer = await office.chat().say("suami kk blora, saya masih kk rembang", "di_luar_topik")
    assert "Dukcapil yang tertulis di KK ibu" in answer and "tidak ada yang perlu dikirim" in answer


async def test_what_else_it_answers_is_noted(office: Office) -> None:
    chat = office.chat()
    await chat.say("mau daftar", "mulai_permohonan")
    await chat.tap("Ya, lanjutkan")
    answer = await chat.say("saya bapaknya, kk saya rembang, istri kk blora", "nlu_fallback")
    (draft,) = (await office.intake.record("c1")).drafts
    assert draft.conditions.pelapor == "ayah" and HERE in answer


async def test_a_place_of_birth_in_an_answer_is_no_domicile(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "KK ibu" not in await chat.say("anak lahir di rembang, kk blora", "di_luar_topik")
