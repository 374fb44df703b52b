"""One message on its way into a conversation queue, and the files that are to be fetched for it."""

from dataclasses import dataclass
from typing import Any

from contracts.turn import FileProblem, TurnKind


@dataclass(frozen=True)
class File:
    """A photo or file to fetch, as its message describes it."""

    media_id: str | None
    url: str | None
    mime: str | None
    sha256: str | None
    filename: str | None
    problem: FileProblem | None = None


@dataclass(frozen=True)
class Message:
    """In its body every text is bounded, and `cut` says that an end was left out. Only documents have files."""

    kind: TurnKind
    body: dict[str, Any]
    files: tuple[File, ...] = ()
