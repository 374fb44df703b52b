"""Writes moments, lengths of time and names as staff read them in lists. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from standard.clock import MONTHS, read_day, to_local
from standard.deadlines import warn_from
from standard.escalation import Clock, alarms


@dataclass(frozen=True)
class TimeLeft:
    """`level` is `ok`, `near` or `late`."""

    text: str
    level: str


def write_short(moment: datetime | None) -> str:
    """`22 Nov 09.10`, at the office; with the year when it is another one than now would need is left to the reader's page."""
    if moment is None:
        return "–"
    local = to_local(moment)
    return f"{local.day} {MONTHS[local.month - 1][:3]} {local:%H.%M}"


def write_short_seconds(moment: datetime) -> str:
    """`22 Nov 2026 09.10.05`, at the office: for the audit, where the year and the order within a minute count."""
    local = to_local(moment)
    return f"{local.day} {MONTHS[local.month - 1][:3]} {local.year} {local:%H.%M.%S}"


def write_iso_date(text: object) -> str:
    """An ISO date as it is read, `1 November 2026`; anything else as it is."""
    day = read_day(text)
    return str(text) if day is None else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def write_length(length: timedelta) -> str:
    """`2 hari 3 jam`, `3 jam 20 mnt`, `12 mnt`."""
    minutes = int(abs(length).total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} hari {hours} jam" if hours else f"{days} hari"
    return f"{hours} jam {minutes:02d} mnt" if hours else f"{minutes} mnt"


def write_seconds(seconds: int) -> str:
    """A length in seconds as `write_length` writes it, short ones exactly."""
    return f"{seconds} dtk" if seconds < 60 else write_length(timedelta(seconds=seconds))


def write_wait(seconds: int) -> str:
    """How long somebody is asked to wait: `12 detik`, `3 menit`, `24 jam`, never less than it is."""
    if seconds < 60:
        return f"{seconds} detik"
    return f"{-(-seconds // 60)} menit" if seconds <= 7200 else f"{-(-seconds // 3600)} jam"


def time_left(deadline: datetime | None, now: datetime) -> TimeLeft | None:
    """How long until a deadline, or how late it is."""
    if deadline is None or deadline.year == 9999:
        return None
    left = deadline - now
    if left < timedelta():
        return TimeLeft(f"lewat {write_length(left)}", "late")
    return TimeLeft(f"sisa {write_length(left)}", "near" if now >= warn_from(deadline) else "ok")


def over_target(stage: str, since: datetime, now: datetime) -> bool:
    """Whether a case has stood at a stage for longer than the stage's target, in open office time."""
    return any(alarm.clock is Clock.STAGE and alarm.due_at <= now for alarm in alarms(stage, since, None, None))


def mask_name(name: str) -> str:
    """A name as lists show it: the first letter of each word, `A*** P*****`."""
    return " ".join(word if word == "&" else word[0] + "*" * min(len(word) - 1, 6) for word in name.split())


def mask_phone(phone: str | None) -> str:
    """A phone number as lists show it: `+62812****90`."""
    return f"{phone[:6]}****{phone[-2:]}" if phone and len(phone) > 8 else "–"
