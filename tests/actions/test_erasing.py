"""'Hapus data saya' leaves nothing of a person behind: drafts, photos, answers, and the words of the chat."""

from datetime import timedelta

from sqlalchemy import select

from intake.drafts.tables import ComplaintRow, ConversationRow, DispatchRow, TurnRow
from intake.upkeep import Upkeep
from tests.actions.conftest import Office
from tests.actions.families import kk
from tests.actions.steps import submitted, until_documents
from tests.actions.test_complaints import number_in, stated


async def rows(office: Office, table: type) -> list:  # type: ignore[type-arg]
    async with office.intake.database.read() as session:
        return list((await session.scalars(select(table))).all())


async def test_the_bot_is_told_and_the_answers_go(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk())
    await chat.say("rumah saya Jalan Kenangarahasia 3, pelayanannya lambat", "pengaduan")
    await chat.say("hapus data saya", "hapus_data")
    await chat.tap("Ya, hapus")
    assert chat.messages[0]["erase"] is True
    assert len(await rows(office, TurnRow)) == 1
    (ctx,) = await rows(office, ConversationRow)
    assert ctx.content["name"] is None and ctx.content["phone"] is None and "Kenangarahasia" not in str(ctx.content)


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


async def test_the_talk_of_who_has_only_asked_goes_after_a_month_of_silence(office: Office) -> None:
    asked, telling = office.chat("asked"), office.chat("telling")
    await asked.say("berapa biayanya pak", "tanya_biaya")
    await telling.say("halo", "salam")
    office.now += timedelta(days=31)
    await telling.say("halo lagi", "salam")
    await Upkeep(office.intake, None).erase()  # type: ignore[arg-type]
    assert [row.contact for row in await rows(office, ConversationRow)] == ["telling"]


async def test_what_the_chat_knows_of_a_complaint_goes_three_months_after_it_is_over_and_not_before(office: Office) -> None:
    created = office.now
    async with office.intake.database.write() as session:
        for contact, closed in (("over", True), ("open", False)):
            session.add(ConversationRow(contact=contact, content={"contact": contact}, last_in_at=created))
            session.add(ComplaintRow(number=f"ADU-{contact}", contact=contact, category="lama", created_at=created, closed=closed))
    for days, left in ((89, ["over", "open"]), (91, ["open"])):
        office.now = created + timedelta(days=days)
        await Upkeep(office.intake, None).erase()  # type: ignore[arg-type]
        assert [row.contact for row in await rows(office, ComplaintRow)] == sorted(left, reverse=True), days
        assert {row.contact for row in await rows(office, ConversationRow)} == set(left), days


async def test_a_complaint_that_was_closed_late_is_known_for_three_months_from_then_with_the_question_beside_it(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    office.now += timedelta(days=100)
    await chat.notice("jawaban_aduan", number, text="Sudah kami urus.", closed=True, officer="Bu SPESIMEN")
    for days, left in ((89, [number]), (2, [])):
        office.now += timedelta(days=days)
        await Upkeep(office.intake, None).erase()  # type: ignore[arg-type]
        assert [row.number for row in await rows(office, ComplaintRow)] == left
        talks = [row.content["side"]["id"] for row in await rows(office, ConversationRow)]
        assert talks == (["aduan_nilai"] if left else [])
