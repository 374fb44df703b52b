"""The reports: figures follow from the events, medians and shares are right, each number opens its list, exports name nobody."""

import csv
import io
import re
from datetime import date, timedelta

import pypdfium2
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from backoffice.cases.place import kecamatan_of
from backoffice.complaints.models import Complaint
from backoffice.reports import counting
from backoffice.reports.charts import HEIGHT, issued_chart, stage_chart
from backoffice.reports.models import CaseOutcome, DocumentReturn, StageVisit
from backoffice.reports.parts import Spread
from backoffice.reports.period import Cut, Scope, choices, columns, read_scope
from backoffice.reports.queries import Issued, Reports
from tests.backoffice.office import MONDAY, make_bundle, make_document, make_picture, send_bundle
from tests.backoffice.test_chain import NUMBER, approve_all, check_documents, deliver, enter_and_draft

NOVEMBER = Scope(date(2026, 11, 1), date(2026, 11, 30))


async def report(services, scope=NOVEMBER):
    now = services.clock()
    async with services.database.read() as session:
        return await Reports(session, scope, now).whole()


async def issue(api, sign_in, clock, late=False):
    """One case all the way to the sending, with one returned document before."""
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    clock.pass_by(minutes=10)
    await check_documents(petugas, NUMBER, wrong=("kk",))
    await petugas.act(NUMBER, "kembalikan_berkas")
    clock.pass_by(hours=2)
    document = make_document("kk", make_picture("kk"), received_at=clock())
    await api.put(f"/api/cases/{NUMBER}/documents/{document['submission']}", json=document)
    clock.pass_by(minutes=5)
    await petugas.sign_in("petugas")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    clock.pass_by(hours=30 if late else 1)
    await operator.sign_in("operator")
    await enter_and_draft(operator, NUMBER)
    await approve_all(sign_in, NUMBER)
    await deliver(operator, NUMBER)


async def test_a_case_adds_its_stays_its_return_and_its_outcome_once(api, sign_in, services, clock):
    await issue(api, sign_in, clock)
    found = await report(services)
    assert (found.received, found.issued, found.returned_cases, found.closed) == (1, Issued(1, 1), 1, 0)
    assert found.reasons == {("buram", "kk"): 1}
    assert found.stages["diterima"] == Spread(2, 300, 600), "ten minutes, and five after the return"
    assert found.stages["dikembalikan"] == Spread(1, 7200, 7200)
    assert found.spread.median == 300 + 3600, "from the last document to the sending: the applicant's two hours don't count"


async def test_an_issue_after_its_deadline_is_late(api, sign_in, services, clock):
    await issue(api, sign_in, clock, late=True)
    assert (await report(services)).issued == Issued(1, 0)


async def test_a_case_that_is_open_and_late_counts_in_every_share_until_it_is_issued(api, sign_in, services, clock):
    await issue(api, sign_in, clock)
    other = "LM-261123-AAAA"
    contact = {"id": "c2", "phone": "+6281230000002", "name": "ANI SPESIMEN"}
    await send_bundle(api, make_bundle(other, contact=contact), "draft-2")
    assert (await report(services)).issued == Issued(1, 1)
    clock.pass_by(hours=25)
    found = await report(services)
    assert found.issued == Issued(1, 1, overdue=1) and found.issued.share == 0.5
    assert sum(row.overdue for row in found.kecamatan.values()) == 1 and sum(row.overdue for row in found.columns.values()) == 1
    assert (await report(services, Scope(date(2026, 10, 1), date(2026, 10, 31)))).issued.overdue == 0, "its time had not run out by then"
    head = await sign_in("kepala_dinas", username="kadis2")
    days = "mulai=2026-11-01&sampai=2026-11-30"
    page = await head.client.get(f"/laporan?{days}")
    assert re.search(r'data-testid="overdue">\s*<a[^>]*>1</a>', page.text) and "50,0%" in page.text
    assert other in (await head.client.get(f"/laporan/daftar?{days}&apa=lewat")).text
    assert "Lewat waktu, belum terbit;1" in (await head.client.get(f"/laporan/unduh/csv?{days}")).text
    monitor = await head.client.get("/monitor/isi")
    assert 'data-testid="overdue"><dt>Lewat waktu, belum terbit</dt><dd>1</dd>' in monitor.text and "50%" in monitor.text


async def test_figures_counted_with_each_act_are_those_rebuilt_from_all_events(api, sign_in, services, clock):
    await issue(api, sign_in, clock)

    async def rows():
        async with services.database.read() as session:
            found = []
            for table in (StageVisit, CaseOutcome, DocumentReturn):
                columns = [column for column in table.__table__.columns if column.name != "id"]
                found += [tuple(row) for row in await session.execute(select(*columns))]
        return sorted(map(repr, found))

    before = await rows()
    assert await counting.rebuild(services.database) == 1
    assert await rows() == before and len(before) >= 10


async def test_a_closed_case_is_counted_as_closed_not_as_issued(api, sign_in, services):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    await petugas.act(NUMBER, "tolak", reason="sudah_tercatat")
    found = await report(services)
    assert (found.closed, found.issued.count) == (1, 0)


async def put_visits(services, case_id, *seconds, stage="draf", day=date(2026, 11, 10), kecamatan="BLORA"):
    async with services.database.write() as session:
        session.add_all(
            [
                StageVisit(case_id=case_id, sequence=1000 + place, stage=stage, day=day, seconds=length, kecamatan=kecamatan)
                for place, length in enumerate(seconds)
            ]
        )


@pytest.mark.parametrize(
    ("seconds", "spread"),
    [
        ([7], Spread(1, 7, 7)),
        ([10, 20], Spread(2, 10, 20)),
        (range(1, 11), Spread(10, 5, 9)),
        (range(1, 101), Spread(100, 50, 90)),
        ([5] * 9 + [500], Spread(10, 5, 5)),
    ],
    ids=["one", "two", "ten", "a hundred", "one that hung"],
)
async def test_median_and_p90_are_the_nearest_rank(api, services, seconds, spread):
    await send_bundle(api)
    await put_visits(services, 1, *seconds)
    assert (await report(services)).stages == {"draf": spread}


async def test_days_and_kecamatan_narrow_the_figures(api, services):
    await send_bundle(api)
    await put_visits(services, 1, 60, stage="draf", day=date(2026, 11, 30))
    assert list((await report(services)).stages) == ["draf"]
    assert (await report(services, Scope(date(2026, 12, 1), date(2026, 12, 31)))).stages == {}
    assert (await report(services, Scope(date(2026, 11, 1), date(2026, 11, 30), "CEPU"))).stages == {}


async def test_each_number_on_the_page_opens_a_list_of_that_many(api, sign_in, services, clock):
    await issue(api, sign_in, clock)
    for place, category in enumerate(("lama", "lama", "pungli")):
        given = {"contact": {"id": "c"}, "category": category, "text": "SPESIMEN", "created_at": MONDAY.isoformat()}
        await api.put(f"/api/complaints/a{place}", json={"number": f"ADU-261123-000{place}", **given})
    async with services.database.write() as session:
        complaint = await session.get(Complaint, "a0")
        complaint.first_reply_at = MONDAY + timedelta(hours=1)
    head = await sign_in("kepala_dinas", username="kadis2")
    for cut in Cut:
        await head.open(f"/laporan?mulai=2026-11-01&sampai=2026-11-30&per={cut}&kecamatan=LAINNYA")
        assert set(re.findall(r"<(?:td|dd)[^>]*>\d+<", head.page)) == set(), "no number stands there without its list"
        links = set(re.findall(r'<a href="(/laporan/daftar\?[^"]+)">(\d+)</a>', head.page))
        kinds = {re.search(r"apa=(\w+)", path).group(1) for path, _ in links}
        assert len(kinds) == 17
        assert {"masa", "masa_tepat", "lewat", "lewat_masa", "lewat_kecamatan", "kecamatan", "aduan", "dibalas", "masuk"} < kinds
        for path, number in links:
            page = (await head.open(path.replace("&amp;", "&"))).text
            assert page.count('data-testid="line"') == int(number), path
            assert "ANAK A" not in page and ("A*** A" in page or "ADU-261123" in page) is (number != "0")


async def test_a_restricted_complaint_is_in_no_number_and_no_list_of_who_may_not_see_it(api, sign_in):
    given = {"contact": {"id": "c"}, "category": "pungli", "text": "SPESIMEN", "created_at": MONDAY.isoformat()}
    await api.put("/api/complaints/a1", json={"number": "ADU-261123-0001", **given})
    kabid = await sign_in("kabid_yancapil")
    period = "mulai=2026-11-01&sampai=2026-11-30"
    assert "aduan:" not in (await kabid.open(f"/laporan?{period}")).text
    assert "ADU-" not in (await kabid.open(f"/laporan/daftar?{period}&apa=aduan:pungli")).text


async def test_the_exports_name_no_citizen_no_officer_and_no_case(api, sign_in, services, clock):
    await issue(api, sign_in, clock)
    head = await sign_in("kabid_yancapil", username="kabid2")
    period = "mulai=2026-11-01&sampai=2026-11-30"
    plain = (await head.client.get(f"/laporan/unduh/csv?{period}")).text
    book = load_workbook(io.BytesIO((await head.client.get(f"/laporan/unduh/xlsx?{period}")).content))
    cells = " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    for written in (plain, cells):
        assert "SPESIMEN" not in written and NUMBER not in written and "3316" not in written
    rows = list(csv.reader(io.StringIO(plain.lstrip("\ufeff")), delimiter=";"))
    assert ["Ringkasan", "Akta dan KK terbit", "1"] in rows and [
        "Lama tiap tahap",
        "Menunggu perbaikan pemohon",
        "1",
        "120,0",
        "120,0",
        "",
    ] in rows
    assert book.sheetnames[:2] == ["Ringkasan", "Terbit per minggu"]


async def test_the_yearly_evaluation_is_a_pdf_with_the_figures_of_that_year(api, sign_in, clock):
    await issue(api, sign_in, clock)
    head = await sign_in("kepala_dinas", username="kadis2")
    answer = await head.client.get("/laporan/evaluasi.pdf?tahun=2026")
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    assert "Tahun 2026" in text and "huruf N" in text and "100,0" in text and "Kepala Dinas" in text
    for year in ("2019", "2027", "x"):
        assert (await head.client.get(f"/laporan/evaluasi.pdf?tahun={year}")).status_code == 422


@pytest.mark.parametrize("role", ["petugas", "operator", "kasi_identitas", "petugas_pengaduan"])
async def test_reports_are_for_heads_supervisor_and_inspektorat(sign_in, role):
    desk = await sign_in(role)
    for path in ("/laporan", "/laporan/daftar?apa=terbit", "/laporan/unduh/csv", "/laporan/evaluasi.pdf?tahun=2026"):
        assert (await desk.open(path)).status_code == 403, path


async def test_an_empty_office_has_a_page_too(sign_in):
    head = await sign_in("kepala_dinas")
    assert "Belum ada angka" in (await head.open("/laporan")).text
    assert (await head.open("/laporan/daftar?apa=tidak_ada")).status_code == 404


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"kecamatan": {"value": "Cepu"}}, "CEPU"),
        ({"pelapor_no_kk": {"value": "3316090101200001"}}, "BLORA"),
        ({"ibu_nik": {"value": "3316084101900001"}}, "JEPON"),
        ({"pelapor_nik": {"value": "3316990101900001"}}, "LAINNYA"),
        ({}, "LAINNYA"),
    ],
)
def test_the_kecamatan_is_the_answered_one_or_that_of_the_numbers(answers, place):
    assert kecamatan_of(make_bundle(answers=answers)) == place


def test_weeks_and_months_cover_every_day_of_the_period_once():
    for cut in Cut:
        scope = Scope(date(2026, 1, 15), date(2026, 12, 2), None, cut)
        days = [first + timedelta(days=n) for first, last in columns(scope) for n in range((last - first).days + 1)]
        assert days == [date(2026, 1, 15) + timedelta(days=n) for n in range(322)]


@pytest.mark.parametrize("given", [(None, None), ("2026-13-01", "2026-11-02"), ("2026-11-05", "2026-11-01"), ("1990-01-01", "2026-11-01")])
def test_a_period_that_makes_no_sense_is_this_month(given):
    first, last = given
    scope = read_scope(first, last, None, None, date(2026, 11, 23))
    assert (scope.first, scope.last) == (date(2026, 11, 1), date(2026, 11, 23))
    assert choices(date(2026, 1, 5))["last_month"] == (date(2025, 12, 1), date(2025, 12, 31))


def test_a_chart_stays_within_its_frame_whatever_the_numbers():
    bars = issued_chart({date(2026, 11, 2): Issued(0, 0), date(2026, 11, 9): Issued(40, 31)}, Cut.WEEK).bars
    assert len(bars) == 2 and all(bar.y >= 0 and bar.y + bar.height <= HEIGHT and bar.height > 0 for bar in bars)
    drawn = stage_chart([("Draf", Spread(3, 60, 90_000), 480), ("Kosong", Spread(0, None, None), None)])
    assert all(bar.width > 0 and bar.x + bar.width <= drawn.width for bar in drawn.bars)
