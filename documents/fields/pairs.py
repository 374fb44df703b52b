"""Joins labels with the values that stand after them on their row, the way forms are laid out, wherever the form lies in the picture."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

import numpy as np

from documents.fields.labels import Labels
from documents.fields.table import GAPPED, beside
from documents.ocr.engine import Quad
from documents.ocr.lines import Line, local_slopes, same_row
from documents.ocr.words import split_label, whole_label


@dataclass(frozen=True, eq=False)
class Pair:
    """A label that was found and what stands after it: `text` may be empty. `weakest` is the smallest chance of the value's characters."""

    key: str
    text: str
    weakest: float
    confidence: float
    quad: Quad
    label: Line
    likeness: float


def pairs(lines: Sequence[Line], labels: Labels, *, reach: float = 14.0, stacked: bool = False) -> dict[str, list[Pair]]:
    """Every label's pairs, from the top of the page down. `reach`: how far to the right a value may begin, in heights of its label.

    `stacked`: values may stand under their labels, as in boxes of a table; they are taken there where most of the page's values do.
    """
    rows = _Rows(local_slopes(lines))
    splits = {line: split for line in lines if (split := split_label(line.text, labels))}
    others = [line for line in lines if line not in splits]
    bare = [label for label, split in splits.items() if not label.text[split.start :].strip()]
    rows.learn(bare, others, {label: values[0] for label in splits if (values := _to_the_right(label, others, rows, reach, splits))})
    found: dict[str, list[Pair]] = {}
    for line, split in sorted(splits.items(), key=lambda item: item[0].middle):
        rest = tail(line, split.start)
        values = _to_the_right(line, others, rows, reach, splits)
        longer = whole_label(line.text, labels) if rest and not split.parted and values else None
        if (longer and longer.label != split.label) or (rest and not split.parted and values and values[0].text[:1] in ":;"):
            rest, split = None, longer or split  # the label goes on: `Pada hari, tanggal : Jumat, …`, `Nama tbu : SITI`
        elif rest:
            values = _to_the_right(line, others, rows, 1.6, splits)
        pieces = ([rest] if rest else []) + [whole(value) for value in values]
        found.setdefault(split.label, []).append(joined(split.label, line, split.likeness, pieces))
    return _from_under(found, [line for line in lines if line not in splits]) if stacked else found


def _from_under(found: dict[str, list[Pair]], others: list[Line]) -> dict[str, list[Pair]]:
    """The pairs with the values that stand under their labels, if that is where most of them do."""
    empty = [pair for group in found.values() for pair in group if not pair.text and pair.label.text.rstrip()[-1:] not in ":;"]
    under = {id(pair): value for pair in empty if (value := _underneath(pair.label, others))}
    if len(under) < 3 or len(under) < sum(bool(pair.text) for group in found.values() for pair in group):
        return found
    return {
        key: [joined(key, pair.label, pair.likeness, [whole(under[id(pair)])]) if id(pair) in under else pair for pair in group]
        for key, group in found.items()
    }


def _underneath(label: Line, others: list[Line]) -> Line | None:
    """The line that begins under a label, near enough to belong to it."""
    below = [
        line
        for line in others
        if 0.4 * label.height < line.middle - label.middle < 0.7 * label.height + line.height
        and abs(line.left - label.left) < 2.0 * line.height
    ]
    return min(below, key=lambda line: line.middle, default=None)


@dataclass(frozen=True, eq=False)
class Piece:
    """A part of a value: its text, its characters' chances, where it stands."""

    text: str
    chances: tuple[float, ...]
    quad: Quad


def tail(line: Line, start: int) -> Piece | None:
    """The value printed in the same line as its label."""
    text = line.text[start:]
    if not text.strip():
        return None
    places = line.reading.places
    begin = max(0.0, (places[start] + places[start - 1]) / 2) if start and len(places) > start else 0.0
    return Piece(text.strip(), line.reading.chances[start:], line.part(begin, 1.0))


_LEADING = re.compile(r"^(?:[A-Za-z]{0,3}\s?[:;])?[\s:;.,=]+|^(?:[A-Za-z]{1,3}|\d(?=\s?[:;]\s*[A-Za-z]))\s?[:;]\s*")
"""The colon before a value, with what a box that began too early caught of its label."""


def whole(line: Line) -> Piece:
    """A line as a value, without the colon before it."""
    text = line.text
    lead = _LEADING.match(text)
    start = lead.end() if lead else 0
    places = line.reading.places
    begin = max(0.0, (places[start] + places[start - 1]) / 2) if start and len(places) > start else 0.0
    return Piece(text[start:].strip(), line.reading.chances[start:], line.part(begin, 1.0))


class _Rows:
    """The slope of a page's rows from a label to its value: first by the lines around both, then by the pairs above and below them."""

    NEIGHBOURS = 5
    LEAST = 3
    """Pairs that have to stand around a label before their rows say more of its own than the boxes of bent lines do."""
    COLUMN = 12.0

    def __init__(self, slopes: Mapping[Line, float]) -> None:
        self._slopes = slopes
        self._known: dict[Line, float] = {}

    def learn(self, labels: Iterable[Line], others: Sequence[Line], firsts: Mapping[Line, Line]) -> None:
        """Takes the rows' slopes from columns of labels, laid against the columns of values that the first ones found for them show."""
        runs: dict[Line, float] = {}
        for column in self._columns(labels):
            known = [label for label in column if label in firsts]
            if len(known) < self.LEAST:
                continue
            left = median_low(firsts[label].left for label in known)
            values = [other for other in others if abs(other.left - left) < 3 * other.height and other.text]
            slope = float(np.mean([(self._slopes[label] + self._slopes[firsts[label]]) / 2 for label in known]))
            for row, value in beside(column, sorted(values, key=lambda value: value.middle), slope, against=GAPPED).items():
                runs[column[row]] = (value.middle - column[row].middle) / max(1.0, _centre(value) - _centre(column[row]))
        for label in self._slopes:
            column = [other for other in runs if other is not label and abs(other.left - label.left) < self.COLUMN * label.height]
            nearest = sorted(column, key=lambda other: abs(other.middle - label.middle))[: self.NEIGHBOURS]
            if len(nearest) >= self.LEAST:
                self._known[label] = float(np.median([runs[other] for other in nearest]))

    def _columns(self, labels: Iterable[Line]) -> list[list[Line]]:
        """The labels that stand one below the other."""
        columns: list[list[Line]] = []
        for label in sorted(labels, key=lambda label: label.left):
            if columns and label.left - columns[-1][-1].left < self.COLUMN / 3 * label.height:
                columns[-1].append(label)
            else:
                columns.append([label])
        return [sorted(column, key=lambda label: label.middle) for column in columns]

    def slope(self, label: Line, other: Line) -> float:
        """The slope of the row from a label to a line after it."""
        return self._known.get(label, (self._slopes[label] + self._slopes[other]) / 2)


def _centre(line: Line) -> float:
    return (line.left + line.right) / 2


def _to_the_right(label: Line, others: list[Line], rows: "_Rows", reach: float, splits: Mapping[Line, object]) -> list[Line]:
    """The lines on the label's row after it, up to the next label or a wide gap."""
    row = [other for other in others if _follows(label, other, rows.slope(label, other))]
    barriers = [
        other.left
        for other in splits
        if other is not label and other.left > label.right and same_row(label, other, rows.slope(label, other))
    ]
    limit = min(barriers, default=float("inf"))
    values: list[Line] = []
    edge, allowed = label.right, reach * label.height
    for line in sorted(row, key=lambda line: line.left):
        if line.left > limit - 0.2 * line.height or line.left - edge > allowed:
            break
        if values and line.left < values[-1].right - 0.6 * line.height:  # two rows so close that both seem to be the label's
            values[-1] = min(values[-1], line, key=lambda value: _apart(label, value, rows.slope(label, value)))
            edge = values[-1].right
            continue
        values.append(line)
        edge, allowed = line.right, 1.6 * label.height
    return values


def _apart(label: Line, other: Line, slope: float) -> float:
    """How far above or below a label's row another line stands, in pixels."""
    between = (label.left + label.right + other.left + other.right) / 4
    return abs(label.at(between, slope) - other.at(between, slope))


def _follows(label: Line, other: Line, slope: float) -> bool:
    """Whether a line stands after a label: on its row, of its size (a faint mark across the page is larger), not before its end."""
    alike = 0.55 * label.height < other.height < 1.75 * label.height
    return alike and other.left > max(label.left, label.right - 0.9 * label.height) and same_row(label, other, slope)


def joined(key: str, label: Line, likeness: float, pieces: list[Piece]) -> Pair:
    """A label and the pieces of its value as one pair."""
    kept = [piece for piece in pieces if piece.text]
    if not kept:
        return Pair(key, "", 0.0, 0.0, label.quad, label, likeness)
    chances = [chance for piece in kept for chance in piece.chances]
    quad = kept[0].quad.copy()
    quad[[1, 2]] = kept[-1].quad[[1, 2]]
    mean = sum(chances) / len(chances) if chances else 0.0
    return Pair(key, " ".join(piece.text for piece in kept), min(chances, default=0.0), mean, quad, label, likeness)
