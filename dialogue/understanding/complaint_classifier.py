"""Rasa component: says whether a message complains and of what, or what it wants of an earlier complaint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from dialogue.understanding import stories
from dialogue.understanding.complaints import ComplaintModel
from dialogue.understanding.component import LearntComponent
from dialogue.understanding.intent_classifier import is_typed
from dialogue.understanding.kinds import OTHER

ANY = "umum"
"""The kind of a complaint that does not say what about."""

KIND = "kind"
"""Key of an intent's metadata under `data/nlu` (`metadata: {kind: pungli}`)."""

SAID = "complaint"
"""Under this name the message carries `{"acts": {name: margin}, "kinds": …, "grave": margin, "later": …}` to the action server."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ComplaintClassifier(LearntComponent):
    """The complaint model as a step of Rasa's pipeline; it leaves the intent as it is."""

    MODEL = ComplaintModel

    @classmethod
    def learnt_from(cls, config: dict[str, Any]) -> Iterable[Path]:
        """The stories."""
        return stories.STORIES.rglob("*.yml")

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the sentences under `data/nlu` and the stories under `data/complaints`."""
        return self.keep(learnt_complaints(training_data))

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message its margins."""
        for message in messages:
            text = message.get(TEXT) or ""
            if self._model is not None and is_typed(text):
                message.set(SAID, asdict(self._model.hear([text])[0]), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from what it says."""
        return training_data


def learnt_complaints(training_data: TrainingData, without: str | None = None) -> ComplaintModel:
    """The complaint model; `without` names a file of stories or answers that is not learnt from, to measure with it."""
    typed = [example for example in training_data.intent_examples if is_typed(example.get(TEXT))]
    sentences = [stories.of_sentence(example.get(TEXT), _kind(example)) for example in typed]
    return ComplaintModel.train(sentences + stories.of_folder(without=without))


def _kind(example: Message) -> str:
    labels = (example.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return str(labels.get(KIND) or (ANY if example.get(INTENT) == "pengaduan" else OTHER))
