"""Writes specimen pictures: `python -m simulator.specimen families --out DIR`, or
`python -m simulator.specimen corpus --seed S --count N --out DIR [--kinds …] [--strata …]`.
"""

import argparse
import time
from pathlib import Path

from simulator.specimen import drawer, generate


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m simulator.specimen", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    families = commands.add_parser("families", help="the demo drawer: families' documents and faulty photos, with families.json")
    families.add_argument("--out", type=Path, default=Path("var/specimen"))
    corpus = commands.add_parser("corpus", help="photographs by seed with truth.jsonl")
    corpus.add_argument("--seed", type=int, required=True)
    corpus.add_argument("--count", type=int, default=100)
    corpus.add_argument("--out", type=Path, required=True)
    corpus.add_argument("--kinds", nargs="+", choices=generate.KINDS, default=[])
    corpus.add_argument("--strata", nargs="+", choices=generate.STRATA, default=[])
    arguments = parser.parse_args()
    started = time.perf_counter()
    if arguments.command == "families":
        fresh = drawer.write(arguments.out)
        print(f"{arguments.out}: {'written' if fresh else 'there already'}, {time.perf_counter() - started:.0f} s")
        return
    generate.write(arguments.seed, arguments.count, arguments.out, tuple(arguments.kinds), tuple(arguments.strata))
    seconds = time.perf_counter() - started
    print(f"{arguments.count} photographs in {arguments.out}, {arguments.count / seconds:.1f} a second")


if __name__ == "__main__":
    main()
