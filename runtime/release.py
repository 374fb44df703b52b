"""Which release of the program this is: the version of `pyproject.toml`, the one place where it stands."""

import argparse
import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "pyproject.toml"


def _read() -> str:
    project: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))["project"]
    return str(project["version"])


RELEASE = _read()


def add_release(parser: argparse.ArgumentParser) -> None:
    """`--version` on a command line."""
    parser.add_argument("--version", action="version", version=f"Landa Mewa {RELEASE}", help="print the release and end")
