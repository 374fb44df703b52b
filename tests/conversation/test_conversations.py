"""Conversations as people have them, one file for each behaviour, through the real Rasa and the real action server."""

from collections import Counter

import pytest

from tests.conversation.conftest import Line
from tests.conversation.script import Conversation, conversations

WRITTEN = conversations()
BEHAVIOURS = 11


@pytest.mark.parametrize("conversation", WRITTEN, ids=lambda one: f"{one.file}: {one.title}")
def test_the_person_reads(line: Line, conversation: Conversation) -> None:
    line.player(f"{conversation.file}-{WRITTEN.index(conversation)}").play(conversation)


def test_every_behaviour_is_written_and_a_quarter_in_javanese() -> None:
    """Issue 4: at least 40 conversations, 12 of them mostly Javanese, one file for each behaviour."""
    assert len({one.file for one in WRITTEN}) == BEHAVIOURS
    assert len(WRITTEN) >= 40
    assert Counter(one.language for one in WRITTEN)["jawa"] >= 12
    titles = Counter((one.file, one.title) for one in WRITTEN)
    assert titles.most_common(1)[0][1] == 1
