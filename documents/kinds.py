"""Says what kind of document a page is from the words on it, with `data/documents/kinds.yml` as its table."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from documents.thresholds import DATA
from documents.words import holds
from standard.kinds import Kind

TITLE, SIGN = 5.0, 1.0


@dataclass(frozen=True)
class Evidence:
    """Points for every kind; `look_alikes` names the groups of other documents whose words were found."""

    points: dict[Kind, float]
    look_alikes: dict[str, float]
    signs: dict[Kind, int]


@dataclass(frozen=True)
class Guess:
    """The kind of a page, and how sure. `named`: the words of a known look-alike were found, it is certainly something else."""

    kind: Kind
    confidence: float
    named: bool = False


@cache
def _table() -> dict[str, Any]:
    with (DATA / "kinds.yml").open(encoding="utf-8") as file:
        return dict(yaml.safe_load(file))


def weigh(texts: list[str]) -> Evidence:
    """The evidence in a page's lines; a phrase counts once, however often it is printed."""
    points, signs = {}, {}
    whole = " ".join(texts)
    for name, row in _table()["kinds"].items():
        titles = [phrase for phrase in row["title"] if any(holds(text, phrase) for text in texts)]
        marks = [phrase for phrase in row["sign"] if any(holds(text, phrase) for text in texts)]
        lacking = row.get("needs") and not any(holds(whole, phrase) for phrase in row["needs"])
        points[Kind(name)] = 0.0 if lacking else min(2, len(titles)) * TITLE + len(marks) * SIGN
        signs[Kind(name)] = len(marks)
    others = {
        name: found * TITLE
        for name, phrases in _table()["other"].items()
        if (found := sum(1 for phrase in phrases if any(holds(text, phrase) for text in texts)))
    }
    return Evidence(points, others, signs)


def decide(evidence: Evidence, lines: int) -> Guess:
    """The kind that the evidence speaks for. `lines` read lines with no evidence make `other`; hardly any lines make `none`."""
    ranked = sorted(evidence.points.items(), key=lambda item: item[1], reverse=True)
    (kind, best), (_, second) = ranked[0], ranked[1]
    other = max(evidence.look_alikes.values(), default=0.0)
    enough = float(_table()["kinds"][kind]["enough"])
    if other and best < _against(kind, other):
        return Guess(Kind.OTHER, min(0.99, 0.6 + other / 25), named=True)
    if best >= enough:
        return Guess(kind, round(min(0.99, 0.55 + (best - second) / 20 + (best - enough) / 40), 3))
    if lines >= _table()["readable_lines"]:
        return Guess(Kind.OTHER, round(0.5 + 0.3 * (1 - best / enough), 3))
    return Guess(Kind.NONE, 0.6)


def _against(kind: Kind, other: float) -> float:
    """How many points a kind needs to outweigh the words of a look-alike."""
    return other + (4.0 if kind is Kind.KTP else 2.0)
