"""Says where the files of the office in charge lie: those of `OFFICE=<folder>`, and for what it does not have, those that come along.

A pack is a folder laid out like `data/`: `standard/*.yml`, `responses/*.yml`, `staff/*.yml`. A file that stands in it takes the place of
the whole file of that name; what it does not have, it need not copy.
"""

import os
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "data"
"""The files that come with the program: the pack of Kabupaten Blora, which is the default."""
SETTING = "OFFICE"


def office_folder() -> Path | None:
    """The folder that `OFFICE` names (the environment over `.env`, relative paths from the project's root), None for the default."""
    named = os.environ.get(SETTING)
    if named is None:
        named = dotenv_values(ROOT / ".env").get(SETTING)
    return ROOT / named if named else None


def path_of(name: str, office: Path | None) -> Path:
    """Where the file `standard/office.yml` of that office lies."""
    own = office / name if office is not None else None
    return own if own is not None and own.is_file() else SHIPPED / name


def shown(path: Path) -> str:
    """A path as it is told: from the project's root where it lies below it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
