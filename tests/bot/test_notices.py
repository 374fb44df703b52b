"""Tests that the back office's notices reach the chat once, with their files, and that it hears what became of them."""

import hashlib

import httpx
import pytest
from bot_fakes import graph_error

from bot.contacts.models import Contact
from bot.outbox.models import Sending

TOKEN = {"authorization": "Bearer office-to-bot-in-the-tests"}
PDF = b"%PDF SPESIMEN akta"


@pytest.fixture
async def known(house_on_both):
    """A bot to which one person has written."""
    await house_on_both.say("halo")
    await house_on_both.settle()
    (contact,) = await house_on_both.rows(Contact)
    return house_on_both, contact.id


def notice(contact: str, **more) -> dict:
    base = {
        "id": "n1",
        "contact": contact,
        "kind": "tahap",
        "number": "LM-261122-7K4F",
        "at": "2026-11-22T02:10:00Z",
        "data": {"stage": "x"},
    }
    return {**base, "attachments": [], **more}


def attachment() -> dict:
    sha256 = hashlib.sha256(PDF).hexdigest()
    return {"filename": "Akta Kelahiran.pdf", "mime": "application/pdf", "sha256": sha256, "url": "/api/files/f1"}


async def send(house, body) -> httpx.Response:
    return await house.http.post("/internal/notices", json=body, headers=TOKEN)


async def test_a_notice_is_a_turn_and_is_taken_once(known) -> None:
    house, contact = known
    assert [(await send(house, notice(contact))).status_code for _ in range(2)] == [202, 200]
    await house.pass_time(3)
    assert (await send(house, notice(contact))).status_code == 200
    await house.settle()
    asked = house.dialogue.asked[1:]
    assert [a["message"] for a in asked] == ["/pemberitahuan"]
    assert asked[0]["metadata"]["notice"]["number"] == "LM-261122-7K4F" and asked[0]["metadata"]["kind"] == "notice"


async def test_the_back_office_hears_each_new_state_until_it_has_heard(known) -> None:
    house, contact = known
    await send(house, notice(contact))
    await house.pass_time(3)
    (row,) = await house.rows(Sending, Sending.notice_id == "n1")
    house.backoffice.faults = [httpx.ConnectError("down"), httpx.Response(503)]
    for status in ("sent", "delivered", "sent", "read"):
        await house.status(row.wamid, status)
        await house.settle()
    await house.pass_time(30)
    assert house.backoffice.told[-1] == ("n1", "read")
    assert [s for _, s in house.backoffice.told] == sorted({s for _, s in house.backoffice.told}, key=["sent", "delivered", "read"].index)


async def test_attachments_are_fetched_and_sent_as_documents(known) -> None:
    house, contact = known
    house.backoffice.files = {"f1": PDF}
    house.backoffice.faults = [httpx.ConnectError("down")]
    house.dialogue.answer = lambda asked: [
        {"text": "Akta", "document": {"blob": a["blob"], "filename": a["filename"], "mime": a["mime"]}}
        for a in asked["metadata"]["notice"]["attachments"]
    ]
    await send(house, notice(contact, kind="dokumen_terbit", attachments=[attachment()]))
    await house.pass_time(6)
    assert house.graph.sent[-1]["document"]["filename"] == "Akta Kelahiran.pdf"
    assert PDF in house.graph.uploads[0]


async def test_a_notice_without_its_file_comes_with_the_problem_named(known) -> None:
    house, contact = known
    await send(house, notice(contact, attachments=[attachment()]))
    await house.pass_time(150)
    (told,) = house.dialogue.asked[-1]["metadata"]["notice"]["attachments"]
    assert (told["blob"], told["problem"]) == (None, "GONE")


async def test_a_notice_outside_the_window_waits_and_says_so(known) -> None:
    house, contact = known
    house.dialogue.answer = lambda asked: [{"text": "Kabar", "template": {"name": "pemberitahuan_permohonan", "parameters": ["LM-1"]}}]
    house.clock.move(days=2)
    await send(house, notice(contact))
    await house.pass_time(3)
    assert house.words()[1:] == ["template"] and house.backoffice.told == [("n1", "waiting_window")]
    await house.say("ya")
    await house.pass_time(6)
    assert house.words()[1:3] == ["template", "Kabar"]


async def test_a_notice_that_the_dialogue_can_not_tell_has_failed_and_the_citizen_hears_no_apology(known) -> None:
    house, contact = known
    house.dialogue.faults = [httpx.Response(500)] * 5
    await send(house, notice(contact))
    await house.pass_time(120)
    assert house.backoffice.told == [("n1", "failed")] and len(house.graph.sent) == 1


async def test_a_notice_that_failed_goes_out_when_the_office_sends_it_again_and_a_new_failure_is_told(known) -> None:
    house, contact = known
    house.graph.refuse = lambda body: graph_error(131026) if "pemberitahuan" in str(body) else None
    await send(house, notice(contact))
    await house.pass_time(5)
    assert house.backoffice.told == [("n1", "failed")]
    assert (await send(house, notice(contact))).status_code == 200
    await house.pass_time(5)
    assert house.backoffice.told == [("n1", "failed")] * 2
    house.graph.refuse = None
    await send(house, notice(contact))
    await house.pass_time(5)
    (row,) = await house.rows(Sending, Sending.notice_id == "n1")
    await house.status(row.wamid, "delivered")
    await house.settle()
    assert house.backoffice.told[-1] == ("n1", "delivered") and len(house.graph.sent) == 2
    await send(house, notice(contact))  # and once it is there, it is not sent again
    await house.pass_time(5)
    assert len(house.graph.sent) == 2


async def test_a_notice_that_the_dialogue_failed_at_is_asked_again_when_the_office_sends_it_again(known) -> None:
    house, contact = known
    house.dialogue.faults = [httpx.Response(500)] * 5
    await send(house, notice(contact))
    await house.pass_time(120)
    await send(house, notice(contact))
    await house.pass_time(20)
    assert house.words()[-1] == "Balasan: /pemberitahuan"


async def test_what_is_no_notice_is_refused(known) -> None:
    house, contact = known
    assert (await house.http.post("/internal/notices", json=notice(contact))).status_code == 401
    assert (await house.http.post("/internal/notices", json=notice(contact), headers={"authorization": "Bearer x"})).status_code == 401
    unknown = await send(house, notice("nobody"))
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "unknown_contact")
    wrong = [[], {}, {**notice(contact), "id": ""}, {**notice(contact), "at": "x"}]
    wrong += [{**notice(contact), "attachments": [{**attachment(), "url": url}]} for url in ("https://evil.test/x", "/etc/passwd")]
    assert {(await send(house, body)).status_code for body in wrong} == {422}


async def test_a_reminder_of_the_intake_is_sent_and_its_state_told_to_nobody_again(known) -> None:
    house, contact = known
    await send(house, notice(contact, id="pengingat-1", kind="pengingat"))
    await house.pass_time(3)
    (row,) = await house.rows(Sending, Sending.notice_id == "pengingat-1")
    house.backoffice.faults = [httpx.Response(404)]
    await house.status(row.wamid, "sent")
    await house.pass_time(30, step=10)
    assert house.backoffice.faults == [] and house.backoffice.told == []


@pytest.mark.parametrize("kind", ["pesan_petugas", "jawaban_aduan"])
async def test_a_turn_in_flight_is_silent_once_an_officer_has_written_and_files_go_out_all_the_same(known, kind) -> None:
    house, contact = known
    blob = await house.bot.blobs.store.put(PDF)
    words = {"id": "n9", "contact": contact, "kind": kind, "number": "LM-261122-7K4F", "at": "2026-11-22T02:10:00Z"}

    def answer(asked: dict) -> list[dict]:
        if asked["metadata"]["kind"] == "notice":
            return [{"text": "Pesan petugas"}]
        return [{"text": "bot"}, {"text": "tanda terima", "document": {"blob": blob, "filename": "a.pdf", "mime": "application/pdf"}}]

    house.dialogue.answer = answer
    house.dialogue.faults = [httpx.Response(503)]
    await house.say("ya, kirim")
    await house.settle()
    await send(house, {**words, "data": {"text": "Halo", "officer": "Rina"}, "attachments": []})
    await house.pass_time(20)
    assert house.words()[1:] == ["document", "Pesan petugas"]
