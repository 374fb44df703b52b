"""Meta's two rate limits: per pair of business and user, and per business number."""

from collections import deque


class PairLimit:
    """One message per interval to one user, with a burst that has to be paid back (contract 0.2): a bucket that refills."""

    def __init__(self) -> None:
        self._full_at: dict[str, float] = {}

    def take(self, user: str, now: float, interval: float, burst: int) -> bool:
        """Whether one more message may go to `user` at `now` (seconds); counts it when it may."""
        full_at = max(self._full_at.get(user, now), now)
        if full_at + interval - now > burst * interval + 1e-9:
            return False
        self._full_at[user] = full_at + interval
        return True

    def clear(self) -> None:
        """Forgets all debts."""
        self._full_at.clear()


class NumberLimit:
    """So many messages in any second, in and out together (contract 1.7)."""

    def __init__(self) -> None:
        self._moments: deque[float] = deque()

    def count(self, now: float) -> None:
        """Counts a message that can't be refused (one that comes in)."""
        self._moments.append(now)

    def take(self, now: float, per_second: int) -> bool:
        """Whether one more may go out at `now`; counts it when it may."""
        while self._moments and self._moments[0] <= now - 1:
            self._moments.popleft()
        if len(self._moments) >= per_second:
            return False
        self._moments.append(now)
        return True

    def clear(self) -> None:
        """Forgets the last second."""
        self._moments.clear()
