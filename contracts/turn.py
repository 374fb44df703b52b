"""A turn: what the bot tells the dialogue, and the dialogue the actions, of one thing that a person did or of one notice."""

from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, Field

from contracts.moments import ExactMoment
from contracts.notice import AnyNotice
from contracts.shape import Sha256, Shape


class TurnKind(StrEnum):
    """What a turn is about: a text, a tap, a batch of files, another message, or a notice of the office."""

    TEXT = "text"
    CHOICE = "choice"
    DOCUMENTS = "documents"
    OTHER = "other"
    NOTICE = "notice"


class FileProblem(StrEnum):
    """Why a file that somebody sent is not there."""

    TOO_BIG = "TOO_BIG"
    GONE = "GONE"
    WRONG_TYPE = "WRONG_TYPE"


class Progress(Shape):
    """How many of a turn's files have been looked at, while the person waits for its answer."""

    done: int = Field(ge=0)
    total: int = Field(ge=1, le=1000)


class SentFile(Shape):
    """One file of the turn: its blob in the intake's store, or its problem. `message` is WhatsApp's id of the message that brought it,
    `line` the id of that message in the chat as staff see it (`contracts.chat.ChatLine`)."""

    blob: Sha256 | None = None
    mime: str | None = None
    filename: str | None = None
    caption: str | None = None
    message: str | None = None
    line: str | None = None
    problem: FileProblem | None = None


class OtherMessage(Shape):
    """A message that is neither text nor file, with the fields of its own kind: a location has `latitude` and `longitude`."""

    model_config = ConfigDict(extra="allow")

    type: str


class Sender(Shape):
    """What WhatsApp says of the person. `formerly` are the contact ids under which the same person was known before, `changed_at` the last
    moment at which it said that the number, or the phone behind it, is another.
    """

    phone: str | None = None
    name: str | None = None
    formerly: list[str] = []
    changed_at: ExactMoment | None = None


class Turn(Shape):
    """One turn. `turn` makes it unique: the same again is answered the same and changes nothing. What the bot writes has every field."""

    turn: str = Field(min_length=1, max_length=80)
    kind: TurnKind = TurnKind.TEXT
    messages: list[str] = []
    text: str | None = None
    choice: str | None = None
    documents: list[SentFile] = []
    other: OtherMessage | None = None
    cut: bool = False
    """Whether the end of a text was left out, because it was longer than we read."""
    notice: AnyNotice | None = None
    contact: Sender = Sender()
    at: ExactMoment | None = None


class TurnRequest(Shape):
    """The body of `POST {DIALOGUE_URL}/webhooks/rest/webhook`: `sender` is the contact's id, `message` the sentence that Rasa reads."""

    sender: str
    message: str
    metadata: Turn

    def body(self) -> dict[str, Any]:
        """The JSON object, with the fields that were given."""
        return self.model_dump(mode="json", exclude_unset=True)
