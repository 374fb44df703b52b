"""Lays out the charts of the reports as rectangles and texts for an SVG; the same numbers stand beside each as a table. Pure."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from backoffice.reports.parts import Spread
from backoffice.reports.period import Cut, name_column
from backoffice.reports.queries import Issued
from backoffice.web.formats import write_length

WIDTH, HEIGHT = 720, 240
LEFT, BOTTOM, TOP = 46, 34, 26
ROW = 34
STEPS = (1, 2, 5)
"""What ticks of an axis are apart: these times a power of ten."""
MOST_TICKS = 5
HOURS = (1, 3, 6, 12, 24, 48, 72, 120, 240, 480, 960, 1920)
"""Where the axis of the stages may be marked; of these so many as stand far enough apart."""
APART = 64
"""Units of the drawing between two marks, so that their texts do not touch."""


@dataclass(frozen=True)
class Bar:
    """A rectangle in the chart's own units; `kind` is its class: `on-time`, `late`, `median`, `p90`."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    title: str


@dataclass(frozen=True)
class Label:
    """A text at a place; `anchor` is `start`, `middle` or `end`."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Chart:
    """A drawing of `width` by `height` units. `marks` are vertical bars (x, y, height): a target.

    `lines` (x, y, to x, to y) are the axes' grid.

    `across` and `up` say what the axes count, as keys of the catalogue (`reports.axis.<key>`).
    """

    width: int
    height: int
    bars: list[Bar]
    labels: list[Label]
    marks: list[tuple[float, float, float]]
    lines: list[tuple[float, float, float, float]]
    across: str
    up: str


def ticks(most: int) -> list[int]:
    """Round numbers from 0 until `most` is reached, a handful of them."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * MOST_TICKS >= most:
                return list(range(0, most + step * power, step * power))
        power *= 10


def issued_chart(columns: dict[date, Issued], cut: Cut) -> Chart:
    """One column a week or month: issued in time below, late above; the axis counts cases."""
    marked = ticks(max([1, *(issued.count for issued in columns.values())]))
    most = marked[-1]
    step = (WIDTH - LEFT) / max(1, len(columns))
    room = HEIGHT - TOP - BOTTOM
    heights = {tick: HEIGHT - BOTTOM - tick / most * room for tick in marked}
    bars, labels = [], [Label(LEFT - 6, y + 4, str(tick), "end") for tick, y in heights.items()]
    lines = [(float(LEFT), y, float(WIDTH), y) for y in heights.values()]
    every = -(-len(columns) // 8)
    for place, (first, issued) in enumerate(columns.items()):
        x, width = LEFT + place * step + step * 0.16, step * 0.68
        low, high = issued.on_time / most * room, issued.count / most * room
        name = name_column(first, cut)
        if issued.on_time:
            bars.append(Bar(x, HEIGHT - BOTTOM - low, width, low, "on-time", f"{name}: {issued.on_time}"))
        if issued.count > issued.on_time:
            bars.append(Bar(x, HEIGHT - BOTTOM - high, width, high - low, "late", f"{name}: {issued.count - issued.on_time}"))
        if issued.count:
            labels.append(Label(x + width / 2, HEIGHT - BOTTOM - high - 4, str(issued.count)))
        if place % every == 0:
            labels.append(Label(x + width / 2, HEIGHT - BOTTOM + 18, name))
    return Chart(WIDTH, HEIGHT, bars, labels, [], lines, f"from_{cut.value}", "cases")


def stage_chart(rows: list[tuple[str, Spread, int | None]]) -> Chart:
    """One line a stage (label, spread, target in seconds): median thick, p90 thin, the target of the SOP a mark.

    Hours grow as a root, so that minutes and weeks are both seen; the axis below is marked in hours and days.
    """
    reach = max([3600.0, *(float(spread.p90 or 0) for _, spread, _ in rows)])
    begin, room = 230, WIDTH - 230 - 24

    def place(seconds: float) -> float:
        return math.sqrt(min(seconds, reach) / reach) * room

    bars: list[Bar] = []
    labels: list[Label] = []
    marks: list[tuple[float, float, float]] = []
    for number, (name, spread, target) in enumerate(rows):
        y = number * ROW + 6
        labels.append(Label(begin - 8, y + 16, name, "end"))
        bars.append(Bar(begin, y + 8, max(1.0, place(spread.p90 or 0)), 7, "p90", f"{name}: p90"))
        bars.append(Bar(begin, y + 2, max(1.0, place(spread.median or 0)), 19, "median", f"{name}: median"))
        if target is not None and target <= reach:
            marks.append((begin + place(target), y - 2, 27))
    bottom = len(rows) * ROW + 8.0
    lines = [(float(begin), 0.0, float(begin), bottom)]
    labels.append(Label(begin, bottom + 16, "0"))
    last = float(begin)
    for hours in HOURS:
        x = begin + place(hours * 3600)
        if hours * 3600 <= reach and x - last >= APART:
            lines.append((x, 0.0, x, bottom))
            labels.append(Label(x, bottom + 16, write_length(timedelta(hours=hours)).removesuffix(" 00 mnt")))
            last = x
    return Chart(WIDTH, int(bottom) + 24, bars, labels, marks, lines, "time", "stage")
