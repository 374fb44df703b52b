"""What migrations left to be filled in while the back office works, a batch at a time (`storage.backfills`). PostgreSQL only.

An office whose database went through the whole migrations, as a small or new one does, has nothing to fill.
"""

from functools import partial
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.numbers import UNNOTED
from backoffice.services import Services
from storage import backfills
from storage.backfills import Filling
from storage.kept_blobs import NEEDS

BATCH = 2000
"""Rows of one transaction: some tenths of a second."""

OF_BLOBS = """
WITH batch AS (SELECT owner, blob FROM blob_uses WHERE (owner, blob) > (:owner, :blob) ORDER BY owner, blob LIMIT :batch FOR SHARE),
     kept AS (INSERT INTO kept_blobs (blob) SELECT DISTINCT blob FROM batch ON CONFLICT DO NOTHING)
SELECT owner || ' ' || blob FROM batch ORDER BY owner, blob"""
OF_PRODUCTS = """
WITH batch AS (SELECT id, blob FROM products WHERE id > :place ORDER BY id LIMIT :batch FOR SHARE),
     kept AS (INSERT INTO kept_blobs (blob) SELECT DISTINCT blob FROM batch ON CONFLICT DO NOTHING),
     uses AS (INSERT INTO blob_uses (owner, blob, noted_at) SELECT 'produk:' || id, blob, CURRENT_TIMESTAMP FROM batch
              ON CONFLICT DO NOTHING)
SELECT id FROM batch ORDER BY id"""
OF_CASES = "WITH batch AS (SELECT id, number, siak FROM cases WHERE id > :place AND id <= :last ORDER BY id LIMIT :batch FOR SHARE)"
CHILDREN = (
    "CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(siak -> 'anak') = 'array' THEN siak -> 'anak' ELSE '[]' END) "
    "WITH ORDINALITY AS child (row, place) CROSS JOIN (SELECT 'akta' AS kind UNION ALL SELECT 'nik') AS kinds"
)
NUMBERS_OF_CASES = f"""{OF_CASES},
     families AS (INSERT INTO case_terms (case_id, kind, term) SELECT id, 'kk', siak ->> 'no_kk' FROM batch
                  WHERE coalesce(siak ->> 'no_kk', '') <> '' ON CONFLICT DO NOTHING),
     numbers AS (INSERT INTO issued_numbers (kind, number, case_id, child)
                 SELECT kinds.kind, child.row ->> kinds.kind, id, child.place - 1 FROM batch {CHILDREN}
                 WHERE coalesce(child.row ->> kinds.kind, '') <> '' ORDER BY id, child.place, kinds.kind ON CONFLICT DO NOTHING)
SELECT id::text FROM batch ORDER BY id"""  # noqa: S608 (texts of ours)
SHORT_NUMBERS = f"""{OF_CASES},
     words AS (INSERT INTO case_terms (case_id, kind, term) SELECT id, 'nama', substr(number, length(number) - 3) FROM batch
               ON CONFLICT DO NOTHING)
SELECT id::text FROM batch ORDER BY id"""  # noqa: S608


async def fill(services: Services) -> int:
    """Works for a while at what is left to be filled in; says how many rows it looked at."""
    return await backfills.fill(services.database, FILLINGS, services.clock)


async def _run(session: AsyncSession, statement: str, **values: Any) -> tuple[str, int] | None:
    rows = list(await session.scalars(text(statement), {"batch": BATCH, **values}))
    return (rows[-1], len(rows)) if rows else None


async def _by_id(statement: str, session: AsyncSession, place: str, last: int) -> tuple[str, int] | None:
    return await _run(session, statement, place=int(place), last=last)


async def _needs_of_blobs(session: AsyncSession, place: str, _last: int) -> tuple[str, int] | None:
    owner, _, blob = place.rpartition(" ")
    return await _run(session, OF_BLOBS, owner=owner, blob=blob)


async def _needs_of_products(session: AsyncSession, place: str, _last: int) -> tuple[str, int] | None:
    return await _run(session, OF_PRODUCTS, place=place)


async def _validate(session: AsyncSession) -> None:
    """Every need has its blob: what is there is looked at without stopping anybody."""
    if len(await backfills.unfinished(session, *NEEDS)) == 1:
        await session.execute(text("SET LOCAL statement_timeout = 0"))
        await session.execute(text("ALTER TABLE blob_uses VALIDATE CONSTRAINT fk_blob_uses_blob_kept_blobs"))


FILLINGS = {
    UNNOTED: Filling(partial(_by_id, NUMBERS_OF_CASES)),  # first: until it is done whoever enters a number waits
    "needs_of_blobs": Filling(_needs_of_blobs, _validate),
    "needs_of_products": Filling(_needs_of_products, _validate),
    "short_numbers": Filling(partial(_by_id, SHORT_NUMBERS)),
}
