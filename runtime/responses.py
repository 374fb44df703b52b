"""Reads the texts of the chat, which lie by topic under `data/responses/`: one YAML file a topic, in the form of Rasa's `responses`."""

from pathlib import Path
from typing import Any

import yaml

from runtime.settings import ROOT

RESPONSES = ROOT / "data" / "responses"

Responses = dict[str, list[dict[str, Any]]]
"""Variations (`text`, `buttons`) by key, which begins with `utter_`."""


class ResponsesWrong(Exception):
    """A file can't be read, or two hold one key; the message is a sentence for whoever changed a text."""


def read_responses(folder: Path = RESPONSES, office: Path | None = None) -> Responses:
    """All texts of a folder; a file of an office's own `responses/` takes the place of that of its name. Raises ResponsesWrong."""
    texts: Responses = {}
    for shipped in sorted(folder.glob("*.yml")):
        own = office / "responses" / shipped.name if office is not None else shipped
        file = own if own.is_file() else shipped
        for key, rows in _of_file(file).items():
            if key in texts:
                raise ResponsesWrong(f"{key} stands in {file.name} and in another file of {folder}.")
            if not (isinstance(rows, list) and rows and all(isinstance(row, dict) and row.get("text") for row in rows)):
                raise ResponsesWrong(f"{key} in {file} has no text: below it belongs a list, each row with `text`.")
            texts[key] = rows
    if not texts:
        raise ResponsesWrong(f"There are no texts in {folder}.")
    return texts


def _of_file(file: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ResponsesWrong(f"{file} can't be read: {error}") from None
    found = content.get("responses") if isinstance(content, dict) else None
    if not isinstance(found, dict):
        raise ResponsesWrong(f"{file} has no `responses:`.")
    return found
