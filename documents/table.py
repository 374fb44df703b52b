"""Says which cell of one column stands on which row of another: on curled paper columns are laid against each other as wholes."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from documents.lines import Line

Floats = npt.NDArray[np.float64]

NEAR = 0.4
"""Share of the rows' pitch by which a cell may stand off its row once the columns are laid against each other."""
BEYOND = 1.6
"""Pitches by which the paper's curl may have moved a column, against what the page's slope says."""
PITCHES = (1.0, 0.96, 1.04, 0.92, 1.08)
"""How much closer or wider the rows of the other column may stand: the picture was taken at a slant."""
PLAINER = 0.3
"""Pitches by which one way of laying has to be nearer to the page's slope than another that fits as many rows."""
LINE_PITCH = 1.15
"""Pitch of a table in heights of its print, where a single row can't tell."""


def beside(
    rows: Sequence[Line], cells: Sequence[Line], slope: float, agree: Callable[[int, Line], bool] = lambda row, cell: False
) -> dict[int, Line]:
    """The cell of every row that has one, by the row's number; nothing where two ways of laying the columns are as good.

    `rows` is a column from the top down, `slope` the page's. `agree` says whether a row and a cell confirm each other.
    """
    pitch = _pitch(rows)
    within = [cell for cell in cells if min(abs(cell.middle - _expected(row, cell, slope)) for row in rows) < BEYOND * pitch]
    heights = np.array([cell.middle for cell in within])
    ways: dict[tuple[tuple[int, int], ...], tuple[int, int, float]] = {}
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
                ways[found] = (len(found), sum(agree(row, within[place]) for row, place in found), -off)
    ranked = sorted(ways.items(), key=lambda way: way[1], reverse=True)
    if not ranked:
        return {}
    (best, worth), others = ranked[0], ranked[1:]
    rivals = [other for way, other in others if other[:2] == worth[:2] and dict(way) != dict(best)]
    if rivals and not worth[1] and worth[2] - max(other[2] for other in rivals) < PLAINER * pitch:
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
