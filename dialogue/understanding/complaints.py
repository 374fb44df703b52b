"""The complaint model: whether a message complains, what about, whether it accuses somebody, and what it wants of an earlier complaint."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from dialogue.understanding.features import Features
from dialogue.understanding.kinds import GRAVE
from dialogue.understanding.model import THINNED, thin
from dialogue.understanding.stories import Lesson

ACT_STRICTNESS, KIND_STRICTNESS, GRAVE_STRICTNESS, LATER_STRICTNESS = 0.1, 0.15, 0.15, 0.15
"""LinearSVC's C, chosen on speakers who are not taught (docs/complaints.md)."""


@dataclass(frozen=True)
class Heard:
    """The margins of a message: about 0 on the border, above 0.3 hardly ever wrong. Kinds and `grave` say something only of a complaint."""

    acts: dict[str, float]
    kinds: dict[str, float]
    grave: float
    later: dict[str, float]
    """What it is behind a complaint that is filed: about it, more of it, all is well, a new one or none."""


@dataclass
class ComplaintModel:
    """Four linear separators over the features of the intent model."""

    features: Features
    acts: list[str]
    kinds: list[str]
    later: list[str]
    weights: np.ndarray
    """Features x (acts, kinds, grave, later)."""
    offsets: np.ndarray

    @classmethod
    def train(cls, lessons: list[Lesson]) -> ComplaintModel:
        """Learn from the lessons; longer ones are taught with words missing, too (`model.thin`)."""
        chance = np.random.default_rng(0)
        taught = list(lessons)
        taught += [replace(row, text=thin(row.text, chance)) for row in lessons if len(row.text.split()) >= THINNED]
        features = Features()
        rows = features.fit([row.text for row in taught])
        weights = np.array([row.weight for row in taught])
        what = _separator(rows, [row.act for row in taught], weights, ACT_STRICTNESS)
        about = _separator(rows, [row.kind for row in taught], weights, KIND_STRICTNESS)
        grave = _separator(rows, [None if row.kind is None else row.kind in GRAVE for row in taught], weights, GRAVE_STRICTNESS)
        later = _separator(rows, [row.later for row in taught], weights, LATER_STRICTNESS)
        learnt = (what, about, grave, later)
        columns = np.vstack([separator.coef_ for separator in learnt]).T.astype(np.float32)
        offsets = np.concatenate([separator.intercept_ for separator in learnt]).astype(np.float32)
        return cls(features, list(what.classes_), list(about.classes_), list(later.classes_), columns, offsets)

    def hear(self, messages: list[str]) -> list[Heard]:
        """What each message is taken for."""
        values = np.round(np.asarray(self.features.transform(messages) @ self.weights + self.offsets, dtype=float), 3)
        acts, kinds = len(self.acts), len(self.acts) + len(self.kinds)
        return [
            Heard(
                dict(zip(self.acts, map(float, row[:acts]), strict=True)),
                dict(zip(self.kinds, map(float, row[acts:kinds]), strict=True)),
                float(row[kinds]),
                dict(zip(self.later, map(float, row[kinds + 1 :]), strict=True)),
            )
            for row in values
        ]

    def save(self, folder: Path) -> None:
        """Write JSON and plain arrays."""
        learnt, arrays = self.features.state()
        (folder / "kinds.json").write_text(json.dumps({"acts": self.acts, "kinds": self.kinds, "later": self.later, **learnt}), "utf-8")
        np.savez_compressed(folder / "kinds.npz", weights=self.weights.astype(np.float16), offsets=self.offsets, **arrays)

    @classmethod
    def load(cls, folder: Path) -> ComplaintModel:
        """The inverse of `save`."""
        learnt = json.loads((folder / "kinds.json").read_text("utf-8"))
        with np.load(folder / "kinds.npz", allow_pickle=False) as stored:
            arrays = dict(stored)
        features = Features.from_state(learnt, arrays)
        return cls(features, learnt["acts"], learnt["kinds"], learnt["later"], arrays["weights"].astype(np.float32), arrays["offsets"])


def _separator(rows: csr_matrix, labels: list[str | None] | list[bool | None], weights: np.ndarray, strictness: float) -> LinearSVC:
    """Tells the labels apart; a row without one teaches nothing."""
    chosen = [at for at, label in enumerate(labels) if label is not None]
    wanted = np.array([labels[at] for at in chosen])
    return LinearSVC(C=strictness, class_weight="balanced", random_state=0).fit(rows[chosen], wanted, sample_weight=weights[chosen])
