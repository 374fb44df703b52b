"""Nothing of a case goes to an e-mail address before its owner has typed, in the chat, the code that was mailed there."""

import asyncio
import itertools
import re

import httpx
import pytest
from sqlalchemy import select, text

from backoffice.background import make_jobs
from backoffice.cases.mail_address import MailAddress
from backoffice.notices.mail import MailServer
from backoffice.notices.models import Notice
from backoffice.subscriptions import subscribe_all
from tests.backoffice.office import FakeMailServer, make_bundle, send_bundle
from tests.backoffice.test_chain import NUMBER, approve_all, check_documents, deliver, enter_and_draft

ADDRESS = "ibu.spesimen@contoh.test"
TURN = itertools.count(1)


@pytest.fixture
def database_url(sqlite_url):
    """One database is enough here: these tests are about what is mailed, not about SQL."""
    return sqlite_url


@pytest.fixture(autouse=True)
def mails(app):
    """The office sends e-mail: SMTP_URL was set when it started."""
    subscribe_all(mails=True)


class Mailbox:
    """What arrived at the address, once the office's outbox was emptied."""

    def __init__(self, services):
        self.services, self.server = services, FakeMailServer()

    async def fetch(self):
        async with await asyncio.start_server(self.server, "127.0.0.1", 0) as listening:
            self.services.settings.smtp_url = f"smtp://127.0.0.1:{listening.sockets[0].getsockname()[1]}?from=layanan@contoh.test"
            assert MailServer.read(self.services.settings.smtp_url).may_be_clear
            async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(202))) as http:
                await make_jobs(self.services, http).workers["mails"].drain()
        return self.server.mails

    async def code(self):
        """The newest code."""
        return re.findall(r"\b\d{6}\b", (await self.fetch())[-1].partition("\r\n\r\n")[2])[-1]


@pytest.fixture
def mailbox(services):
    return Mailbox(services)


async def typed(api, code, turn=None, numbers=(NUMBER,)):
    answer = await api.put(f"/api/mail-codes/{turn or f't{next(TURN)}'}", json={"numbers": list(numbers), "code": code})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def found_complete(api, sign_in, **bundle):
    """A case with an e-mail address whose papers an officer found right: the chat hears of both."""
    await send_bundle(api, make_bundle(**({"email": ADDRESS} | bundle)))
    petugas = await sign_in("petugas")
    await check_documents(petugas, NUMBER)
    assert (await petugas.act(NUMBER, "lengkap")).status_code == 303
    return petugas


async def kinds(services):
    async with services.database.read() as session:
        return [(row.kind, row.contact) for row in await session.scalars(select(Notice).order_by(Notice.at, Notice.kind))]


def other(code):
    return f"{(int(code) + 1) % 10**6:06}"


async def test_before_the_code_was_typed_the_code_is_all_that_is_mailed_and_then_the_papers_follow(api, services, sign_in, clock, mailbox):
    await found_complete(api, sign_in)
    (mail,) = await mailbox.fetch()
    assert f"To: {ADDRESS}" in mail and not re.search(r"ANAK|BUDI|SITI|3316|\+62|Jalan", mail), "nothing of the family"
    async with services.database.read() as session:
        (chat,) = await session.scalars(select(Notice).where(Notice.kind == "berkas_diterima"))
    assert chat.data["mail_code"] is True, "said by the message that goes into the chat anyway"
    clock.pass_by(hours=1)
    operator = await sign_in("operator")
    await enter_and_draft(operator, NUMBER)
    await approve_all(sign_in, NUMBER)
    await operator.open("/antrean")
    await deliver(operator, NUMBER)
    assert len(await mailbox.fetch()) == 1 and ("surel", f"mailto:{ADDRESS}") not in await kinds(services)
    assert (await typed(api, await mailbox.code()))["state"] == "confirmed"
    assert len(await mailbox.fetch()) == 2 and NUMBER in mailbox.server.mails[-1]
    assert (await typed(api, "000000"))["state"] == "nothing", "nothing waits any more"


async def test_who_confirmed_in_time_gets_the_papers_with_the_chat(api, services, sign_in, clock, mailbox):
    await found_complete(api, sign_in)
    operator = await sign_in("operator")
    await operator.take(NUMBER)
    assert "menunggu kode" in (await operator.open(f"/permohonan/{NUMBER}")).text
    code = await mailbox.code()
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["mail"] == "waiting"
    assert [(await typed(api, code, turn="t-same"))["state"] for _ in range(2)] == ["confirmed", "confirmed"], "the same turn again"
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["mail"] == "confirmed"
    assert "(dipastikan)" in (await operator.open(f"/permohonan/{NUMBER}")).text
    clock.pass_by(hours=1)
    await enter_and_draft(operator, NUMBER)
    await approve_all(sign_in, NUMBER)
    await operator.open("/antrean")
    await deliver(operator, NUMBER)
    assert ("surel", f"mailto:{ADDRESS}") in await kinds(services)


async def test_three_wrong_codes_end_one_and_the_same_turn_is_one_try(api, sign_in, mailbox):
    await found_complete(api, sign_in)
    code = await mailbox.code()
    assert [(await typed(api, other(code), turn="t-1"))["left"] for _ in range(4)] == [2, 2, 2, 2]
    assert [(await typed(api, other(code)))["state"] for _ in range(2)] == ["wrong", "ended"]
    assert (await typed(api, code))["state"] == "ended", "the right one comes too late"
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["mail"] == "ended"


async def test_a_code_is_worth_nothing_after_a_day_and_another_one_is_sent_on_request(api, sign_in, clock, mailbox):
    await found_complete(api, sign_in)
    old = await mailbox.code()
    clock.pass_by(hours=25)
    assert (await typed(api, old))["state"] == "ended"
    assert (await typed(api, None, turn="t-anew"))["state"] == "sent"
    assert (await typed(api, None, turn="t-anew"))["state"] == "sent", "the same turn again sends nothing"
    new = await mailbox.code()
    assert len(mailbox.server.mails) == 2 and new != old
    assert (await typed(api, old))["state"] == "wrong" and (await typed(api, new))["state"] == "confirmed"


async def test_nobodys_mailbox_is_filled_by_asking_again_and_again(api, sign_in, mailbox):
    await found_complete(api, sign_in)
    assert [(await typed(api, None))["state"] for _ in range(5)] == ["sent", "sent", "too_often", "too_often", "too_often"]
    assert len(await mailbox.fetch()) == 3


async def test_the_code_of_one_case_says_nothing_of_anothers_address(api, sign_in, mailbox):
    await found_complete(api, sign_in)
    code = await mailbox.code()
    assert (await typed(api, code, numbers=("LM-261123-ZZZZ",)))["state"] == "nothing"
    assert (await typed(api, code))["state"] == "confirmed"


async def test_another_address_starts_anew(api, services, sign_in, mailbox):
    await found_complete(api, sign_in)
    assert (await typed(api, await mailbox.code()))["state"] == "confirmed"
    operator = await sign_in("operator")
    await operator.take(NUMBER)
    assert (
        await operator.act(NUMBER, "data_diperbaiki", field="pelapor_email", value="bukan surel", reason="kata_pemohon")
    ).status_code == 422
    answer = await operator.act(NUMBER, "data_diperbaiki", field="pelapor_email", value="Ayah@Contoh.test", reason="kata_pemohon")
    assert answer.status_code == 303, operator.page
    async with services.database.read() as session:
        (row,) = await session.scalars(select(MailAddress))
        told = await session.scalar(select(Notice).where(Notice.kind == "pesan_petugas"))
    assert (row.address, row.confirmed_at) == ("ayah@contoh.test", None) and "kode 6 angka" in told.data["text"]
    assert "To: ayah@contoh.test" in (await mailbox.fetch())[-1]
    assert "menunggu kode" in (await operator.open(f"/permohonan/{NUMBER}")).text
    assert (await typed(api, await mailbox.code()))["state"] == "confirmed"


async def test_the_code_stands_in_no_column(api, services, sign_in, mailbox):
    await found_complete(api, sign_in)
    code = await mailbox.code()
    async with services.database.read() as session:
        for (table,) in (await session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))).all():
            assert code not in str((await session.execute(text(f"SELECT * FROM {table}"))).all()), table


async def test_an_office_without_a_mail_server_asks_for_no_code(api, services, sign_in):
    subscribe_all(mails=False)
    await found_complete(api, sign_in)
    assert await kinds(services) == [("berkas_diterima", "contact-1")]


async def test_who_has_no_address_is_asked_for_no_code(api, services, sign_in):
    await found_complete(api, sign_in, email=None)
    assert await kinds(services) == [("berkas_diterima", "contact-1")]
    assert (await typed(api, "123456"))["state"] == "nothing" and (await api.get(f"/api/cases/{NUMBER}")).json()["mail"] is None


@pytest.mark.parametrize(
    "body", [{"numbers": [], "code": "123456"}, {"numbers": [NUMBER], "code": "12345"}, {"numbers": [NUMBER], "code": "١٢٣٤٥٦"}]
)
async def test_what_is_no_code_is_refused(api, body):
    assert (await api.put("/api/mail-codes/t-1", json=body)).status_code == 422
