"""Rasa component: says what the writer wants, with a probability that means what it says."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from dialogue.understanding.component import LearntComponent
from dialogue.understanding.model import IntentModel

RANKING = 10
"""How many intents a message's ranking names."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NormalisedIntentClassifier(LearntComponent):
    """The intent model as a step of Rasa's pipeline. It reads the raw text and needs no tokenizer before it."""

    MODEL = IntentModel

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strictness`: the separator's C, chosen by cross-validation (docs/measurements/understanding.md)."""
        return {"strictness": 0.3}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the sentences under `data/nlu` and keep what was learnt in the model."""
        rows = [(example.get(TEXT), example.get(INTENT)) for example in training_data.intent_examples if is_typed(example.get(TEXT))]
        return self.keep(IntentModel.train([text for text, _ in rows], [intent for _, intent in rows], self._config["strictness"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message its intent and the ranking."""
        for message in messages:
            ranking = self._ranking(message.get(TEXT) or "")
            message.set("intent", ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from what it says."""
        return training_data

    def _ranking(self, text: str) -> list[dict[str, Any]]:
        if self._model is None or not text.strip():
            return []
        row = self._model.probabilities([text])[0]
        best = row.argsort()[::-1][:RANKING]
        return [{"name": self._model.intents[at], "confidence": float(row[at])} for at in best]


def is_typed(text: str | None) -> bool:
    """Whether a person wrote it; `/kirim_berkas` and its like come from the bot and are no sentences."""
    return bool(text) and not text.startswith("/")
