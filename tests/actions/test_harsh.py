"""Anger is met calmly: an insult gets a kind word and the question again, a threat becomes a restricted complaint with a number."""

import pytest

from tests.actions.conftest import Office
from tests.actions.steps import begun


@pytest.mark.parametrize("text", ["goblok kabeh", "pelayanane asu", "petugase pekok tenan", "sistem bodoh!!"])
async def test_an_insult_is_answered_kindly_and_marks_nobody(office: Office, text: str) -> None:
    chat = office.chat()
    await begun(chat)
    read = await chat.say(text, "di_luar_topik")
    assert "maaf" in read and "PETUGAS" in read and "kembar" in read
    assert (await office.intake.record("c1")).drafts[0].flags == []
    assert await chat.say(text, "di_luar_topik") != read


@pytest.mark.parametrize(
    "text", ["tak obong kantormu nek ora dadi", "saya diancam petugas desa kalau tidak bayar", "awas kowe, tak goleki omahmu"]
)
async def test_a_threat_is_filed_for_few_eyes(office: Office, text: str) -> None:
    chat = office.chat()
    await begun(chat)
    read = await chat.say(text, "di_luar_topik")
    assert "ADU-" in read and "kembar" in read
    await office.hand_over()
    (filed,) = office.backoffice.bodies("/api/complaints/")
    assert (filed["category"], filed["restricted"], filed["text"]) == ("ancaman", True, text)


async def test_a_complaint_with_an_insult_in_it_is_a_complaint(office: Office) -> None:
    chat = office.chat()
    await chat.say("petugas goblok itu minta uang 100 ribu ke ibu saya buat akta", "pengaduan", kind="pungli")
    await chat.say("sudah")
    await office.hand_over()
    (filed,) = office.backoffice.bodies("/api/complaints/")
    assert filed["category"] == "pungli"
