"""Rasa component: takes documents, application numbers and complaint numbers out of a message."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from language.documents import find_documents
from language.phrases import spans

OPEN = frozenset({"ktp", "ktp_pasangan", "sptjm"})
"""Named without saying which: no value of the contract."""
NUMBERS = {"nomor_registrasi": "LM", "nomor_aduan": "ADU"}
_NUMBER = r"\b({letters})[\s.\-_/]*(\d{{6}})[\s.\-_/]*([0-9A-Z]{{4}})\b"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DocumentAndNumberExtractor(GraphComponent, EntityExtractorMixin):
    """Knows its words from lists and its numbers from their form, so there is nothing to train."""

    def __init__(self) -> None:
        """Load the lists once."""
        self._numbers = {entity: re.compile(_NUMBER.format(letters=letters), re.IGNORECASE) for entity, letters in NUMBERS.items()}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> GraphComponent:
        """Rasa's way to make a component."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what was found to each message's entities."""
        for message in messages:
            found = self.add_extractor_name(self._entities(message.get(TEXT) or ""))
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _entities(self, text: str) -> list[dict[str, Any]]:
        at = spans(text)
        documents = [
            {"entity": "jenis_berkas", "value": n.value, "start": at[n.start][0], "end": at[min(n.end, len(at)) - 1][1]}
            for n in find_documents(text)
            if n.value not in OPEN and n.start < len(at)
        ]
        numbers = [
            {"entity": entity, "value": "-".join(match.groups()).upper(), "start": match.start(), "end": match.end()}
            for entity, pattern in self._numbers.items()
            for match in pattern.finditer(text)
        ]
        return documents + numbers
