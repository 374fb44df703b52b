"""Slows down guessing on the pages for everybody."""

from datetime import timedelta

from sanic import Request

from backoffice.keys import keyed
from backoffice.services import Services
from backoffice.staff.origin import network_of
from backoffice.staff.throttle import ACCOUNT_FREE, NETWORK_FREE, Attempt, Counter, Throttle

LONGEST = 40

PIN = "track"
"""One PIN, one count of guesses, whichever page they are made on."""

BETWEEN = timedelta(minutes=1)
"""How long a network's next try at any PIN waits at most, after NETWORK_FREE wrong ones: 1,440 a day at a million PINs. A provider has
thousands of people behind one address, so it is not longer."""

CLOSED_AFTER = 50
"""Wrong PINs at one number, from everywhere and on both pages, after which its papers are not given out until a day after the last one:
they are in the chat anyway. The status stays open."""


def attempt_at(services: Services, request: Request, purpose: str, number: str) -> Attempt:
    """One network's guesses at one number wait; those of all networks lengthen the waits, and lock nobody out."""
    network, shared = _counters(services, request, purpose, number)
    return Attempt(_pair(services, request, purpose, number), (network, shared))


def pin_attempt(services: Services, request: Request, number: str) -> Attempt:
    """The same for a number's PIN, which has six figures: all tries of one network, at whatever numbers, wait for one another besides."""
    network, of_number = _counters(services, request, PIN, number)
    gate = Counter(network.key, network.free, BETWEEN)
    return Attempt(_pair(services, request, PIN, number), (of_number,), (gate,))


async def papers_closed_for(services: Services, request: Request, number: str) -> timedelta:
    """How long the number's papers are still not given out because its PIN was guessed at; zero where they are."""
    _, of_number = _counters(services, request, PIN, number)
    async with services.database.read() as session:
        return await Throttle(session, services.clock()).closed_for(of_number, CLOSED_AFTER)


def _pair(services: Services, request: Request, purpose: str, number: str) -> Counter:
    return Counter(keyed(services.settings, f"{purpose}-pair", _network(request), number))


def _counters(services: Services, request: Request, purpose: str, number: str) -> tuple[Counter, Counter]:
    """That of the network, and that of the number."""
    of_network = Counter(keyed(services.settings, f"{purpose}-network", _network(request)), NETWORK_FREE)
    return of_network, Counter(keyed(services.settings, f"{purpose}-number", number), ACCOUNT_FREE)


def _network(request: Request) -> str:
    return network_of(request.remote_addr or request.ip)


def short(given: str | None) -> str:
    """What was typed, as one line of a length that a number or PIN may have."""
    return " ".join((given or "").split())[:LONGEST]
