"""Lets changes of guarded accounts wait for a second administrator: who signs, and who looks after accounts."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.errors import Forbidden, NotFound
from backoffice.staff.models import AccountRequest, Staff
from backoffice.staff.people import People, require_sound
from standard import roles

VALID_FOR = timedelta(days=7)
"""Who has not confirmed by then is asked anew."""

NEW, PASSWORD = "baru", "kata-sandi"
ON_THE_ACCOUNT = frozenset({PASSWORD, "lepas-kode", "ubah", "buka"})
"""Acts that need a second administrator when the account itself is guarded. Closing it and ending its sessions must be quick."""


class FourEyes:
    """Requests and their decisions. The caller holds the transaction and commits it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now

    async def are_needed(self, act: str, username: str, form: dict[str, str], held: list[str]) -> bool:
        """Whether the act touches a guarded account, or makes one. Raises NotFound where there is no such account."""
        if act == NEW:
            return roles.guarded(held)
        if act == "plt":
            return roles.guarded([form.get("untuk", "").partition(":")[2]])
        person = await People(self._session, self._now).one(username)
        granted = set(held) if act == "ubah" else set()
        has = {*person.own, *(row.role for row in person.deputies)}
        return act in ON_THE_ACCOUNT and roles.guarded(has | granted)

    async def ask(self, act: str, username: str, form: dict[str, str], held: list[str], by: Actor) -> None:
        """Puts the act aside until another administrator decides. Nothing secret is kept of the form.

        Raises what `People.change` raises.
        """
        if act == "ubah":
            require_sound(await People(self._session, self._now).one(username), form.get("name", ""), held, by, form.get("email"))
        kept = {name: value for name, value in form.items() if name in ("name", "email", "untuk", "dari", "sampai")}
        self._session.add(
            AccountRequest(
                id=str(uuid.uuid4()), act=act, username=username, form={**kept, "roles": sorted(held)}, asked_by=by.id, asked_at=self._now
            )
        )
        await self._note("perubahan_diminta", username, by, act)

    async def waiting(self) -> list[tuple[AccountRequest, str]]:
        """Undecided requests with the name of who asked, the oldest first."""
        query = (
            select(AccountRequest, Staff.name)
            .join(Staff, Staff.id == AccountRequest.asked_by)
            .where(AccountRequest.decided_at.is_(None), AccountRequest.asked_at > self._now - VALID_FOR)
            .order_by(AccountRequest.asked_at)
        )
        return [(request, name) for request, name in await self._session.execute(query)]

    async def decide(self, request_id: str, granted: bool, by: Actor) -> AccountRequest:
        """Notes the decision. Raises NotFound where nothing waits, Forbidden for one's own request (withdrawing it is allowed)."""
        found = await self._session.scalar(select(AccountRequest).where(AccountRequest.id == request_id).with_for_update())
        if found is None or found.decided_at is not None or found.asked_at <= self._now - VALID_FOR:
            raise NotFound
        if granted and found.asked_by == by.id:
            raise Forbidden
        found.decided_by, found.decided_at, found.granted = by.id, self._now, granted
        await self._note("perubahan_disetujui" if granted else "perubahan_ditolak", found.username, by, found.act)
        return found

    async def _note(self, action: str, username: str, by: Actor, act: str) -> None:
        data: dict[str, Any] = {"act": act}
        await Audit(self._session, self._now).note(action, by.id, username, data)
