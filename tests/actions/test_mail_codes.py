"""The code from the mailbox is heard at whatever moment, and never taken for the answer to an open question, nor that for a code."""

import httpx
import pytest

from actions.context import TurnContext
from intake.drafts.repository import Repository
from tests.actions.conftest import Chat, Office
from tests.actions.steps import submitted, until_documents


def answering(office: Office, **taken: object) -> None:
    """What the back office says to codes from now on."""
    plain = office.backoffice

    def ask(request: httpx.Request) -> httpx.Response:
        answer = plain(request)
        return httpx.Response(200, json=taken) if request.url.path.startswith("/api/mail-codes/") else answer

    office.intake.backoffice.http = httpx.AsyncClient(transport=httpx.MockTransport(ask), base_url="http://backoffice")


def asked(office: Office) -> list[dict[str, object]]:
    return office.backoffice.bodies("/api/mail-codes/")


async def waiting(office: Office, **taken: object) -> tuple[Chat, str]:
    """Somebody who handed over, and whose address waits for its code."""
    chat = office.chat()
    number = await submitted(chat)
    answering(office, **taken)
    return chat, number


@pytest.mark.parametrize("text", ["123456", "kodenya 123456 pak", "123 456", "kode: 123-456", "nggih bu, kode emaile 123456"])
async def test_six_figures_are_the_code_however_they_are_written(office: Office, text: str) -> None:
    chat, number = await waiting(office, state="confirmed", number="x")
    assert "cocok" in (await chat.say(text)).lower()
    assert asked(office) == [{"numbers": [number], "code": "123456"}]


@pytest.mark.parametrize(
    "text", ["12345", "1234567", "saya bayar 150000 ke petugas", "kode 123456 itu apa untuk bayar bidan?", "3316990101260001"]
)
async def test_other_figures_are_none(office: Office, text: str) -> None:
    chat, _ = await waiting(office, state="wrong", number="x", left=2)
    await chat.say(text)
    assert not asked(office)


@pytest.mark.parametrize(("state", "says"), [("wrong", "tersisa: 2"), ("ended", "KODE BARU"), ("sent", "spam"), ("too_often", "besok")])
async def test_each_answer_says_what_to_do_next(office: Office, state: str, says: str) -> None:
    chat, _ = await waiting(office, state=state, number="x", left=2)
    assert says in await chat.say("123456" if state in ("wrong", "ended") else "kode baru")


@pytest.mark.parametrize("text", ["KODE BARU", "kodenya belum masuk bu", "minta kode lagi", "kodene durung mlebu"])
async def test_another_code_is_asked_for_in_ones_own_words(office: Office, text: str) -> None:
    chat, number = await waiting(office, state="sent", number="x")
    await chat.say(text)
    assert asked(office) == [{"numbers": [number], "code": None}]


async def test_where_nothing_waits_the_words_are_heard_as_ever(office: Office) -> None:
    chat, _ = await waiting(office, state="nothing")
    assert "kode" not in (await chat.say("123456")).lower() and len(asked(office)) == 1


async def test_who_handed_nothing_over_has_no_code(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.say("123456")
    assert not asked(office)


async def test_an_answer_to_an_open_question_stays_its_answer(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second birth is being told while the first one's address waits: its figures are its own."""
    chat, _ = await waiting(office, state="wrong", number="x", left=2)
    await chat.say("mau bikin akte lagi untuk anak saya yang lain", "buat_akta")
    async with office.intake.database.write() as session:
        record = await Repository(session).load(chat.contact)
        record.conversation.question_shown = True
        await Repository(session).save(record)
    monkeypatch.setattr(TurnContext, "reads_open", lambda _: True)
    await chat.say("123456")
    assert not asked(office)


async def test_an_answer_to_a_question_beside_the_bundle_stays_its_answer(office: Office) -> None:
    chat, number = await waiting(office, state="wrong", number="x", left=2)
    papers_sent = [{"filename": "KK.pdf", "mime": "application/pdf", "blob": await office.intake.keep("t", b"kk")}]
    await chat.notice("dokumen_terbit", number, attachments=papers_sent, signed=True)
    await chat.tap("Ada yang salah?")
    await chat.say("123456")
    assert not asked(office)


async def test_a_story_that_is_being_told_goes_on(office: Office) -> None:
    chat, _ = await waiting(office, state="wrong", number="x", left=2)
    await chat.say("petugas minta uang kepada saya", "pengaduan", kind="pungli")
    await chat.say("250000")
    assert not asked(office)


async def test_a_wrong_code_while_an_officer_has_the_chat_is_the_officers(office: Office) -> None:
    chat, number = await waiting(office, state="wrong", number="x", left=2)
    await chat.notice("pesan_petugas", number, text="Berapa nomor antreannya?", officer="Siti")
    assert "belum cocok" not in (await chat.say("123456")).lower()
    answering(office, state="confirmed", number=number)
    assert "cocok" in (await chat.say("654321")).lower()


async def test_the_line_of_the_code_stands_in_a_message_that_comes_anyway(office: Office) -> None:
    chat, number = await waiting(office, state="nothing")
    sent = chat.sent
    read = await chat.notice("berkas_diterima", number, deadline="2026-11-24T02:00:00Z", mail_code=True)
    assert "kode 6 angka" in read and chat.sent == sent + 1


@pytest.mark.parametrize(("state", "says"), [("waiting", "kode 6 angka"), ("ended", "KODE BARU"), ("confirmed", None)])
async def test_the_status_says_what_the_address_waits_for(office: Office, state: str, says: str | None) -> None:
    chat, number = await waiting(office, state="nothing")
    office.backoffice.cases[number] = {"stage": "lengkap", "clock": "running", "deadline": "2026-11-24T02:06:00Z", "kia": {}, "mail": state}
    read = await chat.say("sampai mana", "cek_status")
    assert says in read if says else "e-mail" not in read.lower()


async def test_a_back_office_that_is_down_is_said_where_there_is_an_address(office: Office) -> None:
    chat, _ = await waiting(office, state="nothing")
    office.backoffice.down = True
    assert "kode" not in (await chat.say("123456")).lower(), "nobody gave an address"
    async with office.intake.database.write() as session:
        record = await Repository(session).load(chat.contact)
        record.drafts[0].email = "ibu@contoh.test"
        await Repository(session).save(record)
    assert "belum dapat kami periksa" in await chat.say("123456")
