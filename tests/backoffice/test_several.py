"""Three back offices over one database: whatever they tell is told once, also when one of them is killed in the middle of it."""

import asyncio
import json
from collections import Counter
from email import message_from_string

import httpx
import pytest
from sqlalchemy import select

from backoffice.audit.models import AuditEvent
from backoffice.background import make_jobs
from backoffice.cases.models import CaseEvent
from backoffice.escalation.telling import DIGEST
from backoffice.inspection.anchoring import ANCHORED
from backoffice.notices.models import Notice, NoticeState
from backoffice.notices.outbox import Outbox
from backoffice.services import Services
from storage.jobs.queue import LEASE
from tests.backoffice.office import FakeMailServer, send_bundle
from tests.backoffice.test_chain import NUMBER


class SlowBot:
    """Takes notices, each after a moment in which another office might send it, too."""

    def __init__(self):
        self.got = []

    async def __call__(self, request):
        await asyncio.sleep(0.005)
        self.got.append(json.loads(request.content))
        return httpx.Response(202)


@pytest.fixture
def bot():
    return SlowBot()


@pytest.fixture
async def offices(services, bot):
    """The jobs of three processes, each with an engine of its own."""
    made, http = [], httpx.AsyncClient(transport=httpx.MockTransport(bot))
    for _ in range(3):
        other = Services.open(services.settings)
        other.clock = services.clock
        made.append((other, make_jobs(other, http)))
    yield [jobs for _, jobs in made]
    for other, jobs in made:
        await jobs.stop(1)
        await other.database.close()
    await http.aclose()


@pytest.fixture
async def mail_server(services):
    server = FakeMailServer()
    async with await asyncio.start_server(server, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        services.settings.smtp_url = f"smtp://127.0.0.1:{port}?from=layanan@contoh.test"
        yield server


async def add(services, *contacts):
    async with services.database.write() as session:
        outbox = Outbox(session, services.clock())
        return [outbox.add("surel" if "@" in contact else "tahap", contact, NUMBER, {"stage": "verifikasi"}) for contact in contacts]


async def states(services):
    async with services.database.read() as session:
        return Counter(await session.scalars(select(Notice.state)))


async def until(true):
    for _ in range(1000):
        if await true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never comes true")


async def test_every_notice_and_every_e_mail_goes_out_once(services, offices, bot, mail_server):
    told = await add(services, *(f"contact-{n % 8}" for n in range(24)))
    mailed = await add(services, *(f"mailto:ibu{n}@contoh.test" for n in range(12)))
    for jobs in offices:
        jobs.start()

    async def all_out():
        return (await states(services))[NoticeState.QUEUED] == 0

    await until(all_out)
    assert Counter(notice["id"] for notice in bot.got) == Counter(notice.id for notice in told)
    assert Counter(message_from_string(mail)["To"] for mail in mail_server.mails) == Counter(
        notice.contact.removeprefix("mailto:") for notice in mailed
    )


async def test_an_e_mail_whose_sender_was_killed_before_noting_it_goes_out_again_under_the_same_message_id(
    services, offices, clock, mail_server
):
    await add(services, "mailto:ibu@contoh.test")
    killed, alive = (jobs.workers["mails"] for jobs in offices[:2])
    notice = await killed.claim()
    sending = asyncio.create_task(killed.work(notice))
    mail_server.on_mail = sending.cancel
    await asyncio.gather(sending, return_exceptions=True)
    assert sending.cancelled() and len(mail_server.mails) == 1 and await states(services) == {NoticeState.QUEUED: 1}
    assert await alive.drain() == 0, "nobody sends it while its lease runs"
    clock.pass_by(seconds=LEASE.total_seconds())
    assert await alive.drain() == 1
    ids = [message_from_string(mail)["Message-ID"] for mail in mail_server.mails]
    assert len(ids) == 2 and len(set(ids)) == 1 and notice.id in ids[0]
    assert mail_server.mails[0] == mail_server.mails[1] and await states(services) == {NoticeState.SENT: 1}


async def test_a_notice_whose_sender_was_killed_reaches_the_bot_under_the_same_id(services, offices, clock, bot):
    (notice,) = await add(services, "contact-1")
    killed, alive = (jobs.workers["notices"] for jobs in offices[:2])
    assert await killed.claim() is not None  # and here the process is killed
    assert await alive.drain() == 0
    clock.pass_by(seconds=LEASE.total_seconds())
    assert await alive.drain() == 1
    assert [got["id"] for got in bot.got] == [notice.id]


async def test_superiors_are_told_and_chains_noted_once(api, services, offices, sign_in, clock, mail_server):
    await sign_in("supervisor")
    administrator = await sign_in("administrator")
    await administrator.open("/staf/akun/supervisor")
    await administrator.post("/staf/akun/supervisor/ubah", name="Supervisor SPESIMEN", email="atasan@contoh.test", role="supervisor")
    await send_bundle(api)
    clock.pass_by(minutes=28)
    for jobs in offices:
        jobs.start()

    async def mailed():
        return len([mail for mail in mail_server.mails if "atasan@contoh.test" in mail]) > 0

    await until(mailed)
    await asyncio.gather(*(jobs.workers["housekeeping"].drain() for jobs in offices))
    async with services.database.read() as session:
        assert len((await session.scalars(select(CaseEvent.id).where(CaseEvent.kind == "eskalasi"))).all()) == 1
        assert len((await session.scalars(select(Notice.id).where(Notice.kind == DIGEST))).all()) == 1
        assert len((await session.scalars(select(AuditEvent.id).where(AuditEvent.action == ANCHORED))).all()) == 1
