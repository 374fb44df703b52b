"""Notes who needs which blob, and says which are needed by others, so that erasing one case's pictures never takes another's."""

import uuid
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, delete, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.documents import BlobUse
from backoffice.cases.products import Product


def of_case(case_id: int) -> str:
    """The owner of the pictures of a case's documents."""
    return f"permohonan:{case_id}"


def of_message(message_id: str) -> str:
    """The owner of what came with a message to the complaints desk."""
    return f"aduan:{message_id}"


_ARRIVAL = "datang:"


async def note_arrival(session: AsyncSession, blob: str, now: datetime) -> None:
    """Notes that a blob is about to be stored: whatever becomes of what it belongs to, `documents.sweeping` finds it."""
    session.add(BlobUse(owner=f"{_ARRIVAL}{_moment(now)}:{uuid.uuid4()}", blob=blob))


def arrived_before(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    """What holds of an arrival noted before that moment: a range of the key."""
    return BlobUse.owner.startswith(_ARRIVAL), BlobUse.owner >= _ARRIVAL, BlobUse.owner < _ARRIVAL + _moment(moment)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H%M%S")


async def note_uses(session: AsyncSession, owner: str, blobs: Iterable[str]) -> None:
    """Notes that the owner needs these blobs, whether or not it needed some of them before."""
    known = set(await session.scalars(select(BlobUse.blob).where(BlobUse.owner == owner)))
    session.add_all([BlobUse(owner=owner, blob=blob) for blob in sorted(set(blobs) - known)])


async def needed_by_others(
    session: AsyncSession, blobs: Collection[str], owners: Collection[str], arrived_since: datetime | None = None
) -> set[str]:
    """Those of the blobs that somebody else than these owners needs: another case or message, a draft or final PDF, a transfer under way.

    Arrivals before `arrived_since` are no needs any more, whether or not they have been swept.
    """
    elsewhere = select(BlobUse.blob).where(BlobUse.blob.in_(blobs), BlobUse.owner.not_in(owners))
    if arrived_since is not None:
        elsewhere = elsewhere.where(not_(and_(*arrived_before(arrived_since))))
    products = select(Product.blob).where(Product.blob.in_(blobs))
    return set(await session.scalars(elsewhere.union(products)))


async def forget_uses(session: AsyncSession, owners: Collection[str]) -> None:
    """Notes that these owners need nothing any more."""
    await session.execute(delete(BlobUse).where(BlobUse.owner.in_(owners)))
