"""One back-up as one file: a tar of the databases' copies and the blobs, encrypted with age to the office's public key.

No key of the installation is in it. The blobs in it are encrypted a second time, by their own key.
"""

import io
import json
import os
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyrage

from backup.snapshots import Dump
from runtime.commandline import NotDone
from storage.shelves import Shelf

MANIFEST = "manifest.json"
FORM = 1
"""Version of the archive's form."""
BLOBS = "blobs"
ENDING = ".tar.age"


def name_of(point: datetime) -> str:
    """`landa-mewa-20261130T113000Z.tar.age`."""
    return f"landa-mewa-{point:%Y%m%dT%H%M%SZ}{ENDING}"


def read_recipient(text: str | None) -> Any:
    """The public key. Raises NotDone."""
    try:
        return pyrage.x25519.Recipient.from_str((text or "").strip())
    except pyrage.RecipientError:
        raise NotDone("BACKUP_RECIPIENT is no public key: make one with `make backup-key`") from None


def read_identity(file: Path) -> Any:
    """The private key in a file as age-keygen and `make backup-key` write it. Raises NotDone."""
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        (key,) = [line for line in lines if line and not line.startswith("#")]
        return pyrage.x25519.Identity.from_str(key)
    except (OSError, ValueError, pyrage.IdentityError):
        raise NotDone(f"{file} holds no private key (AGE-SECRET-KEY-1…)") from None


def write(file: Path, recipient: Any, point: datetime, dumps: list[Dump], blobs: Shelf) -> int:
    """Writes the archive, whole or not at all, and on the disk; returns how many blobs it holds."""
    unfinished = file.with_name(f".{file.name}.part")
    counted: list[int] = []
    manifest = {
        "form": FORM,
        "point": point.isoformat(),
        "databases": [{"name": dump.name, "kind": dump.kind, "sha256": dump.sha256} for dump in dumps],
    }

    def fill(out: BinaryIO) -> None:
        with out, tarfile.open(fileobj=out, mode="w|") as tar:
            _add_bytes(tar, MANIFEST, json.dumps(manifest).encode())
            for dump in dumps:
                tar.add(dump.file, f"{dump.name}.dump")
            counted.append(_add_blobs(tar, blobs))

    try:
        with unfinished.open("xb") as out, _piped(fill) as content:
            unfinished.chmod(0o600)
            pyrage.encrypt_io(content, out, [recipient])
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return counted[0]


@contextmanager
def opened(file: Path, identity: Any) -> Iterator[tarfile.TarFile]:
    """The archive's content, as a stream. Raises NotDone where the key does not open it or it is damaged."""

    def fill(out: BinaryIO) -> None:
        with out, file.open("rb") as content:
            pyrage.decrypt_io(content, out, [identity])

    try:
        with _piped(fill) as content, tarfile.open(fileobj=content, mode="r|") as tar:
            yield tar
    except FileNotFoundError:
        raise NotDone(f"there is no back-up at {file}") from None
    except pyrage.DecryptError:
        raise NotDone(f"{file.name} is damaged, or made for another key") from None
    except tarfile.TarError:
        raise NotDone(f"{file.name} is damaged") from None
    except OSError as error:
        if error.errno is None:  # so pyrage says that a part can't be opened
            raise NotDone(f"{file.name} is damaged") from None
        raise


@contextmanager
def _piped(fill: Any) -> Iterator[BinaryIO]:
    """What `fill` writes, as something to read. An error of `fill` is raised at the end, for it is the cause of whatever else failed."""
    source, sink = os.pipe()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            fill(os.fdopen(sink, "wb"))
        except BrokenPipeError:
            pass  # whoever reads has stopped, and says why
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        with os.fdopen(source, "rb") as content:
            yield content
    except NotDone:
        thread.join()
        raise
    except Exception as error:
        thread.join()
        raise (failed[0] if failed else error) from None
    thread.join()
    if failed:
        raise failed[0]


def _add_blobs(tar: tarfile.TarFile, shelf: Shelf) -> int:
    """Every blob's file. One that is erased meanwhile is needed by nobody any more."""
    count = 0
    for name, _ in shelf.names():
        if not name.rpartition("/")[2].startswith("."):
            try:
                content = shelf.read(name)
            except FileNotFoundError:
                continue
            _add_bytes(tar, f"{BLOBS}/{name}", content)
            count += 1
    return count


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o600
    tar.addfile(entry, io.BytesIO(data))


def read_manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    """The first entry. Raises NotDone where the archive is none of ours, or of a newer form."""
    entry = tar.next()
    content = tar.extractfile(entry) if entry is not None and entry.name == MANIFEST else None
    manifest = json.loads(content.read()) if content is not None else {}
    if manifest.get("form") != FORM:
        raise NotDone("this is no back-up that this program can read")
    return cast(dict[str, Any], manifest)
