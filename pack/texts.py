"""Checks the texts of the chat and of the staff's pages: none is missing, its braces name what is filled in, and WhatsApp takes it."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

from pydantic import Field, StrictStr

from contracts import whatsapp
from pack import known as known_names
from pack.faults import Fault, one_of
from pack.marked import Marked, Way
from pack.plain import TITLE, shown_as_such
from pack.schema.base import Row, matching
from standard.facts import filled

LIST = Path(__file__).with_name("texts.json")
"""The texts that the program names, and what it fills into each; `python -m pack texts --write` makes it anew from `data/`."""


class Button(Row):
    title: StrictStr
    payload: StrictStr
    description: StrictStr | None = None
    words: list[StrictStr] = Field(default_factory=list)


class Variation(Row):
    text: StrictStr
    buttons: list[Button] = Field(default_factory=list)


class ResponsesFile(Row):
    """A file of `responses/`, in the form of Rasa's."""

    version: StrictStr = "3.1"
    responses: dict[
        Annotated[str, matching("utter_.*", "name of a text", "Allowed: a name that begins with utter_.")],
        Annotated[list[Variation], Field(min_length=1)],
    ]


def faults_of_chat(files: Iterable[Marked], office: dict[str, str], wanted: dict[str, list[str]], payloads: list[str]) -> Iterator[Fault]:
    """The chat's texts: `wanted` says which there have to be, and the names in braces of each; `payloads` what answers may stand for."""
    seen: dict[str, Fault] = {}
    last = None
    for file in files:
        last = file
        for key, rows in file.data["responses"].items():
            way: Way = ("responses", key)
            if key in seen:
                yield Fault(file.file, file.key_line(way), f"'{key}' stands in {seen[key].file.name} too.", "Leave one of them.")
            seen[key] = Fault(file.file, file.key_line(way), "")
            for place, row in enumerate(rows):
                yield from _braces(file, (*way, place, "text"), row["text"], [*office, *wanted.get(key, ())], key in wanted)
                yield from _lengths(file, (*way, place), row, office)
                yield from _marks(file, (*way, place, "text"), row["text"])
                yield from _lost(file, (*way, place, "text"), row["text"], wanted.get(key, ()))
                for at, button in enumerate(row.get("buttons") or ()):
                    if button["payload"] not in payloads:
                        here = (*way, place, "buttons", at, "payload")
                        yield file.fault(
                            here, f"Nothing is done for the payload '{button['payload']}'.", one_of(payloads, button["payload"])
                        )
    if last is not None:
        yield from _missing(last, seen, wanted)


def faults_of_staff(files: Iterable[Marked], office: dict[str, str], wanted: dict[str, list[str]]) -> Iterator[Fault]:
    """The texts of the staff's pages, the same."""
    seen: dict[str, Fault] = {}
    last = None
    for file in files:
        last = file
        for key, way, text in flat(file.data):
            if key in seen:
                yield file.fault(way, f"'{key}' stands in {seen[key].file.name} too.", "Leave one of them.")
            seen[key] = Fault(file.file, file.key_line(way), "")
            if not isinstance(text, str | int | float) or isinstance(text, bool):
                yield file.fault(way, f"'{key}' has no text.", "Allowed: a text; put a lone yes or no in quotes.")
                continue
            yield from _braces(file, way, str(text), [*office, *wanted.get(key, ())], key in wanted)
    if last is not None:
        yield from _missing(last, seen, wanted)


def flat(branch: dict[Any, Any], way: Way = ()) -> Iterator[tuple[str, Way, Any]]:
    """Every text with its key, `queue.title`, and where it stands."""
    for key, value in branch.items():
        if isinstance(value, dict):
            yield from flat(value, (*way, key))
        else:
            yield ".".join(str(part) for part in (*way, key)), (*way, key), value


def names_in(text: str) -> list[str]:
    """What stands in braces. Raises ValueError where a brace has no other."""
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def listed() -> dict[str, dict[str, list[str]]]:
    """The texts that the program names, by catalogue (`chat`, `staff`), and the sections of the word lists (`language`)."""
    content: dict[str, dict[str, list[str]]] = json.loads(LIST.read_text(encoding="utf-8"))
    return content


def made(chat: Sequence[Marked], staff: Iterable[Marked], language: Iterable[Marked], office: dict[str, str]) -> str:
    """The list of these texts, as it is written."""
    content = {
        "chat": {
            key: _own((row["text"] for row in rows), office) for file in chat for key, rows in file.data["responses"].items()
        },
        "staff": {key: _own([str(text)], office) for file in staff for key, _, text in flat(file.data)},
        "payloads": {"": sorted({str(button["payload"]) for file in chat for rows in file.data["responses"].values() for row in rows
                                 for button in row.get("buttons") or ()})},
        "language": {file.file.stem: list(file.data) for file in language},
    }  # fmt: skip
    return json.dumps(content, indent=0, sort_keys=True, ensure_ascii=False) + "\n"


def _own(texts: Iterable[str], office: dict[str, str]) -> list[str]:
    return sorted({name for text in texts for name in names_in(text)} - set(office))


def _missing(last: Marked, seen: dict[str, Fault], wanted: dict[str, list[str]]) -> Iterator[Fault]:
    """`seen`: where each text stands. A text that is not there is told where another one's name is nearly its own."""
    for key in sorted(set(wanted) - set(seen)):
        strange = [one for one in seen if one not in wanted]
        near = get_close_matches(key, strange, n=1)
        place = seen[near[0]] if near else Fault(last.file.parent, 1, "")
        said = f"The text '{key}' is in none of the files."
        yield Fault(place.file, place.line, said, f"Is '{near[0]}' meant?" if near else "Write it, or copy it.")


def _braces(file: Marked, way: Way, text: str, allowed: list[str], known: bool) -> Iterator[Fault]:
    try:
        names = names_in(text)
    except ValueError:
        yield file.fault(way, f"'{way[-2] if way[-1] == 'text' else way[-1]}' has a brace without its other one.", "Write {name}.")
        return
    for wrong, right in shown_as_such(text, allowed):
        yield file.fault(way, wrong, right)
    for name in names if known else ():
        if name not in allowed:
            yield file.fault(way, f"Nothing is filled in for {{{name}}} here.", one_of(sorted(allowed), name))


def _marks(file: Marked, way: Way, text: str) -> Iterator[Fault]:
    """WhatsApp writes bold what stands between two asterisks; one alone is read as an asterisk."""
    for line in text.splitlines():
        if len(re.findall(r"(?<!\*)\*(?!\*)", line)) % 2:
            yield file.fault(way, "An asterisk has no other one, so it would be read as such.", "Write *bold*, within one line.")


def _lost(file: Marked, way: Way, text: str, named: Iterable[str]) -> Iterator[Fault]:
    """What a text is there to hand over has to stand in it."""
    for name in known_names.HANDED_OVER.intersection(named):
        if f"{{{name}}}" not in text:
            yield file.fault(way, f"{{{name}}} is missing, and people wait for it.", f"Write {{{name}}} into the text.")


def _lengths(file: Marked, way: Way, row: dict[str, Any], office: dict[str, str]) -> Iterator[Fault]:
    row = filled(row, office)
    text, buttons = row["text"], row.get("buttons") or []
    as_list = len(buttons) > whatsapp.BUTTONS
    most = whatsapp.TEXT if not buttons else whatsapp.LIST_BODY if as_list else whatsapp.INTERACTIVE_BODY
    if not text.strip():
        yield file.fault((*way, "text"), "The text is empty.")
    if whatsapp.size(text) > most:
        yield file.fault((*way, "text"), f"The text is {whatsapp.size(text)} characters long.", f"WhatsApp takes at most {most} here.")
    if len(buttons) > whatsapp.ROWS:
        yield file.fault((*way, "buttons"), f"There are {len(buttons)} answers.", f"WhatsApp takes at most {whatsapp.ROWS}.")
    for name, limit in (
        ("title", whatsapp.ROW_TITLE if as_list else whatsapp.BUTTON_TITLE),
        ("description", whatsapp.ROW_DESCRIPTION),
        ("payload", whatsapp.ROW_ID if as_list else whatsapp.BUTTON_ID),
    ):
        first_line: dict[str, int] = {}
        for place, button in enumerate(buttons):
            value, here = button.get(name) or "", (*way, "buttons", place, name)
            if name != "description" and not value.strip():
                yield file.fault(here, f"The {name} of an answer is empty.")
            if whatsapp.size(value) > limit:
                yield file.fault(
                    here, f"The {name} '{value}' is {whatsapp.size(value)} characters long.", f"WhatsApp takes at most {limit} here."
                )
            if name != "description" and value in first_line:
                yield file.fault(
                    here, f"Two answers have the {name} '{value}', first in line {first_line[value]}.", "Give one of them another."
                )
            if name != "payload" and TITLE.search(value):
                yield file.fault(here, f"The marks in '{value}' would be read as such.", "Nothing is bold on an answer.")
            first_line[value] = file.line(here)
