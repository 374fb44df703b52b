"""Reads what Rasa answers to a turn into messages (contracts.md, "A turn"). Pure."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class AnswerWrong(Exception):
    """The dialogue answered something that is no list of messages."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Button(_Part):
    id: str = Field(min_length=1)
    title: str = Field(min_length=1)


class Row(_Part):
    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    description: str | None = None


class List(_Part):
    button: str = "Pilih"
    rows: list[Row] = Field(min_length=1)


class File(_Part):
    blob: str = Field(pattern=r"^[0-9a-f]{64}$")
    mime: str
    filename: str | None = None


class Template(_Part):
    name: str = Field(min_length=1)
    parameters: list[str] = []


class Message(_Part):
    """One message to the citizen. `silence` alone is a turn that asks for none."""

    text: str = ""
    buttons: list[Button] = []
    list: List | None = None
    document: File | None = None
    image: File | None = None
    request: str | None = Field(None, pattern="^(location|contact)$")
    quote: str | None = None
    template: Template | None = None
    silence: bool = False
    erase: bool = False
    """The citizen's data were erased on their wish: so are the words of this chat."""


def read_answer(answer: Any) -> list[Message]:
    """The messages of an answer, without those that ask for silence. Raises AnswerWrong; an empty answer is wrong, too.

    Rasa swallows an action that fails and answers an empty list, so silence has to be said.
    """
    if not isinstance(answer, list):
        raise AnswerWrong("no list")
    if not answer:
        raise AnswerWrong("empty")
    try:
        messages = [Message.model_validate(_custom(part)) for part in answer]
    except ValidationError as error:
        raise AnswerWrong(", ".join(sorted({".".join(map(str, e["loc"])) or e["type"] for e in error.errors()}))) from None
    if not all(m.silence or m.text.strip() or m.document or m.image for m in messages):
        raise AnswerWrong("nothing to say")
    return [m for m in messages if not m.silence]


def _custom(part: Any) -> Any:
    """Our own form; or one made of Rasa's plain text and buttons, as `domain.yml` responses without `custom` give them."""
    if not isinstance(part, dict):
        return part
    if isinstance(part.get("custom"), dict):
        return part["custom"]
    buttons = part.get("buttons") or []
    plain = [{"id": str(b.get("payload", "")).lstrip("/"), "title": str(b.get("title", ""))} for b in buttons if isinstance(b, dict)]
    return {"text": part.get("text") or "", "buttons": plain}
