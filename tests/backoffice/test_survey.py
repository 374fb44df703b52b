"""The survey at the office: asked once while the window is open, counted once and for nobody, shown, exported and acted upon."""

import io
from datetime import date

import httpx
import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select

from backoffice.cases.models import Case
from backoffice.notices.models import Notice
from backoffice.survey.inviting import invite
from backoffice.survey.models import SurveyAnswer
from tests.backoffice.office import send_bundle
from tests.backoffice.test_chain import NUMBER

VALUES = [4, 4, 3, 3, 4, 4, 4, 3, 4]
AT = "2026-11-23T04:00:00Z"


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf))


def bot(open_window: bool = True) -> httpx.AsyncClient:
    reply = {"id": "contact-1", "window_open": open_window}
    return httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=reply)))


async def sent(api, services, clock):
    """An application whose papers went out now."""
    await send_bundle(api)
    async with services.database.write() as session:
        (await session.scalar(select(Case))).delivered_at = clock()


async def invitations(services):
    async with services.database.read() as session:
        return list(await session.scalars(select(Notice).where(Notice.kind == "survei")))


async def test_an_applicant_is_asked_once_an_hour_after_the_papers_while_the_window_is_open(api, services, clock):
    await sent(api, services, clock)
    assert await invite(services, bot()) == 0, "too soon"
    clock.pass_by(minutes=61)
    assert await invite(services, bot(open_window=False)) == 0
    assert [await invite(services, bot()) for _ in range(2)] == [1, 0]
    (notice,) = await invitations(services)
    assert (notice.contact, notice.number) == ("contact-1", NUMBER)


@pytest.mark.parametrize("hours", [15, 23])
async def test_nobody_is_asked_by_night_or_when_the_day_is_over(api, services, clock, hours):
    await sent(api, services, clock)
    clock.pass_by(hours=hours)
    assert await invite(services, bot()) == 0 and await invitations(services) == []


async def test_an_answer_counts_once_and_says_nobodys_name(api, services, clock):
    await sent(api, services, clock)
    body = {"values": VALUES, "at": AT}
    assert (await api.put(f"/api/surveys/{NUMBER}/t-1", json=body)).status_code == 404, "nobody was asked"
    clock.pass_by(hours=2)
    await invite(services, bot())
    assert [(await api.put(f"/api/surveys/{NUMBER}/{turn}", json=body)).json()["counted"] for turn in ("t-1", "t-1", "t-2")] == [
        True, True, False
    ]  # fmt: skip
    async with services.database.read() as session:
        (answer,) = list(await session.scalars(select(SurveyAnswer)))
    assert (answer.day, answer.values) == (date(2026, 11, 23), VALUES) and {*SurveyAnswer.__table__.columns.keys()} == {
        "about",
        "id",
        "day",
        "values",
    }


@pytest.mark.parametrize("values", [[5] * 9, [4] * 8, [None] * 9, "4", [0] * 9])
async def test_what_is_no_answer_is_refused(api, values):
    assert (await api.put(f"/api/surveys/{NUMBER}/t-1", json={"values": values, "at": AT})).status_code == 422


async def test_the_index_is_shown_exported_and_published(api, sign_in, services, clock):
    boss = await sign_in("kepala_dinas")
    empty = (await boss.open("/survei")).text
    assert "belum cukup jawaban" in empty
    assert "belum cukup jawaban" in words_of((await boss.open("/survei/unduh/pdf")).content)
    async with services.database.write() as session:
        session.add_all(SurveyAnswer(id=f"a{n}", day=date(2026, 3 if n else 9, 2), values=VALUES if n else [2] * 9) for n in range(4))
    page = (await boss.open("/survei?tahun=2026&bagian=1")).text
    assert ">91,67<" in page.replace("<small", "<") and "Sangat baik" in page
    assert ">81,25<" in (await boss.open("/survei?tahun=2026")).text.replace("<small", "<")
    sheet = openpyxl.load_workbook(io.BytesIO((await boss.open("/survei/unduh/xlsx?tahun=2026&bagian=1")).content))
    assert sheet.worksheets[0]["B5"].value == 91.67 and sheet.worksheets[1]["A10"].value == "Sarana dan prasarana"
    words = words_of((await boss.open("/survei/unduh/pdf?tahun=2026&bagian=1")).content)
    assert "91,67" in words and "3 responden" in words and "Mutu pelayanan A" in words
    assert (await boss.open("/survei?tahun=1999")).status_code == 422


async def test_what_is_to_be_done_better_is_followed_up_the_next_year_and_stands_in_the_evaluation(sign_in, clock):
    boss = await sign_in("kepala_dinas")
    await boss.open("/survei")
    assert (await boss.post("/survei/perbaikan", tahun="2026", perbaikan="Loket <malam> dibuka")).status_code == 303
    assert (await boss.post("/survei/perbaikan", tahun="2026", perbaikan=" ")).status_code == 422
    assert "Loket <malam> dibuka" in words_of((await boss.open("/laporan/evaluasi.pdf?tahun=2026")).content)
    clock.pass_by(days=60)
    await boss.sign_in("kepala_dinas")
    page = (await boss.open("/survei")).text
    assert "Diputuskan tahun 2026" in page
    row = page.split('action="/survei/perbaikan/')[1].split('"')[0]
    assert (await boss.post(f"/survei/perbaikan/{row}", hasil="Dibuka sejak Januari")).status_code == 303
    assert "Dibuka sejak Januari" in boss.page
    assert "Dibuka sejak Januari" in words_of((await boss.open("/laporan/evaluasi.pdf?tahun=2027")).content)


@pytest.mark.parametrize("role", ["petugas", "kasi_kelahiran", "petugas_pengaduan"])
async def test_who_reads_no_reports_reads_no_survey(sign_in, role):
    other = await sign_in(role)
    for door in ("/survei", "/survei/unduh/xlsx", "/survei/unduh/pdf"):
        assert (await other.open(door)).status_code == 403


async def test_what_respondents_say_of_themselves_is_counted_apart_from_whose_it_is(api, sign_in, services, clock):
    await sent(api, services, clock)
    clock.pass_by(minutes=61)
    await invite(services, bot())
    path, body = f"/api/surveys/{NUMBER}", {"values": VALUES, "at": AT}
    assert (await api.put(f"{path}/turn-0", json={**body, "about": {"pendidikan": "tk"}})).status_code == 422
    about = {"jenis_kelamin": "p", "pendidikan": "sma"}
    assert (await api.put(f"{path}/turn-1", json={**body, "about": about})).status_code == 200
    head = await sign_in("kepala_dinas")
    page = (await head.open("/survei?tahun=2026")).text
    assert "Perempuan 1" in page and "Laki-laki 0" in page and "SMA 1" in page and "Pekerjaan" not in page
    assert "Pendidikan terakhir: SD 0, SMP 0, SMA 1" in words_of((await head.open("/survei/unduh/pdf?tahun=2026")).content)
    book = openpyxl.load_workbook(io.BytesIO((await head.open("/survei/unduh/xlsx?tahun=2026")).content))
    assert ["Jenis kelamin", "Perempuan", 1] in [[cell.value for cell in row] for row in book["Responden"].iter_rows()]


async def test_the_evaluation_says_the_index_as_the_published_sheet_does_and_no_signature_stands_alone(api, sign_in, services, clock):
    boss = await sign_in("kepala_dinas")
    async with services.database.write() as session:
        session.add_all(
            SurveyAnswer(id=str(place), day=clock().date(), values=[4, 4, 3, 3, 4, 4, 4, 3, 4 - place % 3]) for place in range(29)
        )
    await boss.open("/survei")
    await boss.post("/survei/perbaikan", tahun="2026", perbaikan="Loket malam dibuka")
    evaluation = (await boss.open("/laporan/evaluasi.pdf?tahun=2026")).content
    words = words_of(evaluation)
    assert "1 Januari 2026 - 31 Desember 2026" in words and "2026-01-01" not in words
    index = "88,98"
    assert index in words and index in words_of((await boss.open("/survei/unduh/pdf?tahun=2026")).content)
    last = list(pypdfium2.PdfDocument(evaluation))[-1].get_textpage().get_text_range()
    assert "NIP" in last and "Loket malam dibuka" in last
