"""Lets an accepted message go its way to the phone: sent, delivered, read or failed, and tells the bot of each."""

import asyncio
import random

from simulator.delivery import Delivery
from simulator.model import Message, Phone, State
from simulator.webhook import Update, status_update
from simulator.world import World


async def progress(world: World, delivery: Delivery, message: Message, phone: Phone) -> None:
    """The first steps of a message; `delivered` waits for a phone that is offline, `read` for eyes unless auto_read is on."""
    behaviour = world.behaviour
    reached: list[Update] = []
    for state in (State.SENT, State.DELIVERED, State.READ):
        if (state is State.DELIVERED and not phone.online) or (state is State.READ and not behaviour.auto_read):
            break
        await asyncio.sleep(behaviour.status_delay)
        world.raise_state(message, state)
        if not (state is State.DELIVERED and behaviour.skip_delivered):
            update = status_update(phone, message, state, world.now())
            if behaviour.status_order == "natural":
                delivery.give(update)
            else:
                reached.append(update)
    if behaviour.status_order == "reversed":
        reached.reverse()
    elif behaviour.status_order == "shuffled":
        random.shuffle(reached)
    for update in reached:
        delivery.give(update)
        await asyncio.sleep(behaviour.status_delay / 4)


def come_online(world: World, delivery: Delivery, phone: Phone) -> None:
    """A phone is back: what waited for it is delivered."""
    for message in world.chat(phone.id):
        if message.direction == "in" and message.state is State.SENT:
            world.raise_state(message, State.DELIVERED)
            delivery.give(status_update(phone, message, "delivered", world.now()))


def read_all(world: World, delivery: Delivery, phone: Phone) -> int:
    """The citizen looks at the chat: what was delivered is read. Returns how many messages."""
    unread = [message for message in world.chat(phone.id) if message.direction == "in" and message.state is State.DELIVERED]
    for message in unread:
        world.raise_state(message, State.READ)
        delivery.give(status_update(phone, message, "read", world.now()))
    return len(unread)


def fail(world: World, delivery: Delivery, message: Message, phone: Phone | None, address: str) -> None:
    """An accepted message never arrives: a `failed` status says why, a moment later. The citizen sees nothing of it."""

    async def later() -> None:
        await asyncio.sleep(world.behaviour.status_delay)
        delivery.give(status_update(phone, message, "failed", world.now(), to=address if address.startswith("+") else None))

    message.state = State.FAILED
    world.run(later())
