"""Posts signed webhooks to the bot and retries them with growing waits, as Meta does for seven days."""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any

import httpx
import structlog

from runtime.calling import http_client
from simulator.webhook import Update, encode, envelope, sign
from simulator.world import World

log = structlog.get_logger(__name__)

RETRY_WAITS = (0, 2, 5, 10, 20, 40, 60, 120, 300, 600, 1800, 3600, 3 * 3600) + (6 * 3600,) * 27
"""Seconds before each retry: at once, then a few more times with decreasing frequency over seven days (contract 1.2)."""
MAX_UPDATES = 1000
MAX_BYTES = 3 * 1024 * 1024

Done = Callable[[], None]


@dataclass
class Post:
    """One webhook POST and how it fared."""

    number: int
    ids: list[str]
    bytes: int
    attempts: list[int | str] = field(default_factory=list)
    """Each attempt's HTTP status, or the name of the network error."""
    delivered: bool = False


class Delivery:
    """The way to the bot. POSTs are concurrent and in no order, as Meta's are."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._client = http_client()
        self._numbers = count(1)
        self._held: list[tuple[Update, Done | None]] = []
        self.posts: deque[Post] = deque(maxlen=5000)
        self._bodies: deque[tuple[int, bytes]] = deque(maxlen=500)

    @property
    def held(self) -> int:
        """How many updates wait for a flush."""
        return len(self._held)

    def give(self, update: Update, done: Done | None = None) -> None:
        """Sends one update on its way (or holds it); `done` is called when the bot has answered 200."""
        if self._world.behaviour.hold:
            self._held.append((update, done))
        else:
            self._start([(update, done)])

    def flush(self, per_post: int = MAX_UPDATES, shuffle: bool = False) -> int:
        """Sends what was held, so many updates in one POST; returns how many updates."""
        held, self._held = self._held, []
        if shuffle:
            random.shuffle(held)
        for start in range(0, len(held), min(per_post, MAX_UPDATES)):
            self._start(held[start : start + min(per_post, MAX_UPDATES)])
        return len(held)

    def _start(self, updates: list[tuple[Update, Done | None]]) -> None:
        raw = encode(envelope(self._world.settings, [update for update, _ in updates]))
        if len(raw) > MAX_BYTES and len(updates) > 1:
            middle = len(updates) // 2
            self._start(updates[:middle])
            self._start(updates[middle:])
            return
        dones = [done for _, done in updates if done]
        for copy in range(1 + self._world.behaviour.duplicates):
            post = Post(next(self._numbers), [update.row["id"] for update, _ in updates], len(raw))
            self._note(post, raw)
            self._world.run(self._deliver(post, raw, [] if copy else dones))

    def _note(self, post: Post, raw: bytes) -> None:
        self.posts.append(post)
        self._bodies.append((post.number, raw))

    def resend(self, number: int) -> Post | None:
        """Posts the very same bytes of an earlier POST once more; None when it is not remembered."""
        raw = next((raw for known, raw in self._bodies if known == number), None)
        first = next((post for post in self.posts if post.number == number), None)
        if raw is None or first is None:
            return None
        again = Post(next(self._numbers), first.ids, len(raw))
        self._note(again, raw)
        self._world.run(self._deliver(again, raw, []))
        return again

    async def _deliver(self, post: Post, raw: bytes, dones: list[Done]) -> None:
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": sign(self._world.settings.app_secret, raw)}
        for wait in (None, *RETRY_WAITS):
            if wait is not None:
                await asyncio.sleep(wait * self._world.behaviour.retry_scale)
            outcome = await self._post(raw, headers)
            post.attempts.append(outcome)
            post.delivered = outcome == 200
            self._world.hub.publish("webhook", asdict(post))
            if post.delivered:
                for done in dones:
                    done()
                return
            log.warning("webhook_not_taken", post=post.number, outcome=outcome, attempt=len(post.attempts))
        log.error("webhook_dropped", post=post.number)

    async def _post(self, raw: bytes, headers: dict[str, str]) -> int | str:
        try:
            answer = await self._client.post(
                self._world.settings.webhook_url, content=raw, headers=headers, timeout=self._world.behaviour.webhook_timeout
            )
        except httpx.HTTPError as error:
            return type(error).__name__
        return answer.status_code

    async def post_raw(self, raw: bytes, content_type: str = "application/json", signature: str = "good") -> dict[str, Any]:
        """Posts any bytes once, with a good, bad or no signature; returns the bot's status and body."""
        headers = {"Content-Type": content_type}
        if signature != "none":
            headers["X-Hub-Signature-256"] = sign(self._world.settings.app_secret + ("" if signature == "good" else "x"), raw)
        try:
            answer = await self._client.post(self._world.settings.webhook_url, content=raw, headers=headers, timeout=30)
        except httpx.HTTPError as error:
            return {"status": None, "error": type(error).__name__}
        return {"status": answer.status_code, "body": answer.text[:2000]}

    async def verify(self) -> dict[str, Any]:
        """Meta's handshake: the bot has to echo the challenge."""
        challenge = str(random.randrange(10**9, 10**10))  # noqa: S311
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": self._world.settings.verify_token}
        try:
            answer = await self._client.get(self._world.settings.webhook_url, params=query, timeout=10)
        except httpx.HTTPError as error:
            return {"ok": False, "status": None, "error": type(error).__name__}
        return {"ok": answer.status_code == 200 and answer.text == challenge, "status": answer.status_code}

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()
