"""The intent model: a linear separator an intent over the features, its scores turned into honest probabilities."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from dialogue.understanding.features import Features

HELD_BACK = 0.2
"""Share of the training sentences that the sharpness of the probabilities is measured on."""

SHORTEST = 3
"""Words from which on a held-back sentence counts for the sharpness: of single words that nobody has seen no model can know anything."""

THINNED = 7
"""Words from which on a sentence is also taught with some of them missing: no wish shall hang on one word, a story's least of all."""

MISSING = 0.3
"""Share of the words that a thinned sentence lacks."""

CLOSED = 0.25
"""Share of the sentences that are also taught with a courteous closing, so that a thank-you behind a wish is no `terima_kasih`."""

OUT_OF_SCOPE = "di_luar_topik"

LEANING = 0.6
"""Added to the log-odds that a message is about anything else, no training data holds them all: docs/measurements/understanding.md."""

SHARPNESSES = np.geomspace(1.0, 12.0, 40)


@dataclass
class IntentModel:
    """Knows the intents by name; `probabilities` gives a row a message, a column an intent."""

    features: Features
    intents: list[str]
    weights: np.ndarray
    offsets: np.ndarray
    sharpness: float

    @classmethod
    def train(cls, messages: list[str], labels: list[str], strictness: float) -> IntentModel:
        """Learn from labelled messages. `strictness` is the cost of a wrong side (LinearSVC's C)."""
        sharpness = cls._measure_sharpness(messages, labels, strictness)
        features, separator = cls._fit(messages, labels, strictness)
        offsets = separator.intercept_ + (separator.classes_ == OUT_OF_SCOPE) * LEANING / sharpness
        return cls(features, list(separator.classes_), separator.coef_.T.astype(np.float32), offsets.astype(np.float32), sharpness)

    @staticmethod
    def _fit(messages: list[str], labels: list[str], strictness: float) -> tuple[Features, LinearSVC]:
        """What was learnt from the sentences, their thinned copies and their closed ones."""
        chance, features = np.random.default_rng(0), Features()
        taught = list(zip(messages, labels, strict=True))
        thinned = [(thin(message, chance), label) for message, label in taught if len(message.split()) >= THINNED]
        wished = [row for row in taught if row[1] not in features.normaliser.courtesies and chance.random() < CLOSED]
        closed = [(f"{message} {chance.choice(features.normaliser.closings)}", label) for message, label in wished]
        texts, wishes = zip(*taught, *thinned, *closed, strict=True)
        return features, LinearSVC(C=strictness, random_state=0).fit(features.fit(list(texts)), list(wishes))

    @classmethod
    def _measure_sharpness(cls, messages: list[str], labels: list[str], strictness: float) -> float:
        """The factor on the scores under which sentences held back are least surprising (temperature scaling)."""
        seen, held, seen_labels, held_labels = train_test_split(messages, labels, test_size=HELD_BACK, random_state=0, stratify=labels)
        features, separator = cls._fit(seen, seen_labels, strictness)
        rows = [at for at, message in enumerate(held) if len(message.split()) >= SHORTEST]
        scores = separator.decision_function(features.transform([held[at] for at in rows]))
        right = np.searchsorted(separator.classes_, [held_labels[at] for at in rows])
        losses = [-np.log(_softmax(scores * factor)[np.arange(len(rows)), right] + 1e-12).mean() for factor in SHARPNESSES]
        return float(SHARPNESSES[int(np.argmin(losses))])

    def probabilities(self, messages: list[str]) -> np.ndarray:
        """Probability of each intent (`intents` order) for each message; rows add up to 1."""
        return _softmax((self.features.transform(messages) @ self.weights + self.offsets) * self.sharpness)

    def save(self, folder: Path) -> None:
        """Write JSON and plain arrays (nothing that runs code when it is read)."""
        learnt, arrays = self.features.state()
        (folder / "intents.json").write_text(json.dumps({"intents": self.intents, "sharpness": self.sharpness, **learnt}), "utf-8")
        np.savez_compressed(folder / "arrays.npz", weights=self.weights.astype(np.float16), offsets=self.offsets, **arrays)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """The inverse of `save`."""
        learnt = json.loads((folder / "intents.json").read_text("utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as stored:
            arrays = dict(stored)
        weights = arrays["weights"].astype(np.float32)
        return cls(Features.from_state(learnt, arrays), learnt["intents"], weights, arrays["offsets"], learnt["sharpness"])


def thin(message: str, chance: np.random.Generator) -> str:
    """The message without `MISSING` of its words, picked by chance."""
    return " ".join(word for word in message.split() if chance.random() > MISSING)


def _softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
