"""Prices messages as Meta does since October 2026: every delivered service message counts, the first thousand of a month are free."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from simulator.model import Message
from simulator.world import World


def price(world: World, message: Message) -> dict[str, Any]:
    """The `pricing` object of this message's statuses (contract 0.1, 1.5)."""
    category = world.templates.find(message.content).category if message.type == "template" else "service"
    free = category == "service" and world.service_messages[month(world.now())] < world.behaviour.free_service_messages
    return {
        "billable": not free,
        "pricing_model": "PMP",
        "type": "free_customer_service" if free else "regular",
        "category": category,
    }


def month(at: float) -> str:
    """The calendar month (UTC) of a moment, `2026-11`."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m")


def bill(world: World) -> dict[str, Any]:
    """How many accepted sends there were by category, and how many of them cost."""
    accepted = [send for send in world.sends if send.get("category")]
    return {
        "by_category": dict(Counter(send["category"] for send in accepted)),
        "billable": sum(1 for send in accepted if send["billable"]),
        "free": sum(1 for send in accepted if not send["billable"]),
    }
