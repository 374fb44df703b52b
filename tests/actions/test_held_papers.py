"""Papers that wait until the applicant has proved who they are stay whole until they were given, and go to nobody else."""

from datetime import timedelta

import pytest

from intake.drafts.model import DraftState
from intake.drafts.repository import Repository
from intake.upkeep import CLOSED_KEPT, Upkeep
from storage.kept_blobs import let_go
from tests.actions.conftest import Chat, Office
from tests.actions.steps import files_in, last_figures, submitted


async def issued(office: Office, chat: Chat, number: str, content: bytes = b"kk") -> str:
    """Akta and KK are issued: the bot has fetched a file, and lets it go as soon as the notice is answered. Returns its blob."""
    blob = await office.intake.blobs.put(content, "media:1")
    await chat.notice("dokumen_terbit", number, attachments=[{"filename": "KK.pdf", "mime": "application/pdf", "blob": blob}], signed=True)
    async with office.intake.database.write() as session:
        gone = await let_go(session, ["media:1"])
    await office.intake.blobs.erase_unneeded(gone)
    return blob


async def doubted(office: Office) -> tuple[Chat, str]:
    """A chat with an application handed over, behind whose number another phone is since."""
    chat = office.chat()
    number = await submitted(chat)
    office.now += timedelta(hours=20)
    chat.changed_at = office.now
    return chat, number


async def test_held_papers_are_still_there_when_the_bot_has_let_its_copy_go(office: Office) -> None:
    chat, number = await doubted(office)
    blob = await issued(office, chat, number)
    assert not files_in(chat) and await office.intake.blobs.get(blob) == b"kk"
    await chat.say(await last_figures(office, chat))
    assert files_in(chat) == ["KK.pdf"] and await office.intake.blobs.get(blob) == b"kk"


async def test_papers_for_somebody_who_never_wrote_to_this_database_are_kept_too(office: Office) -> None:
    chat, number = await doubted(office)
    async with office.intake.database.write() as session:
        record = await Repository(session).load(chat.contact)
        record.conversation.last_in_at = None
        await Repository(session).save(record)
    assert await office.intake.blobs.get(await issued(office, chat, number)) == b"kk"


async def test_held_papers_go_with_their_case_and_not_before(office: Office) -> None:
    chat, number = await doubted(office)
    blob = await issued(office, chat, number)
    upkeep = Upkeep(office.intake, None)  # type: ignore[arg-type]
    office.now += timedelta(days=200)
    await upkeep.erase()
    assert await office.intake.blobs.store.exists(blob), "the case is under way"
    async with office.intake.database.write() as session:
        record = await Repository(session).load(chat.contact)
        (case,) = record.drafts
        case.state = DraftState.CLOSED
        other = case.model_copy(update={"id": "other", "number": None, "state": DraftState.SUBMITTED, "documents": []})
        record.drafts.append(other)  # the conversation stays
        await Repository(session).save(record)
    office.now += CLOSED_KEPT + timedelta(days=1)
    await upkeep.erase()
    assert not (await office.intake.record(chat.contact)).conversation.held and not await office.intake.blobs.store.exists(blob)


async def test_a_stranger_who_got_the_number_gets_no_papers_for_one_message(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    office.now += timedelta(days=70)
    await chat.say("salah nomor pak")
    await chat.say("saya bukan orang itu")
    office.now += timedelta(hours=3)
    await issued(office, chat, number)
    assert not files_in(chat)
    await chat.say("ini siapa ya", "salam")
    assert not files_in(chat)


@pytest.mark.parametrize("holder", ["officer", "thread", "story"])
async def test_the_figures_bring_the_papers_also_while_somebody_else_listens(office: Office, holder: str) -> None:
    chat, number = await doubted(office)
    if holder == "officer":
        await chat.notice("pesan_petugas", number, text="Sebentar lagi terbit.", officer="Rina")
    await issued(office, chat, number)
    if holder == "thread":
        await chat.say("petugas")
    if holder == "story":
        await chat.say("petugas loketnya kasar sekali", "pengaduan", kind="sikap_petugas")
    figures = await last_figures(office, chat)
    assert "belum cocok" in (await chat.say("0000")).lower()
    await chat.say(figures)
    assert files_in(chat) == ["KK.pdf"]
    if holder == "thread":
        assert await chat.say("suwun pak, sudah saya terima") == "", "the officer has the chat as before"


@pytest.mark.parametrize(
    "said",
    [
        "Bisa diambil jam 0800 pak?",
        "kenapa lama, sejak 2026 ya",
        "saya tunggu dari tahun 2026",
        "2026 ya",
        "jam 0800 saya ke sana",
        "1234?",
        "rumah nomor 1234 rt 2",
    ],
)
async def test_a_figure_in_another_sentence_is_no_answer(office: Office, said: str) -> None:
    chat, number = await doubted(office)
    await issued(office, chat, number)
    await chat.say(said)
    (held,) = (await office.intake.record(chat.contact)).conversation.held
    assert held.tries == 0


@pytest.mark.parametrize(
    "said",
    [
        "{last}",
        "angkanya {last} pak",
        "nggih bu, KK {last}",
        "4 angka terakhir {last}",
        "no kk saya: {whole}",
        "{spaced}",
        "kk{last}",
        "nomer KK kulo {whole}",
    ],
)
async def test_the_figures_are_read_however_they_are_written(office: Office, said: str) -> None:
    chat, number = await doubted(office)
    await issued(office, chat, number)
    last = await last_figures(office, chat)
    whole = f"331699010190{last}"
    spaced = " ".join(whole[at : at + 4] for at in range(0, 16, 4))
    await chat.say(said.format(last=last, whole=whole, spaced=spaced))
    assert files_in(chat) == ["KK.pdf"]


async def test_of_two_cases_whose_papers_are_held_each_gets_its_message(office: Office) -> None:
    chat, number = await doubted(office)
    async with office.intake.database.write() as session:
        record = await Repository(session).load(chat.contact)
        (case,) = record.drafts
        cards = [card.model_copy(update={"submission": f"second-{place}"}) for place, card in enumerate(case.documents)]
        second = case.model_copy(update={"id": "second", "number": "LM-261123-AAAA", "documents": cards})
        record.drafts.append(second)
        await Repository(session).save(record)
    for each in (number, "LM-261123-AAAA"):
        await issued(office, chat, each, each.encode())
        assert "4 angka terakhir" in chat.messages[0]["text"]
        await chat.say("terima kasih", "terima_kasih")
    for guess in ("0000", "0001", "0002"):
        await chat.say(guess)
    await office.hand_over()
    for each in (number, "LM-261123-AAAA"):
        (*_, said) = [body["text"] for path, body in office.backoffice.puts if path.startswith(f"/api/cases/{each}/messages/")]
        assert "belum dapat memastikan diri" in said and each in said
