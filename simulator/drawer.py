"""The drawer of SPESIMEN documents: what lies in the folder, by family."""

import mimetypes
from pathlib import Path
from typing import Any

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".avif", ".pdf"}

mimetypes.add_type("image/heic", ".heic")
mimetypes.add_type("image/webp", ".webp")


SHORT = {"kk", "ktp", "kia", "sptjm", "pdf"}
"""Written in capitals in titles."""


def title(name: str) -> str:
    """`surat_kelahiran` → `Surat kelahiran`, `ktp_ayah` → `KTP ayah`."""
    words = [word.upper() if word.lower() in SHORT else word for word in name.replace("_", " ").split()]
    sentence = " ".join(words)
    return sentence[:1].upper() + sentence[1:]


def mime_of(name: str) -> str:
    """The MIME type that a phone would give a file of this name."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def contents(root: Path) -> list[dict[str, Any]]:
    """The groups with their documents: `[{name, title, items: [{path, title, mime, size}]}]`; empty when there is no folder."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(root.rglob("*")) if root.is_dir() else []:
        inside = path.relative_to(root)
        if path.suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in inside.parts):
            item = {"path": inside.as_posix(), "title": title(path.stem), "mime": mime_of(path.name), "size": path.stat().st_size}
            groups.setdefault(inside.parent.as_posix(), []).append(item)
    return [{"name": name, "title": title(name) if name != "." else "Lain-lain", "items": items} for name, items in groups.items()]


def find(root: Path, wanted: str) -> Path:
    """The file of this path in the drawer. Raises FileNotFoundError for one that isn't there, or lies outside."""
    path = (root / wanted).resolve()
    if not path.is_relative_to(root.resolve()) or path.suffix.lower() not in SUFFIXES or not path.is_file():
        raise FileNotFoundError(wanted)
    return path
