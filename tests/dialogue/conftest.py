"""One real Rasa with the trained model, alone: nobody answers behind it."""

from collections.abc import Iterator

import pytest

from scripts import train
from tests.e2e.stack import Stack


@pytest.fixture(scope="module")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Rasa, ready; the action server is down."""
    model = train.model_path()
    assert model.exists(), "There is no trained model of the present sources: make train"
    stack = Stack(tmp_path_factory.mktemp("rasa"), model)
    try:
        stack.start("dialogue")
        stack.wait_ready("dialogue")
        yield stack
    finally:
        stack.stop()
