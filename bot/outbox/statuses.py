"""Merges what Meta reports about a message: upward only, because reports come late, twice and in any order. Pure."""

from collections.abc import Iterable

from bot.outbox.models import State

RANK = {State.ACCEPTED: 1, State.SENT: 2, State.FAILED: 3, State.DELIVERED: 4, State.READ: 5}
"""Delivered beats failed: what has arrived has arrived. States without a rank are ours, before Meta has the message."""

REPORTED = {"sent": State.SENT, "delivered": State.DELIVERED, "read": State.READ, "played": State.READ, "failed": State.FAILED}
"""Meta's words. Others (`deleted`, `warning`) change nothing."""


def merge(current: State, reported: State) -> State:
    """The state after a report."""
    return reported if RANK.get(reported, 0) > RANK.get(current, 0) else current


def of_notice(states: Iterable[State]) -> str | None:
    """What the back office is told about a notice whose messages are in these states; None while there is nothing to tell."""
    found = set(states)
    if not found:
        return None
    if found & {State.FAILED, State.STUCK}:
        return "failed"
    if State.HELD in found:
        return "waiting_window"
    slowest = min(found, key=lambda s: RANK.get(s, 0))
    return str(slowest) if RANK.get(slowest, 0) >= RANK[State.SENT] else None
