"""Reads the facts that the office can change, the YAML files of `data/standard/`, once, at start."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FACTS = Path(__file__).resolve().parent.parent / "data" / "standard"


@cache
def load(name: str) -> Any:
    """The content of `data/standard/<name>.yml`. Raises FileNotFoundError when there is no such file."""
    with (FACTS / f"{name}.yml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)
