"""Lays out the charts of the reports as rectangles and texts for an SVG; the same numbers stand beside each as a table. Pure."""

import math
from dataclasses import dataclass
from datetime import date

from backoffice.reports.parts import Spread
from backoffice.reports.period import Cut, name_column
from backoffice.reports.queries import Issued

WIDTH, HEIGHT = 720, 240
LEFT, BOTTOM, TOP = 34, 34, 18
ROW = 34


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
    """A drawing of `width` by `height` units. `marks` are vertical lines (x, y, height): a target."""

    width: int
    height: int
    bars: list[Bar]
    labels: list[Label]
    marks: list[tuple[float, float, float]]


def issued_chart(columns: dict[date, Issued], cut: Cut) -> Chart:
    """One column a week or month: issued in time below, late above."""
    most = max([1, *(issued.count for issued in columns.values())])
    step = (WIDTH - LEFT) / max(1, len(columns))
    room = HEIGHT - TOP - BOTTOM
    bars, labels = [], [Label(LEFT - 6, TOP + 4, str(most), "end"), Label(LEFT - 6, HEIGHT - BOTTOM + 4, "0", "end")]
    every = max(1, len(columns) // 12 + (len(columns) % 12 > 0)) if len(columns) > 12 else 1
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
    return Chart(WIDTH, HEIGHT, bars, labels, [])


def stage_chart(rows: list[tuple[str, Spread, int | None]]) -> Chart:
    """One line a stage (label, spread, target in seconds): median thick, p90 thin, the target of the SOP a mark. Hours grow as a root."""
    reach = max([3600.0, *(float(spread.p90 or 0) for _, spread, _ in rows)])
    begin, room = 230, WIDTH - 230 - 10

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
    return Chart(WIDTH, len(rows) * ROW + 8, bars, labels, marks)
