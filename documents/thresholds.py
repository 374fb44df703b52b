"""Reads the limits of legibility, `data/documents/thresholds.yml`, which `python -m documents calibrate` writes."""

from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parent.parent / "data" / "documents"


@cache
def thresholds() -> dict[str, float]:
    """Name → limit. The file says of each what it measures."""
    with (DATA / "thresholds.yml").open(encoding="utf-8") as file:
        return {name: float(row["limit"]) for name, row in yaml.safe_load(file).items()}
