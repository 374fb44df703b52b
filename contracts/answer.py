"""The answer to a turn: the messages that actions say and the bot sends."""

from typing import Any, Literal

from pydantic import Field

from contracts.shape import Sha256, Shape


class Button(Shape):
    id: str = Field(min_length=1)
    title: str = Field(min_length=1)


class Row(Shape):
    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    description: str | None = None


class ChoiceList(Shape):
    button: str = "Pilih"
    rows: list[Row] = Field(min_length=1)


class File(Shape):
    """A file in the intake's blob store."""

    blob: Sha256
    mime: str
    filename: str | None = None


class Template(Shape):
    """What is sent in the message's stead while the 24-hour window is closed."""

    name: str = Field(min_length=1)
    parameters: list[str] = []


class Instead(Shape):
    """What is said in a form's place where Meta does not take the form: the same question, answered by typing or by its own buttons."""

    text: str = Field(min_length=1)
    buttons: list[Button] = []
    list: ChoiceList | None = None


class Form(Shape):
    """A Flow that was published at Meta, opened by a button at its screen; `token` comes back with what was filled in.

    `data`: what that screen is opened with, as it declares it.
    """

    flow: str = Field(min_length=1)
    screen: str = Field(min_length=1)
    button: str = Field(min_length=1)
    token: str = Field(min_length=1)
    data: dict[str, dict[str, str]] = {}
    instead: Instead | None = None


class Link(Shape):
    """A button that opens an address in the phone's browser."""

    button: str = Field(min_length=1)
    url: str = Field(min_length=1)


class Capture(Shape):
    """An offer of the capture page for a document (`standard.kinds.Item`). The bot makes the link; where it
    serves no page, the whole message falls away.
    """

    button: str = Field(min_length=1)
    item: str = Field(min_length=1, max_length=40)


Turns = list[str]
"""Under a name of its own: `list` is a field of a message."""


class Message(Shape):
    """One message to the citizen; `text` is the caption where there is a file. `silence` alone is a turn that asks for none."""

    text: str = ""
    buttons: list[Button] = []
    list: ChoiceList | None = None
    document: File | None = None
    image: File | None = None
    request: Literal["location", "contact"] | None = None
    form: Form | None = None
    link: Link | None = None
    capture: Capture | None = None
    quote: str | None = None
    template: Template | None = None
    silence: bool = False
    erase: bool = False
    """The citizen's data were erased on their wish: so are the words of this chat."""
    conceals: Turns = []
    """Turns, this one or earlier, that belong to a complaint that is told or kept secret: staff don't read them beside a case."""
    reveals: Turns = []
    """Earlier turns that were concealed while a complaint was told that is no secret."""

    def body(self) -> dict[str, Any]:
        """The JSON object, with the fields that were given."""
        return self.model_dump(mode="json", exclude_unset=True)
