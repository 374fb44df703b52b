"""Says whether free-form messages may be sent to a person. Pure."""

from datetime import datetime, timedelta

from bot.contacts.models import Contact

WINDOW = timedelta(hours=24) - timedelta(minutes=5)
"""The customer service window, closed a little early: our clock and Meta's may differ."""


def window_open(contact: Contact, now: datetime) -> bool:
    """Whether free-form messages may be sent: 24 hours from the person's last message or call."""
    return contact.last_inbound_at is not None and now < contact.last_inbound_at + WINDOW
