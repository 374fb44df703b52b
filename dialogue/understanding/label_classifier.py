"""Rasa component: gives a message a second label beside its intent, learnt from a folder of patterns (`data/moments`, `data/questions`)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from dialogue.understanding.component import LearntComponent
from dialogue.understanding.labels import DATA, LabelModel


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LabelClassifier(LearntComponent):
    """A label as a step of Rasa's pipeline. Under its name a message carries `{"name": …, "confidence": …}`, believed from 0.5 on."""

    MODEL = LabelModel

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`label`: its name; `folder`: its patterns; `beside`: intents whose sentences may have it; `strictness`: the separator's C."""
        return {"label": "moment", "folder": "moments", "beside": [], "strictness": 0.3}

    @classmethod
    def learnt_from(cls, config: dict[str, Any]) -> Iterable[Path]:
        """The patterns of its folder."""
        return (DATA / config["folder"]).glob("*.yml")

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the folder; sentences of `data/nlu/` have no label unless they stand there, too, or their intent is `beside`."""
        typed = [(str(row.get(TEXT)), row.get(INTENT)) for row in training_data.intent_examples if row.get(TEXT)]
        others = [text for text, intent in typed if not text.startswith("/") and intent not in self._config["beside"]]
        return self.keep(LabelModel.train(DATA / self._config["folder"], others, self._config["strictness"]))

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
