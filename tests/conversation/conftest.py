"""One real Rasa with the trained model and one real action server for all written conversations."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from scripts import environment as env
from scripts import train
from storage.opening import open_blobs
from tests.conversation.office_double import OfficeDouble
from tests.conversation.phone import Phone
from tests.conversation.script import Player
from tests.e2e.stack import Stack

ROOMS = ("dialogue", "actions")
PATIENCE = 120
"""Seconds that one answer may take; the tests measure something else."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything below this folder needs Rasa and a model."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.dialogue)


class Line:
    """Where phones are connected."""

    def __init__(self, stack: Stack, office: OfficeDouble) -> None:
        self.stack, self.office = stack, office
        self._numbers = itertools.count(1)
        self.dialogue = httpx.Client(base_url=stack.url("dialogue"), headers=stack.to_dialogue, timeout=PATIENCE)
        self.blobs = open_blobs(stack.settings["BLOB_URL"], stack.settings["BLOB_KEY"], "intake")

    def player(self, contact: str) -> Player:
        """A new contact's phone."""
        return Player(Phone(self.dialogue, self.blobs, contact), self.office)

    def number(self) -> int:
        """Another number each time."""
        return next(self._numbers)

    def restart(self, *rooms: str) -> None:
        """Ends processes the hard way and starts them again."""
        self.stack.kill(*rooms)
        self.stack.start(*rooms)
        self.stack.wait_ready(*rooms)


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """Both processes, ready."""
    model = train.model_path()
    assert model.exists(), "There is no trained model of the present sources: make train"
    stack = Stack(tmp_path_factory.mktemp("conversation"), model)
    stack.commands["actions"] = [stack.commands["actions"][0], "-m", "tests.conversation.actions_server"]
    office = OfficeDouble(env.port("backoffice", stack.settings))
    try:
        stack.start(*ROOMS)
        stack.wait_ready(*ROOMS)
        yield Line(stack, office)
    finally:
        stack.stop()
        office.close()
