"""The PIN of an application: six figures that only the chat tells, made from its number and the installation's secret, stored nowhere."""

import hmac

from backoffice.keys import keyed
from backoffice.settings import Settings

FIGURES = 6


def pin_of(settings: Settings, number: str) -> str:
    """Six figures."""
    return f"{int(keyed(settings, 'tracking-pin', number), 16) % 10**FIGURES:0{FIGURES}}"


def is_pin(settings: Settings, number: str, given: str) -> bool:
    """Whether that is the application's PIN, in the same time whichever figure differs."""
    return hmac.compare_digest(pin_of(settings, number).encode(), given.encode("utf-8", "replace"))
