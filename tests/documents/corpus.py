"""Pictures with their truth for the recogniser's tests and benchmark: a small committed set, and as many fresh ones as wanted by seed.

`python -m tests.documents.corpus` makes the committed set anew (only after `simulator.specimen.VERSION` was raised).
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.specimen import VERSION, generate

COMMITTED = Path(__file__).parent / "corpus"
COMMITTED_SEED = 2026
TUNING_SEED = 1
"""Seeds below 1000 are for tuning; the benchmark takes one that was never looked at."""

WANTED_PICTURES = (("ktp", 3), ("kk", 1), ("surat_kelahiran", 2), ("surat_nikah", 1), ("sptjm_kelahiran", 1), ("sptjm_pasutri", 1))
"""How many committed pictures of each wanted kind in each of the three strata."""
FOREIGN_PICTURES = (("other", 2), ("none", 1), ("several", 1), ("kk_pdf", 1), ("capture", 1))
MOST_BYTES = 6_000_000

CONTRACT_REASONS = {
    "BLUR", "GLARE", "DARK", "OVEREXPOSED", "TOO_SMALL", "CUT_OFF", "OCCLUDED", "NO_DOCUMENT", "MULTIPLE_DOCUMENTS", "WRONG_DOCUMENT",
    "UNREADABLE_FIELD", "SCREENSHOT", "SAME_IMAGE", "FILE_TYPE", "FILE_SIZE", "FILE_DAMAGED",
}  # fmt: skip
"""What a picture may be sent back for, as the contract spells it."""


@dataclass(frozen=True)
class Picture:
    """One file and what is true of it (keys: `simulator/specimen/generate.py`)."""

    path: Path
    truth: dict[str, Any]

    @property
    def stratum(self) -> str:
        return str(self.truth["stratum"])

    @property
    def kind(self) -> str:
        return str(self.truth["kind"])

    def accepts(self, verdict: str, kind: str, reasons: tuple[str, ...]) -> bool:
        """Whether a check of this picture is right: verdict, kind, and at least one right reason where it must not pass."""
        expected = self.truth["expected"]
        if expected["verdict"] == "ok":
            return verdict == "ok" and kind in expected["kinds"]
        if expected["verdict"] == "not_ok":
            return verdict != "ok" and bool(set(reasons) & set(expected["reasons"]))
        return True


def read(folder: Path) -> list[Picture]:
    """The pictures that a folder's `truth.jsonl` lists."""
    lines = (folder / "truth.jsonl").read_text("utf-8").splitlines()
    return [Picture(folder / truth["file"], truth) for truth in map(json.loads, lines)]


def committed() -> list[Picture]:
    return read(COMMITTED)


def fresh(folder: Path, seed: int, count: int, kinds: tuple[str, ...] = (), strata: tuple[str, ...] = ()) -> list[Picture]:
    """Pictures made by seed, kept in a folder of this request's own so that a second run takes them from there."""
    own = folder / f"v{VERSION}-s{seed}-n{count}-{'+'.join(kinds) or 'mix'}-{'+'.join(strata) or 'any'}"
    done = own / "done"
    if not done.exists():
        shutil.rmtree(own, ignore_errors=True)
        generate.write(seed, count, own, kinds, strata)
        done.touch()
    return read(own)


def in_memory(
    seed: int, count: int, kinds: tuple[str, ...] = (), strata: tuple[str, ...] = ()
) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """The same without files: name, bytes, truth."""
    for name, made in generate.photos(seed, count, kinds, strata):
        yield name, made.data, made.truth


def commit() -> None:
    """Make the committed set."""
    shutil.rmtree(COMMITTED, ignore_errors=True)
    COMMITTED.mkdir(parents=True)
    drawer = generate.Drawer(COMMITTED_SEED)
    requests = [(kind, stratum, i) for kind, each in WANTED_PICTURES for stratum in generate.STRATA for i in range(each)]
    requests += [(kind, None, i) for kind, each in FOREIGN_PICTURES for i in range(each)]
    with (COMMITTED / "truth.jsonl").open("w", encoding="utf-8") as lines:
        for kind, stratum, i in requests:
            made = generate.photo(drawer, kind, i * 7, stratum)
            name = f"{kind}-{stratum or 'x'}-{i}.{'pdf' if made.data[:4] == b'%PDF' else 'jpg'}"
            (COMMITTED / name).write_bytes(made.data)
            lines.write(json.dumps({"file": name, **made.truth}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    commit()
    size = sum(file.stat().st_size for file in COMMITTED.iterdir())
    print(f"{len(committed())} pictures, {size / 1e6:.1f} MB")
