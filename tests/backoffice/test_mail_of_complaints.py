"""An address that the desk noted gets a code and nothing else until the reporter has said it; and it stands readable nowhere."""

import re
import uuid

from sqlalchemy import select, text

from backoffice.complaints.models import Complaint
from backoffice.complaints.retention import forget_old_complaints
from backoffice.notices.mail import CODE_OF_COMPLAINT, code_of, words_of
from backoffice.notices.models import Notice, NoticeState

ADDRESS = "wargarahasia@contoh.id"
WORDS = "Petugas loket meminta uang kepada saya."


async def noted(desk, services, **more) -> str:
    """The number of a complaint that came by e-mail."""
    await desk.open("/pengaduan/baru")
    form = {"saluran": "surel", "perihal": "lama", "isi": WORDS, "nama": "Warga", "surel": ADDRESS, "key": str(uuid.uuid4())}
    assert (await desk.post("/pengaduan/baru", **(form | more))).status_code == 303
    async with services.database.read() as session:
        return (await session.scalars(select(Complaint).order_by(Complaint.created_at.desc()))).first().number


async def mails(services) -> list[Notice]:
    async with services.database.read() as session:
        return list(await session.scalars(select(Notice).order_by(Notice.at, Notice.kind.desc())))


async def answered(desk, number: str, words: str):
    await desk.open(f"/pengaduan/{number}")
    return await desk.post(f"/pengaduan/{number}/jawab", text=words, key=str(uuid.uuid4()))


async def test_before_the_code_came_back_the_code_is_all_that_goes_and_then_the_answer_follows(sign_in, services, clock):
    desk = await sign_in("petugas_pengaduan")
    number = await noted(desk, services)
    assert (await answered(desk, number, "Sudah kami periksa.")).status_code == 303
    code, answer = sorted(await mails(services), key=lambda mail: mail.kind != CODE_OF_COMPLAINT)
    assert (code.kind, code.state, answer.kind, answer.state) == (
        CODE_OF_COMPLAINT,
        NoticeState.QUEUED,
        "surel_aduan",
        NoticeState.WAITING_CODE,
    )
    figures = code_of(services.settings, code.id)
    subject, body = words_of(code, "", code=figures)
    assert figures in body and number in body and WORDS not in subject + body
    assert 'data-testid="mail-waits"' in (await desk.open(f"/pengaduan/{number}")).text
    wrong = await desk.post(f"/pengaduan/{number}/surel", kode="000000" if figures != "000000" else "000001")
    assert wrong.status_code == 422 and (await mails(services))[-1].state != NoticeState.SENT
    async with services.database.read() as session:
        assert (await session.scalar(select(Complaint))).mail_confirmed_at is None
    assert (await desk.post(f"/pengaduan/{number}/surel", kode=figures)).status_code == 303
    assert {mail.state for mail in await mails(services)} == {NoticeState.QUEUED}
    assert 'data-testid="mail-waits"' not in (await desk.open(f"/pengaduan/{number}")).text
    clock.pass_by(minutes=5)
    await answered(desk, number, "Selesai.")
    assert {mail.state for mail in await mails(services)} == {NoticeState.QUEUED}


async def test_an_old_code_is_worth_nothing_and_no_mailbox_is_filled(sign_in, services, clock):
    desk = await sign_in("petugas_pengaduan")
    number = await noted(desk, services)
    first = code_of(services.settings, (await mails(services))[0].id)
    for _ in range(2):
        clock.pass_by(minutes=1)
        await desk.open(f"/pengaduan/{number}")
        assert (await desk.post(f"/pengaduan/{number}/surel", lagi="ya")).status_code == 303
    assert (await desk.post(f"/pengaduan/{number}/surel", lagi="ya")).status_code == 422
    assert (await desk.post(f"/pengaduan/{number}/surel", kode=first)).status_code == 422
    last = code_of(services.settings, (await mails(services))[-1].id)
    clock.pass_by(days=15)
    await desk.sign_in("petugas_pengaduan")
    await desk.open(f"/pengaduan/{number}")
    assert (await desk.post(f"/pengaduan/{number}/surel", kode=last)).status_code == 422


async def test_guesses_at_the_code_wait_for_one_another(sign_in, services):
    desk = await sign_in("petugas_pengaduan")
    number = await noted(desk, services)
    right = code_of(services.settings, (await mails(services))[0].id)
    await desk.open(f"/pengaduan/{number}")
    wrong = [f"{n:06d}" for n in range(8) if f"{n:06d}" != right]
    assert 429 in [(await desk.post(f"/pengaduan/{number}/surel", kode=code)).status_code for code in wrong]


async def test_the_address_stands_readable_in_no_table_and_goes_with_the_complaint(sign_in, services, clock):
    desk = await sign_in("petugas_pengaduan")
    numbers = [await noted(desk, services) for _ in range(2)]
    await answered(desk, numbers[0], "Sudah kami periksa.")
    async with services.database.read() as session:
        contacts = set(await session.scalars(text("SELECT contact_id FROM complaints")))
        stored = [str(row) for table in ("complaints", "notices") for row in await session.execute(text(f"SELECT * FROM {table}"))]
    assert len(contacts) == 1, "one person's complaints are found by the same contact"
    assert stored and not [row for row in stored if re.search(ADDRESS.partition("@")[0], row, re.IGNORECASE)]
    await desk.open(f"/pengaduan/{numbers[0]}")
    assert (await desk.post(f"/pengaduan/{numbers[0]}/jawab", text="Selesai.", act="selesaikan", key=str(uuid.uuid4()))).status_code == 303
    async with services.database.write() as session:
        for complaint in await session.scalars(select(Complaint)):
            complaint.state, complaint.closed_at = "ditutup", complaint.closed_at or clock()
    clock.pass_by(days=366)
    await forget_old_complaints(services)
    async with services.database.read() as session:
        assert all(
            set(complaint.contact) == {"id"} and "@" not in complaint.contact["id"]
            for complaint in await session.scalars(select(Complaint))
        )
