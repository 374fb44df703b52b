"""Slows down guessing of passwords and codes by waits that grow, and that no stranger can turn into a lock for the owner.

An attempt is counted before it is judged, so that a hundred at once are a hundred, and forgiven when it was right. A wait holds for whoever
made the failures: a known device, a session, or one network's strangers at one account. What a whole network or all strangers of an account
failed at makes those waits longer, up to LONGEST_WAIT, but never closes one's own turn: it comes when the wait is over, whatever others do
meanwhile. Only where a secret is short and the same is told elsewhere (the PIN of the public pages) a network's attempts also wait for one
another (`gates`): guesses at many numbers are no faster than at one. Names that no
account has are counted like those that one has: the answers are the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.errors import TooManyAttempts
from backoffice.keys import keyed
from backoffice.services import Services
from backoffice.settings import Settings
from backoffice.staff.models import AttemptCount

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)
"""288 guesses a day from one place: nothing against a password that is not known, and short enough for who mistyped."""

FREE = 5
NETWORK_FREE = 30
"""Failures of one network over all accounts that cost nothing; an office behind one address has a dozen people."""

ACCOUNT_FREE = 25
"""Failures at one account from all networks together that cost nothing."""

FORGOTTEN_AFTER = timedelta(hours=24)
"""A count without a new failure for so long begins at zero again."""


@dataclass(frozen=True)
class Counter:
    """Whose failures are counted together (a keyed hash), and how many of them cost no wait."""

    key: str
    free: int = FREE
    longest: timedelta = LONGEST_WAIT

    def wait(self, failures: int) -> timedelta:
        """How long the next attempt waits after so many failures: 5 s, doubled by each, `longest` at most."""
        if failures < self.free:
            return timedelta()
        doublings: int = min(failures - self.free, 10)
        return min(FIRST_WAIT * (1 << doublings), self.longest)


@dataclass(frozen=True)
class Attempt:
    """One attempt: whose turn it takes (`own`), which counts lengthen its wait, and whose turns it has to wait for beside (`gates`)."""

    own: Counter
    shared: tuple[Counter, ...] = ()
    gates: tuple[Counter, ...] = ()

    @property
    def counters(self) -> tuple[Counter, ...]:
        return (self.own, *self.shared, *self.gates)


def at_password(settings: Settings, username: str, network: str, device: str | None) -> Attempt:
    """A password at the sign-in page. A known device answers for its own failures only."""
    if device is not None:
        return Attempt(Counter(keyed(settings, "tries-device", device, username)))
    own = Counter(keyed(settings, "tries-pair", network, username))
    return Attempt(own, (_of_network(settings, network), Counter(keyed(settings, "tries-account", username), ACCOUNT_FREE)))


def at_code(settings: Settings, username: str, device: str | None) -> Attempt:
    """The second factor's code at sign-in. Who comes so far knows the password: strangers share one turn, however many networks."""
    if device is not None:
        return Attempt(Counter(keyed(settings, "tries-code-device", device, username)))
    return Attempt(Counter(keyed(settings, "tries-code", username)))


def at_proof(settings: Settings, session_hash: str) -> Attempt:
    """A password or code asked for again within a session."""
    return Attempt(Counter(keyed(settings, "tries-session", session_hash)))


def _of_network(settings: Settings, network: str) -> Counter:
    return Counter(keyed(settings, "tries-network", network), NETWORK_FREE)


class Throttle:
    """The counts. The caller holds the transaction and commits it, also when the attempt has to wait."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now

    async def begin(self, attempt: Attempt) -> timedelta:
        """Counts the attempt as failed and gives zero; or counts nothing and says how long its turn is away."""
        await self._forget()
        rows = await self._rows(attempt)
        own = rows[attempt.own.key]
        if own.opens_at is None:
            own.opens_at = self._now + self._shared_wait(attempt, rows)
        opens_at = max(own.opens_at, *(rows[gate.key].opens_at or self._now for gate in attempt.gates), self._now)
        if opens_at > self._now:
            return opens_at - self._now
        for row in rows.values():
            row.failures, row.last_at = row.failures + 1, self._now
        own.opens_at = self._now + max(attempt.own.wait(own.failures), self._shared_wait(attempt, rows))
        for gate in attempt.gates:
            rows[gate.key].opens_at = self._now + gate.wait(rows[gate.key].failures)
        return timedelta()

    async def forgive(self, attempt: Attempt) -> None:
        """The attempt was right: its own count ends, the shared ones lose what it had added."""
        rows = await self._rows(attempt)
        for counter in (*attempt.shared, *attempt.gates):
            rows[counter.key].failures = max(rows[counter.key].failures - 1, 0)
        for gate in attempt.gates:
            rows[gate.key].opens_at = self._now
        await self._session.delete(rows[attempt.own.key])

    async def closed_for(self, counter: Counter, failures: int) -> timedelta:
        """How long a count is still remembered that has come to so many failures; zero below them."""
        row = await self._session.get(AttemptCount, counter.key)
        if row is None or row.failures < failures:
            return timedelta()
        return max(row.last_at + FORGOTTEN_AFTER - self._now, timedelta())

    def _shared_wait(self, attempt: Attempt, rows: dict[str, AttemptCount]) -> timedelta:
        return max((counter.wait(rows[counter.key].failures) for counter in attempt.shared), default=timedelta())

    async def _rows(self, attempt: Attempt) -> dict[str, AttemptCount]:
        """The rows of all counters, made where missing, held until the transaction ends; in one order: no two wait for each other."""
        keys = sorted(counter.key for counter in attempt.counters)
        insert = postgresql.insert if self._session.get_bind().dialect.name == "postgresql" else sqlite.insert
        fresh = [{"key": key, "failures": 0, "last_at": self._now, "opens_at": None} for key in keys]
        await self._session.execute(insert(AttemptCount).values(fresh).on_conflict_do_nothing())
        query = select(AttemptCount).where(AttemptCount.key.in_(keys)).order_by(AttemptCount.key).with_for_update()
        return {row.key: row for row in await self._session.scalars(query)}

    async def _forget(self) -> None:
        """Old counts go; one that somebody else holds just now is left to them."""
        old = select(AttemptCount.key).where(AttemptCount.last_at < self._now - FORGOTTEN_AFTER).with_for_update(skip_locked=True)
        await self._session.execute(delete(AttemptCount).where(AttemptCount.key.in_(old)).execution_options(synchronize_session=False))


async def admit(services: Services, attempt: Attempt) -> None:
    """Counts an attempt that is about to be judged, for good. Raises TooManyAttempts, with the seconds to wait."""
    async with services.database.write() as session:
        wait = await Throttle(session, services.clock()).begin(attempt)
    if wait:
        raise TooManyAttempts(seconds=-(-wait // timedelta(seconds=1)))


async def forgive(services: Services, attempt: Attempt) -> None:
    """Takes the count of an attempt back that was right."""
    async with services.database.write() as session:
        await Throttle(session, services.clock()).forgive(attempt)
