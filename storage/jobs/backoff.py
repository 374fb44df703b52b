"""Says how long to wait before something is tried again: tenacity's waits, reckoned from the attempts that a row remembers."""

from datetime import timedelta

from tenacity import RetryCallState, Retrying, wait_exponential
from tenacity.wait import wait_base

_NOBODY = Retrying()


def growing(first: float, longest: float, factor: float = 2) -> wait_base:
    """`first`, `first * factor`, … up to `longest` seconds."""
    return wait_exponential(multiplier=first, exp_base=factor, max=longest)


def pause(wait: wait_base, attempts: int) -> timedelta:
    """The wait after so many attempts; 1 is the first."""
    state = RetryCallState(_NOBODY, None, (), {})
    state.attempt_number = max(attempts, 1)
    return timedelta(seconds=wait(state))
