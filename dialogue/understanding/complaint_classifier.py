"""Rasa component: says whether a message complains and of what, or what it wants of an earlier complaint."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from dialogue.understanding import stories
from dialogue.understanding.complaints import ComplaintModel
from dialogue.understanding.intent_classifier import NormalisedIntentClassifier, is_typed
from dialogue.understanding.kinds import OTHER

ANY = "umum"
"""The kind of a complaint that does not say what about."""

KIND = "kind"
"""Key of an intent's metadata under `data/nlu` (`metadata: {kind: pungli}`)."""

SAID = "complaint"
"""Under this name the message carries `{"acts": {name: margin}, "kinds": {name: margin}, "grave": margin}` to the action server."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ComplaintClassifier(IntentClassifier, GraphComponent):
    """The complaint model as a step of Rasa's pipeline; it leaves the intent as it is."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: ComplaintModel | None = None) -> None:
        """`model` is None until trained."""
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set."""
        return {}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """The same folder decides, and the stories."""
        told = b"\0".join(path.read_bytes() for path in sorted(stories.STORIES.glob("*.yml")))
        return NormalisedIntentClassifier.fingerprint_addon(config) + hashlib.sha256(told).hexdigest()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> GraphComponent:
        """Rasa's way to make a component before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> GraphComponent:
        """Rasa's way to make a component from a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, ComplaintModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the sentences under `data/nlu` and the stories under `data/complaints`."""
        typed = [example for example in training_data.intent_examples if is_typed(example.get(TEXT))]
        sentences = [stories.of_sentence(example.get(TEXT), _kind(example)) for example in typed]
        self._model = ComplaintModel.train(sentences + stories.of_folder())
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

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


def _kind(example: Message) -> str:
    told = (example.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return str(told.get(KIND) or (ANY if example.get(INTENT) == "pengaduan" else OTHER))
