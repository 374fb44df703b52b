"""Takes in what Meta reports about a send: finds the row by our own id, notes the price, and moves the state upward."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import failures, repository
from bot.outbox.models import Sending, State
from bot.outbox.statuses import REPORTED, merge


async def merge_status(session: AsyncSession, content: dict[str, Any], at: datetime, now: datetime, number_id: str) -> Sending | None:
    """Takes a status in, found by our own id or by the wamid; None when the message is none of ours. An unknown word changes nothing."""
    # Our number's row is always locked before a send's, here as in the sender, so that the two never wait for each other.
    number = await repository.number(session, number_id) if content.get("status") == "failed" else None
    row = await _reported(session, content)
    if row is None:
        return None
    _note_price(row, content.get("pricing"))
    reported = REPORTED.get(str(content.get("status")))
    if reported is None:
        return row
    wamid = str(content["id"])
    if reported is State.FAILED:
        if row.wamid in {None, wamid} and merge(State(row.state), reported) is State.FAILED:
            code, details = _error(content)
            await failures.apply(session, row, failures.Failure(code, None, details), now, number)
        return row
    row.wamid = row.wamid or wamid
    merged = merge(State(row.state), reported)
    if merged is not State(row.state):
        row.next_try_at = row.claim = None
        await repository.change(session, row, merged, max(at, row.created_at))
    return row


async def _reported(session: AsyncSession, content: dict[str, Any]) -> Sending | None:
    ours = content.get("biz_opaque_callback_data")
    for column, value in ((Sending.id, ours), (Sending.wamid, content.get("id"))):
        if isinstance(value, str):
            found = (await session.execute(select(Sending).where(column == value).with_for_update())).scalar_one_or_none()
            if found is not None:
                return found
    return None


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
    return code if isinstance(code, int) else None, str(details or first.get("title") or "")[:400]
