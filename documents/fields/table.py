"""Says which cell of one column stands on which row of another: on curled paper columns are laid against each other as wholes."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from documents.ocr.lines import Line

Floats = npt.NDArray[np.float64]

NEAR = 0.4
"""Share of the rows' pitch by which a cell may stand off its row once the columns are laid against each other."""
BEYOND = 1.6
"""Pitches by which the paper's curl may have moved a column, against what the page's slope says."""
PITCHES = (1.0, 0.97, 1.03, 0.95, 1.05)
"""How much closer or wider the rows of the other column may stand: the picture was taken at a slant."""
FULL, GAPPED = 0.7, 1.5
"""Rows that a way of laying has to fit more for every pitch by which it goes against the page's slope: where every row should have
a cell, as in a table, and where rows and cells may stand alone, as on a form."""
PLAINER = 0.3
"""Rows by which one way of laying has to be worth more than any other."""
LINE_PITCH = 1.15
"""Pitch of a table in heights of its print, where a single row can't tell."""


def beside(
    rows: Sequence[Line],
    cells: Sequence[Line],
    slope: float,
    agree: Callable[[int, Line], bool] = lambda row, cell: False,
    against: float = FULL,
) -> dict[int, Line]:
    """The cell of every row that has one, by the row's number; nothing where two ways of laying the columns are as good.

    `rows` is a column from the top down, `slope` the page's. `agree` says whether a row and a cell confirm each other;
    `against`: FULL or GAPPED.
    """
    pitch = _pitch(rows)
    within = [cell for cell in cells if min(abs(cell.middle - _expected(row, cell, slope)) for row in rows) < BEYOND * pitch]
    heights = np.array([cell.middle for cell in within])
    ways: dict[tuple[tuple[int, int], ...], float] = {}
    for anchor in rows:
        for cell in within:
            if abs(cell.middle - _expected(anchor, cell, slope)) >= BEYOND * pitch:
                continue
            for stretch in PITCHES:
                placed = np.array([cell.middle + (row.middle - anchor.middle) * stretch for row in rows])
                found = _laid(placed, heights, NEAR * pitch)
                if found in ways:
                    continue
                off = float(np.mean([abs(within[place].middle - _expected(rows[row], within[place], slope)) for row, place in found]))
                ways[found] = len(found) + sum(agree(row, within[place]) for row, place in found) - against * off / pitch
    if not ways:
        return {}
    best = max(ways, key=lambda way: ways[way])
    if any(worth > ways[best] - PLAINER and set(way) - set(best) for way, worth in ways.items()):
        return {}
    return {row: within[place] for row, place in best}


def _laid(rows: Floats, cells: Floats, slack: float) -> tuple[tuple[int, int], ...]:
    """Pairs of row and nearest cell within the slack, by their heights (y); each cell once."""
    away = np.abs(rows[:, None] - cells[None, :])
    pairs: dict[int, int] = {}
    for number, place in enumerate(away.argmin(axis=1)):
        if away[number, place] < slack and int(place) not in pairs.values():
            pairs[number] = int(place)
    return tuple(pairs.items())


def _expected(row: Line, cell: Line, slope: float) -> float:
    """Height (y) at which a row would reach a cell if it ran along the page's slope."""
    return row.at((cell.left + cell.right) / 2, slope)


def _pitch(rows: Sequence[Line]) -> float:
    """The distance of neighbouring rows: the smallest usual step, since a row between may not have been read."""
    steps = np.diff([row.middle for row in rows])
    return float(np.median(steps[steps < 1.5 * steps.min()])) if len(steps) else LINE_PITCH * rows[0].height
