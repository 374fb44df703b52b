"""That the central SIAK can't be used is a fact with begin and end: seen by all, told with the cases that wait for it, counted apart."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import select, update

from backoffice.audit.models import AuditEvent
from backoffice.cases.models import Case
from backoffice.reports.period import Scope
from backoffice.reports.queries import Reports
from backoffice.siak import outages
from backoffice.siak.models import SiakOutage
from tests.backoffice.office import MONDAY, make_actor, make_bundle, send_bundle
from tests.backoffice.test_reports import NOVEMBER, issue

NUMBER = "LM-261123-7K4F"


async def test_who_enters_into_siak_begins_and_ends_it_and_everybody_reads_who_and_when(services, sign_in, clock):
    operator, head, clerk = await sign_in("operator"), await sign_in("kepala_dinas"), await sign_in("petugas")
    assert "Siak" not in (await clerk.open("/siak-pusat/kabar")).text and "siak_mulai" in (await operator.open("/siak-pusat/kabar")).text
    await operator.open("/antrean")
    await operator.post("/siak-pusat/mulai")
    await operator.post("/siak-pusat/mulai")
    assert "rekan lain sudah mencatatnya" in operator.page
    for desk in (head, clerk):
        line = (await desk.open("/siak-pusat/kabar")).text
        assert "SIAK pusat tidak dapat dipakai" in line and "Operator" in line and "siak_selesai" not in line
    clock.pass_by(minutes=25)
    await operator.open("/antrean")
    await operator.post("/siak-pusat/selesai")
    assert (await head.open("/siak-pusat/kabar")).text.strip() == ""
    async with services.database.read() as session:
        row = (await session.scalars(select(SiakOutage))).one()
        noted = list(await session.scalars(select(AuditEvent.action).where(AuditEvent.action.like("siak_%")).order_by(AuditEvent.id)))
    assert (row.ended_at - row.began_at).total_seconds() == 25 * 60 and row.is_open is None and row.began_by == row.ended_by
    assert noted == [outages.BEGAN, outages.ENDED]


async def test_others_do_not_switch_it(sign_in):
    clerk = await sign_in("petugas")
    await clerk.open("/antrean")
    assert (await clerk.post("/siak-pusat/mulai")).status_code == 403


async def test_of_two_at_once_one_begins_it(services):
    actor = await make_actor(services, "operator")

    async def begin():
        async with services.database.write() as session:
            return await outages.begin(session, actor, services.clock())

    assert sorted(await asyncio.gather(begin(), begin())) == [False, True]


@pytest.mark.parametrize(("stage", "told"), [("diterima", False), ("lengkap", True), ("penerbitan", True), ("kia_antar", False)])
async def test_a_case_that_waits_for_siak_says_so(api, services, stage, told):
    await send_bundle(api, make_bundle(NUMBER))
    async with services.database.write() as session:
        await session.execute(update(Case).values(stage=stage))
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["siak_down_since"] is None
    actor = await make_actor(services, "operator")
    async with services.database.write() as session:
        await outages.begin(session, actor, services.clock())
    assert bool((await api.get(f"/api/cases/{NUMBER}")).json()["siak_down_since"]) is told


async def test_reports_count_its_minutes_and_the_late_cases_in_which_it_lies_apart(api, services, sign_in, clock):
    actor = await make_actor(services, "operator", username="siak")
    async with services.database.write() as session:
        await outages.begin(session, actor, services.clock())
    await issue(api, sign_in, clock, late=True)
    async with services.database.write() as session:
        await outages.end(session, actor, services.clock())
    lasted = int((services.clock() - MONDAY).total_seconds())
    clock.pass_by(minutes=1)
    async with services.database.write() as session:
        await outages.begin(session, actor, services.clock())
    clock.pass_by(minutes=30)
    async with services.database.read() as session:
        report = await Reports(session, NOVEMBER, services.clock()).whole()
        before = await Reports(session, Scope(date(2026, 10, 1), date(2026, 10, 31)), services.clock()).whole()
    assert (report.siak_down, report.late_with_siak) == (lasted + 1800, 1), "one that goes on counts up to now"
    assert (before.siak_down, before.late_with_siak) == (0, 0)
    head = await sign_in("kepala_dinas", username="kepala2")
    address = "mulai=2026-11-01&sampai=2026-11-30"
    assert 'data-testid="siak-down-time"' in (await head.open(f"/laporan?{address}")).text
    assert "SIAK pusat tidak dapat dipakai (menit);" in (await head.client.get(f"/laporan/unduh/csv?{address}")).text
