"""Brings right and false final papers before the real checks: rendered page read by our reader and Tesseract, QR codes, signatures.

A pair is two cases. It brings what `finals_papers` draws of their own pages, and in turn some of the papers that need a page of their own;
`--whole` brings every kind for every pair. A page is read once, however many papers show it: the next pair begins with this one's second
case, an unsigned paper looks like a signed one. A false paper must bear a warning that stops it (`products.BLOCKING`), a right one none.
"""

import argparse
import asyncio
import hashlib
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar

from backoffice.cases.products import BLOCKING, Phase
from backoffice.delivery.looking import SecondReader, warnings_of
from backoffice.delivery.second_reader import LONGEST, read_page
from backoffice.services import Signers
from bench.finals_papers import FALSE, IN_TURN, RIGHT, Make, record
from documents import Opener
from scripts import environment as env
from tests.backoffice.papers import root

RESULTS = env.ROOT / "var" / "bench"
PAIRS = 200
RIGHT_STOPPED = 0.01
"""The share of right papers that may need a second person."""

Value = TypeVar("Value")
TURNS = 2
"""Papers with a page of their own that a pair brings (`finals_papers.IN_TURN`)."""
PATIENCE = 600.0
"""Seconds for Tesseract: what a busy machine does to it is not what is measured here."""
REMEMBERED = 12
"""Pages whose reading is kept: more than two pairs that follow each other share."""


class ReadingOnce(Opener):
    """Reads a page once, as long as papers that look the same to the pixel follow one another."""

    def __init__(self) -> None:
        super().__init__(workers=1)
        self._lines: dict[str, tuple[tuple[str, ...], ...]] = {}

    async def read_lines(self, data: bytes) -> tuple[tuple[str, ...], ...]:
        """As the real one; every paper here has one page."""
        seen = _key((await self.pdf_page(data, 0, LONGEST)).jpeg)
        if seen not in self._lines:
            _remember(self._lines, seen, await super().read_lines(data))
        return self._lines[seen]


def second_reader() -> SecondReader:
    """Tesseract, that reads a picture once."""
    lines: dict[str, tuple[str, ...]] = {}

    async def read(jpeg: bytes) -> tuple[str, ...]:
        if (seen := _key(jpeg)) not in lines:
            _remember(lines, seen, await read_page(jpeg, PATIENCE))
        return lines[seen]

    return read


def _key(jpeg: bytes) -> str:
    return hashlib.sha256(jpeg).hexdigest()


def _remember(kept: dict[str, Value], key: str, value: Value) -> None:
    kept[key] = value
    if len(kept) > REMEMBERED:
        del kept[next(iter(kept))]


@dataclass
class Row:
    """What became of one kind of paper: how many, how many went out unasked, codes of the warnings, seeds of the pairs that went wrong."""

    papers: int = 0
    out: int = 0
    warnings: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    wrong: list[int] = field(default_factory=list)

    def add(self, warnings: frozenset[str], seed: int, seconds: float, *, right: bool) -> None:
        """One more paper."""
        out = not warnings & BLOCKING
        self.papers, self.out, self.seconds = self.papers + 1, self.out + out, self.seconds + seconds
        self.warnings.update(warnings)
        if out != right:
            self.wrong.append(seed)


def kinds_of(pair: int, whole: bool) -> dict[str, Make]:
    """What this pair brings, counted from 0."""
    if whole:
        return RIGHT | FALSE
    resting = {name for at, names in enumerate(IN_TURN) for name in names if (at - TURNS * pair) % len(IN_TURN) >= TURNS}
    return {name: make for name, make in (RIGHT | FALSE).items() if name not in resting}


def line_of(name: str) -> str:
    """How the table names a kind."""
    return f"{'right' if name in RIGHT else 'false'}: {name}"


async def measure(first: int, pairs: int, whole: bool, only: str = "") -> dict[str, Row]:
    """What each pair brings, kinds whose line of the table has `only` in it."""
    opener, signers, second = ReadingOnce(), Signers((root(),)), second_reader()
    rows = {name: Row() for name in RIGHT | FALSE if only in line_of(name)}
    try:
        for pair in range(pairs):
            seed = first + pair
            one, other = record(seed), record(seed + 1)
            for name, make in kinds_of(pair, whole).items():
                if name not in rows:
                    continue
                began = time.monotonic()
                expected, data = make(one, other)
                found = await opener.examine(data, signers.roots)
                warnings = await warnings_of(opener, data, found, expected, Phase.FINAL, signers, second)
                rows[name].add(warnings, seed, time.monotonic() - began, right=name in RIGHT)
            print(f"pair {pair + 1} of {pairs}", file=sys.stderr, flush=True)
            keep(rows, first)
    finally:
        await opener.close()
    return rows


def keep(rows: dict[str, Row], first: int) -> None:
    """Writes what was measured so far, in a file of its own for each first case: parts of one measurement may run side by side."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"finals-{first}.json").write_text(json.dumps({name: vars(row) for name, row in rows.items()}, indent=1))


def total(rows: dict[str, Row], kinds: dict[str, Make]) -> tuple[int, int]:
    """How many papers of these kinds were brought, and how many were answered wrongly."""
    held = [row for name, row in rows.items() if name in kinds]
    return sum(row.papers for row in held), sum(len(row.wrong) for row in held)


def main() -> int:
    """Prints the table; 1 where a false paper went out, or too many right ones were stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS, help="of two cases, the second of which is the next pair's first")
    parser.add_argument("--seed", type=int, default=40_000, help="of the first case")
    parser.add_argument("--whole", action="store_true", help="every kind for every pair: five times as long")
    parser.add_argument("--only", default="", help="kinds with these words in their line of the table, such as 'right:'")
    given = parser.parse_args()
    rows = asyncio.run(measure(given.seed, given.pairs, given.whole, given.only))
    print("| paper | brought | went out unasked | seconds | warnings |\n| --- | --- | --- | --- | --- |")
    for name, row in ((name, row) for name, row in rows.items() if row.papers):
        warnings = ", ".join(f"{code} {count}" for code, count in row.warnings.most_common())
        print(f"| {line_of(name)} | {row.papers} | {row.out} | {row.seconds / row.papers:.1f} | {warnings} |")
    right, stopped = total(rows, RIGHT)
    false, passed = total(rows, FALSE)
    print(f"\n{passed} of {false} false papers went out unasked; {stopped} of {right} right ones needed a second person")
    return int(passed > 0 or stopped > RIGHT_STOPPED * right)


if __name__ == "__main__":
    sys.exit(main())
