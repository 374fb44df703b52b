"""Finds the names in a message by a linear-chain CRF that learnt from annotated messages (`python -m scripts.learn_names`)."""

import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from language.name_tags import ASKED, OUTSIDE, STOPS, Word, features_of, words_of

MODEL = Path(__file__).resolve().parent.parent.parent / "data" / "names" / "tagger.json"
"""`labels`; of each feature the weight that it gives a label (by place); `follows`: of each label the weights of the next."""
LONGEST = 300
"""Characters of a message that is looked at: a longer one is a story, and the rules read it."""


@dataclass(frozen=True)
class Tagged:
    """A name in a message: whose it is (`ASKED` or a key of `KEYS`), as typed, where it stands, and how sure (0 to 1)."""

    key: str
    text: str
    start: int
    end: int
    sure: float


@dataclass(frozen=True)
class NamesSaid:
    """The names of a message in its order, and how sure it is (0 to 1) that the one asked for is not among its words."""

    names: tuple[Tagged, ...]
    none: float

    @property
    def asked(self) -> tuple[Tagged, ...]:
        """Those that the open question asks for, without one that a longer one holds (`Agus. Agus Riyanto`)."""
        mine = [name for name in self.names if name.key == ASKED]
        words = [set(name.text.lower().split()) for name in mine]
        return tuple(name for name, own in zip(mine, words, strict=True) if not any(own < other for other in words))


@dataclass(frozen=True)
class _Model:
    labels: tuple[str, ...]
    weights: dict[str, dict[int, float]]
    follows: tuple[tuple[float, ...], ...]


@cache
def _model() -> _Model:
    kept = json.loads(MODEL.read_text(encoding="utf-8"))
    weights = {name: {int(at): weight for at, weight in row.items()} for name, row in kept["weights"].items()}
    return _Model(tuple(kept["labels"]), weights, tuple(tuple(row) for row in kept["follows"]))


@lru_cache(maxsize=64)
def tagged_names(text: str, question: str | None = None, *, several: bool = False) -> NamesSaid:
    """The names in a message; `question`: the id of the question that is open, `several`: it is about twins. Nothing of a longer text."""
    tokens = words_of(text) if len(text) <= LONGEST else []
    if not tokens:
        return NamesSaid((), 0.0)
    chances = _chances([_scores(row) for row in features_of(text, question, several=several)])
    labels = _model().labels
    asked = labels.index(ASKED)
    return NamesSaid(tuple(_spans(text, tokens, labels, chances)), 1.0 - max(row[asked] for row in chances))


def without_names(text: str, question: str | None = None) -> str:
    """The text without the names in it (`saya Joko, suami dari Siti`)."""
    for name in reversed(tagged_names(text, question).names):
        text = f"{text[: name.start]} {text[name.end :]}"
    return text


def _spans(text: str, tokens: list[Word], labels: tuple[str, ...], chances: list[list[float]]) -> list[Tagged]:
    best = [OUTSIDE if token.text in STOPS else labels[row.index(max(row))] for token, row in zip(tokens, chances, strict=True)]
    found: list[Tagged] = []
    at = 0
    while at < len(tokens):
        end = at + 1
        while end < len(tokens) and best[end] == best[at]:
            end += 1
        if best[at] != OUTSIDE:
            start, stop, label = tokens[at].start, tokens[end - 1].end, labels.index(best[at])
            found.append(Tagged(best[at], text[start:stop], start, stop, min(chances[place][label] for place in range(at, end))))
        at = end
    return found


def _scores(features: list[str]) -> list[float]:
    model = _model()
    row = [0.0] * len(model.labels)
    for name in features:
        for label, weight in model.weights.get(name, {}).items():
            row[label] += weight
    return row


def _chances(scores: list[list[float]]) -> list[list[float]]:
    """Of each word the probability of each label (forward and backward sums, in logarithms)."""
    follows, many = _model().follows, range(len(_model().labels))
    ahead = [scores[0]]
    for row in scores[1:]:
        ahead.append([row[to] + _log_sum([ahead[-1][of] + follows[of][to] for of in many]) for to in many])
    behind = [[0.0] * len(many)]
    for row in scores[:0:-1]:
        behind.append([_log_sum([follows[of][to] + row[to] + behind[-1][to] for to in many]) for of in many])
    whole = _log_sum(ahead[-1])
    return [[math.exp(there[at] + back[at] - whole) for at in many] for there, back in zip(ahead, behind[::-1], strict=True)]


def _log_sum(values: list[float]) -> float:
    most = max(values)
    return most + math.log(sum(math.exp(value - most) for value in values))
