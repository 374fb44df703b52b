"""What some days add to a report. Parts of several periods add up to exactly the figures of all their days, medians too. Pure."""

import json
import sys
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from typing import TypeAlias

Run: TypeAlias = "array[int]"
"""Lengths in seconds, the shortest first."""

SECONDS, IDS = "i", "q"
"""Type codes of arrays: 32 bits for lengths, 64 for the ids of cases."""


@dataclass(frozen=True)
class Spread:
    """How many there were, and in how many seconds half of them and nine in ten were done (nearest rank)."""

    count: int
    median: int | None
    p90: int | None


@dataclass
class Parts:
    """All that can be added up. `days`: issued and of these in time, by day; `outcomes`: lengths of the issued by kecamatan, of which
    `on_time` in time; `visits`: lengths by officer (None: no officer) and stage; `reasons`: by reason and item; `returned`: ids of cases.
    """

    days: dict[date, tuple[int, int]] = field(default_factory=dict)
    closed: int = 0
    on_time: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, list[Run]] = field(default_factory=dict)
    visits: dict[tuple[str | None, str], list[Run]] = field(default_factory=dict)
    reasons: dict[tuple[str, str], int] = field(default_factory=dict)
    returned: Collection[int] = field(default_factory=set)


def add_up(several: Iterable[Parts]) -> Parts:
    """The parts of all their days together."""
    several = list(several)
    whole = Parts(on_time=defaultdict(int), outcomes=defaultdict(list), visits=defaultdict(list), reasons=defaultdict(int))
    whole.returned = set().union(*(parts.returned for parts in several))
    for parts in several:
        for day, (issued, on_time) in parts.days.items():
            before = whole.days.get(day, (0, 0))
            whole.days[day] = before[0] + issued, before[1] + on_time
        whole.closed += parts.closed
        for place, count in parts.on_time.items():
            whole.on_time[place] += count
        for key, count in parts.reasons.items():
            whole.reasons[key] += count
        for place, runs in parts.outcomes.items():
            whole.outcomes[place] += runs
        for group, runs in parts.visits.items():
            whole.visits[group] += runs
    return whole


def spread_of(runs: Sequence[Run]) -> Spread:
    """Count, median and p90 of all lengths together. They are never put into one list: a year has millions."""
    runs = [run for run in runs if run]
    return Spread(sum(map(len, runs)), *((_ranked(runs, percent) if runs else None) for percent in (50, 90)))


def _ranked(runs: Sequence[Run], percent: int) -> int:
    """The least length that so many of a hundred of all lengths don't exceed.

    It lies between the least and the greatest of what the runs would say each for itself: those of a few months are much alike. There it is
    looked for by the rule of three, and by halving where that gained little.
    """
    each = sorted(run[_rank(len(run), percent) - 1] for run in runs)
    low, guess, high = each[0], each[len(each) // 2], each[-1]
    below, through = 0, sum(map(len, runs))
    rank = _rank(through, percent)
    while low < high:
        width, middle = high - low, min(guess, high - 1)
        count = sum(map(bisect_right, runs, repeat(middle)))
        if count >= rank:
            high, through = middle, count
        else:
            low, below = middle + 1, count
        gained = 2 * (high - low) <= width
        guess = low + (high - low) * (rank - below) // (through - below) if gained else (low + high) // 2
    return low


def _rank(count: int, percent: int) -> int:
    return -(-count * percent // 100)


def merge(runs: Sequence[Run]) -> Run:
    """Several runs as one."""
    together = array(SECONDS)
    for run in runs:
        together.extend(run)
    return array(SECONDS, sorted(together)) if len(runs) > 1 else together


def read_run(text: str) -> Run:
    """A run from lengths with commas between them, in any order."""
    return array(SECONDS, sorted(map(int, text.split(","))))


def pack(parts: Parts) -> bytes:
    """Parts as they are kept: a line of JSON, then all lengths and ids as numbers, the lowest byte first."""
    outcomes = {place: merge(runs) for place, runs in parts.outcomes.items()}
    visits = {group: merge(runs) for group, runs in parts.visits.items()}
    head = {
        "days": [[day.isoformat(), *counts] for day, counts in parts.days.items()],
        "closed": parts.closed,
        "on_time": parts.on_time,
        "outcomes": [[place, len(run)] for place, run in outcomes.items()],
        "visits": [[*group, len(run)] for group, run in visits.items()],
        "reasons": [[*key, count] for key, count in parts.reasons.items()],
    }
    lengths = merge([])
    for run in (*outcomes.values(), *visits.values()):
        lengths.extend(run)
    return json.dumps(head).encode() + b"\n" + _bytes(lengths) + _bytes(array(IDS, sorted(parts.returned)))


def unpack(packed: bytes) -> Parts:
    """What `pack` wrote."""
    begin = packed.index(b"\n") + 1
    known, body, place, runs = json.loads(packed[:begin]), memoryview(packed)[begin:], 0, []  # a view: years are dozens of megabytes
    for *_, count in (*known["outcomes"], *known["visits"]):
        end = place + count * array(SECONDS).itemsize
        runs.append(_array(SECONDS, body[place:end]))
        place = end
    outcomes, visits = runs[: len(known["outcomes"])], runs[len(known["outcomes"]) :]
    return Parts(
        days={date.fromisoformat(day): (issued, on_time) for day, issued, on_time in known["days"]},
        closed=known["closed"],
        on_time=known["on_time"],
        outcomes={place: [run] for (place, _), run in zip(known["outcomes"], outcomes, strict=True)},
        visits={(staff_id, stage): [run] for (staff_id, stage, _), run in zip(known["visits"], visits, strict=True)},
        reasons={(reason, item): count for reason, item, count in known["reasons"]},
        returned=_array(IDS, body[place:]),
    )


def _bytes(numbers: Run) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _array(code: str, data: memoryview) -> Run:
    numbers = array(code)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
