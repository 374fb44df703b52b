"""Measures what is found of altered papers: `python -m bench.alterations --seed fresh --count 10`.

Each alteration of `simulator.specimen.alter` is done to `count` sheets that are then photographed well; beside them as many untouched
photographs of the same sheets. Found is whatever does not pass as `ok`; a false alarm is an untouched one called ALTERED.
"""

import argparse
import random
from collections import Counter

from documents import Check, Reason, Verdict, check
from simulator.specimen import ktp, people, surat_kelahiran
from simulator.specimen.alter import ALTERATIONS
from simulator.specimen.drawer import good_photo
from simulator.specimen.sheet import Sheet


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.alterations", description=__doc__)
    parser.add_argument("--count", type=int, default=10, help="sheets for each alteration")
    parser.add_argument("--seed", default="fresh")
    parser.add_argument("--only", nargs="+", choices=ALTERATIONS, default=list(ALTERATIONS))
    chosen = parser.parse_args()
    seed = random.SystemRandom().randrange(10_000, 10_000_000) if chosen.seed == "fresh" else int(chosen.seed)
    print(f"seed {seed}, {chosen.count} sheets each; ends are verdict and first reason")
    for name in chosen.only:
        kind, alter = ALTERATIONS[name]
        ends = [_end(_photographed(alter(_sheet(kind, seed + n), random.Random(seed + n)), seed + n)) for n in range(chosen.count)]
        found = sum(not end.startswith(Verdict.OK) for end in ends)
        print(f"  {name:9} {kind:16} not ok {found} of {len(ends)}: {_counted(ends)}", flush=True)
    for kind in sorted({ALTERATIONS[name][0] for name in chosen.only}):
        ends = [_end(_photographed(_sheet(kind, seed + n), seed + n)) for n in range(chosen.count * 2)]
        false = sum(Reason.ALTERED in end for end in ends)
        print(f"  untouched {kind:16} called altered {false} of {len(ends)}: {_counted(ends)}", flush=True)


def _sheet(kind: str, seed: int) -> Sheet:
    family = people.family(seed)
    return ktp.draw(family.ibu, seed) if kind == "ktp" else surat_kelahiran.draw(family, seed, by_hand=False)


def _photographed(sheet: Sheet, seed: int) -> Check:
    return check(good_photo(sheet, f"alteration-{seed}").data)


def _end(answer: Check) -> str:
    return " ".join([answer.verdict.value, *(reason.value for reason in answer.reasons[:1])])


def _counted(ends: list[str]) -> str:
    return ", ".join(f"{end} {count}" for end, count in Counter(ends).most_common())


if __name__ == "__main__":
    main()
