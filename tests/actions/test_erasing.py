"""'Hapus data saya' leaves nothing of a person behind: drafts, photos, answers, and the words of the chat."""

from datetime import timedelta

from sqlalchemy import select

from intake.drafts.tables import ConversationRow, DispatchRow, TurnRow
from intake.upkeep import Upkeep
from tests.actions.conftest import Office
from tests.actions.families import kk
from tests.actions.steps import submitted, until_documents


async def rows(office: Office, table: type) -> list:  # type: ignore[type-arg]
    async with office.intake.database.read() as session:
        return list((await session.scalars(select(table))).all())


async def test_the_bot_is_told_and_the_answers_go(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk())
    await chat.say("hapus data saya", "hapus_data")
    await chat.tap("Ya, hapus")
    assert chat.messages[0]["erase"] is True
    assert len(await rows(office, TurnRow)) == 1
    (ctx,) = await rows(office, ConversationRow)
    assert ctx.content["name"] is None and ctx.content["phone"] is None


async def test_who_has_no_draft_is_forgotten_as_well(office: Office) -> None:
    chat = office.chat()
    await chat.say("hapus data saya", "hapus_data")
    assert chat.messages[0]["erase"] is True


async def test_what_the_office_has_keeps_its_chat_until_an_officer_decides(office: Office) -> None:
    chat = office.chat()
    await submitted(chat)
    await chat.say("hapus data saya", "hapus_data")
    await chat.tap(next(iter(chat.options())))
    assert "erase" not in chat.messages[0]


async def test_writes_that_arrived_are_forgotten_after_two_weeks_where_no_back_up_holds_them(office: Office) -> None:
    chat = office.chat()
    await submitted(chat)
    await office.hand_over()
    assert len(await rows(office, DispatchRow)) == 1
    office.now += timedelta(days=15)
    await Upkeep(office.intake, None).erase()  # type: ignore[arg-type]
    assert await rows(office, DispatchRow) == [] and await rows(office, TurnRow) == []


async def test_a_person_known_under_two_ids_finds_their_draft_again(office: Office) -> None:
    chat = office.chat("old")
    await until_documents(chat)
    again = office.chat("new")
    read = await again._turn(
        "halo", "salam", 0.9, {"kind": "text", "text": "halo", "contact": {"phone": None, "name": None, "formerly": ["old"]}}
    )
    assert "Kartu Keluarga" in read or "KK" in read
    assert (await office.intake.record("old")).drafts == []
    assert len((await office.intake.record("new")).drafts) == 1
