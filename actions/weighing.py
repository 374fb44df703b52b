"""Weighs what the complaint model heard: whether a message complains, what a whole story is about, and whom it may accuse. Pure."""

from collections.abc import Sequence
from math import exp

from intake.drafts.model import StoryPart
from standard.complaints import categories

SURE = -0.05
"""Margin from which on a message is taken as a complaint. No look-alike of a set that was left out came above -0.2 (docs/complaints.md)."""

CERTAIN = 0.3
"""Margin from which on the citizen has said that they complain, whatever else could be read in the message."""

ACCUSING = 0.5
"""Margin of accusing from which on a message is weighed as if no registration accounted for it: no report may be missed."""

NEAR = -0.3
"""Margin from which on the citizen is asked whether it is one, whatever else was understood."""

DOUBT = -0.5
"""Margin from which on they are asked where nothing else was understood."""

LOST, LOST_WORDS = -0.65, 8
"""The same of a message of so many words or more, so much is hardly written for nothing; from DOUBT on it is asked about in any case."""

WISH = -0.2
"""Margin from which on something said of an earlier complaint is taken as said."""

AGAIN = -0.3
"""The same of `buka_lagi`, behind a complaint that is closed."""

MORE = -0.3
"""The same of something more of it, about which the citizen is asked."""

SAID = 0.4
"""The same of somebody who has no complaint with us."""

GRAVE_ALONE, GRAVE_TOGETHER = 0.5, -0.9
"""A story is restricted where one of its messages that complains accuses clearly, or the whole comes near to it: how far its messages
accuse, and by how much the likeliest of the restricted kinds leads, added up. Chosen on sets that were left out (docs/complaints.md):
there the first report is missed from -0.5 on."""

CLEARLY = 0.3
"""The lead of the likeliest kind from which on the others are not offered."""

OFFERED = 2
"""Kinds that are offered where none is clear."""

SHARPNESS = 4.0
"""How fast a message's say in the story falls where it hardly complains."""

ANY = "umum"
"""The kind of a complaint that does not say what about."""

SHORT = 4
"""Words up to which a message of that kind only wishes to complain."""


def is_bare(stated: StoryPart) -> bool:
    """Whether the message only wishes to complain and tells nothing yet."""
    if not stated.kinds:
        return len(stated.text.split()) < SHORT + 2
    return len(stated.text.split()) <= SHORT and max(stated.kinds, key=lambda kind: stated.kinds[kind]) == ANY


def about(parts: Sequence[StoryPart]) -> list[str]:
    """What the story may be about, the likeliest first; nothing where none of it says."""
    totals = _totals(parts)
    return sorted(totals, key=lambda kind: -totals[kind])


def choices(parts: Sequence[StoryPart]) -> list[str]:
    """The kinds to choose from, the likeliest first: a single one where it leads clearly."""
    totals, ranked = _totals(parts), about(parts)
    return [kind for kind in ranked[:OFFERED] if totals[ranked[0]] - totals[kind] < CLEARLY]


def accuses(parts: Sequence[StoryPart]) -> bool:
    """Whether the story may accuse somebody or tell of misused data. In doubt it does."""
    if any(part.grave >= GRAVE_ALONE for part in parts if part.complains >= NEAR):
        return True
    totals = _totals(parts)
    if not totals:
        return False
    grave = max((value for kind, value in totals.items() if categories()[kind].restricted), default=-1.0)
    others = max((value for kind, value in totals.items() if not categories()[kind].restricted), default=-1.0)
    return _mean(parts) + grave - others >= GRAVE_TOGETHER


def _mean(parts: Sequence[StoryPart]) -> float:
    """How far the messages accuse, each with its say."""
    stated = [part for part in parts if part.kinds]
    return sum(_say(part) * part.grave for part in stated) / sum(_say(part) for part in stated)


def _totals(parts: Sequence[StoryPart]) -> dict[str, float]:
    """The margins of the story's kinds: those of its messages, each with its say."""
    stated = [part for part in parts if part.kinds]
    if not stated:
        return {}
    whole = sum(_say(part) for part in stated)
    kinds = {kind for part in stated for kind in part.kinds if kind in categories()}
    return {kind: sum(_say(part) * part.kinds.get(kind, -1.0) for part in stated) / whole for kind in kinds}


def _say(part: StoryPart) -> float:
    """A message's say in the story, 0 to 1."""
    return float(1 / (1 + exp(-SHARPNESS * part.complains)))
