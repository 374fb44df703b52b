"""A contact under seal: the name by which the office answers somebody whom it must not know. Only the bot can tell whose it is."""

from contracts.shape import Shape

PREFIX = "sealed-"
PATH = "/internal/sealed/"


class Sealing(Shape):
    """The body of `PUT {BOT_URL}/internal/sealed/{name}`: whose name it is."""

    contact: str


def is_sealed(contact: str) -> bool:
    """Whether an id is such a name."""
    return contact.startswith(PREFIX)
