"""Names every table of the bot once, so that migrations and merges of contacts see all of them."""

from bot.capture.models import CaptureLink
from bot.contacts.models import Contact, SealedContact
from bot.conversations.media import Media
from bot.conversations.models import ConversationQueue, Item, Turn
from bot.deliveries.models import Delivery, Update
from bot.model import Base
from bot.notices.models import Notice
from bot.outbox.models import Number, Sending, Upload
from storage.kept_blobs import add_tables

__all__ = [
    "Base",
    "CaptureLink",
    "Contact",
    "ConversationQueue",
    "Delivery",
    "Item",
    "Media",
    "Notice",
    "Number",
    "SealedContact",
    "Sending",
    "Turn",
    "Update",
    "Upload",
]

add_tables(Base.metadata)
