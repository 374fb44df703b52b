"""What every learnt step of Rasa's pipeline shares: a model of ours that is made, kept in Rasa's model file and read from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, Protocol

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier


class Learnt(Protocol):
    """A model that writes itself into a folder; its class reads it with `load(folder)`."""

    def save(self, folder: Path) -> None:
        """Writes files that hold data only."""
        ...


class LearntComponent(IntentClassifier, GraphComponent):
    """A classifier with one model; a subclass says which class it is, trains it and gives messages what it reads."""

    MODEL: ClassVar[Any]
    """The model's class, with `load(folder)`."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: Any = None) -> None:
        """`model` is None until trained; an untrained one gives a message nothing."""
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

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
            return cls(config, model_storage, resource, cls.MODEL.load(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Hash of this folder and of what is learnt from: a changed file must not be answered from Rasa's training cache."""
        code = (path for suffix in ("*.py", "*.yml") for path in Path(__file__).parent.rglob(suffix))
        files = sorted([*code, *cls.learnt_from(config)])
        return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()

    @classmethod
    def learnt_from(cls, config: dict[str, Any]) -> Iterable[Path]:
        """Files beside Rasa's own training data."""
        return ()

    def keep(self, model: Learnt) -> Resource:
        """Keeps a trained model in Rasa's model file."""
        self._model = model
        with self._storage.write_to(self._resource) as folder:
            model.save(folder)
        return self._resource
