"""The table of the Graph API's error codes: what the outbox does about each (contract, 1.8; Meta's error-codes page of 11 Sep 2026)."""

from enum import StrEnum


class RetryPolicy(StrEnum):
    """What to do when a send ends with an error."""

    RETRY = "retry"
    """Wait and send again."""
    SLOW_PAIR = "slow_pair"
    """Too much to this person: wait 4^X seconds, with them only."""
    PAUSE = "pause"
    """Our number is held back: send nothing for a while, then go on."""
    ALARM = "alarm"
    """Token or account: send nothing, tell the operator; one send is tried now and then, and ends the alarm when it succeeds."""
    REUPLOAD = "reupload"
    """The file's id may have expired: upload it anew, once; else it is held."""
    WINDOW = "window"
    """The 24-hour window is closed: send the template, hold the message."""
    WORDS = "words"
    """Meta does not take the form (a Flow) now: its question goes out in words; what has none is held."""
    HOLD = "hold"
    """Our own mistake, or not understood: try a few times, then let later messages pass and try slowly, with an alarm."""
    REFUSED = "refused"
    """Not Meta's own word (a proxy, a page): send nothing, tell the operator; one message after another is the probe that ends it."""
    GIVE_UP = "give_up"
    """Meta's own word that this person can't be reached with this message."""


P = RetryPolicy

POLICIES: dict[int, RetryPolicy] = {
    1: P.RETRY, 2: P.RETRY, 4: P.RETRY, 80007: P.RETRY, 130429: P.RETRY, 131000: P.RETRY, 131016: P.RETRY, 131057: P.RETRY, 133004: P.RETRY,
    131056: P.SLOW_PAIR,
    131048: P.PAUSE, 131064: P.PAUSE,
    0: P.ALARM, 3: P.ALARM, 10: P.ALARM, 33: P.ALARM, 190: P.ALARM, 368: P.ALARM, 130497: P.ALARM, 131005: P.ALARM, 131031: P.ALARM,
    131037: P.ALARM, 131042: P.ALARM, 131045: P.ALARM,
    100: P.REUPLOAD, 131009: P.REUPLOAD, 131052: P.REUPLOAD, 131053: P.REUPLOAD,
    131047: P.WINDOW,
    131008: P.HOLD, 131051: P.HOLD,
    132000: P.HOLD, 132001: P.HOLD, 132005: P.HOLD, 132007: P.HOLD, 132012: P.HOLD, 132015: P.HOLD, 132016: P.HOLD,
    132068: P.WORDS, 132069: P.WORDS,
    131021: P.GIVE_UP, 131062: P.GIVE_UP, 131026: P.GIVE_UP, 130403: P.GIVE_UP, 131049: P.GIVE_UP, 131050: P.GIVE_UP, 130472: P.GIVE_UP,
    137000: P.GIVE_UP,
}  # fmt: skip

SUBCODES: dict[tuple[int, int], RetryPolicy] = {(100, 33): P.ALARM}
"""Where a subcode changes what a code means: 100/33 says that our number's id does not exist or that the token may not use it."""

PERMISSIONS = range(200, 300)
"""Codes of missing permissions."""


def policy_of(code: int | None, http_status: int | None = None, subcode: int | None = None) -> RetryPolicy:
    """The policy for an error. Nothing is given up that is not understood: an unknown code is held, an answer without one is not Meta's."""
    if code is not None:
        if code in PERMISSIONS:
            return RetryPolicy.ALARM
        if subcode is not None and (code, subcode) in SUBCODES:
            return SUBCODES[code, subcode]
        if code in POLICIES:
            return POLICIES[code]
    if http_status == 401:
        return RetryPolicy.ALARM
    if http_status is not None and (http_status == 429 or http_status >= 500):
        return RetryPolicy.RETRY
    return RetryPolicy.HOLD if code is not None or http_status is None else RetryPolicy.REFUSED


class Stopped(StrEnum):
    """What Meta does not accept of ours while nothing can be sent."""

    TOKEN = "token"  # noqa: S105 - a name
    ACCOUNT = "account"
    PAYMENT = "payment"
    NUMBER = "number"
    OTHER = "other"
    """Not Meta's own word: a proxy, a page."""


STOPPED = {
    0: Stopped.TOKEN, 3: Stopped.TOKEN, 10: Stopped.TOKEN, 190: Stopped.TOKEN, 131005: Stopped.TOKEN,
    33: Stopped.NUMBER, 131037: Stopped.NUMBER, 131045: Stopped.NUMBER,
    131042: Stopped.PAYMENT,
    368: Stopped.ACCOUNT, 130497: Stopped.ACCOUNT, 131031: Stopped.ACCOUNT,
}  # fmt: skip


def what_stopped(code: int | None) -> Stopped:
    """Of the error that stopped all sending, what has to be put right at Meta."""
    if code is None:
        return Stopped.OTHER
    return Stopped.TOKEN if code in PERMISSIONS else STOPPED.get(code, Stopped.OTHER)


def known_code(value: object) -> int | None:
    """A code as a number, also where it came as text; None where it is none that Meta could mean, such as one beyond 32 bits."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value[:20])
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31 else None
