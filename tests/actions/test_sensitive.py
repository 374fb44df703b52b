"""Sensitive moments: warm, no judgement, nothing demanded, a person offered where the domain page says so."""

import pytest

from tests.actions.conftest import Office, photo
from tests.actions.steps import begun, until_documents


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("bayinya lahir mati bu", "berduka"),
        ("anak saya sudah meninggal kemarin", "berduka"),
        ("saya nemu bayi di pinggir jalan", "peduli"),
        ("suami saya WNA dari belanda", "warga negara asing"),
    ],
)
async def test_an_officer_is_offered_and_nothing_more_is_asked(office: Office, text: str, word: str) -> None:
    chat = office.chat()
    await begun(chat)
    answer = await chat.say(text, "di_luar_topik")
    assert word in answer and "?" not in answer
    assert set(chat.options()) == {"Bicara petugas", "Menu"}
    assert "ADU-" in await chat.tap("Bicara petugas")


async def test_a_mother_alone_is_told_that_the_way_goes_on(office: Office) -> None:
    chat = office.chat()
    await begun(chat, "Ibu")
    answer = await chat.say("anak saya tidak ada bapaknya", "tanya_surat_nikah")
    assert "tetap dapat diurus" in answer and "kembar" in answer


async def test_the_officer_sees_it_on_the_bundle(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say("suami saya WNA", "di_luar_topik")
    assert (await office.intake.desk("c1")).drafts[0].flags == ["peka:orang_asing"]


async def test_a_letter_of_a_stillbirth_is_met_with_a_warm_word_and_a_person(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.send(photo("other", "retake", ("WRONG_DOCUMENT",), quality={"other_lahir_mati": 1.0}))
    assert "berduka" in answer and "dokumen lain" not in answer and chat.options()
    assert (await office.intake.desk("c1")).drafts[0].flags == ["peka:lahir_mati"]
