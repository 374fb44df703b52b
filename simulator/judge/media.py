"""Media in messages (by id or by link) and the kinds and sizes that Meta takes (contract 1.6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.judge.shapes import MISSING, VALUE, Objection, Record, Text

MB = 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class MediaRule:
    """What may be sent as one type of message: MIME types and the largest size in bytes."""

    mimes: frozenset[str]
    size: int


RULES: dict[str, MediaRule] = {
    "image": MediaRule(frozenset({"image/jpeg", "image/png"}), 5 * MB),
    "document": MediaRule(
        frozenset(
            {
                "text/plain",
                "application/pdf",
                "application/msword",
                "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint",
                f"{OFFICE}.wordprocessingml.document",
                f"{OFFICE}.spreadsheetml.sheet",
                f"{OFFICE}.presentationml.presentation",
                # Meta's upload takes pictures as documents too; the message type decides how they are shown.
                "image/jpeg",
                "image/png",
            }
        ),
        100 * MB,
    ),
    "audio": MediaRule(frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}), 16 * MB),
    "video": MediaRule(frozenset({"video/mp4", "video/3gpp"}), 16 * MB),
    "sticker": MediaRule(frozenset({"image/webp"}), 500 * 1024),
}

MAGIC: dict[str, tuple[bytes, ...]] = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "application/pdf": (b"%PDF-",),
    "image/webp": (b"RIFF",),
    "audio/ogg": (b"OggS",),
}


def bare(mime: str) -> str:
    """`audio/ogg; codecs=opus` → `audio/ogg`."""
    return mime.split(";")[0].strip().lower()


def judge_media(kind: str, mime: str, size: int) -> str | None:
    """Meta's sentence on a file that is sent as `kind` (error 131053), or None when it may go."""
    rule = RULES[kind]
    if bare(mime) not in rule.mimes:
        return f"Unsupported {kind} mime type {mime}. Please use one of {', '.join(sorted(rule.mimes))}."
    if size > rule.size:
        return f"{kind} file size {size} is over the limit of {rule.size} bytes."
    return None


def judge_upload(mime: str, content: bytes) -> str | None:
    """Meta's sentence on an upload (error 131053), or None: a type that no message takes, too large, empty, or not what it says."""
    takers = [rule for rule in RULES.values() if bare(mime) in rule.mimes]
    if not takers:
        return f"Unsupported mime type {mime}."
    if not content:
        return "The file is empty."
    if len(content) > max(rule.size for rule in takers):
        return f"File size {len(content)} is over the limit for {mime}."
    magic = MAGIC.get(bare(mime))
    if magic and not content.startswith(magic):
        return f"The file's content is not {mime}."
    return None


def _one_source(value: dict[str, Any], path: str) -> Iterator[Objection]:
    if not value.get("id") and not value.get("link"):
        yield Objection(MISSING, path, f"Either {path}.id or {path}.link is required.")
    elif value.get("id") and value.get("link"):
        yield Objection(VALUE, path, f"Only one of {path}.id and {path}.link may be given.")


SOURCE = {"id": Text(100), "link": Text(2000, pattern=r"https?://.+")}
CAPTION = Text(1024)
BY_ID_OR_LINK = Record(optional=SOURCE, checks=(_one_source,))
CAPTIONED = Record(optional={**SOURCE, "caption": CAPTION}, checks=(_one_source,))
DOCUMENT = Record(optional={**SOURCE, "caption": CAPTION, "filename": Text(240)}, checks=(_one_source,))
