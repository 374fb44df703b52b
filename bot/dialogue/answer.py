"""Reads what Rasa answers to a turn into messages (contracts.md, "A turn"). Pure."""

from typing import Any

from pydantic import ValidationError

from contracts.answer import Message
from contracts.shape import wrong_fields


class AnswerWrong(Exception):
    """The dialogue answered something that is no list of messages."""


def read_answer(answer: Any) -> list[Message]:
    """The messages of an answer, without those that ask for silence and nothing else. Raises AnswerWrong; an empty answer is wrong, too.

    Rasa swallows an action that fails and answers an empty list, so silence has to be said.
    """
    if not isinstance(answer, list):
        raise AnswerWrong("no list")
    if not answer:
        raise AnswerWrong("empty")
    try:
        messages = [Message.model_validate(_custom(part)) for part in answer]
    except ValidationError as error:
        raise AnswerWrong(", ".join(wrong_fields(error))) from None
    if not all(m.silence or m.text.strip() or m.document or m.image for m in messages):
        raise AnswerWrong("nothing to say")
    return [m for m in messages if not m.silence or m.conceals or m.reveals]


def _custom(part: Any) -> Any:
    """Our own form; or one made of Rasa's plain text and buttons, as `domain.yml` responses without `custom` give them."""
    if not isinstance(part, dict):
        return part
    if isinstance(part.get("custom"), dict):
        return part["custom"]
    buttons = part.get("buttons") or []
    plain = [{"id": str(b.get("payload", "")).lstrip("/"), "title": str(b.get("title", ""))} for b in buttons if isinstance(b, dict)]
    return {"text": part.get("text") or "", "buttons": plain}
