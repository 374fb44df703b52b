"""Reads complaints as people told them (`data/complaints/`), and says what each message and each whole story teaches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dialogue.understanding.kinds import COMPLAINS, OTHER, act_of

STORIES = Path(__file__).resolve().parents[2] / "data" / "complaints"

STORY, PART = 3.0, 2.0
"""What a story, and one message of it, weigh beside a sentence of `data/nlu`, of which there are ten times as many and most are short."""

OPENING, TELLING = 4, 9
"""Words from which on the first message of a story, and a later one, is taught as complaining by itself: `jam 9 tadi` does not."""


@dataclass(frozen=True)
class Lesson:
    """A text with the act that it is, or None where it is none by itself, and with the kind that it speaks for, or None."""

    text: str
    act: str | None
    kind: str | None
    weight: float = 1.0


def of_sentence(text: str, kind: str) -> Lesson:
    """The lesson of a sentence of `data/nlu` with its kind."""
    act = act_of(kind)
    return Lesson(text, act, kind if act == COMPLAINS else None)


def of_folder(folder: Path = STORIES) -> list[Lesson]:
    """The lessons of all stories, file by file."""
    return [lesson for file in sorted(folder.glob("*.yml")) for lesson in of_file(file)]


def of_file(file: Path) -> list[Lesson]:
    """The lessons of one file: `{kind: [message, or [messages of a story]]}`."""
    rows: dict[str, list[Any]] = yaml.safe_load(file.read_text("utf-8"))
    stories = [(kind, [told] if isinstance(told, str) else told) for kind, row in rows.items() for told in row]
    return [lesson for kind, messages in stories for lesson in _of_story(kind, messages)]


def _of_story(kind: str, messages: list[str]) -> list[Lesson]:
    act = act_of(kind)
    if act != COMPLAINS:
        whole = messages if act == OTHER else [" ".join(messages)]
        return [Lesson(text, act, None, STORY) for text in whole]
    lessons = [Lesson(" ".join(messages), act, kind, STORY)]
    if len(messages) > 1:
        for at, text in enumerate(messages):
            long = len(text.split())
            alone = (at == 0 and long >= OPENING) or long >= TELLING
            lessons.append(Lesson(text, act if alone else None, kind if long >= OPENING else None, PART))
    return lessons
