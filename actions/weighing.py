"""Weighs what the complaint model heard: whether a message complains, what a whole story is about, and whom it may accuse. Pure."""

from collections.abc import Sequence

from intake.drafts.model import Told
from standard.complaints import categories

SURE = 0.05
"""Margin from which on a message is taken as a complaint."""

BOTH = -0.2
"""Margin from which on, where the intent model hears a complaint or a suggestion too, the citizen is asked even beside an answer."""

DOUBT = -0.4
"""Margin from which on the citizen is asked whether it is one, where nothing else was understood."""

WISH = -0.1
"""Margin from which on something said of an earlier complaint is taken as said."""

AGAIN = -0.3
"""The same of `buka_lagi`, behind a complaint that is closed."""

SAID = 0.4
"""The same of somebody who has no complaint with us."""

GRAVE_ALONE, GRAVE_TOGETHER = -0.4, -0.2
"""A story is restricted where one of its messages comes as near to an accusation, or the whole story to it as to anything else."""

SHARPNESS = 4.0
"""How fast a message's say in the story falls where it hardly complains."""

ANY = "umum"
"""The kind of a complaint that does not say what about."""

SHORT = 4
"""Words up to which a message of that kind only wishes to complain."""


def is_bare(told: Told) -> bool:
    """Whether the message only wishes to complain and tells nothing yet."""
    if not told.kinds:
        return len(told.text.split()) < SHORT + 2
    return len(told.text.split()) <= SHORT and max(told.kinds, key=lambda kind: told.kinds[kind]) == ANY


def about(parts: Sequence[Told]) -> list[str]:
    """What the story may be about, the likeliest first; nothing where none of it says."""
    totals = _totals(parts)
    return sorted(totals, key=lambda kind: -totals[kind])


def accuses(parts: Sequence[Told]) -> bool:
    """Whether the story may accuse somebody or tell of misused data. In doubt it does."""
    grave = [kind for kind, row in categories().items() if row.restricted]
    alone = [max((part.kinds.get(kind, -1.0) for kind in grave), default=-1.0) for part in parts if part.complains > DOUBT]
    if alone and max(alone) >= GRAVE_ALONE:
        return True
    totals = _totals(parts)
    others = [value for kind, value in totals.items() if kind not in grave]
    return bool(totals) and max(totals.get(kind, -9.0) for kind in grave) - max(others, default=-9.0) >= GRAVE_TOGETHER


def _totals(parts: Sequence[Told]) -> dict[str, float]:
    totals: dict[str, float] = {}
    for part in parts:
        say = 1 / (1 + 2.718281828 ** (-SHARPNESS * part.complains))
        for kind, margin in part.kinds.items():
            if kind in categories():
                totals[kind] = totals.get(kind, 0.0) + say * margin
    return totals
