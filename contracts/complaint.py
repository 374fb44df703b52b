"""Complaints: what a citizen tells the desk, what they add, and how it stands."""

from typing import Annotated

from pydantic import AfterValidator, Field

from contracts.moments import Moment
from contracts.shape import CaseNumber, ComplaintNumber, Contact, Sha256, Shape
from standard.complaints import categories


def _known(category: str) -> str:
    """Raises ValueError for a category that the standard does not have."""
    if category not in categories():
        raise ValueError("unknown category")
    return category


TEXT_LONGEST = 10_000
"""Characters of one text; a longer story goes on in messages."""


class Complaint(Shape):
    """A complaint, a suggestion, or a wish for a person."""

    number: ComplaintNumber
    contact: Contact
    category: Annotated[str, AfterValidator(_known)]
    text: Annotated[str, Field(max_length=TEXT_LONGEST)]
    case: CaseNumber | None = None
    restricted: bool = False
    anonymous: bool = False
    """The desk sees neither name nor number, and nothing links it to a case."""
    doubtful: bool = False
    """It may accuse somebody: restricted until its reader has decided."""
    created_at: Moment


PICTURES_MOST = 30
"""Pages that one message to the desk may carry."""


class Picture(Shape):
    """A page of what was sent along."""

    blob: Sha256
    mime: Annotated[str, Field(max_length=200)]


class ComplaintMessage(Shape):
    """What the citizen adds to a complaint."""

    text: Annotated[str, Field(max_length=TEXT_LONGEST)] = ""
    at: Moment
    attachments: Annotated[list[Picture], Field(max_length=PICTURES_MOST)] = []


class ComplaintCategory(Shape):
    """What the citizen says that it is about."""

    category: Annotated[str, AfterValidator(_known)]
    at: Moment


class ComplaintRating(Shape):
    """Whether the desk's work helped: 1 (not at all) to 5."""

    value: Annotated[int, Field(ge=1, le=5)]
    at: Moment


class ComplaintWish(Shape):
    """That the citizen withdraws it, or asks that it be kept secret."""

    at: Moment


class ComplaintTaken(Shape):
    """The answer to a complaint."""

    number: str


class MessageTaken(Shape):
    """The answer to what was added."""

    number: str
    state: str


class ComplaintState(Shape):
    """How a complaint stands, and by when it is answered."""

    number: str = ""
    state: str
    category: str = ""
    answer_due: Moment | None = None
    reopen_until: Moment | None = None
