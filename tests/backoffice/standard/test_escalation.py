"""When a superior is told: in office time for a stage's target, by the clock for the 24 hours, never while the applicant is waited for."""

from datetime import UTC, datetime

import pytest

from standard import roles
from standard.clock import office_zone, to_local
from standard.escalation import Clock, alarms


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=office_zone()).astimezone(UTC)


def sounding(stage, since, deadline=None, delivered=None):
    return {
        alarm.clock: tuple(to_local(moment).strftime("%m-%d %H:%M") for moment in (alarm.near_at, alarm.due_at))
        for alarm in alarms(stage, at(since), deadline and at(deadline), delivered and at(delivered))
    }


def test_a_stage_entered_just_before_the_weekend_is_late_on_monday():
    assert sounding("diterima", "2026-11-20 14:20")[Clock.STAGE] == ("11-23 07:46", "11-23 07:55"), "10 minutes of Friday, 25 of Monday"


def test_a_stage_entered_before_a_holiday_is_late_after_it():
    assert sounding("diterima", "2026-12-23 15:50")[Clock.STAGE][1].startswith("12-28 07:"), (
        "24 and 25 December are closed, then the weekend"
    )


def test_the_24_hours_run_through_the_night_and_are_near_their_end_four_hours_before():
    assert sounding("lengkap", "2026-11-20 14:00", deadline="2026-11-21 09:00") == {Clock.SERVICE: ("11-21 05:00", "11-21 09:00")}


def test_nothing_sounds_while_the_applicant_is_waited_for():
    assert sounding("dikembalikan", "2026-11-20 09:00") == {}


def test_after_delivery_the_30_days_of_the_kia_are_watched_instead():
    assert sounding("kia_antar", "2026-11-23 09:00", delivered="2026-11-22 10:00") == {Clock.KIA: ("12-17 10:00", "12-22 10:00")}
    assert sounding("selesai", "2026-11-23 09:00", delivered="2026-11-22 10:00") == {}


@pytest.mark.parametrize(
    ("waiting", "told"),
    [
        ({"petugas"}, {"supervisor"}),
        ({"kasi_identitas", "kasi_kelahiran"}, {"kabid_yandafduk", "kabid_yancapil"}),
        ({"kabid_yancapil"}, {"kepala_dinas"}),
        ({"kepala_dinas"}, {"supervisor"}),
    ],
)
def test_whoever_stands_above_is_told_and_of_the_head_who_oversees_all(waiting, told):
    assert roles.told_when_late(waiting) == told
