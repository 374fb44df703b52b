"""What all command lines share: asking before what can't be taken back, lists for people or for scripts, one sentence for a fault."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

YES = "yes"


class NotDone(Exception):
    """A command ended without success; the message is for the operator."""


def add_yes(command: argparse.ArgumentParser) -> None:
    """The command asks back, but with `--yes`."""
    command.add_argument("--yes", action="store_true", help="do it without asking back")


def add_json(command: argparse.ArgumentParser) -> None:
    """The command's list is for scripts with `--json`."""
    command.add_argument("--json", action="store_true", help="print a JSON document instead of lines")


def require_yes(arguments: argparse.Namespace, what: str) -> None:
    """Asks whether `what`, one sentence, is to be done. Raises NotDone where it is not, or where nobody can be asked."""
    if arguments.yes:
        return
    if not sys.stdin.isatty():
        raise NotDone(f"Not done: {what} Nobody can be asked here; say --yes if that is meant.")
    if input(f"{what} Type {YES} to go on: ").strip().lower() != YES:
        raise NotDone("Not done: nothing was changed.")


def listing(arguments: argparse.Namespace, rows: Sequence[Mapping[str, Any]], line: Callable[[Mapping[str, Any]], str], none: str) -> str:
    """The rows as JSON or a line each; `none` is said to people where there are no rows."""
    if arguments.json:
        return json.dumps(list(rows), indent=1, ensure_ascii=False)
    return "\n".join(line(row) for row in rows) or none
