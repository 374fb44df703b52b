"""A KK that another office issued is told as soon as it is seen: which office is right, and nothing more is asked."""

import pytest

from tests.actions.conftest import Office, photo
from tests.actions.families import ALBUM, FATHER, MOTHER
from tests.actions.steps import begun, until_documents

MEMBERS = [
    {"nik": FATHER["nik"], "nama": FATHER["nama"], "shdk": "KEPALA KELUARGA", "status_perkawinan": "KAWIN TERCATAT"},
    {"nik": MOTHER["nik"], "nama": MOTHER["nama"], "shdk": "ISTRI", "status_perkawinan": "KAWIN TERCATAT"},
]
ELSEWHERE = photo("kk", no_kk="3517990101200005", kepala_keluarga=FATHER["nama"], anggota=MEMBERS, kecamatan="PLOSO")


async def test_the_right_office_is_told_at_once_and_nothing_more_is_asked(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    stated = await chat.send(ELSEWHERE)
    assert "tertulis di KK" in stated and "tidak ada lagi yang perlu dikirim" in stated and len(chat.options()) == 3
    bye = await chat.tap("Cukup di sini")
    assert "hapus" in bye
    assert (await office.intake.record("c1")).drafts == []


async def test_the_mothers_kk_is_taken_in_its_stead(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(ELSEWHERE)
    await chat.tap("Kirim KK lain")
    wanted = await chat.send(ALBUM[0])
    assert "menggantikan" in wanted and "KTP saksi" in wanted and "kabupaten/kota lain" not in wanted


@pytest.mark.parametrize("said", ["Sudah pindah ke sini", "sampun pindah pak"])
async def test_who_moved_goes_on_and_the_officer_sees_it(office: Office, said: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(ELSEWHERE)
    await chat.say(said)
    (draft,) = (await office.intake.record("c1")).drafts
    assert "kk_luar" in draft.flags and "luar" not in chat.messages[-1]["text"]


@pytest.mark.parametrize("fields", [{"no_kk": "3517990101200005", "kecamatan": "CEPU"}, {"no_kk": "3316990101200005"}, {}])
async def test_a_family_of_this_office_or_a_number_that_was_not_read_is_told_nothing(office: Office, fields: dict[str, str]) -> None:
    chat = office.chat()
    await until_documents(chat)
    stated = await chat.send(photo("kk", kepala_keluarga=FATHER["nama"], anggota=MEMBERS, **fields))
    assert "kabupaten/kota lain" not in stated


async def test_a_question_is_answered_and_the_choice_stays(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.send(ELSEWHERE)
    answer = await chat.say("biayanya berapa pak?", "tanya_biaya")
    assert "gratis" in answer.lower() and "KK" in answer and len(chat.options()) == 3
