"""The survey in the chat: one message, nine digits, ended by any other word."""

import pytest

from actions.topics import survey
from standard.survey import Flow, unsur
from tests.actions.conftest import Office
from tests.actions.steps import submitted

CASE = "LM-261122-7K4F"


async def asked(office: Office):
    chat = office.chat()
    await chat.say("halo", "salam")
    said = await chat.notice("survei", CASE)
    assert "sembilan angka" in said and "9." in said and chat.sent == 2
    return chat


def handed(office: Office) -> list[tuple[str, list[int | None]]]:
    return [(path.split("/")[3], body["values"]) for path, body in office.backoffice.puts if path.startswith("/api/surveys/")]


@pytest.mark.parametrize("typed", ["443344434", "4 4 3 3 4 4 4 3 4", "4,4,3,3,4,4,4,3,4", "443-344-434"])
async def test_nine_digits_are_an_answer_however_they_are_parted(office: Office, typed: str) -> None:
    chat = await asked(office)
    assert "penilaian" in await chat.say(typed)
    await office.hand_over()
    assert handed(office) == [(CASE, [4, 4, 3, 3, 4, 4, 4, 3, 4])]
    await chat.say(typed)
    await office.hand_over()
    assert len(handed(office)) == 1


async def test_a_nought_says_nothing_of_an_unsur(office: Office) -> None:
    chat = await asked(office)
    await chat.say("440344030")
    await office.hand_over()
    assert handed(office) == [(CASE, [4, 4, None, 3, 4, 4, None, 3, None])]


async def test_too_few_digits_are_asked_for_once_more_and_then_count(office: Office) -> None:
    chat = await asked(office)
    assert "belum sembilan" in await chat.say("44334")
    await chat.say("44334")
    await office.hand_over()
    assert handed(office) == [(CASE, [4, 4, 3, 3, 4, None, None, None, None])]


@pytest.mark.parametrize(
    ("typed", "intent"), [("terima kasih", "terima_kasih"), ("berapa biayanya?", "tanya_biaya"), ("tidak usah", "tolak")]
)
async def test_any_other_word_ends_it_and_is_answered_as_ever(office: Office, typed: str, intent: str) -> None:
    chat = await asked(office)
    assert "sembilan" not in await chat.say(typed, intent)
    await chat.say("443344434")
    await office.hand_over()
    assert handed(office) == []


async def test_nobody_is_asked_who_talks_with_an_officer_or_tells_a_complaint(office: Office) -> None:
    chat = office.chat()
    await chat.say("saya dimintai pak modin 200rb buat urus akta", kind="pungli")
    assert await chat.notice("survei", CASE) == ""


FLOW = Flow("1234567890", "Isi penilaian")
FIELDS = {f"unsur_{row.id}": "4" for row in unsur()}


@pytest.fixture
def with_flow(monkeypatch: pytest.MonkeyPatch) -> None:
    """An office that has published the form."""
    monkeypatch.setattr(survey, "flow", lambda: FLOW)


async def test_where_a_form_is_published_one_button_opens_it_and_digits_do_as_well(office: Office, with_flow: None) -> None:
    chat = await asked(office)
    form = chat.messages[-1]["form"]
    assert (form["flow"], form["screen"], form["token"]) == ("1234567890", "PENILAIAN", f"skm:{CASE}")
    assert "tombol" not in form["instead"]["text"] and "sembilan angka" in form["instead"]["text"] and "9. " in form["instead"]["text"]
    await chat.say("443344434")
    await office.hand_over()
    assert handed(office) == [(CASE, [4, 4, 3, 3, 4, 4, 4, 3, 4])]


async def test_the_filled_in_form_is_an_answer_whatever_was_said_before_it_came_and_counts_once(office: Office, with_flow: None) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await chat.notice("survei", number)
    await chat.say("terima kasih", "terima_kasih")
    about = {"jenis_kelamin": "p", "pekerjaan": "astronot", "lain": "x"}
    answer = await chat.other("form", token=f"skm:{number}", fields={**FIELDS, "unsur_waktu": "9", **about})
    assert "penilaian" in answer.lower()
    await office.hand_over()
    [(_, body)] = [(path, body) for path, body in office.backoffice.puts if path.startswith("/api/surveys/")]
    assert body["values"] == [4, 4, None, 4, 4, 4, 4, 4, 4] and body["about"] == {"jenis_kelamin": "p"}


@pytest.mark.parametrize("token", ["skm:LM-261122-9999", "lain:LM-261122-7K4F", "", None])
async def test_a_form_of_somebody_elses_application_or_of_none_counts_nothing(office: Office, with_flow: None, token: str | None) -> None:
    chat = office.chat()
    await submitted(chat)
    assert await chat.other("form", token=token, fields=FIELDS)
    await office.hand_over()
    assert handed(office) == []


async def test_the_filled_in_form_counts_also_while_an_officer_has_the_conversation_and_the_chat_stays_with_them(
    office: Office, with_flow: None
) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await chat.notice("survei", number)
    await chat.say("petugas")
    assert "penilaian" in (await chat.other("form", token=f"skm:{number}", fields=FIELDS)).lower()
    await chat.say("terima kasih bu", "terima_kasih")
    await office.hand_over()
    assert handed(office) == [(number, [4] * 9)]
    assert [body["text"] for path, body in office.backoffice.puts if "/messages/" in path] == ["terima kasih bu"]
