"""Says who has a case in hand: taken with a name, free again after idle time, taken over by a supervisor."""

from datetime import datetime, timedelta
from typing import Any, Protocol

from backoffice.actor import Actor
from backoffice.cases.models import Case
from backoffice.errors import NotTaken, Taken
from standard.roles import Permission


class Held(Protocol):
    """A case, or a row of a list of cases."""

    taken_by: Any
    taken_until: Any


def holder(case: Held, now: datetime) -> str | None:
    """Who has the case in hand now: the id of a member of staff, or None."""
    return case.taken_by if case.taken_by and case.taken_until and case.taken_until > now else None


def take(case: Case, actor: Actor, now: datetime, minutes: int) -> None:
    """Takes a free case, keeps an own one, takes over a colleague's where the actor may. Raises Taken."""
    held_by = holder(case, now)
    if held_by not in (None, actor.id) and not actor.may(Permission.TAKE_OVER):
        raise Taken(staff_id=held_by, number=case.number)
    case.taken_by, case.taken_until = actor.id, now + timedelta(minutes=minutes)


def keep(case: Case, actor: Actor, now: datetime, minutes: int) -> None:
    """Prolongs the hold of whoever has the case in hand; does nothing for others."""
    if actor.id is not None and holder(case, now) == actor.id:
        case.taken_until = now + timedelta(minutes=minutes)


def hand_over(case: Case, actor: Actor, to: str, now: datetime, minutes: int) -> None:
    """Puts the case into a colleague's hands: by its holder, or by who may take over. Raises Taken."""
    held_by = holder(case, now)
    if held_by != actor.id and not actor.may(Permission.TAKE_OVER):
        raise Taken(staff_id=held_by, number=case.number)
    case.taken_by, case.taken_until = to, now + timedelta(minutes=minutes)


def release(case: Case) -> None:
    """Lets the case go."""
    case.taken_by, case.taken_until = None, None


def require(case: Case, actor: Actor, now: datetime, minutes: int) -> None:
    """Lets act who has the case in hand, or needs not take it. Raises Taken where a colleague has it, NotTaken where nobody has."""
    if not actor.takes_cases:
        return
    held_by = holder(case, now)
    if held_by is None:
        raise NotTaken(number=case.number)
    if held_by != actor.id:
        raise Taken(staff_id=held_by, number=case.number)
    keep(case, actor, now, minutes)


def may_see_identity(case: Case, actor: Actor, now: datetime) -> bool:
    """Whether names, numbers and pictures are shown: to the holder, and to roles that see all."""
    return actor.may(Permission.SEE_IDENTITY) or (actor.id is not None and holder(case, now) == actor.id)
