"""Every reader against its examples in `examples/<reader>.yml`, written by hand in the register of Blora: a third Javanese, with slips."""

from collections.abc import Callable, Iterator
from datetime import date, time
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from intake import reading

EXAMPLES = Path(__file__).parent / "examples"
TODAY = date(2026, 11, 22)
DATED = {"read_date", "read_rough_date", "read_weton"}


def _read(reader: str) -> Callable[[str], Any]:
    read = getattr(reading, reader)
    return (lambda text: read(text, TODAY)) if reader in DATED else read


def _written(value: Any) -> str:
    """A value as the examples write it."""
    if isinstance(value, tuple):
        return " + ".join(one.value for one in value) or "none"
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, reading.Name):
        return value.official
    return "none" if value is None else str(value.value if isinstance(value, Enum) else value)


def _examples() -> Iterator[tuple[str, str, str]]:
    for file in sorted(EXAMPLES.glob("*.yml")):
        for wanted, texts in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            yield from ((file.stem, text.strip(), wanted) for text in texts.split("|"))


@pytest.mark.parametrize(("reader", "text", "wanted"), list(_examples()))
def test_an_example_is_read_as_a_person_would(reader: str, text: str, wanted: str) -> None:
    assert _written(_read(reader)(text)) == wanted


def test_every_reader_has_examples() -> None:
    readers = {name for name in reading.__all__ if name.startswith("read_")} - {"read_choice", "read_position", "read_address"}
    assert {file.stem for file in EXAMPLES.glob("*.yml")} == readers
