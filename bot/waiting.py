"""Says how long to wait before something is tried again."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Backoff:
    """Waits that grow: `first`, `first * factor`, … up to `longest`, all in seconds."""

    first: float = 1.0
    factor: float = 2.0
    longest: float = 30.0

    def after(self, attempts: int) -> timedelta:
        """The wait after so many attempts (1 is the first)."""
        return timedelta(seconds=min(self.longest, self.first * self.factor ** min(max(attempts - 1, 0), 60)))
