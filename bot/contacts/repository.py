"""Finds, makes and unites contacts; the only place that decides whether two names of WhatsApp are one person."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.contacts.identity import Identity
from bot.contacts.models import Contact
from bot.conversations.models import ConversationQueue
from bot.conversations.repository import wake
from bot.model import Base


async def find(session: AsyncSession, contact_id: str) -> Contact | None:
    """The contact of that id, or the one into which it was merged."""
    contact = await session.get(Contact, contact_id)
    while contact is not None and contact.merged_into is not None:
        contact = await session.get(Contact, contact.merged_into)
    return contact


async def former_ids(session: AsyncSession, contact_id: str) -> list[str]:
    """The ids of the contacts that were merged into this one, one after another."""
    found: list[str] = []
    nearest = [contact_id]
    while nearest:
        nearest = list((await session.execute(select(Contact.id).where(Contact.merged_into.in_(nearest)))).scalars())
        found += nearest
    return found


async def with_former_ids(session: AsyncSession, contact_id: str) -> tuple[Contact | None, list[str]]:
    """The contact of that id, which bears its own names, and `former_ids`."""
    family = (await session.scalars(select(Contact).where(or_(Contact.id == contact_id, Contact.merged_into == contact_id)))).all()
    contact = next((person for person in family if person.id == contact_id), None)
    if contact is not None and contact.merged_into is not None:
        contact = await find(session, contact_id)
        return contact, await former_ids(session, contact.id) if contact is not None else []
    return contact, await former_ids(session, contact_id) if len(family) > 1 else []


async def known(session: AsyncSession, identity: Identity) -> Contact | None:
    """The contact of that identity with what it tells newly learnt, or None where nobody is known by it."""
    by_user = await _by(session, Contact.user_id, identity.user_id)
    by_phone = await _by(session, Contact.wa_id, identity.wa_id)
    await lock(session, by_user, by_phone)
    contact = by_user or by_phone
    if contact is None:
        return None
    if by_phone is not None and by_phone is not contact:
        if by_phone.user_id is None:
            contact = await unite(session, contact, by_phone)
        else:
            by_phone.wa_id = None  # the number has passed to another person, who must not inherit a stranger's draft
            await session.flush()
    elif by_user is None and identity.user_id is not None and contact.user_id is not None:
        contact.wa_id = None  # likewise: a known number under a BSUID that was never seen
        await session.flush()
        return None
    contact.wa_id = identity.wa_id or contact.wa_id
    contact.user_id = identity.user_id or contact.user_id
    contact.name = identity.name or contact.name
    await session.flush()
    return contact


async def learn(session: AsyncSession, contact: Contact, identity: Identity) -> None:
    """Takes over a name of WhatsApp that the contact lacks, as a status may tell it, when nobody else goes by it.

    The caller holds the message's row, so the queue is not waited for: while it is locked, the name is learnt from a later status.
    """
    lacks = (contact.wa_id is None and identity.wa_id is not None) or (contact.user_id is None and identity.user_id is not None)
    if not lacks or await session.get(ConversationQueue, contact.id, with_for_update={"skip_locked": True}) is None:
        return
    if contact.wa_id is None and await _by(session, Contact.wa_id, identity.wa_id) is None:
        contact.wa_id = identity.wa_id
    if contact.user_id is None and await _by(session, Contact.user_id, identity.user_id) is None:
        contact.user_id = identity.user_id


def new(identity: Identity, at: datetime) -> Contact:
    """A contact of that identity, seen for the first time."""
    return Contact(id=str(uuid.uuid4()), wa_id=identity.wa_id, user_id=identity.user_id, name=identity.name, created_at=at)


async def add_all(session: AsyncSession, contacts: Sequence[Contact]) -> None:
    """Keeps new contacts, each with its conversation queue."""
    if not contacts:
        return
    session.add_all(contacts)
    await session.flush()
    session.add_all(ConversationQueue(contact_id=contact.id, attempts=0) for contact in contacts)
    await session.flush()


async def load(session: AsyncSession, ids: Collection[str]) -> dict[str, Contact]:
    """The contacts of these ids, each by the id asked for, or those into which they were merged."""
    found = {contact.id: contact for contact in await session.scalars(select(Contact).where(Contact.id.in_(ids)))} if ids else {}
    merged = [contact.id for contact in found.values() if contact.merged_into is not None]
    return found | {id: contact for id in merged if (contact := await find(session, id)) is not None}


async def take_over(session: AsyncSession, contact_id: str, phone: str | None, name: str | None, at: datetime) -> bool:
    """Knows a person by the id that the back office knows them by, after a restore; whether they were not known by it.

    Who wrote anew meanwhile is the same person by the phone: that id leads to them, and what was kept under it is theirs.
    """
    if await session.get(Contact, contact_id) is not None:
        return False
    wa_id = phone.removeprefix("+") if phone else None
    present = await _by(session, Contact.wa_id, wa_id)
    merged_into = None if present is None else present.id
    contact = Contact(id=contact_id, wa_id=None if present else wa_id, name=name, created_at=at, merged_into=merged_into)
    await add_all(session, [contact])
    return True


async def see(session: AsyncSession, identity: Identity, at: datetime) -> Contact:
    """The contact of that identity, made on first sight. Two processes may see the same person first: one of them wins, both get it."""
    for _ in range(3):
        if (contact := await known(session, identity)) is not None:
            return contact
        contact = new(identity, at)
        try:
            async with session.begin_nested():
                await add_all(session, [contact])
        except IntegrityError:
            continue
        return contact
    raise RuntimeError("a contact appears and vanishes")


async def change(session: AsyncSession, old: Identity, new: Identity, at: datetime) -> Contact:
    """The same person under a new number or BSUID (a system message), in whichever order old and new names were seen.

    A BSUID is made anew with a new number, so a number that changed without telling the new BSUID makes us forget the old one.
    """
    named = [
        await _by(session, Contact.wa_id, old.wa_id),
        await _by(session, Contact.user_id, old.user_id),
        await _by(session, Contact.wa_id, new.wa_id),
        await _by(session, Contact.user_id, new.user_id),
    ]
    people = list(dict.fromkeys(person for person in named if person is not None))
    await lock(session, *people)
    if not people:
        return await see(session, new, at)
    contact = people[0]
    for other in people[1:]:
        contact = await unite(session, contact, other)
    contact.wa_id = new.wa_id or contact.wa_id
    contact.user_id = new.user_id
    await session.flush()
    return contact


async def unite(session: AsyncSession, one: Contact, other: Contact) -> Contact:
    """Makes one contact of two: the one who wrote last stays, because the conversation under way goes by its id."""
    longest_ago = one.created_at.min.replace(tzinfo=one.created_at.tzinfo)
    keep, gone = sorted((one, other), key=lambda c: (c.last_inbound_at or longest_ago, c.id), reverse=True)
    wa_id, user_id = keep.wa_id or gone.wa_id, keep.user_id or gone.user_id
    gone.wa_id = gone.user_id = None
    gone.merged_into = keep.id
    await session.flush()
    keep.wa_id, keep.user_id, keep.name = wa_id, user_id, keep.name or gone.name
    keep.changed_at = max((moment for moment in (keep.changed_at, gone.changed_at) if moment is not None), default=None)
    for table in Base.metadata.tables.values():
        if "contact_id" in table.c and table is not ConversationQueue.__table__:
            await session.execute(update(table).where(table.c.contact_id == gone.id).values(contact_id=keep.id))
    await session.execute(update(ConversationQueue).where(ConversationQueue.contact_id == gone.id).values(due_at=None))
    await wake(session, [keep.id], keep.created_at)
    await session.flush()
    return keep


async def _by(session: AsyncSession, column: InstrumentedAttribute[str | None], value: str | None) -> Contact | None:
    if value is None:
        return None
    return (await session.execute(select(Contact).where(column == value))).scalar_one_or_none()


async def lock(session: AsyncSession, *people: Contact | None) -> None:
    """Locks the queues of these contacts before anything of them is changed, always in the same order."""
    if not (ids := sorted({person.id for person in people if person is not None})):
        return
    await session.execute(
        select(ConversationQueue.contact_id)
        .where(ConversationQueue.contact_id.in_(ids))
        .order_by(ConversationQueue.contact_id)
        .with_for_update()
    )
