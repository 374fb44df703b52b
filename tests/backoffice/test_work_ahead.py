"""How much work stands before an application that comes in now: by the standard's minutes, or as the office's best day shows."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from backoffice.cases.models import Case
from backoffice.roster.ahead import by_the_best_day, by_the_standard
from tests.backoffice.office import make_actor, make_bundle, send_bundle

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OPEN = 510
"""Minutes of a Monday at the office of the tests, which has no break: half past seven to four."""


@pytest.mark.parametrize(
    ("waiting", "people", "minutes"),
    [
        ({}, {}, 0),
        ({"diterima": 12}, {"petugas": 1, "kepala_dinas": 1}, 420),
        ({"diterima": 12}, {"petugas": 4, "kepala_dinas": 1}, 180),  # the head's quarter of an hour a case is the slowest step then
        ({"persetujuan_kadis": 12}, {"petugas": 1, "kepala_dinas": 1}, 180),  # nobody has to look at their papers again
        ({"dikembalikan": 50, "kia_cetak": 50}, {}, 0),
    ],
)
def test_the_slowest_step_sets_the_pace(waiting: dict[str, int], people: dict[str, int], minutes: int) -> None:
    everybody = {role: 9 for role in ("operator", "kasi_identitas", "kasi_kelahiran", "kabid_yandafduk", "kabid_yancapil")}
    assert by_the_standard(waiting, everybody | people) == timedelta(minutes=minutes)


def test_a_day_as_good_as_the_best_one_is_a_day_of_open_office() -> None:
    assert by_the_best_day(20, 10, MONDAY) == timedelta(minutes=2 * OPEN)


async def test_a_new_office_counts_by_the_standard_and_one_that_issues_more_by_what_it_does(api, services, clock):
    assert (await api.get("/api/work-ahead")).json() == {"minutes": 0}
    await make_actor(services, "petugas", username="a")
    for place in range(4):
        await send_bundle(api, make_bundle(f"LM-261123-{place}K4F"), f"draft-{place}")
    assert (await api.get("/api/work-ahead")).json() == {"minutes": 4 * 35}
    await issued(api, services, clock, 10, services.clock() - timedelta(days=3))
    assert (await api.get("/api/work-ahead")).json() == {"minutes": 4 * 35}, "the standard is quicker than four tenths of a day"
    await issued(api, services, clock, 20, services.clock() - timedelta(days=5))
    assert (await api.get("/api/work-ahead")).json() == {"minutes": 4 * OPEN // 20}


async def test_an_office_that_is_behind_is_believed_by_what_it_does_alone(api, services, clock):
    await make_actor(services, "petugas", username="a")
    await issued(api, services, clock, 2, services.clock() - timedelta(days=3))
    for place in range(4):
        await send_bundle(api, make_bundle(f"LM-261123-{place}K4F"), f"draft-{place}")
    assert (await api.get("/api/work-ahead")).json() == {"minutes": 4 * 35}
    clock.pass_by(hours=25)
    assert (await api.get("/api/work-ahead")).json() == {"minutes": 4 * OPEN // 2}


async def issued(api, services, clock, count, when):
    """So many cases whose papers went out then."""
    for place in range(count):
        number = f"LM-26112{when.day % 10}-{place:02}Z4"
        await send_bundle(api, make_bundle(number), f"issued-{when:%d}-{place}")
        async with services.database.write() as session:
            await session.execute(update(Case).where(Case.number == number).values(stage="selesai", delivered_at=when, deadline=None))
