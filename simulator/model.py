"""The things of the simulated world: phones, messages, media, and how the simulator behaves."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal


class State(StrEnum):
    """How far a message has come. From the phone: pending → sent → delivered → read; `failed` ends it."""

    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


RANK = {State.PENDING: 0, State.SENT: 1, State.DELIVERED: 2, State.READ: 3, State.FAILED: 4}


@dataclass
class Phone:
    """One citizen's WhatsApp. `number` is None for one who shows a username instead (contract 1.9)."""

    id: str
    name: str
    number: str | None
    user_id: str
    username: str | None = None
    online: bool = True
    """Offline: messages stay at `sent` until it is online again."""
    last_inbound: float | None = None
    """When the citizen last wrote, in seconds: opens the 24-hour window."""


@dataclass
class Message:
    """One bubble. `direction` is the phone's view: `out` was sent by the citizen, `in` came from the business."""

    id: str
    phone: str
    direction: Literal["in", "out"]
    type: str
    at: float
    content: dict[str, Any]
    """As in the Graph API: what stands under the message's type."""
    state: State = State.PENDING
    reply_to: str | None = None
    album: str | None = None
    opaque: str | None = None
    chosen: str | None = None
    """Id of the button or row that the citizen tapped on this message."""
    reactions: dict[str, str] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    """What only the page needs: a template filled in, a file's pixels and pages."""
    error: dict[str, Any] | None = None
    pricing: dict[str, Any] | None = None

    def rise(self, state: State) -> bool:
        """Takes a higher state; returns whether it changed."""
        if RANK[state] <= RANK[self.state]:
            return False
        self.state = state
        return True


@dataclass
class Media:
    """One stored file. `sha256` is hex; `origin` decides how long its id lives: received 7 days, uploaded 30."""

    id: str
    mime: str
    sha256: str
    size: int
    filename: str | None
    created: float
    origin: Literal["received", "uploaded"]


@dataclass
class Behaviour:
    """The knobs of Meta's side. Defaults are Meta's own values, or quick ones where Meta names none."""

    status_delay: float = 0.25
    """Seconds between `sent`, `delivered` and (with auto_read) `read`."""
    status_order: Literal["natural", "reversed", "shuffled"] = "natural"
    skip_delivered: bool = False
    auto_read: bool = False
    """Phones read at once; otherwise the page reads when it is looked at, or a test says so."""
    duplicates: int = 0
    """How many more times every webhook is posted."""
    hold: bool = False
    """Webhooks pile up until they are flushed, in one POST if wished."""
    retry_scale: float = 1.0
    """Multiplies Meta's retry waits: 0.01 makes minutes into half-seconds."""
    webhook_timeout: float = 10.0
    media_url_seconds: float = 300.0
    media_url_in_webhook: bool = False
    sha256_encoding: Literal["hex", "base64"] = "hex"
    window_error: Literal["answer", "status"] = "answer"
    """Whether 131047 is the answer to the POST or comes later as a `failed` status."""
    pair_interval: float = 6.0
    pair_burst: int = 45
    number_per_second: int = 80
    free_service_messages: int = 1000
    """Per calendar month (contract 0.1)."""


def as_json(thing: Any) -> dict[str, Any]:
    """A dataclass of this module as plain JSON members."""
    return asdict(thing)
