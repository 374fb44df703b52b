"""Keeps whose a sealed name is, until the complaint behind it is long over: then nobody can tell any more."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts.models import Contact, SealedContact
from bot.contacts.repository import find


async def seal(session: AsyncSession, name: str, contact_id: str) -> bool:
    """Notes whose name it is; the same again changes nothing. False where there is no such contact."""
    contact = await find(session, contact_id)
    if contact is None:
        return False
    if await session.get(SealedContact, name) is None:
        session.add(SealedContact(name=name, contact_id=contact.id))
    return True


async def behind(session: AsyncSession, name: str) -> Contact | None:
    """Whose name it is; None where nobody can tell any more."""
    row = await session.get(SealedContact, name)
    return await find(session, row.contact_id) if row is not None else None


async def forget(session: AsyncSession, name: str) -> str | None:
    """Deletes the link; the contact whose it was, None where there was none."""
    deleted = delete(SealedContact).where(SealedContact.name == name).returning(SealedContact.contact_id)
    return await session.scalar(deleted)
