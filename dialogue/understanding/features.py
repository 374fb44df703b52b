"""Turns messages into weighted counts: normalised words and pairs, letters of the normalised and of the typed text, fields of meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from language.normaliser import Normaliser


@dataclass(frozen=True)
class View:
    """One way to look at a message: which text of it, cut into what, and how much it weighs beside the others."""

    source: str
    analyzer: str
    ngrams: tuple[int, int]
    weight: float
    at_least: int = 1
    """Training sentences that a feature has to occur in."""

    def vectorizer(self, vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
        """A vectorizer of this view, empty or with a vocabulary learnt before."""
        words: dict[str, Any] = {"token_pattern": r"\S+"} if self.analyzer == "word" else {}
        return TfidfVectorizer(
            analyzer=self.analyzer,
            ngram_range=self.ngrams,
            min_df=self.at_least,
            sublinear_tf=True,
            vocabulary=vocabulary,
            dtype=np.float32,
            **words,
        )


VIEWS = (
    View("words", "word", (1, 2), 1.3),
    View("words", "char_wb", (3, 5), 1.0),
    View("typed", "char_wb", (2, 5), 1.0),
    View("marks", "word", (1, 1), 0.6),
    View("pairs", "word", (1, 1), 1.0, at_least=2),
    View("point", "word", (1, 2), 0.8),
)
"""Chosen by cross-validation on the training sentences (docs/measurements/understanding.md)."""


@dataclass
class Features:
    """The views of a message side by side. `fit` learns, `transform` needs what was learnt."""

    normaliser: Normaliser = field(default_factory=Normaliser)
    vectorizers: list[TfidfVectorizer] = field(default_factory=list)

    def fit(self, messages: list[str]) -> csr_matrix:
        """Learn the vocabularies from messages; returns their rows (messages x features)."""
        self.normaliser.learn(messages)
        self.vectorizers = [view.vectorizer() for view in VIEWS]
        return self._stack(v.fit_transform(texts) for v, texts in zip(self.vectorizers, self._texts(messages), strict=True))

    def transform(self, messages: list[str]) -> csr_matrix:
        """Rows for messages that may hold words never seen."""
        return self._stack(v.transform(texts) for v, texts in zip(self.vectorizers, self._texts(messages), strict=True))

    def state(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """What was learnt, as JSON and as arrays."""
        terms = [[term for term, _ in sorted(v.vocabulary_.items(), key=lambda row: row[1])] for v in self.vectorizers]
        return {"words": self.normaliser.vocabulary, "terms": terms}, {f"idf_{at}": v.idf_ for at, v in enumerate(self.vectorizers)}

    @classmethod
    def from_state(cls, learnt: dict[str, Any], arrays: dict[str, np.ndarray]) -> Features:
        """The inverse of `state`."""
        vectorizers = []
        for at, view in enumerate(VIEWS):
            vectorizer = view.vectorizer({term: column for column, term in enumerate(learnt["terms"][at])})
            vectorizer.idf_ = arrays[f"idf_{at}"]
            vectorizers.append(vectorizer)
        return cls(Normaliser(learnt["words"]), vectorizers)

    def _texts(self, messages: list[str]) -> list[list[str]]:
        messages = [self.normaliser.body(message) for message in messages]
        words = [self.normaliser.words(message) for message in messages]
        texts = {
            "words": [" ".join(row) for row in words],
            "typed": [" ".join(self.normaliser.tokens(message)) for message in messages],
            "marks": [" ".join(self.normaliser.marks(row)) for row in words],
            "pairs": [" ".join(self.normaliser.pairs(row)) for row in words],
            "point": [" ".join(self.normaliser.point(message)) for message in messages],
        }
        return [texts[view.source] for view in VIEWS]

    @staticmethod
    def _stack(blocks: Iterator[csr_matrix]) -> csr_matrix:
        return hstack([block * np.float32(view.weight) for view, block in zip(VIEWS, blocks, strict=True)], format="csr")
