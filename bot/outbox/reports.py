"""Takes in what Meta reports about a send: finds the row by our own id, notes the price, and moves the state upward."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts.models import Contact
from bot.graph.errors import known_code
from bot.outbox import failures, repository
from bot.outbox.models import Number, Sending, State
from bot.outbox.statuses import REPORTED
from bot.outbox.statuses import merge as merge_states


@dataclass(frozen=True)
class Merged:
    """For each status who got the message that it is about, None where that is none of ours; and which workers have something to do."""

    people: list[Contact | None]
    woken: set[str]


async def merge(session: AsyncSession, statuses: Sequence[tuple[dict[str, Any], datetime]], now: datetime, number_id: str) -> Merged:
    """Takes statuses in, each with its moment, found by our own id or by the wamid. An unknown word changes nothing."""
    # Our number's row is always locked before a send's, here as in the sender, so that the two never wait for each other.
    any_failed = any(content.get("status") == "failed" for content, _ in statuses)
    number = await repository.number(session, number_id) if any_failed else None
    sends = await _Sends.load(session, [content for content, _ in statuses])
    rows: list[Sending | None] = []
    woken: set[str] = set()
    concerned: set[str] = set()
    for content, at in statuses:
        rows.append(row := sends.of(content))
        if row is None:
            continue
        moved = await _take_in(session, row, content, at, now, number)
        sends.note(row)
        if not moved:
            continue
        woken.add("outbox")  # the next message to that person waits for the former's status no longer
        concerned |= {row.notice_id} if row.notice_id is not None else set()
    await session.flush()
    for notice_id in sorted(concerned):
        await repository.refresh_notice(session, notice_id, now)
        woken.add("notices")
    return Merged([sends.people[row.id] if row is not None else None for row in rows], woken)


async def _take_in(
    session: AsyncSession, row: Sending, content: dict[str, Any], at: datetime, now: datetime, number: Number | None
) -> bool:
    """Whether it moves the send to another state; its notice is then refreshed by the caller."""
    _note_price(row, content.get("pricing"))
    reported = REPORTED.get(str(content.get("status")))
    if reported is None:
        return False
    wamid = str(content["id"])
    if reported is State.FAILED:
        if row.wamid not in {None, wamid} or merge_states(State(row.state), reported) is not State.FAILED:
            return False
        code, details = _error(content)
        await failures.apply(session, row, failures.Failure(code, None, details, reported_at=at), now, number)
        return True
    row.wamid = row.wamid or wamid
    merged = merge_states(State(row.state), reported)
    if merged is State(row.state):
        return False
    row.next_try_at = row.claim = None
    row.state, row.state_at = merged, max(at, row.created_at)
    return True


class _Sends:
    """The sends that some statuses are about, locked, and to whom they went."""

    def __init__(self, rows: Sequence[tuple[Sending, Contact]]) -> None:
        self.people = {row.id: contact for row, contact in rows}
        self._by_id = {row.id: row for row, _ in rows}
        self._by_wamid: dict[str, Sending] = {}
        for row, _ in rows:
            self.note(row)

    def note(self, row: Sending) -> None:
        """It may have got its wamid."""
        if row.wamid is not None:
            self._by_wamid[row.wamid] = row

    @classmethod
    async def load(cls, session: AsyncSession, contents: Sequence[dict[str, Any]]) -> "_Sends":
        ours = {value for c in contents if isinstance(value := c.get("biz_opaque_callback_data"), str)}
        wamids = {value for c in contents if isinstance(value := c.get("id"), str)}
        query = select(Sending, Contact).join(Contact, Contact.id == Sending.contact_id)
        query = query.where(or_(Sending.id.in_(ours), Sending.wamid.in_(wamids))).order_by(Sending.seq)
        return cls([(row, contact) for row, contact in await session.execute(query.with_for_update(of=Sending))])

    def of(self, content: dict[str, Any]) -> Sending | None:
        """Our own id goes before the wamid."""
        ours, wamid = content.get("biz_opaque_callback_data"), content.get("id")
        return (self._by_id.get(ours) if isinstance(ours, str) else None) or (self._by_wamid.get(wamid) if isinstance(wamid, str) else None)


def _note_price(row: Sending, pricing: Any) -> None:
    if isinstance(pricing, dict):
        row.price_category = str(pricing.get("category") or "unknown")[:40]
        row.price_type = str(pricing.get("type") or "unknown")[:40]


def _error(content: dict[str, Any]) -> tuple[int | None, str]:
    errors = content.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    data = first.get("error_data")
    details = data.get("details") if isinstance(data, dict) else None
    code = first.get("code")
    return known_code(code), str(details or first.get("title") or "")[:400]
