"""The list of persons whose data were erased on their wish: a file beside the databases, so that a restore can't bring them back.

A line is the contact's id of our own and the moment: it tells nothing of the person. The file is copied off the machine, apart from the
back-ups.
"""

import json
import os
from datetime import datetime
from pathlib import Path

NAME = "erasures.jsonl"
"""Lies in the installation's own folder."""


def note(folder: Path, contact: str, at: datetime) -> None:
    """Writes one erasure down, and it is on the disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o770)
    with (folder / NAME).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({"contact": contact, "at": at.isoformat()}) + "\n")
        lines.flush()
        os.fsync(lines.fileno())


def since(folder: Path, point: datetime) -> list[str]:
    """Whose data were erased after that moment. A line that was cut off by a crash is left out."""
    try:
        lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            row = json.loads(line)
            if datetime.fromisoformat(row["at"]) >= point:
                found.append(str(row["contact"]))
        except (ValueError, KeyError, TypeError):
            continue
    return list(dict.fromkeys(found))
