"""Proves that a disk can be written to, by writing a block of real bytes and reading it back."""

import os
from pathlib import Path

BLOCK = 64 * 1024
"""Bytes: more than a file system keeps inside a folder's own entry, so that a full disk shows."""


class BlockDamaged(OSError):
    """What was read back is not what was written."""


def write_block(folder: Path) -> None:
    """Writes a block of random bytes into the folder, to the disk, reads it back and removes it. Raises OSError."""
    path = folder / f".probe-{os.getpid()}"
    block = os.urandom(BLOCK)
    try:
        with path.open("wb") as file:
            file.write(block)
            file.flush()
            os.fsync(file.fileno())
        if path.read_bytes() != block:
            raise BlockDamaged
    finally:
        path.unlink(missing_ok=True)
