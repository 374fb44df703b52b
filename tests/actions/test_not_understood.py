"""What is not understood: other words with choices, then an example, then a person; never the same sentence twice."""

from tests.actions.conftest import Office
from tests.actions.steps import begun


async def test_the_ladder_rephrases_explains_and_offers_a_person(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    first = await chat.say("asdf")
    assert "belum paham" in first and "Satu anak" in chat.options()
    second = await chat.say("qwer")
    assert "kembar 2" in second
    third = await chat.say("zxcv")
    assert "PETUGAS" in third
    for text in ("a1", "b2x", "c3y", "d4z"):
        await chat.say(text)


async def test_understanding_again_starts_the_ladder_anew(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say("asdf")
    await chat.tap("Satu anak")
    assert "PETUGAS" not in await chat.say("asdf")


async def test_without_a_draft_what_was_near_is_offered(office: Office) -> None:
    chat = office.chat()
    await chat.say("hmm")
    for _ in range(4):
        await chat.say("hmm")


async def test_other_topics_are_declined_kindly(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    answer = await chat.say("harga cabe berapa", "di_luar_topik")
    assert "kembar" in answer
