"""A contact and its chat, as the bot shows them to the back office."""

from typing import Literal

from contracts.moments import ExactMoment
from contracts.shape import Contact, Shape


class ChatLine(Shape):
    """One message of a chat."""

    id: str
    at: ExactMoment
    direction: Literal["in", "out"]
    type: str
    text: str
    state: str
    concealed: bool = False
    """Nobody reads it beside a case: it belongs to a complaint that is told or kept secret, or nobody knows yet to what."""


class ChatPage(Shape):
    """A page of a chat, the newest first; `next` is the following page's `before`."""

    messages: list[ChatLine]
    next: str | None = None


class ContactShown(Contact):
    """Who it is, when they wrote last, and whether the 24-hour window is open."""

    last_inbound_at: ExactMoment | None = None
    window_open: bool
