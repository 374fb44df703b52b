"""Writes a check as a frame of bytes and reads it back: how a worker process and its pool talk.

JSON and plain bytes, never pickle: the worker has opened a stranger's file, and whatever it says is only data to the pool.
"""

import json
import struct
import traceback
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from documents.model import Box, Check, Page, Reason, Verdict
from standard.kinds import Kind

_LENGTH = struct.Struct(">I")
HEAD = _LENGTH.size
MOST_BYTES = 64_000_000
"""A frame longer than this is garbage, not an answer."""
LONGEST_NAME = 60
"""Of an error's class or place: whatever is longer is none."""
ROOM = Path(__file__).parents[1]


class GarbledFrameError(ValueError):
    """The other side said something that is no frame."""


class FailedError(Exception):
    """The worker is well, but its code could not cope with the file; `error` is the class of what was raised, `at` the line."""

    def __init__(self, error: str, at: str) -> None:
        super().__init__(error)
        self.error, self.at = error, at


def frame(head: dict[str, Any], *blobs: bytes) -> bytes:
    """A head and its blobs as bytes: length of all, length of the head, the head as JSON, the blobs one after another."""
    text = json.dumps(head | {"blobs": [len(blob) for blob in blobs]}).encode()
    body = _LENGTH.pack(len(text)) + text + b"".join(blobs)
    return _LENGTH.pack(len(body)) + body


def length(prefix: bytes) -> int:
    """How many bytes follow the first HEAD bytes of a frame. Raises GarbledFrameError."""
    (count,) = _LENGTH.unpack(prefix)
    if count > MOST_BYTES:
        raise GarbledFrameError("frame too long")
    return int(count)


def unframe(body: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The head and blobs of a frame's body. Raises GarbledFrameError."""
    try:
        (size,) = _LENGTH.unpack_from(body)
        head = json.loads(body[HEAD : HEAD + size])
        blobs, start = [], HEAD + size
        for count in head.pop("blobs"):
            blobs.append(body[start : start + count])
            start += count
        if start != len(body):
            raise GarbledFrameError("blobs do not fill the frame")
    except (struct.error, ValueError, KeyError, TypeError, AttributeError) as broken:
        raise GarbledFrameError(str(broken)) from broken
    return head, blobs


def pack(check: Check) -> bytes:
    """A check as one frame, with the other documents of its file."""
    plain = _plain(check) | {"others": [_plain(other) for other in check.others]}
    return frame(plain, *(page.jpeg for part in (check, *check.others) for page in (*part.pages, *([part.marked] if part.marked else []))))


def _plain(check: Check) -> dict[str, Any]:
    plain = {name: value for name, value in vars(check).items() if name not in ("pages", "others", "marked")}
    plain["boxes"] = {name: asdict(box) for name, box in check.boxes.items()}
    plain["sizes"] = [(page.width, page.height) for page in check.pages]
    plain["marked_size"] = (check.marked.width, check.marked.height) if check.marked else None
    return plain


def pack_failure(error: Exception) -> bytes:
    """What a worker says of a file that its code could not cope with: the error's class and the last line of this room it passed.

    Not the error's message, which may hold what stood on the document.
    """
    passed = [(Path(step.f_code.co_filename), line) for step, line in traceback.walk_tb(error.__traceback__)]
    at = [f"{path.name}:{line}" for path, line in passed if ROOM in path.parents]
    return frame({"failed": type(error).__name__, "at": at[-1] if at else ""})


def answer_in(body: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The head and blobs of an answer. Raises FailedError for a failure, GarbledFrameError for no frame."""
    plain, blobs = unframe(body)
    if "failed" in plain:
        raise FailedError(str(plain["failed"])[:LONGEST_NAME], str(plain.get("at", ""))[:LONGEST_NAME])
    return plain, blobs


def unpack(body: bytes) -> Check:
    """The check in a frame's body. Raises FailedError for a failure, GarbledFrameError for whatever is neither."""
    plain, blobs = answer_in(body)
    try:
        others = plain.pop("others")
        pages = iter(blobs)
        check = _check(plain, pages)
        whole = replace(check, others=tuple(_check(other, pages) for other in others))
        if next(pages, None) is not None:
            raise GarbledFrameError("a page of no document")
        return whole
    except (KeyError, TypeError, ValueError, AttributeError, RuntimeError) as broken:
        raise GarbledFrameError(str(broken)) from broken


def _check(plain: dict[str, Any], blobs: Iterator[bytes]) -> Check:
    """One document, its pages taken from the blobs that are left."""
    pages = tuple(Page(next(blobs), int(width), int(height)) for width, height in plain.pop("sizes"))
    marked_size = plain.pop("marked_size")
    marked = Page(next(blobs), int(marked_size[0]), int(marked_size[1])) if marked_size else None
    return Check(
        verdict=Verdict(plain.pop("verdict")),
        kind=Kind(plain.pop("kind")),
        reasons=tuple(Reason(reason) for reason in plain.pop("reasons")),
        boxes={name: Box(**box) for name, box in plain.pop("boxes").items()},
        pages=pages,
        marked=marked,
        **plain,
    )
