"""Says when a case that stands still is brought before a superior: by its stage's target, its 24 hours, its 30 days (Seed I)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from standard import facts
from standard.deadlines import OfficeCalendar, kia_deadline, office_calendar, warn_from
from standard.stages import CaseClock, stages


class Clock(StrEnum):
    """Which of a case's clocks runs out, the gravest first."""

    SERVICE = "layanan"
    KIA = "kia"
    STAGE = "tahap"


@dataclass(frozen=True)
class Alarm:
    """From `near_at` on the clock is near its end, from `due_at` on it is over."""

    clock: Clock
    near_at: datetime
    due_at: datetime


def alarms(
    stage_id: str, since: datetime, deadline: datetime | None, delivered_at: datetime | None, calendar: OfficeCalendar | None = None
) -> list[Alarm]:
    """What will sound while a case stands at that stage, where it has been since `since`. Nothing while it waits for the applicant.

    The stage's target counts open office time: nights, weekends and holidays (`deadlines.yml`) don't. A target of days is the delivery's.
    """
    stage, rule = stages()[stage_id], facts.load("deadlines")
    if stage.clock is CaseClock.STOPPED:
        return []
    found = []
    if deadline is not None:
        found.append(Alarm(Clock.SERVICE, warn_from(deadline), deadline))
    if delivered_at is not None and stage.steps:
        due = kia_deadline(delivered_at)
        found.append(Alarm(Clock.KIA, due - timedelta(days=rule["kia"]["warn_days_before"]), due))
    if stage.minutes is not None and stage.minutes < timedelta(days=1) / timedelta(minutes=1):
        near, late = (timedelta(minutes=stage.minutes * rule["escalation"][share]) for share in ("stage_near", "stage_late"))
        office = calendar or office_calendar()
        found.append(Alarm(Clock.STAGE, office.add_office_hours(since, near), office.add_office_hours(since, late)))
    return found


def digest_pause() -> timedelta:
    """How far apart e-mails to one superior are at least."""
    return timedelta(minutes=facts.load("deadlines")["escalation"]["digest_minutes"])
