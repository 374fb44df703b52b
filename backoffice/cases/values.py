"""Keeps what was corrected in a case beside its chain, encrypted with a key of the case: erasing the key erases the values, and the chain
still verifies, for it holds names of fields and keyed hashes only.
"""

import hashlib
import hmac
import json
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case, CaseEvent, CaseKey, KeptValue
from backoffice.services import Services
from storage.database import keyring_of
from storage.keyring import Box, Keyring

NONCE_BYTES = 12
KEY_BYTES = 32

Change = tuple[str | None, str]
"""A value before and after; None where nothing was declared."""


class CaseValues:
    """The corrected values of cases. The caller holds the transaction, and the case's row locked where something is kept."""

    def __init__(self, session: AsyncSession, services: Services) -> None:
        self._session = session
        self._keys = keys_box(services.database.keyring)

    async def digest(self, case: Case, field: str, value: str) -> str:
        """The keyed hash by which an event vouches for a value, 64 hex figures."""
        return hmac.new(await self._key(case), f"{field}\0{value}".encode(), hashlib.sha256).hexdigest()

    async def keep(self, case: Case, event: CaseEvent, field: str, change: Change) -> None:
        """Keeps one change beside its event."""
        sealed = _close(AESGCM(await self._key(case)), json.dumps(change).encode(), f"{case.number}:{field}")
        self._session.add(KeptValue(case_id=case.id, sequence=event.sequence, field=field, sealed=sealed))

    async def changes(self, case: Case) -> dict[str, list[tuple[int, Change]]]:
        """All changes by field, the first first, each with the sequence of its event; none where they were erased."""
        row = await self._session.get(CaseKey, case.id)
        if row is None:
            return {}
        cipher = AESGCM(self._opened(case, row))
        found: dict[str, list[tuple[int, Change]]] = {}
        query = select(KeptValue).where(KeptValue.case_id == case.id).order_by(KeptValue.sequence)
        for kept in await self._session.scalars(query):
            before, after = json.loads(_open(cipher, kept.sealed, f"{case.number}:{kept.field}"))
            found.setdefault(kept.field, []).append((kept.sequence, (before, after)))
        return found

    async def _key(self, case: Case) -> bytes:
        row = await self._session.get(CaseKey, case.id)
        if row is None:
            key = os.urandom(KEY_BYTES)
            self._session.add(CaseKey(case_id=case.id, sealed=self._keys.close(key, case.number)))
            await self._session.flush()
            return key
        return self._opened(case, row)

    def _opened(self, case: Case, row: CaseKey) -> bytes:
        return self._keys.open(row.sealed, case.number)


def keys_box(keyring: Keyring) -> Box:
    """What closes the keys of cases."""
    return Box(keyring, "case keys")


async def renew_keys(session: AsyncSession, case: Case) -> None:
    """Closes the key of a case's values with the installation's newest key."""
    row = await session.get(CaseKey, case.id)
    if row is not None and (closed := keys_box(keyring_of(session)).renewed(row.sealed, case.number)):
        row.sealed = closed


async def erase_values(session: AsyncSession, case_ids: list[int]) -> None:
    """Erases the keys of these cases, and so their values, wherever a copy of them lies."""
    await session.execute(delete(KeptValue).where(KeptValue.case_id.in_(case_ids)))
    await session.execute(delete(CaseKey).where(CaseKey.case_id.in_(case_ids)))


def _close(cipher: AESGCM, plain: bytes, about: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, about.encode())


def _open(cipher: AESGCM, sealed: bytes, about: str) -> bytes:
    return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())
