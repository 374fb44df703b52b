"""Puts a turn's answer together: paragraphs in one message, the choices below it, files before it, within WhatsApp's limits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.catalogue import Option

BUTTONS = 3
BUTTON_TITLE = 20
ROWS = 10
ROW_TITLE = 24
ROW_DESCRIPTION = 72
TEXT = 4096
TEXT_WITH_BUTTONS = 1024
CAPTION = 1024
SILENCE: dict[str, Any] = {"silence": True}


@dataclass(frozen=True)
class File:
    """A file that goes with the answer."""

    blob: str
    mime: str
    filename: str | None = None
    caption: str = ""

    def message(self, text: str) -> dict[str, Any]:
        """The message that carries it."""
        if self.mime.startswith("image/"):
            return {"text": text, "image": {"blob": self.blob, "mime": self.mime}}
        return {"text": text, "document": {"blob": self.blob, "filename": self.filename, "mime": self.mime}}


@dataclass
class Reply:
    """What is said in one turn."""

    paragraphs: list[str] = field(default_factory=list)
    options: Sequence[Option] = ()
    list_button: str = ""
    files: list[File] = field(default_factory=list)
    quote: str | None = None
    template: dict[str, Any] | None = None
    request: str | None = None
    erase: bool = False
    """The words of the chat are to be erased, too."""

    def messages(self) -> list[dict[str, Any]]:
        """The answer as the bot takes it (docs/contracts.md, A turn): silence where nothing was said."""
        text = "\n\n".join(paragraph for paragraph in self.paragraphs if paragraph)
        if not text and not self.files:
            return [SILENCE]
        sent = [file.message(file.caption) for file in self.files]
        if not text:
            return sent
        last = self._main(text)
        if self.files and not self.options and not self.files[-1].caption and len(text) <= CAPTION:
            return [*sent[:-1], {**last, **self.files[-1].message(text)}]  # the text is the last file's caption: one message less
        return [*sent, last]

    def _main(self, text: str) -> dict[str, Any]:
        message: dict[str, Any] = {"text": text}
        if 0 < len(self.options) <= BUTTONS and len(text) <= TEXT_WITH_BUTTONS:
            message["buttons"] = [{"id": option.id, "title": option.title} for option in self.options]
        elif self.options:
            message["list"] = {"button": self.list_button, "rows": [_row(option) for option in self.options[:ROWS]]}
        if self.quote:
            message["quote"] = self.quote
        if self.template:
            message["template"] = self.template
        if self.request:
            message["request"] = self.request
        if self.erase:
            message["erase"] = True
        return message


def _row(option: Option) -> dict[str, str]:
    row = {"id": option.id, "title": option.title}
    return {**row, "description": option.description} if option.description else row
