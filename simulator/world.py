"""The simulated world as one object: who has a phone, what was said, what is stored, what went wrong."""

import asyncio
import hashlib
import time
from collections import Counter, deque
from collections.abc import Coroutine
from typing import Any, Literal

import structlog

from simulator import ids
from simulator.faults import Faults
from simulator.flows import published
from simulator.hub import Hub
from simulator.limits import NumberLimit, PairLimit
from simulator.model import Behaviour, Media, Message, Phone, State, as_json
from simulator.settings import Settings
from simulator.store import Store
from simulator.templates import Templates

log = structlog.get_logger(__name__)

DAY = 86_400
WINDOW = DAY
"""The customer service window (contract 1.7)."""
FIRST_PHONES = (("Siti SPESIMEN", "+6281200000001"), ("Joko SPESIMEN", "+6281200000002"))


class World:
    """Holds the state and publishes its changes. Decisions are made elsewhere."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings.state)
        self.hub = Hub()
        self.behaviour = Behaviour()
        self.faults = Faults()
        self.templates = Templates(settings.office)
        self.flows = published(settings.office)
        self.pair_limit = PairLimit()
        self.number_limit = NumberLimit()
        self.skew = 0.0
        self.violations: deque[dict[str, Any]] = deque(maxlen=5000)
        self.sends: deque[dict[str, Any]] = deque(maxlen=20_000)
        self.service_messages: Counter[str] = Counter()
        """Accepted service messages by month, for their price."""
        self.phones: dict[str, Phone] = {phone.id: phone for phone in self.store.phones()}
        self.messages: dict[str, Message] = {message.id: message for message in self.store.messages()}
        self.media: dict[str, Media] = {media.id: media for media in self.store.media()}
        self.media_urls: dict[str, tuple[str, float]] = {}
        """Download token → media id and the moment at which it ends."""
        self.address = f"http://127.0.0.1:{settings.port}"
        self._tasks: set[asyncio.Task[None]] = set()
        if not self.phones:
            self._first_phones()

    def _first_phones(self) -> None:
        for name, number in FIRST_PHONES:
            self.add_phone(name, number)

    def now(self) -> float:
        """Seconds since 1970 on the simulated clock."""
        return time.time() + self.skew

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Starts work that outlives the request that asked for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Ends all work and closes the file."""
        self.hub.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.store.close()

    # Phones

    def add_phone(self, name: str, number: str | None, username: str | None = None) -> Phone:
        """A new phone; one without a number is known by its BSUID only."""
        taken = {int(key) for key in self.phones}
        fresh = Phone(str(next(n for n in range(1, 10_000) if n not in taken)), name, number, ids.user_id(), username)
        self.phones[fresh.id] = fresh
        self.save_phone(fresh)
        return fresh

    def save_phone(self, phone: Phone) -> None:
        """Keeps a phone's change and tells the pages."""
        self.store.save_phone(phone)
        self.hub.publish("phone", as_json(phone))

    def find_phone(self, name: str) -> Phone | None:
        """The phone of this number (`+62…`), BSUID or id."""
        return next((phone for phone in self.phones.values() if name in (phone.number, phone.user_id, phone.id)), None)

    def window_open(self, phone: Phone) -> bool:
        """Whether free-form messages may go to this citizen now."""
        return phone.last_inbound is not None and self.now() - phone.last_inbound < WINDOW

    # Messages

    def add_message(self, message: Message) -> Message:
        """Puts a bubble into its chat. One from the citizen opens the window."""
        self.messages[message.id] = message
        self.store.save_message(message)
        self.hub.publish("message", as_json(message))
        if message.direction == "out":
            phone = self.phones[message.phone]
            phone.last_inbound = self.now()
            self.save_phone(phone)
            self.number_limit.count(time.monotonic())
        return message

    def save_message(self, message: Message) -> None:
        """Keeps a bubble's change and tells the pages. A chat that was cleared meanwhile stays cleared."""
        if message.id in self.messages:
            self.store.save_message(message)
            self.hub.publish("update", as_json(message))

    def raise_state(self, message: Message, state: State) -> None:
        """Lets a message rise to a state, never fall."""
        if message.rise(state):
            self.save_message(message)

    def chat(self, phone_id: str) -> list[Message]:
        """A phone's bubbles, oldest first."""
        return [message for message in self.messages.values() if message.phone == phone_id]

    def clear_chat(self, phone_id: str) -> None:
        """Empties a phone's chat."""
        for message in self.chat(phone_id):
            del self.messages[message.id]
        self.store.drop_messages(phone_id)
        self.hub.publish("cleared", {"phone": phone_id})

    # Media

    def add_media(self, content: bytes, mime: str, filename: str | None, origin: Literal["received", "uploaded"]) -> Media:
        """Stores a file under a new id."""
        media = Media(ids.media_id(), mime, hashlib.sha256(content).hexdigest(), len(content), filename, self.now(), origin)
        self.media[media.id] = media
        self.store.save_media(media, content)
        return media

    def drop_media(self, media_id: str) -> None:
        """Forgets a file."""
        self.media.pop(media_id, None)
        self.store.drop_media(media_id)

    def media_url(self, media: Media) -> str:
        """A fresh download address that ends after five minutes (or what a test wishes)."""
        token = ids.url_token()
        self.media_urls[token] = (media.id, self.now() + self.behaviour.media_url_seconds)
        return f"{self.address}/whatsapp_business/attachments/{token}"

    # Records for tests

    def violate(self, code: int, path: str, details: str, body: Any) -> None:
        """Notes that the bot did what Meta's rules forbid."""
        log.warning("bot_broke_a_rule", code=code, path=path)
        row = {"at": self.now(), "code": code, "path": path, "details": details, "body": body}
        self.violations.append(row)
        self.hub.publish("violation", {key: row[key] for key in ("at", "code", "path", "details")})

    def reset(self) -> None:
        """An empty world: two new phones, default behaviour, no record."""
        self.store.clear()
        for thing in (
            self.phones,
            self.messages,
            self.media,
            self.media_urls,
            self.violations,
            self.sends,
            self.service_messages,
            self.pair_limit,
            self.number_limit,
        ):
            thing.clear()
        self.faults.orders.clear()
        self.templates.reset()
        self.behaviour = Behaviour()
        self.skew = 0.0
        self._first_phones()
        self.hub.publish("reset", {})
