"""Keeps what the acts of a case say of people beside its chain, encrypted with a key of the case: values put right, numbers from SIAK,
parcels, notes. Erasing the key erases them, and the chain still verifies, for it holds names of fields and keyed hashes only.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case, CaseEvent, CaseKey, KeptValue
from storage.database import keyring_of
from storage.keyring import Box, Keyring

NONCE_BYTES = 12
KEY_BYTES = 32

Change = tuple[str | None, str]
"""A value before and after; None where nothing was declared."""

Private = dict[str, Any]
"""What an event says of people, by the member of its data where it would stand: `siak`, `kia`, `note`."""

BESIDE = "~"
"""Begins the name under which a member of an event's data is kept; no field's name does."""
SEALED = "sealed"
"""The member of an event's data that holds the keyed hashes of those that are kept beside it."""
OF_A_PARCEL = ("tracking", "ktp_tracking", "received_by", "ktp_received_by", "papers_received_by")
"""Of `kia` these; its state and courier are nobody's."""


class CaseValues:
    """The values of cases. The caller holds the transaction, and the case's row locked where something is kept."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._keys = keys_box(keyring_of(session))

    async def digest(self, case: Case, field: str, value: str) -> str:
        """The keyed hash by which an event vouches for a value, 64 hex figures."""
        return hmac.new(await self._key(case), f"{field}\0{value}".encode(), hashlib.sha256).hexdigest()

    async def keep(self, case: Case, event: CaseEvent, field: str, change: Change) -> None:
        """Keeps one change beside its event."""
        await self._keep(case, event.sequence, field, change)

    async def seal(self, case: Case, private: Private) -> dict[str, str]:
        """The keyed hashes of these members, by their names, as an event's data holds them; none makes no key."""
        return {name: await self.digest(case, name, _written(value)) for name, value in sorted(private.items())}

    async def keep_private(self, case: Case, event: CaseEvent, private: Private) -> None:
        """Keeps these members beside their event."""
        for name, value in private.items():
            await self._keep(case, event.sequence, f"{BESIDE}{name}", value)

    async def private(self, case: Case) -> dict[int, Private]:
        """What the events of a case say of people, by their sequence; nothing where it was erased, or an older program wrote it plain."""
        found: dict[int, Private] = {}
        for kept, value in await self._opened_rows(case):
            if kept.field.startswith(BESIDE):
                found.setdefault(kept.sequence, {})[kept.field.removeprefix(BESIDE)] = value
        return found

    async def first_altered(self, case: Case, events: Iterable[CaseEvent]) -> int | None:
        """The sequence of the first event beside which another value lies than it vouches for; what was erased is not missed."""
        try:
            private = await self.private(case)
        except (InvalidTag, ValueError):
            return 1
        for event in events:
            hashes = event.data.get(SEALED, {})
            for name, value in private.get(event.sequence, {}).items():
                if hashes.get(name) != await self.digest(case, name, _written(value)):
                    return event.sequence
        return None

    async def notes(self, case: Case) -> dict[int, str]:
        """What was written to the events, by their sequence."""
        return {sequence: members["note"] for sequence, members in (await self.private(case)).items() if "note" in members}

    async def changes(self, case: Case) -> dict[str, list[tuple[int, Change]]]:
        """All changes by field, the first first, each with the sequence of its event; none where they were erased."""
        found: dict[str, list[tuple[int, Change]]] = {}
        for kept, value in await self._opened_rows(case):
            if not kept.field.startswith(BESIDE):
                before, after = value
                found.setdefault(kept.field, []).append((kept.sequence, (before, after)))
        return found

    async def _keep(self, case: Case, sequence: int, field: str, value: Any) -> None:
        sealed = _close(AESGCM(await self._key(case)), json.dumps(value).encode(), f"{case.number}:{field}")
        self._session.add(KeptValue(case_id=case.id, sequence=sequence, field=field, sealed=sealed))

    async def _opened_rows(self, case: Case) -> list[tuple[KeptValue, Any]]:
        row = await self._session.get(CaseKey, case.id)
        if row is None:
            return []
        cipher = AESGCM(self._opened(case, row))
        query = select(KeptValue).where(KeptValue.case_id == case.id).order_by(KeptValue.sequence)
        return [
            (kept, json.loads(_open(cipher, kept.sealed, f"{case.number}:{kept.field}"))) for kept in await self._session.scalars(query)
        ]

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


def parted(data: Mapping[str, Any]) -> tuple[dict[str, Any], Private]:
    """An event's data without what it says of people, and that. What is only taken away (None) stays."""
    public = dict(data)
    private: Private = {name: public.pop(name) for name in ("siak", "note") if public.get(name)}
    parcel = {name: value for name, value in data.get("kia", {}).items() if name in OF_A_PARCEL and value}
    if parcel:
        private["kia"] = parcel
        public["kia"] = {name: value for name, value in data["kia"].items() if name not in parcel}
    return public, private


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


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
