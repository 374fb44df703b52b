"""Puts a turn's answer together: paragraphs in one message, the choices below it, files before it, within WhatsApp's limits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from actions.catalogue import Option
from contracts.answer import Button, Capture, ChoiceList, Form, Instead, Message, Row, Template
from contracts.answer import File as SentFile
from contracts.whatsapp import BUTTONS, CAPTION, INTERACTIVE_BODY, ROWS, size

SILENCE: dict[str, Any] = Message(silence=True).body()


@dataclass(frozen=True)
class File:
    """A file that goes with the answer."""

    blob: str
    mime: str
    filename: str | None = None
    caption: str = ""
    beside: bool = False
    """It only goes along where it costs no message of its own: as the picture above the text."""

    def message(self, text: str) -> dict[str, Any]:
        """The parts of the message that carries it."""
        if self.mime.startswith("image/"):
            return {"text": text, "image": SentFile(blob=self.blob, mime=self.mime)}
        return {"text": text, "document": SentFile(blob=self.blob, filename=self.filename, mime=self.mime)}


@dataclass(frozen=True)
class Offer:
    """What is said of the capture page, and for which document it is."""

    text: str
    page: Capture


@dataclass
class Reply:
    """What is said in one turn."""

    paragraphs: list[str] = field(default_factory=list)
    options: Sequence[Option] = ()
    list_button: str = ""
    files: list[File] = field(default_factory=list)
    quote: str | None = None
    template: Template | None = None
    request: Literal["location", "contact"] | None = None
    form: Form | None = None
    form_options: Sequence[Option] = ()
    """The choices that stand in the form's place where Meta does not take it."""
    without_form: dict[str, str] = field(default_factory=dict)
    """Paragraphs that tell of the form's button, each with what is said then in its stead; empty for nothing."""
    capture: Offer | None = None
    """The offer of the capture page, said in a message of its own."""
    erase: bool = False
    """The words of the chat are to be erased, too."""
    conceals: set[str] = field(default_factory=set)
    """Turns whose words staff must not read beside a case (`actions.concealing`)."""
    reveals: set[str] = field(default_factory=set)
    """Turns that were concealed and are so no more."""

    def messages(self) -> list[dict[str, Any]]:
        """The answer as the bot takes it (docs/contracts.md, A turn): silence where nothing was said."""
        first, *rest = self._parts()
        if self.capture:
            rest.append({"text": self.capture.text, "capture": self.capture.page})
        marks = {name: sorted(turns) for name, turns in (("conceals", self.conceals), ("reveals", self.reveals)) if turns}
        return [Message(**parts).body() for parts in ({**first, **marks}, *rest)]

    def _parts(self) -> list[dict[str, Any]]:
        text = "\n\n".join(paragraph for paragraph in self.paragraphs if paragraph)
        if not text and not self.files:
            return [SILENCE]
        under = bool(text) and not self.options and size(text) <= CAPTION
        files = [file for file in self.files if under or not file.beside]
        sent = [file.message(file.caption) for file in files]
        if not text:
            return sent
        last = self._main(text)
        if files and under and not files[-1].caption:
            return [*sent[:-1], {**last, **files[-1].message(text)}]  # the text is the last file's caption: one message less
        return [*sent, last]

    def _main(self, text: str) -> dict[str, Any]:
        message: dict[str, Any] = {"text": text, **self._choices(text, self.options)}
        for name in ("quote", "template", "request", "erase"):
            if given := getattr(self, name):
                message[name] = given
        if self.form:
            message["form"] = self.form.model_copy(update={"instead": self._instead()})
        return message

    def _choices(self, text: str, options: Sequence[Option]) -> dict[str, Any]:
        if 0 < len(options) <= BUTTONS and size(text) <= INTERACTIVE_BODY:
            return {"buttons": [Button(id=option.id, title=option.title) for option in options]}
        return {"list": ChoiceList(button=self.list_button, rows=[_row(option) for option in options[:ROWS]])} if options else {}

    def _instead(self) -> Instead:
        """The same message without the form."""
        said = (self.without_form.get(paragraph, paragraph) for paragraph in self.paragraphs)
        text = "\n\n".join(paragraph for paragraph in said if paragraph)
        return Instead(text=text, **self._choices(text, self.form_options))


def _row(option: Option) -> Row:
    return Row(id=option.id, title=option.title, **({"description": option.description} if option.description else {}))
