"""The complaint model: whether a message complains, what it wants of an earlier complaint, and what the complaint is about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.svm import LinearSVC

from dialogue.understanding.features import Features
from dialogue.understanding.model import THINNED, thin

COMPLAINS = "keluhan"
"""The act of every message that tells of something wrong, asks for information or suggests something."""

OTHER = "bukan"
"""The kind and the act of whatever is neither a complaint nor about one."""

PRAISE = "pujian"

ACTS = ("status_pengaduan", "buka_lagi", "cabut_pengaduan", "rahasiakan", "kanal_pengaduan")
"""What is said of a complaint: how far it is, take it up again, withdraw it, keep my name to yourselves, where else can I complain."""

ACT_STRICTNESS, KIND_STRICTNESS = 0.1, 0.3
"""LinearSVC's C, chosen on the stories of bench/complaints.yml (docs/complaints.md)."""


@dataclass
class ComplaintModel:
    """Two linear separators over the features of the intent model. Margins: about 0 on the border, above 0.3 hardly ever wrong."""

    features: Features
    acts: list[str]
    kinds: list[str]
    weights: np.ndarray
    """Features x (acts, then kinds)."""
    offsets: np.ndarray

    @classmethod
    def train(cls, messages: list[str], labels: list[str]) -> ComplaintModel:
        """Learn from messages with their kinds; longer ones are taught with words missing, too (`model.thin`)."""
        chance = np.random.default_rng(0)
        taught = list(zip(messages, labels, strict=True))
        taught += [(thin(message, chance), label) for message, label in taught if len(message.split()) >= THINNED]
        features = Features()
        rows, kinds = features.fit([message for message, _ in taught]), np.array([label for _, label in taught])
        acts = np.array([act_of(kind) for kind in kinds])
        told = np.flatnonzero(acts == COMPLAINS)
        what = LinearSVC(C=ACT_STRICTNESS, class_weight="balanced", random_state=0).fit(rows, acts)
        about = LinearSVC(C=KIND_STRICTNESS, class_weight="balanced", random_state=0).fit(rows[told], kinds[told])
        weights = np.vstack([what.coef_, about.coef_]).T.astype(np.float32)
        offsets = np.concatenate([what.intercept_, about.intercept_]).astype(np.float32)
        return cls(features, list(what.classes_), list(about.classes_), weights, offsets)

    def margins(self, message: str) -> tuple[dict[str, float], dict[str, float]]:
        """`(acts, kinds)`, each by name with its margin; the kinds say something only of a message that complains."""
        row = (self.features.transform([message]) @ self.weights)[0] + self.offsets
        values = [round(float(value), 3) for value in row]
        return dict(zip(self.acts, values, strict=False)), dict(zip(self.kinds, values[len(self.acts) :], strict=True))

    def save(self, folder: Path) -> None:
        """Write JSON and plain arrays."""
        learnt, arrays = self.features.state()
        (folder / "kinds.json").write_text(json.dumps({"acts": self.acts, "kinds": self.kinds, **learnt}), "utf-8")
        np.savez_compressed(folder / "kinds.npz", weights=self.weights.astype(np.float16), offsets=self.offsets, **arrays)

    @classmethod
    def load(cls, folder: Path) -> ComplaintModel:
        """The inverse of `save`."""
        learnt = json.loads((folder / "kinds.json").read_text("utf-8"))
        with np.load(folder / "kinds.npz", allow_pickle=False) as stored:
            arrays = dict(stored)
        features = Features.from_state(learnt, arrays)
        return cls(features, learnt["acts"], learnt["kinds"], arrays["weights"].astype(np.float32), arrays["offsets"])


def act_of(kind: str) -> str:
    """The act of a kind: praise is `bukan`, every category is `keluhan`."""
    if kind in (OTHER, PRAISE):
        return OTHER
    return kind if kind in ACTS else COMPLAINS
