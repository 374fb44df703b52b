"""Months that are over are counted once: what is kept of them gives the very report that counting all days gives."""

import random
from array import array
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from backoffice.cases import ledger
from backoffice.cases.models import Case
from backoffice.reports.keeping import forget_months, keep_all
from backoffice.reports.models import CaseOutcome, DocumentReturn, MonthFigures, StageVisit
from backoffice.reports.parts import Parts, Spread, add_up, pack, spread_of, unpack
from backoffice.reports.period import Cut, Scope, uncovered, whole_months
from backoffice.reports.queries import Reports
from tests.backoffice.office import MONDAY, make_actor

PLACES = ("BLORA", "CEPU", "LAINNYA")
SCOPES = (
    Scope(date(2026, 7, 1), date(2026, 11, 23), None, Cut.MONTH),
    Scope(date(2026, 8, 14), date(2026, 11, 2), None, Cut.WEEK),
    Scope(date(2026, 7, 1), date(2026, 9, 30), "CEPU", Cut.MONTH),
    Scope(date(2026, 10, 1), date(2026, 10, 31)),
    Scope(date(2026, 11, 3), date(2026, 11, 23)),
)


async def fill(services, cases=80, seed=3):
    """Cases that ended between July and now, with stays by two officers and nobody, and returns."""
    chance = random.Random(seed)
    officers = [(await make_actor(services, role)).id for role in ("petugas", "operator")]
    async with services.database.write() as session:
        for number in range(cases):
            day, place = date(2026, 7, 1) + timedelta(days=chance.randrange(145)), chance.choice(PLACES)
            case = Case(
                number=f"LM-260701-{number:04}",
                draft_id=f"d{number}",
                contact="c",
                submitted_at=MONDAY,
                child_name="ANAK SPESIMEN",
                bundle={},
                stage="selesai",
                stage_since=MONDAY,
                facts=[],
                told=[],
                version=1,
                events=0,
                head_hash=ledger.GENESIS,
                kia={},
                siak={},
            )
            session.add(case)
            await session.flush()
            issued = chance.random() < 0.9
            session.add(
                CaseOutcome(
                    case_id=case.id,
                    day=day,
                    issued=issued,
                    on_time=issued and chance.random() < 0.8,
                    seconds=chance.randrange(90_000),
                    kecamatan=place,
                    ended_at=datetime(day.year, day.month, day.day, 5, tzinfo=UTC),
                )
            )
            for place_in_way, stage in enumerate(("diterima", "draf", "verifikasi")):
                session.add(
                    StageVisit(
                        case_id=case.id,
                        sequence=place_in_way,
                        stage=stage,
                        day=day - timedelta(days=chance.randrange(40)),
                        seconds=chance.randrange(9_000),
                        staff_id=chance.choice([*officers, None]),
                        kecamatan=place,
                    )
                )
            for item in chance.sample(("kk", "surat_nikah"), chance.randrange(3)):
                back = day - timedelta(days=chance.randrange(40))
                session.add(DocumentReturn(case_id=case.id, day=back, item=item, reason=chance.choice(("buram", "silau")), kecamatan=place))


async def reports(services):
    async with services.database.read() as session:
        return [await Reports(session, scope, services.clock()).whole() for scope in SCOPES]


async def test_kept_months_give_the_report_that_counting_every_day_gives(services):
    await fill(services)
    counted = await reports(services)
    assert counted[0].issued.count > 60 and len(counted[0].officers) == 6 and counted[0].returned_cases > 30
    assert await keep_all(services.database, services.clock()) >= 4
    assert await reports(services) == counted
    assert await keep_all(services.database, services.clock()) == 0, "they are kept"


async def test_what_comes_late_is_in_the_report_at_once_and_the_month_is_kept_anew(services):
    await fill(services, cases=12)
    await keep_all(services.database, services.clock())
    before = (await reports(services))[0]
    async with services.database.write() as session:
        case = await session.scalar(select(Case).limit(1))
        session.add(StageVisit(case_id=case.id, sequence=9, stage="draf", day=date(2026, 8, 5), seconds=1, kecamatan="CEPU"))
        await forget_months(session, {date(2026, 8, 5)})
    after = (await reports(services))[0]
    assert after.stages["draf"].count == before.stages["draf"].count + 1
    assert await keep_all(services.database, services.clock()) == 1
    assert (await reports(services))[0] == after


@pytest.mark.parametrize(("now", "kept"), [(datetime(2026, 11, 1, 3, tzinfo=UTC), False), (datetime(2026, 11, 2, 3, tzinfo=UTC), True)])
async def test_a_month_is_kept_a_day_after_its_end(services, now, kept):
    await fill(services, cases=12)
    await keep_all(services.database, now)
    async with services.database.read() as session:
        october = select(MonthFigures).where(MonthFigures.month == date(2026, 10, 1))
        assert bool((await session.scalars(october)).all()) is kept


@pytest.mark.parametrize("seed", range(20))
def test_median_and_p90_of_many_runs_are_those_of_one_list(seed):
    chance = random.Random(seed)
    runs = [
        array("i", sorted(chance.randrange(10 ** chance.randrange(1, 6)) for _ in range(chance.randrange(1, 30)))) for _ in range(seed + 1)
    ]
    every = sorted(length for run in runs for length in run)
    ranks = [every[-(-len(every) * percent // 100) - 1] for percent in (50, 90)]
    assert spread_of(runs) == Spread(len(every), *ranks)


def test_parts_are_read_as_they_were_kept():
    parts = Parts(
        days={date(2026, 7, 1): (3, 2)},
        closed=1,
        on_time={"CEPU": 2},
        outcomes={"CEPU": [array("i", [5, 70_000])]},
        visits={("x", "draf"): [array("i", [1, 2])], (None, "draf"): [array("i", [9])]},
        reasons={("buram", "kk"): 4},
        returned=array("q", [7, 2**40]),
    )
    assert unpack(pack(parts)) == parts
    assert unpack(pack(Parts())) == Parts(returned=array("q"))
    twice = add_up([parts, unpack(pack(parts))])
    assert (twice.closed, twice.days[date(2026, 7, 1)], twice.returned) == (2, (6, 4), {7, 2**40})


def test_whole_months_and_the_days_beside_them_are_the_scope():
    scope = Scope(date(2026, 1, 15), date(2026, 5, 31))
    assert whole_months(scope) == [date(2026, month, 1) for month in (2, 3, 4, 5)]
    assert uncovered(scope, [date(2026, 2, 1), date(2026, 4, 1), date(2026, 5, 1)]) == [
        (date(2026, 1, 15), date(2026, 1, 31)),
        (date(2026, 3, 1), date(2026, 3, 31)),
    ]
    assert uncovered(scope, []) == [(date(2026, 1, 15), date(2026, 5, 31))]
    assert whole_months(Scope(date(2026, 1, 2), date(2026, 2, 27))) == []
