"""Brings right and false final papers before the real checks: rendered page read by our reader and Tesseract, QR codes, signatures.

A pair is two cases; each kind of paper of `finals_papers` is drawn for it. A false one must bear a warning that stops it
(`products.BLOCKING`), a right one none.
"""

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from backoffice.cases.products import BLOCKING, Phase
from backoffice.delivery.looking import warnings_of
from backoffice.services import Signers
from bench.finals_papers import FALSE, RIGHT, Make, record
from documents import Opener
from scripts import environment as env
from tests.backoffice.papers import root

RESULT = env.ROOT / "var" / "bench" / "finals.json"
PAIRS = 200
RIGHT_STOPPED = 0.01
"""The share of right papers that may need a second person."""


@dataclass
class Row:
    """What became of one kind of paper: how many, how many went out unasked, codes of the warnings, seeds of the pairs that went wrong."""

    papers: int = 0
    out: int = 0
    warnings: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    wrong: list[int] = field(default_factory=list)


async def bring(opener: Opener, signers: Signers, make: Make, seed: int) -> frozenset[str]:
    """The warnings of one paper of the pair that begins with this seed."""
    expected, data = make(record(seed), record(seed + 1))
    return await warnings_of(opener, data, await opener.examine(data, signers.roots), expected, Phase.FINAL, signers)


async def measure(first: int, pairs: int, only: str = "") -> dict[str, Row]:
    """Every kind whose name has `only` in it, for every pair."""
    opener, signers = Opener(workers=1), Signers((root(),))
    kinds = {name: make for name, make in (*RIGHT.items(), *FALSE.items()) if only in f"{'right' if name in RIGHT else 'false'}: {name}"}
    rows = {name: Row() for name in kinds}
    try:
        for pair in range(pairs):
            for name, make in kinds.items():
                began = time.monotonic()
                warnings = await bring(opener, signers, make, first + 2 * pair)
                row, out = rows[name], not warnings & BLOCKING
                row.seconds += time.monotonic() - began
                row.papers += 1
                row.out += out
                row.warnings.update(warnings)
                if out != (name in RIGHT):
                    row.wrong.append(first + 2 * pair)
            print(f"pair {pair + 1} of {pairs}", file=sys.stderr, flush=True)
    finally:
        await opener.close()
    return rows


def total(rows: dict[str, Row], kinds: dict[str, Make]) -> tuple[int, int]:
    """How many papers of these kinds were brought, and how many were answered wrongly."""
    held = [row for name, row in rows.items() if name in kinds]
    return sum(row.papers for row in held), sum(len(row.wrong) for row in held)


def main() -> int:
    """Prints the table; 1 where a false paper went out, or too many right ones were stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS, help="two cases each")
    parser.add_argument("--seed", type=int, default=40_000, help="of the first case")
    parser.add_argument("--only", default="", help="kinds with these words in their line of the table, such as 'right:'")
    given = parser.parse_args()
    rows = asyncio.run(measure(given.seed, given.pairs, given.only))
    print("| paper | brought | went out unasked | seconds | warnings |\n| --- | --- | --- | --- | --- |")
    for name, row in rows.items():
        told = ", ".join(f"{code} {count}" for code, count in row.warnings.most_common())
        print(f"| {'right' if name in RIGHT else 'false'}: {name} | {row.papers} | {row.out} | {row.seconds / row.papers:.1f} | {told} |")
    right, stopped = total(rows, RIGHT)
    false, passed = total(rows, FALSE)
    print(f"\n{passed} of {false} false papers went out unasked; {stopped} of {right} right ones needed a second person")
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps({n: vars(r) for n, r in rows.items()}, indent=1))
    return int(passed > 0 or stopped > RIGHT_STOPPED * right)


if __name__ == "__main__":
    sys.exit(main())
