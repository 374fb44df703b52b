"""Rasa component: gives a message a second label beside its intent, learnt from a folder of patterns (`data/moments`, `data/questions`)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from dialogue.understanding.labels import DATA, LabelModel


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LabelClassifier(IntentClassifier, GraphComponent):
    """A label as a step of Rasa's pipeline. Under its name a message carries `{"name": …, "confidence": …}`, believed from 0.5 on."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: LabelModel | None = None) -> None:
        """`model` is None until trained; an untrained one gives none."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`label`: its name; `folder`: its patterns; `beside`: intents whose sentences may have it; `strictness`: the separator's C."""
        return {"label": "moment", "folder": "moments", "beside": [], "strictness": 0.3}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Hash of this folder and of the sentences: a changed one must not be answered from Rasa's training cache."""
        code = [path for suffix in ("*.py", "*.yml") for path in Path(__file__).parent.rglob(suffix)]
        files = sorted([*code, *(DATA / config["folder"]).glob("*.yml")])
        return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()

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
            return cls(config, model_storage, resource, LabelModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the folder; sentences of `data/nlu/` have no label unless they stand there, too, or their intent is `beside`."""
        typed = [(str(row.get(TEXT)), row.get(INTENT)) for row in training_data.intent_examples if row.get(TEXT)]
        others = [text for text, intent in typed if not text.startswith("/") and intent not in self._config["beside"]]
        self._model = LabelModel.train(DATA / self._config["folder"], others, self._config["strictness"])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message its label."""
        for message in messages:
            text = message.get(TEXT) or ""
            if self._model is not None and text.strip() and not text.startswith("/"):
                name, confidence = self._model.read([text])[0]
                message.set(self._config["label"], {"name": name, "confidence": confidence}, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from what it says."""
        return training_data
