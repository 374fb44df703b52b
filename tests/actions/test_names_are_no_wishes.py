"""A name that is asked for is never taken for a wish, however sure the language model is of one; a wish at that question still is one."""

import pytest

from tests.actions.conftest import Office
from tests.actions.families import ALBUM
from tests.actions.steps import until_documents


@pytest.mark.parametrize(
    ("name", "intent"),
    [
        ("Bagus Prasetyo", "saran"),
        ("Moch Alfatih", "terima_kasih"),
        ("Naufal Hakim bu", "tanya_terlambat"),
        ("namanya kirana larasati", "perbaiki_data"),
        ("Pon Rahmawati", "batal"),
        ("Selamat Widodo", "salam"),
    ],
)
async def test_a_name_at_its_question_is_spelled_back(office: Office, name: str, intent: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    answer = await chat.say(name, intent, 1.0)
    assert "Ejaannya" in answer and name.removesuffix(" bu").split()[-1].upper() in answer


@pytest.mark.parametrize(
    ("wish", "intent", "stated"), [("biayanya berapa ya", "tanya_biaya", "Gratis"), ("saya mau batal saja", "batal", "dihentikan")]
)
async def test_a_wish_at_the_name_is_heard(office: Office, wish: str, intent: str, stated: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    answer = await chat.say(wish, intent)
    assert stated.lower() in answer.lower() and "Ejaannya" not in answer
