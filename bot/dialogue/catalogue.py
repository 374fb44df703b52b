"""Takes the few sentences that the bot says without the dialogue from the catalogue, the responses of `domain.yml`."""

from pathlib import Path

import yaml

OUT_OF_ORDER = "utter_gangguan"
"""Said when the dialogue failed at a turn again and again."""


class SentenceMissing(Exception):
    """The catalogue has no such sentence."""


def read_sentence(domain: Path, key: str) -> str:
    """The first text of a response. Raises SentenceMissing."""
    try:
        responses = yaml.safe_load(domain.read_text(encoding="utf-8"))["responses"]
        first = responses[key][0]
        text = first.get("text") or first["custom"]["text"]
    except (OSError, yaml.YAMLError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise SentenceMissing(f"{domain.name} has no response {key}") from error
    return str(text).strip()
