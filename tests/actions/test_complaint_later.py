"""What is said behind a complaint is taken by what it can mean there: more of it, how far it is, that all is well now."""

from typing import Any

import pytest

from tests.actions.conftest import Chat, Office
from tests.actions.test_complaints import filed, messages, number_in, stated

NONE = {"keluhan": -0.9, "bukan": 0.3, "status_pengaduan": -0.9}
"""What is heard of such a message where nothing was complained of before."""


MEANINGS = ("tambahan", "puas", "status_pengaduan", "cabut_pengaduan", "keluhan", "bukan")


def heard(meant: str, acts: dict[str, float] | None = None) -> dict[str, Any]:
    """What the complaint model heard, its best guess that."""
    later = {name: 0.2 if name == meant else -0.8 for name in MEANINGS}
    return {"acts": acts or NONE, "kinds": {}, "grave": -1.0, "later": later}


async def complained(office: Office) -> tuple[Chat, str]:
    chat = office.chat()
    return chat, number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))


async def test_a_detail_that_complains_of_nothing_by_itself_is_asked_about_and_goes_into_the_complaint(office: Office) -> None:
    chat, number = await complained(office)
    assert number in await chat.hear("rumahnya selatan pasar, cat biru", "alamat", 0.9, heard("tambahan"))
    await chat.tap("Ya, tambahan")
    await office.hand_over()
    assert [path.split("/")[3] for path, _ in messages(office)] == [number] and len(filed(office)) == 1


async def test_without_a_complaint_of_before_the_same_words_add_to_nothing(office: Office) -> None:
    chat = office.chat()
    await chat.hear("rumahnya selatan pasar, cat biru", "nlu_fallback", 0.2, heard("tambahan"))
    assert "Ya, tambahan" not in chat.options()


@pytest.mark.parametrize("complains", [-0.45, -0.2])
async def test_who_says_that_all_is_well_now_is_not_asked_whether_it_is_a_complaint(office: Office, complains: float) -> None:
    chat, _ = await complained(office)
    told = {**heard("puas", {"keluhan": complains, "bukan": 0.1}), "kinds": {"lama": 0.2}}
    await chat.hear("tadi petugasnya sudah datang, bapak sudah difoto", "nlu_fallback", 0.3, told)
    assert {"Ya, catat", "Ya, tambahan"} & set(chat.options()) == set()
    await chat.quiet()
    await office.hand_over()
    assert messages(office) == [] and len(filed(office)) == 1


async def test_a_question_on_it_that_sounds_like_another_is_answered_with_the_complaint(office: Office) -> None:
    chat, number = await complained(office)
    office.backoffice.cases[number] = {"number": number, "state": "diproses", "category": "lama", "answer_due": "2026-12-11T09:00:00Z"}
    assert number in await chat.hear("wis didandani durung aktene", "cek_status", 0.9, heard("status_pengaduan"))


@pytest.mark.parametrize(("state", "again"), [("selesai", True), ("ditutup", False)])
async def test_more_of_one_that_was_answered_this_day_takes_it_up_again(office: Office, state: str, again: bool) -> None:
    chat, number = await complained(office)
    await chat.notice("jawaban_aduan", number, text="Sudah kami tindak lanjuti.", officer="Rina", closed=True)
    office.backoffice.cases[number] = {"number": number, "state": state, "category": "lama"}
    answer = await chat.hear("semalam terjadi lagi, jam sepuluh", "nlu_fallback", 0.2, heard("tambahan"))
    await office.hand_over()
    assert [path.split("/")[3] for path, _ in messages(office)] == ([number] if again else [])
    assert ("buka lagi" in answer) is again
