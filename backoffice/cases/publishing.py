"""Tells whoever subscribed what is done to a case, within the same transaction: before it is recorded, when it may be refused, and after.

The subscribers are named once, at the start (`backoffice.subscriptions`); this folder knows none of them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases.models import Case, CaseEvent
from standard.stages import Transition


@dataclass(frozen=True)
class Intended:
    """A permitted transition that is about to be recorded. `confirmed`: the person has proved lately who they are."""

    session: AsyncSession
    case: Case
    transition: Transition
    actor: Actor
    now: datetime
    confirmed: bool


@dataclass(frozen=True)
class Happened:
    """A recorded event. `waiting` are the roles that the case waits for now; `tell` the stages entered that the applicant is told of.

    `transition` is None for the arrival of a bundle; `note` is what was written to it, which the event itself does not hold.
    """

    session: AsyncSession
    case: Case
    event: CaseEvent
    waiting: frozenset[str]
    now: datetime
    transition: Transition | None = None
    tell: tuple[str, ...] = ()
    note: str | None = None


Before = Callable[[Intended], Awaitable[dict[str, Any]]]
"""Raises a Problem where it refuses; what it returns becomes part of the event's data."""

After = Callable[[Happened], Awaitable[None]]


@dataclass(frozen=True)
class Subscribers:
    """Called in this order."""

    before: tuple[Before, ...] = ()
    after: tuple[After, ...] = ()


_subscribed: list[Subscribers] = []


def subscribe(subscribers: Subscribers) -> None:
    """Names the subscribers of this process, in place of any named before."""
    _subscribed[:] = [subscribers]


def subscribers() -> Subscribers:
    """Raises RuntimeError where none were named: no act may pass reports, alarms and notices by unnoticed."""
    if not _subscribed:
        raise RuntimeError("call backoffice.subscriptions.subscribe_all first")
    return _subscribed[0]
