"""Decides what one person's queue does next: which waiting items make a turn now, or until when to wait. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, takewhile

from contracts.turn import TurnKind
from standard.typed import TEXT_LONGEST

TEXTS_MOST = 5
"""Texts of one turn: who writes more gets an answer to the first of them sooner."""


@dataclass(frozen=True)
class Waiting:
    """What the agenda knows of an item: `ready` when its files are fetched or given up, `length` of a text in letters, whether it asks."""

    id: int
    kind: TurnKind
    received_at: datetime
    ready: bool
    length: int = 0
    asks: bool = False


@dataclass(frozen=True)
class Rules:
    """The settings of the same name, as lengths of time."""

    album_window: timedelta
    album_longest: timedelta
    media_patience: timedelta


@dataclass(frozen=True)
class Open:
    """Make a turn of these items."""

    items: tuple[int, ...]


@dataclass(frozen=True)
class Wait:
    """Look again at that moment; at None only when something new comes."""

    until: datetime | None


def decide(waiting: Sequence[Waiting], now: datetime, rules: Rules) -> Open | Wait:
    """The next step of a queue whose items are given in order.

    A photo that is being fetched holds the queue up for `media_patience`, a notice not at all; after that they are passed over, and make
    a turn of their own when they are complete. Texts in a row that wait are one turn; none waits for
    another. Photos in a row are one turn, when none came for `album_window`, at the latest after `album_longest`.
    """
    present = [item for item in waiting if item.ready or _held_up(item, now, rules)]
    if not present:
        return Wait(None)
    head = present[0]
    if head.kind is TurnKind.TEXT:
        return Open(_texts(present))
    if head.kind is not TurnKind.DOCUMENTS:
        return Open((head.id,))
    album = []
    for item in present:
        if item.kind is not TurnKind.DOCUMENTS:
            break
        album.append(item)
    first, last = min(i.received_at for i in album), max(i.received_at for i in album)
    quiet_at = min(last + rules.album_window, first + rules.album_longest)
    if now < quiet_at:
        return Wait(quiet_at)
    unready = [i for i in album if not i.ready]
    if unready:
        return Wait(min(i.received_at for i in unready) + rules.media_patience)
    return Open(tuple(i.id for i in album))


def _texts(present: Sequence[Waiting]) -> tuple[int, ...]:
    """The texts that come first, as many as one text may be long together, a line each.

    What asks stands alone: of two questions in one text one would be answered.
    """
    if present[0].asks:
        return (present[0].id,)
    lengths = accumulate(item.length + 1 for item in present)
    fitting = takewhile(
        lambda pair: pair[0].kind is TurnKind.TEXT and not pair[0].asks and pair[1] <= TEXT_LONGEST + 1, zip(present, lengths, strict=True)
    )
    return tuple(item.id for item, _ in fitting)[:TEXTS_MOST] or (present[0].id,)


def is_passed_over(item: Waiting, now: datetime, rules: Rules) -> bool:
    """Whether a person's file has been fetched for so long that the queue goes on without it."""
    return item.kind is TurnKind.DOCUMENTS and not item.ready and not _held_up(item, now, rules)


def _held_up(item: Waiting, now: datetime, rules: Rules) -> bool:
    return item.kind is not TurnKind.NOTICE and now < item.received_at + rules.media_patience
