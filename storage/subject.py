"""The copy of one person's data that they may ask for (UU 27/2022 Ps 7, 13): the rows that `data/privacy/retention.yml` calls personal,
opened, as JSON, with the files that they name."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import ColumnElement, MetaData, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.blobs import BlobError, BlobStore

TABLE = Path(__file__).resolve().parents[1] / "data" / "privacy" / "retention.yml"
CONTACT_FILE = "contact.json"
"""The first file of a copy: by which ids the other services know the person."""

ENDINGS = ((b"%PDF", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG", "png"))


BESIDE = frozenset(
    ("id", "number", "kind", "at", "created_at", "received_at", "submitted_at", "delivered_at", "stage", "state", "item", "category")
)
"""Columns that make a row understood."""


def given_columns(room: str) -> dict[str, list[str]]:
    """By table the columns that a person gets a copy of; the rules of the retention table say of which (`copy`)."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {
        name: [column for rule, columns in rules.items() if "copy" not in table["rules"][rule] for column in columns]
        for name, rules in table[room].items()
    }


async def rows_of(
    session: AsyncSession, room: str, metadata: MetaData, chosen: Mapping[str, ColumnElement[bool]]
) -> dict[str, list[dict[str, Any]]]:
    """By table the chosen rows: moments and states beside what is personal. Tables without rows are left out."""
    found = {}
    for name, condition in chosen.items():
        table, given = metadata.tables[name], given_columns(room)[name]
        others = [column.name for column in table.columns if column.name in BESIDE and column.name not in given]
        columns = [table.c[column] for column in (*others, *given)]
        rows = (await session.execute(select(*columns).where(condition).order_by(*table.primary_key.columns))).mappings()
        if listed := [dict(row) for row in rows]:
            found[name] = listed
    return found


def write_json(folder: Path, name: str, content: Any) -> None:
    """Writes one file that only its owner may read; the folder is made so, too."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump(content, out, ensure_ascii=False, indent=1, default=_written)


def read_contact_ids(folder: Path) -> list[str]:
    """The ids that the bot wrote down. Raises OSError, ValueError and KeyError."""
    return [str(one) for one in json.loads((folder / CONTACT_FILE).read_text(encoding="utf-8"))["ids"]]


async def write_files(folder: Path, store: BlobStore, blobs: Iterable[str]) -> int:
    """Writes the files that rows name, by the names that the rows have; says how many there still are."""
    written = 0
    for blob in sorted(set(blobs)):
        try:
            content = await store.get(blob)
        except (BlobError, OSError):
            continue  # erased in its time
        ending = next((ending for begin, ending in ENDINGS if content.startswith(begin)), "bin")
        files = folder / "files"
        files.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(files / f"{blob}.{ending}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(content)
        written += 1
    return written


def blobs_in(value: Any) -> Iterator[str]:
    """Every file that rows name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "blob" and isinstance(inner, str):
                yield inner
            else:
                yield from blobs_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from blobs_in(inner)


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
