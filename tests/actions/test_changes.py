"""What is stored is said back; a "bukan" right after undoes exactly that, and a yes with an exception hands nothing over."""

import pytest

from intake.drafts.model import Draft, DraftState
from tests.actions.conftest import Office
from tests.actions.steps import begun, until_summary


async def _draft(office: Office) -> Draft:
    return (await office.intake.record("c1")).drafts[0]


@pytest.mark.parametrize("text", ["udah bener, cuma beratnya 3000 ya", "betul bu tapi beratnya 3000 gram"])
async def test_a_yes_with_an_exception_changes_that_value_and_shows_the_summary_again(office: Office, text: str) -> None:
    chat = office.chat()
    await until_summary(chat)
    before = (await _draft(office)).children[0].fields
    answer = await chat.say(text, "setuju", 0.97)
    draft = await _draft(office)
    assert draft.state is DraftState.OPEN and "3000" in answer
    assert draft.children[0].fields == before | {"berat": 3000}


async def test_a_bukan_right_after_brings_back_exactly_what_was_changed(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    before = (await _draft(office)).children[0].fields
    await chat.say("jamnya jam 5 sore", "perbaiki_data", 0.9)
    assert (await _draft(office)).children[0].fields["pukul"] == "17:00"
    await chat.say("bukan", "tolak", 0.9)
    assert (await _draft(office)).children[0].fields == before


async def test_papers_are_said_back_each_by_its_own_words(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    answer = await chat.say("surat lahir ono, buku nikah ra duwe", "setuju", 0.6)
    draft = await _draft(office)
    assert (draft.conditions.ada_surat_kelahiran, draft.conditions.ada_surat_nikah) == (True, False)
    assert "surat lahir ada" in answer and "buku nikah belum ada" in answer


async def test_one_of_nine_facts_is_chosen_and_asked_alone(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    before = dict((await _draft(office)).children[0].fields)
    await chat.tap("Ada yang salah")
    await chat.tap("Data kelahiran")
    await chat.tap("berat")
    draft = await _draft(office)
    assert draft.children[0].fields == {name: value for name, value in before.items() if name != "berat"}
    await chat.say("3,2 kg")
    assert (await _draft(office)).children[0].fields["berat"] == 3200
