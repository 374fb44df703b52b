"""Meta's two rate limits as pure functions over one remembered moment each, so that several processes share them through the database.

The memory is the moment at which all that was sent will have been paid back at the steady rate (the "theoretical arrival time" of GCRA).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """One send each `interval` in the long run, and up to `burst` at once that must be paid back."""

    interval: timedelta
    burst: int

    def wait(self, paid_back_at: datetime | None, now: datetime) -> timedelta:
        """How long until one more may be sent; zero when it may be sent now."""
        if paid_back_at is None:
            return timedelta(0)
        return max(timedelta(0), paid_back_at - now - self.interval * (self.burst - 1))

    def spend(self, paid_back_at: datetime | None, now: datetime) -> datetime:
        """The memory after one more send."""
        return max(paid_back_at or now, now) + self.interval


PAIR = Limit(timedelta(seconds=6), burst=45)
"""To one person: one message in six seconds, bursts of 45 (contract, 0.2; error 131056)."""


def of_number(per_second: int) -> Limit:
    """Of our number to everybody: 80 messages in a second unless Meta has granted more (contract, 1.7; error 130429)."""
    return Limit(timedelta(seconds=1) / per_second, burst=per_second)
