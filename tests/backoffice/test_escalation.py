"""Superiors are told of cases near and past a deadline: once, also by two processes, on a live list, by e-mail now and then."""

import asyncio
import re
import uuid

from sqlalchemy import delete, func, select, update

from backoffice.cases.models import CaseEvent
from backoffice.escalation.models import CaseAlarm
from backoffice.escalation.planning import rebuild
from backoffice.escalation.telling import DIGEST, tell_superiors
from backoffice.notices.mail import words_of
from backoffice.notices.models import Notice
from backoffice.staff.models import Staff
from tests.backoffice.office import make_bundle, make_document, make_picture, send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents

FRIDAY = "2026-11-20T14:00:00+07:00"


async def told(services):
    """What the events of cases say was told, and to whom, in order."""
    async with services.database.read() as session:
        events = await session.scalars(select(CaseEvent).where(CaseEvent.kind == "eskalasi").order_by(CaseEvent.id))
        return [(event.data["alarm"], event.data["superiors"]) for event in events]


async def test_the_supervisor_is_told_before_and_after_each_deadline_once(api, services, clock):
    await send_bundle(api)  # Monday 09.00; 35 minutes for the check, 24 hours for all
    assert await tell_superiors(services) == 0
    clock.pass_by(minutes=27)
    assert [await tell_superiors(services) for _ in range(2)] == [1, 0]
    clock.pass_by(minutes=10)
    await tell_superiors(services)  # another process, or the same one started again
    clock.pass_by(hours=20)
    await tell_superiors(services)
    clock.pass_by(hours=4)
    assert [await tell_superiors(services) for _ in range(2)] == [1, 0]
    expected = ("tahap_hampir", "tahap_lewat", "layanan_hampir", "layanan_lewat")
    assert await told(services) == [(alarm, ["supervisor"]) for alarm in expected]


async def test_two_processes_at_once_tell_it_once(api, services, clock):
    await send_bundle(api)
    clock.pass_by(hours=30)
    counted = await asyncio.gather(*(tell_superiors(services) for _ in range(4)))
    assert sorted(counted) == [0, 0, 0, 2]
    assert sorted(await told(services)) == [("layanan_lewat", ["supervisor"]), ("tahap_lewat", ["supervisor"])], (
        "what is over was never 'near'"
    )


async def test_the_clocks_stand_while_the_case_is_returned_and_run_anew_from_what_was_sent(api, services, sign_in, clock):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await check_documents(petugas, NUMBER, wrong={"kk"})
    await petugas.act(NUMBER, "kembalikan_berkas")
    clock.pass_by(days=9)
    assert await tell_superiors(services) == 0
    document = make_document("kk", make_picture("kk"), received_at=clock(), submission=str(uuid.uuid4()))
    await api.put(f"/api/cases/{NUMBER}/documents/{document['submission']}", json=document)
    clock.pass_by(hours=19)
    await tell_superiors(services)
    assert await told(services) == [("tahap_lewat", ["supervisor"])]
    clock.pass_by(hours=2)
    await tell_superiors(services)
    assert (await told(services))[1:] == [("layanan_hampir", ["supervisor"])]


async def test_over_a_weekend_only_the_24_hours_sound(api, services, clock):
    clock.moment = clock.moment.fromisoformat("2026-11-20T07:29:00+00:00")  # Friday 14.29, a minute before closing
    await send_bundle(api, make_bundle(documents=[make_document("kk", make_picture("kk"), received_at=clock())]))
    clock.pass_by(hours=47)  # Sunday
    await tell_superiors(services)
    assert [alarm for alarm, _ in await told(services)] == ["layanan_lewat"]
    clock.pass_by(hours=18)  # Monday 07.29
    assert await tell_superiors(services) == 0
    clock.pass_by(minutes=36)
    await tell_superiors(services)
    assert [alarm for alarm, _ in await told(services)] == ["layanan_lewat", "tahap_lewat"]


async def test_the_superiors_list_shows_who_holds_it_and_gives_it_to_another_with_one_press(api, services, sign_in, clock):
    await send_bundle(api)
    first, boss = await sign_in("petugas", username="siti"), await sign_in("supervisor")
    await sign_in("petugas", username="budi")
    await first.take(NUMBER)
    assert "Tidak ada yang lewat" in (await boss.open("/perhatian")).text
    clock.pass_by(minutes=28)
    page = (await boss.open("/perhatian")).text
    assert "0 lewat waktu, 1 hampir" in page and "Siti SPESIMEN" in page and "ANAK A SPESIMEN" not in page
    budi = re.search(r'<option value="([^"]+)">Budi SPESIMEN', page).group(1)
    answer = await boss.post(f"/permohonan/{NUMBER}/serahkan", staff=budi, kembali="perhatian")
    assert answer.headers["location"].startswith("/perhatian")
    assert re.search(r'cell-holder someone">Budi SPESIMEN', boss.page)
    await boss.post(f"/permohonan/{NUMBER}/lepas", kembali="perhatian")
    assert "belum dipegang" in boss.page
    assert "1 hampir" in (await boss.open("/perhatian/jumlah")).text


async def test_each_superior_sees_those_below_and_others_nothing(api, services, sign_in, clock):
    await send_bundle(api)
    clock.pass_by(minutes=40)
    numbers = {
        role: (await (await sign_in(role)).open("/perhatian")) for role in ("supervisor", "kabid_yancapil", "petugas", "inspektorat")
    }
    assert {role: (answer.status_code, NUMBER in answer.text) for role, answer in numbers.items()} == {
        "supervisor": (200, True), "kabid_yancapil": (200, False), "petugas": (403, False), "inspektorat": (403, False),
    }  # fmt: skip


async def test_the_list_counts_what_it_shows_for_each_clock_page_by_page(api, services, sign_in, clock):
    numbers = [f"LM-261123-{place:04}" for place in range(43)]
    for place, number in enumerate(numbers):
        await send_bundle(api, make_bundle(number, documents=[make_document("kk", make_picture("kk"))]), draft=f"d{place}")
    clock.pass_by(hours=21)
    boss = await sign_in("supervisor")
    found, address = [], "/perhatian?jam=tahap"
    while address:
        page = (await boss.open(address)).text
        assert re.search(r'clock-tahap".*?count">43<', page) and "43 lewat waktu, 0 hampir" in page
        found += re.findall(r'attention-row" data-number="([^"]+)"', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = following and following.group(1).replace("&amp;", "&")
    assert sorted(found) == numbers
    assert len(re.findall("attention-row", (await boss.open("/perhatian?jam=layanan")).text)) == 40


async def test_a_superior_with_an_address_is_written_to_without_names_and_not_too_often(api, services, sign_in, clock):
    services.settings.smtp_url = "smtp://127.0.0.1:1"
    await sign_in("supervisor")
    administrator = await sign_in("administrator")
    await administrator.open("/staf/akun/supervisor")
    await administrator.post("/staf/akun/supervisor/ubah", name="Supervisor SPESIMEN", email="atasan@contoh.test", role="supervisor")

    async def mails():
        async with services.database.read() as session:
            return list(await session.scalars(select(Notice).where(Notice.kind == DIGEST).order_by(Notice.at)))

    await send_bundle(api)
    clock.pass_by(minutes=28)
    await tell_superiors(services)
    clock.pass_by(minutes=10)
    await tell_superiors(services)
    (mail,) = await mails()
    subject, body = words_of(mail, "https://kantor.contoh.test")
    assert subject == "Landa Mewa: 0 permohonan lewat waktu, 1 hampir" and mail.contact == "mailto:atasan@contoh.test"
    assert f"- {NUMBER}, Pemeriksaan berkas: target tahap hampir habis" in body and "https://kantor.contoh.test/perhatian" in body
    assert "SPESIMEN" not in body
    clock.pass_by(minutes=55)
    await tell_superiors(services)
    await tell_superiors(services)
    assert [mail.data["late"] for mail in await mails()] == [0, 1]


async def test_without_a_mail_server_or_an_address_nobody_is_written_to(api, services, sign_in, clock):
    await sign_in("supervisor")
    async with services.database.write() as session:
        await session.execute(update(Staff).values(email="atasan@contoh.test"))
    await send_bundle(api)
    clock.pass_by(hours=1)
    await tell_superiors(services)
    async with services.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Notice)) == 0


async def test_alarms_are_set_anew_for_cases_that_have_none(api, services, clock):
    await send_bundle(api)
    async with services.database.write() as session:
        await session.execute(delete(CaseAlarm))
    assert await rebuild(services.database) == 1
    async with services.database.read() as session:
        assert set(await session.scalars(select(CaseAlarm.clock))) == {"layanan", "tahap"}
