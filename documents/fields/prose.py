"""Follows sentences over the ends of their lines, for letters that tell in prose what forms print after labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from documents.fields.values import Dated, dated
from documents.ocr.engine import Quad
from documents.ocr.lines import Line, common_slope
from documents.wording import either, wording

APART = 1.6
"""Heights of a line that may lie between two pieces of one sentence; columns of a form stand farther apart."""
BELOW = 2.2
"""Heights from one line's middle to the next one's, at most."""
COLUMN = 15.0
"""Heights of a line up to which a paragraph is a column of labels, in which no sentence goes on."""
FULL = 6.0
"""A name goes on in the next line only where its own line reaches within so many heights of the paragraph's right edge."""


@dataclass(frozen=True)
class Excerpt:
    """A part of a passage: its text, its characters' mean and smallest chance, and the corners of its longest piece."""

    text: str
    confidence: float
    weakest: float
    quad: Quad


@dataclass(frozen=True, eq=False)
class Passage:
    """The lines of one paragraph from the top down, each a sentence's next piece."""

    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    def spans(self) -> Iterator[tuple[int, Line]]:
        """Where each line's text begins in the passage's."""
        start = 0
        for line in self.lines:
            yield start, line
            start += len(line.text) + 1

    def excerpt(self, start: int, end: int) -> Excerpt:
        """The part between two places of the text."""
        chances: list[float] = []
        pieces: list[tuple[float, Quad]] = []
        for begin, line in self.spans():
            first, last = max(0, start - begin), min(len(line.text), end - begin)
            if first < last:
                chances += [
                    chance
                    for letter, chance in zip(line.text[first:last], line.reading.chances[first:last], strict=False)
                    if letter.isalnum()
                ]
                places = line.reading.places
                left = (places[first] + places[first - 1]) / 2 if first else 0.0
                right = (places[last] + places[last - 1]) / 2 if last < len(line.text) else 1.0
                pieces.append(((right - left) * line.width, line.part(left, right)))
        mean = sum(chances) / len(chances) if chances else 0.0
        return Excerpt(self.text[start:end], mean, min(chances, default=0.0), max(pieces, key=lambda piece: piece[0])[1])

    def dates(self) -> list[Dated]:
        """Every date in the passage with its place."""
        return dated(self.text)

    def name_after(self, place: int) -> tuple[int, int] | None:
        """Where the name stands that follows a place in the text: its capitalised words, up to the sentence's next word or stop."""
        text = self.text
        place = _LEAD.match(text, place).end()  # type: ignore[union-attr]  # it matches nothing, too
        breaks = {start: line for start, line in self.spans() if start}
        left, right = min(line.left for line in self.lines), max(line.right for line in self.lines)
        start = end = place
        for count, match in enumerate(_WORD.finditer(text, place)):
            word = match[0]
            line = breaks.get(match.start())
            if line is not None and not self._goes_on(self.lines[self.lines.index(line) - 1], left, right, start=not count):
                break
            bare = re.sub(r"\W", "", word).lower()
            if not word[0].isupper() or bare in STOPS or count >= MOST_WORDS:
                break
            end = match.end()
            if word[-1] in ",;:)" or (word[-1] == "." and len(bare) > 4):
                break
        torn = end == len(text) and self.lines[-1].left - left < 3 * self.lines[-1].height and self._goes_on(self.lines[-1], left, right)
        torn = torn and len(self.lines) > 2
        end = start + len(text[start:end].rstrip(" .,;:)"))
        return (start, end) if end - start >= 2 and not torn else None

    @staticmethod
    def _goes_on(line: Line, left: float, right: float, start: bool = False) -> bool:
        """Whether a sentence goes on in the line under this one: it fills its row, or announces what comes (`antara :`, `dan`)."""
        announces = line.text.rstrip()[-1:] in ":;" or len(line.text) <= SHORT
        full = right - line.right < FULL * line.height and right - left > COLUMN * line.height
        return full or (start and announces)


MOST_WORDS = 7
SHORT = 8
"""Letters of a line that holds only `dan` or `dengan`."""
STOPS = frozenset(wording("name_ends"))
"""Words at which a name has ended, also where all is printed in capitals."""
_LEAD = re.compile(rf"[\s:;.,\"*-]*(?:(?i:{either('before_a_name')})\b[\s.:]*)*")
_WORD = re.compile(r"[^\s]+?(?:[,;](?=\S)|(?=\s|$))")


def passages(lines: Sequence[Line]) -> list[Passage]:
    """The paragraphs of a page: pieces of a row that stand close are one, and a row goes on in the row that stands under it."""
    slope = common_slope(lines)
    level = {line: line.at(0.0, slope) for line in lines}
    following: list[list[list[Line]]] = []
    for piece in _pieces(lines, slope, level):
        above = [chain for chain in following if _under(chain[-1], piece, level)]
        if above:
            max(above, key=lambda chain: level[chain[-1][0]]).append(piece)
        else:
            following.append([piece])
    return [Passage(tuple(line for piece in chain for line in piece)) for chain in following]


def page_passage(lines: Sequence[Line]) -> Passage:
    """All lines of a page as one passage, row after row: for sentences whose parts stand centred or apart."""
    slope = common_slope(lines)
    return Passage(tuple(line for piece in _pieces(lines, slope, {line: line.at(0.0, slope) for line in lines}) for line in piece))


def _pieces(lines: Sequence[Line], slope: float, level: dict[Line, float]) -> list[list[Line]]:
    """Runs of lines that follow one another closely on one row, from the top of the page down."""
    rows: list[list[Line]] = []
    for line in sorted((line for line in lines if line.text), key=lambda line: level[line]):
        row = next((row for row in reversed(rows[-4:]) if level[line] - level[row[0]] < 0.5 * min(line.height, row[0].height)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    pieces: list[list[Line]] = []
    for row in rows:
        row.sort(key=lambda line: line.left)
        run = [row[0]]
        for line in row[1:]:
            if line.left - run[-1].right > APART * line.height:
                pieces.append(run)
                run = []
            run.append(line)
        pieces.append(run)
    return sorted(pieces, key=lambda piece: level[piece[0]])


def _alike(one: float, other: float) -> bool:
    return 0.6 * other < one < 1.67 * other


def _pitch(piece: list[Line]) -> float:
    """Pixels that a letter takes up on its row."""
    return sum(line.width for line in piece) / max(1, sum(len(line.text) for line in piece))


def _under(above: list[Line], piece: list[Line], level: dict[Line, float]) -> bool:
    """Whether a piece goes on under another one: next row, over or under it, in letters of its size (boxes of bent lines are higher)."""
    high = min(above[0].height, piece[0].height)
    overlap = min(above[-1].right, piece[-1].right) - max(above[0].left, piece[0].left)
    narrow = min(above[-1].right - above[0].left, piece[-1].right - piece[0].left)
    fall = level[piece[0]] - level[above[0]]
    return (
        0.3 * high < fall < BELOW * high
        and overlap > 0.15 * narrow
        and (_alike(above[0].height, piece[0].height) or _alike(_pitch(above), _pitch(piece)))
    )
