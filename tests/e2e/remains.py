"""What is left of a family: in the bytes of files, as whoever finds a disk reads them, and in the rows, as whoever has the keys does."""

import base64
import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import MetaData, select

from scripts import environment as env
from storage.database import Database
from storage.keyring import Keyring

TABLE: dict[str, Any] = yaml.safe_load((env.ROOT / "data/privacy/retention.yml").read_text(encoding="utf-8"))
PLACES = {
    "bot": ("bot.tables", "bot.model", "Base", "INTAKE_DATABASE_URL"),
    "intake": ("intake.drafts.tables", "intake.drafts.tables", "Base", "INTAKE_DATABASE_URL"),
    "backoffice": ("backoffice.metadata", "backoffice.metadata", "METADATA", "BACKOFFICE_DATABASE_URL"),
}


def forms(secret: str) -> list[bytes]:
    """How a text may stand in a file: as it is, in any case, and in base64 at each of its three places, as ids of WhatsApp hold numbers."""
    coded = []
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + secret.encode())
        inner = whole[4 if shift else 0 :].rstrip(b"=")[:-1]
        coded += [inner] if len(inner) >= 8 else []
    return [secret.encode().lower(), *(code.lower() for code in coded)]


def in_files(folders: Iterable[Path], secrets: Iterable[str]) -> dict[str, set[str]]:
    """Each file that holds one of them, with which."""
    wanted = {secret: forms(secret) for secret in secrets}
    found: dict[str, set[str]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if not path.is_file() or path.is_symlink():
                continue
            content = path.read_bytes().lower()
            if held := {secret for secret, coded in wanted.items() if any(code in content for code in coded)}:
                found[str(path)] = held
    return found


async def in_rows(settings: dict[str, str], secrets: Iterable[str]) -> dict[tuple[str, str, str], set[str]]:
    """Each column (database, table, name) that holds one of them once it is opened, with which."""
    wanted = list(secrets)
    found: dict[tuple[str, str, str], set[str]] = {}
    for room, (imported, module, name, url) in PLACES.items():
        importlib.import_module(imported)
        holder = getattr(importlib.import_module(module), name)
        metadata: MetaData = getattr(holder, "metadata", holder)
        database = Database.open(settings[url], Keyring(settings["BLOB_KEY"]))
        async with database.read() as session:
            for table in metadata.sorted_tables:
                for row in (await session.execute(select(table))).mappings():
                    for column, value in row.items():
                        text = "\n".join(_words(value)).lower()
                        if held := {secret for secret in wanted if secret.lower() in text}:
                            found.setdefault((room, table.name, str(column)), set()).update(held)
        await database.close()
    return found


def rule_of(room: str, table: str, column: str) -> dict[str, Any]:
    """The retention table's rule for a column; an empty one where it is said to hold nothing of people."""
    for rule, columns in TABLE[room].get(table, {}).items():
        if column in columns:
            return dict(TABLE["rules"][rule])
    return {"kept": "", "by": "nothing personal", "wish": True}


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from _words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
    elif value is not None:
        yield str(value)
