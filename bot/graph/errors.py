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
    """The file's id may have expired: upload it anew, once; then it is permanent."""
    WINDOW = "window"
    """The 24-hour window is closed: send the template, hold the message."""
    GIVE_UP = "give_up"
    """Permanent for this message or this person."""


R = Remedy

REMEDIES: dict[int, Remedy] = {
    1: R.RETRY, 2: R.RETRY, 4: R.RETRY, 80007: R.RETRY, 130429: R.RETRY, 131000: R.RETRY, 131016: R.RETRY, 131057: R.RETRY, 133004: R.RETRY,
    131056: R.SLOW_PAIR,
    131048: R.PAUSE, 131064: R.PAUSE,
    0: R.ALARM, 3: R.ALARM, 10: R.ALARM, 33: R.ALARM, 190: R.ALARM, 368: R.ALARM, 130497: R.ALARM, 131005: R.ALARM, 131031: R.ALARM,
    131037: R.ALARM, 131042: R.ALARM, 131045: R.ALARM,
    100: R.REUPLOAD, 131009: R.REUPLOAD, 131052: R.REUPLOAD, 131053: R.REUPLOAD,
    131047: R.WINDOW,
    131008: R.GIVE_UP, 131021: R.GIVE_UP, 131051: R.GIVE_UP, 131062: R.GIVE_UP,
    132000: R.GIVE_UP, 132001: R.GIVE_UP, 132005: R.GIVE_UP, 132007: R.GIVE_UP, 132012: R.GIVE_UP, 132015: R.GIVE_UP, 132016: R.GIVE_UP,
    132068: R.GIVE_UP, 132069: R.GIVE_UP,
    131026: R.GIVE_UP, 130403: R.GIVE_UP, 131049: R.GIVE_UP, 131050: R.GIVE_UP, 130472: R.GIVE_UP, 137000: R.GIVE_UP,
}  # fmt: skip

PERMISSIONS = range(200, 300)
"""Codes of missing permissions."""


def remedy_of(code: int | None, http_status: int | None = None) -> Remedy:
    """The remedy for an error. A code that the table lacks goes by the HTTP status: 401 alarms, 429 and 5xx are tried again."""
    if code in PERMISSIONS:
        return Remedy.ALARM
    if code in REMEDIES:
        return REMEDIES[code]
    if http_status == 401:
        return Remedy.ALARM
    if http_status is not None and (http_status == 429 or http_status >= 500):
        return Remedy.RETRY
    return Remedy.GIVE_UP
