"""Notices reach the bot once and in order, wait while it is away, and show how far they have come."""

import asyncio
import json

import httpx
import pytest
from sqlalchemy import select

from backoffice.background import make_jobs
from backoffice.notices.models import Notice
from backoffice.notices.outbox import Outbox
from tests.backoffice.office import TO_BOT, FakeMailServer, send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents


class FakeBot:
    """Answers what a test says, and keeps what it was sent."""

    def __init__(self) -> None:
        self.answers: list[int | Exception] = []
        self.got: list[dict] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        answer = self.answers.pop(0) if self.answers else 202
        if isinstance(answer, Exception):
            raise answer
        assert request.headers["authorization"] == f"Bearer {TO_BOT}"
        if answer == 202:
            self.got.append(json.loads(request.content))
        return httpx.Response(answer)


class Outgoing:
    """What sends notices in one process, moved step by step."""

    def __init__(self, jobs):
        self.workers = [jobs.workers[name] for name in ("notices", "mails")]

    async def work_once(self):
        return sum([await worker.drain() for worker in self.workers])


@pytest.fixture
def bot():
    return FakeBot()


@pytest.fixture
async def worker(services, bot):
    async with httpx.AsyncClient(transport=httpx.MockTransport(bot)) as http:
        yield Outgoing(make_jobs(services, http))


async def add(services, *kinds, contact="contact-1"):
    async with services.database.write() as session:
        return [Outbox(session, services.clock()).add(kind, contact, NUMBER, {"stage": "verifikasi"}) for kind in kinds]


async def states(services):
    async with services.database.read() as session:
        return [notice.state for notice in await session.scalars(select(Notice).order_by(Notice.at, Notice.kind))]


async def test_a_notice_is_posted_as_the_contract_writes_it(api, services, sign_in, worker, bot):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await check_documents(petugas, NUMBER, wrong={"kk"})
    await petugas.act(NUMBER, "kembalikan_berkas")
    assert await worker.work_once() == 1
    (notice,) = bot.got
    assert notice.pop("id")
    assert notice == {
        "contact": "contact-1",
        "kind": "berkas_dikembalikan",
        "number": NUMBER,
        "at": "2026-11-23T02:00:00Z",
        "data": {"documents": [{"item": "kk", "reason": "buram", "note": "Bagian bawah."}]},
        "attachments": [],
    }


async def test_while_the_bot_is_away_notices_wait_and_then_come_in_order(services, worker, bot, clock):
    await add(services, "berkas_diterima")
    clock.pass_by(minutes=1)
    await add(services, "tahap")
    bot.answers = [httpx.ConnectError("away"), 503]
    assert await worker.work_once() == 1
    assert await worker.work_once() == 0, "tried again too soon"
    clock.pass_by(seconds=3)
    await worker.work_once()
    clock.pass_by(seconds=5)
    await worker.work_once()
    await worker.work_once()
    assert [notice["kind"] for notice in bot.got] == ["berkas_diterima", "tahap"]
    assert await states(services) == ["handed_over", "handed_over"]


async def test_one_contacts_trouble_does_not_hold_up_another(services, worker, bot, clock):
    await add(services, "berkas_diterima", contact="contact-1")
    clock.pass_by(seconds=1)
    await add(services, "tahap", contact="contact-2")
    bot.answers = [500]
    await worker.work_once()
    assert [notice["contact"] for notice in bot.got] == ["contact-2"]


@pytest.mark.parametrize("status", [404, 422])
async def test_what_the_bot_refuses_for_good_is_shown_as_failed(services, worker, bot, status):
    await add(services, "tahap")
    bot.answers = [status]
    await worker.work_once()
    assert await states(services) == ["failed"]


@pytest.mark.parametrize(
    ("answer", "state"), [("250 taken", "sent"), ("550 no such box", "failed"), ("451 later", "queued"), (None, "failed")]
)
async def test_who_wanted_mail_gets_it_and_its_true_state_is_kept(services, worker, answer, state):
    async with services.database.write() as session:
        Outbox(session, services.clock()).add("surel", "mailto:ibu@contoh.test", NUMBER, {})
    server = FakeMailServer(answer or "")
    async with await asyncio.start_server(server, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        services.settings.smtp_url = f"smtp://127.0.0.1:{port}?from=layanan@contoh.test" if answer else None
        await worker.work_once()
    assert await states(services) == [state]
    if state == "sent":
        (mail,) = server.mails
        assert "From: layanan@contoh.test" in mail and "To: ibu@contoh.test" in mail and NUMBER in mail


async def test_states_from_the_bot_only_go_up(bot_api, services):
    (notice,) = await add(services, "tahap")
    path = f"/api/notices/{notice.id}/state"
    for sent, expected in (("sent", "sent"), ("read", "read"), ("delivered", "read"), ("failed", "read")):
        answer = await bot_api.put(path, json={"state": sent, "at": "2026-11-23T02:05:00Z"})
        assert answer.status_code == 200 and answer.json() == {"state": expected}
    assert (await bot_api.put("/api/notices/unknown/state", json={"state": "sent", "at": "2026-11-23T02:05:00Z"})).status_code == 404
    assert (await bot_api.put(path, json={"state": "eaten", "at": "2026-11-23T02:05:00Z"})).status_code == 422


async def test_a_sending_that_failed_is_seen_on_the_case_until_it_arrives(bot_api, services):
    (notice,) = await add(services, "tahap")
    path = f"/api/notices/{notice.id}/state"
    for sent, expected in (("waiting_window", "waiting_window"), ("sent", "sent"), ("failed", "failed"), ("delivered", "delivered")):
        assert (await bot_api.put(path, json={"state": sent, "at": "2026-11-23T02:05:00Z"})).json() == {"state": expected}


async def test_a_notice_that_failed_says_why_and_is_sent_again_with_one_press(api, services, sign_in, worker, bot):
    await send_bundle(api)
    petugas, inspector = await sign_in("petugas"), await sign_in("inspektorat")
    await check_documents(petugas, NUMBER, wrong={"kk"})
    await petugas.act(NUMBER, "kembalikan_berkas")
    bot.answers = [404]
    await worker.work_once()
    assert "Pemohon tidak dikenal oleh layanan pesan" in (await petugas.open(f"/permohonan/{NUMBER}")).text
    assert "kabar_ulang" in petugas.page and "kabar_ulang" not in (await inspector.open(f"/permohonan/{NUMBER}")).text
    assert (await inspector.post(f"/permohonan/{NUMBER}/kabar/ulang")).status_code == 403
    assert (await petugas.post(f"/permohonan/{NUMBER}/kabar/ulang")).status_code == 303 and "kabar_ulang" not in petugas.page
    await worker.work_once()
    assert [notice["kind"] for notice in bot.got] == ["berkas_dikembalikan"] and await states(services) == ["handed_over"]


async def test_the_figures_say_how_much_waits_and_since_when(api, services, clock):
    await add(services, "tahap")
    clock.pass_by(minutes=3)
    told = (await api.get("/metrics")).text
    assert 'backoffice_jobs_due{jobs="notices"} 1.0' in told and 'backoffice_jobs_oldest_seconds{jobs="notices"} 180.0' in told
    assert 'backoffice_jobs_due{jobs="mails"} 0.0' in told
