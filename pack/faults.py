"""One mistake in a pack, told so that whoever made it can mend it: the file, the line, what is wrong, what is allowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from standard.place import shown


@dataclass(frozen=True, order=True)
class Fault:
    """`line` counts from 1; `allowed` is empty where the sentence says it all."""

    file: Path
    line: int
    wrong: str
    allowed: str = ""

    def __str__(self) -> str:
        return f"{shown(self.file)}:{self.line}: {self.wrong}" + (f" {self.allowed}" if self.allowed else "")


class PackBroken(Exception):
    """The pack can't be used; the message names each fault on a line of its own."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        count = f"{len(self.faults)} mistake{'s' if len(self.faults) != 1 else ''}"
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"The office pack has {count}, so nothing is started:\n{lines}\nMend the lines, then try: make check")


def one_of(allowed: Iterable[object], given: object = None) -> str:
    """`Did you mean 'supervisor'? Allowed: petugas, operator, …`, the likely one first where something near was written."""
    names = [str(name) for name in allowed]
    near = get_close_matches(str(given), names, n=1, cutoff=0.6) if given is not None else []
    return (f"Did you mean '{near[0]}'? " if near else "") + f"Allowed: {', '.join(names)}."
