"""Says where the sealed files of a blob store lie: named bytes in one area, written whole or not at all. It knows nothing of keys."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from storage.probe import write_block

SHARED_FOLDER, SHARED_FILE = 0o770, 0o660
"""At most: the umask of a process takes the group away where it shares nothing (`runtime.process`)."""


class ShelfAway(OSError):
    """The place can't be reached now; whoever asks later may well be answered."""


class Shelf(Protocol):
    """A place for files by relative names (`ab/ab12…`, `sentinel`). Every call blocks; all raise OSError (ShelfAway) where it can't."""

    def read(self, name: str) -> bytes:
        """The whole file. Raises FileNotFoundError."""

    def write(self, name: str, content: bytes) -> None:
        """Whole or not at all, and kept for good when this returns."""

    def size(self, name: str) -> int | None:
        """Bytes; None where there is no such file."""

    def delete(self, name: str) -> None:
        """Nothing happens where there is none."""

    def move(self, name: str, to: str) -> None:
        """Under another name. Raises FileNotFoundError."""

    def names(self) -> Iterator[tuple[str, float]]:
        """Every file with the moment of its last change, in seconds since 1970."""

    def prove(self) -> None:
        """Writes a block of real bytes, reads it back and removes it."""


class FolderShelf:
    """Files in a folder, for their owner and, in an installation, the group of its folders; a power cut halves none of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        write_durably(self.folder / name, content)

    def size(self, name: str) -> int | None:
        try:
            return (self.folder / name).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def move(self, name: str, to: str) -> None:
        (self.folder / name).rename(self.folder / to)

    def names(self) -> Iterator[tuple[str, float]]:
        for path in sorted(self.folder.rglob("*")):
            with contextlib.suppress(FileNotFoundError):  # it went meanwhile
                if path.is_file():
                    yield path.relative_to(self.folder).as_posix(), path.stat().st_mtime

    def prove(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=SHARED_FOLDER)
        write_block(self.folder)


def write_durably(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: to a temporary name, to the disk, then renamed, and the folder's entry to the disk too."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=SHARED_FOLDER)
    unfinished = path.parent / f".{path.name}.{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, SHARED_FILE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            unfinished.unlink()
        raise
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
