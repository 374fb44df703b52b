"""Rasa's tracker store that keeps nothing: the case lies in the intake, so no text of a citizen outlives its turn in Rasa.

Several Rasas may serve one citizen, a new model finds no old talk, and there is nothing to back up, to migrate or to erase.
"""

from collections.abc import Iterable

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker


class ForgettingTrackerStore(TrackerStore):
    """Every turn begins a conversation; its tracker lives in the memory of that one turn."""

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Lets go of the tracker."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Knows nobody."""
        return None

    async def keys(self) -> Iterable[str]:
        """No conversation is kept."""
        return ()
