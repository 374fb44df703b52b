"""A second label of a message beside its intent (a moment that needs care, a question with its own answer), learnt from filled patterns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.svm import LinearSVC

from dialogue.understanding.features import Features

DATA = Path(__file__).resolve().parents[2] / "data"

NONE = "none"
"""The label of a message that has none."""

DRAWN = 24
"""So many ways to fill a sentence are drawn, where there are more."""

SHORTEST = 2
"""Words from which on a message can have a label: a single one is an answer or a name."""

BELIEVED = -0.15
"""The lead over `none` from which on a label is believed; measured in docs/nlu.md."""

STEEPNESS = 3.0

BESIDE = "beside"
"""The list of what people write beside a sentence of any label."""

ACCOMPANIED = 0.6
"""Share of the filled sentences that are taught a second time with something beside them: no label shall be lost in a longer message."""

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass
class LabelModel:
    """Labels messages. `labels` are the columns of `weights` and `offsets`; the first is NONE."""

    features: Features
    labels: list[str]
    weights: np.ndarray
    offsets: np.ndarray

    @classmethod
    def train(cls, data: Path, others: list[str], strictness: float) -> LabelModel:
        """Learn from a folder of patterns, and from messages of every other kind, which have no label. `strictness` is LinearSVC's C."""
        texts, labels = taught(data)
        known = set(texts)
        rest = [text for text in others if text not in known]
        features = Features()
        separator = LinearSVC(C=strictness, random_state=0).fit(features.fit(texts + rest), labels + [NONE] * len(rest))
        order = [NONE, *sorted(set(labels) - {NONE})]
        columns = [list(separator.classes_).index(name) for name in order]
        return cls(features, order, separator.coef_[columns].T.astype(np.float32), separator.intercept_[columns].astype(np.float32))

    def read(self, messages: list[str]) -> list[tuple[str, float]]:
        """For each message the likeliest label and how sure it is: from 0.5 on it is believed."""
        scores = self.features.transform(messages) @ self.weights + self.offsets
        best = scores[:, 1:].argmax(axis=1) + 1
        leads = scores[np.arange(len(messages)), best] - scores[:, 0] - BELIEVED
        sure = 1 / (1 + np.exp(-STEEPNESS * leads))
        short = [len(message.split()) < SHORTEST for message in messages]
        return [(self.labels[at], 0.0 if no else float(how)) for at, how, no in zip(best, sure, short, strict=True)]

    def save(self, folder: Path) -> None:
        """Write JSON and plain arrays (nothing that runs code when it is read)."""
        learnt, arrays = self.features.state()
        (folder / "labels.json").write_text(json.dumps({"labels": self.labels, **learnt}), "utf-8")
        np.savez_compressed(folder / "labels.npz", weights=self.weights.astype(np.float16), offsets=self.offsets, **arrays)

    @classmethod
    def load(cls, folder: Path) -> LabelModel:
        """The inverse of `save`."""
        learnt = json.loads((folder / "labels.json").read_text("utf-8"))
        with np.load(folder / "labels.npz", allow_pickle=False) as stored:
            arrays = dict(stored)
        weights = arrays["weights"].astype(np.float32)
        return cls(Features.from_state(learnt, arrays), learnt["labels"], weights, arrays["offsets"])


def taught(data: Path) -> tuple[list[str], list[str]]:
    """Sentences and their labels: every pattern of the folder, filled. The same each time. Raises KeyError for an unknown list."""
    lists = {name: [word.strip() for word in words.split(",")] for name, words in _load(data / "lists.yml").items()}
    patterns = [(pattern, label) for label, rows in _load(data / "phrases.yml").items() for pattern in rows]
    patterns += [(pattern, NONE) for pattern in _load(data / "look_alikes.yml")]
    chance = np.random.default_rng(0)
    rows = [(text, label) for pattern, label in patterns for text in _filled(pattern, lists, chance)]
    rows += [(_beside(text, lists[BESIDE], chance), label) for text, label in rows if BESIDE in lists and chance.random() < ACCOMPANIED]
    return [text for text, _ in rows], [label for _, label in rows]


def _beside(text: str, others: list[str], chance: np.random.Generator) -> str:
    """The sentence with something else said before or behind it."""
    other = str(chance.choice(others))
    mark = str(chance.choice([", ", ". ", " "]))
    return f"{text}{mark}{other}" if chance.random() < 0.5 else f"{other}{mark}{text}"


def _filled(pattern: str, lists: dict[str, list[str]], chance: np.random.Generator) -> Iterator[str]:
    ways = 1
    for name in _SLOT.findall(pattern):
        ways *= len(lists[name])
    drawn = {_SLOT.sub(lambda slot: str(chance.choice(lists[slot[1]])), pattern) for _ in range(min(ways * 2, DRAWN))}
    return iter(sorted(drawn))


def _load(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))
