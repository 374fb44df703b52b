"""The table of the Graph API's error codes: what the outbox does about each (contract, 1.8; Meta's error-codes page of 11 Sep 2026)."""

from enum import StrEnum


class Remedy(StrEnum):
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
    HOLD = "hold"
    """Our own mistake, or not understood: try a few times, then let later messages pass and try slowly, with an alarm."""
    REFUSED = "refused"
    """Not Meta's own word (a proxy, a page): send nothing, tell the operator; one message after another is the probe that ends it."""
    GIVE_UP = "give_up"
    """Meta's own word that this person can't be reached with this message."""


R = Remedy

REMEDIES: dict[int, Remedy] = {
    1: R.RETRY, 2: R.RETRY, 4: R.RETRY, 80007: R.RETRY, 130429: R.RETRY, 131000: R.RETRY, 131016: R.RETRY, 131057: R.RETRY, 133004: R.RETRY,
    131056: R.SLOW_PAIR,
    131048: R.PAUSE, 131064: R.PAUSE,
    0: R.ALARM, 3: R.ALARM, 10: R.ALARM, 33: R.ALARM, 190: R.ALARM, 368: R.ALARM, 130497: R.ALARM, 131005: R.ALARM, 131031: R.ALARM,
    131037: R.ALARM, 131042: R.ALARM, 131045: R.ALARM,
    100: R.REUPLOAD, 131009: R.REUPLOAD, 131052: R.REUPLOAD, 131053: R.REUPLOAD,
    131047: R.WINDOW,
    131008: R.HOLD, 131051: R.HOLD,
    132000: R.HOLD, 132001: R.HOLD, 132005: R.HOLD, 132007: R.HOLD, 132012: R.HOLD, 132015: R.HOLD, 132016: R.HOLD, 132068: R.HOLD,
    132069: R.HOLD,
    131021: R.GIVE_UP, 131062: R.GIVE_UP, 131026: R.GIVE_UP, 130403: R.GIVE_UP, 131049: R.GIVE_UP, 131050: R.GIVE_UP, 130472: R.GIVE_UP,
    137000: R.GIVE_UP,
}  # fmt: skip

SUBCODES: dict[tuple[int, int], Remedy] = {(100, 33): R.ALARM}
"""Where a subcode changes what a code means: 100/33 says that our number's id does not exist or that the token may not use it."""

PERMISSIONS = range(200, 300)
"""Codes of missing permissions."""


def remedy_of(code: int | None, http_status: int | None = None, subcode: int | None = None) -> Remedy:
    """The remedy for an error. Nothing is given up that is not understood: an unknown code is held, an answer without one is not Meta's."""
    if code is not None:
        if code in PERMISSIONS:
            return Remedy.ALARM
        if subcode is not None and (code, subcode) in SUBCODES:
            return SUBCODES[code, subcode]
        if code in REMEDIES:
            return REMEDIES[code]
    if http_status == 401:
        return Remedy.ALARM
    if http_status is not None and (http_status == 429 or http_status >= 500):
        return Remedy.RETRY
    return Remedy.HOLD if code is not None or http_status is None else Remedy.REFUSED
