"""Knows the senders of many updates at once: their contacts are read and locked together, and found by each of WhatsApp's names."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts import repository
from bot.contacts.identity import Identity
from bot.contacts.models import Contact


class People:
    """The contacts of one transaction. Who is not among them is nobody's contact yet: the caller keeps other transactions out."""

    def __init__(self, session: AsyncSession, contacts: Iterable[Contact]) -> None:
        self._session = session
        self._contacts = list(contacts)
        self._index()

    @classmethod
    async def load(cls, session: AsyncSession, identities: Iterable[Identity]) -> "People":
        """Everybody whom these identities may name, their conversation queues locked."""
        named = list(identities)
        wa_ids, user_ids = {i.wa_id for i in named if i.wa_id}, {i.user_id for i in named if i.user_id}
        if not wa_ids and not user_ids:
            return cls(session, [])
        found = (await session.scalars(select(Contact).where(or_(Contact.wa_id.in_(wa_ids), Contact.user_id.in_(user_ids))))).all()
        await repository.lock(session, *found)
        return cls(session, found)

    def known(self, identity: Identity) -> Contact | None:
        """The contact of that identity, with what it tells newly learnt; None where it is new, or where names have to be sorted out."""
        by_user, by_phone = self._by_user.get(identity.user_id or ""), self._by_phone.get(identity.wa_id or "")
        contact = by_user or by_phone
        if contact is None or (by_user is not None and by_phone is not None and by_user is not by_phone):
            return None
        if by_user is None and identity.user_id is not None and contact.user_id is not None:
            return None
        new_names = (identity.wa_id or contact.wa_id, identity.user_id or contact.user_id)
        if new_names != (contact.wa_id, contact.user_id):
            contact.wa_id, contact.user_id = new_names
            self._index()
        if identity.name and identity.name != contact.name:
            contact.name = identity.name
        return contact

    def is_new(self, identity: Identity) -> bool:
        """Whether nobody goes by either name."""
        return (identity.user_id or "") not in self._by_user and (identity.wa_id or "") not in self._by_phone

    def add(self, contact: Contact) -> None:
        """One more, or one whose names were sorted out."""
        if contact not in self._contacts:
            self._contacts.append(contact)
        self._index()

    def _index(self) -> None:
        self._by_phone = {c.wa_id: c for c in self._contacts if c.wa_id is not None}
        self._by_user = {c.user_id: c for c in self._contacts if c.user_id is not None}
