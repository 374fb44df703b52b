"""Keeps phones, chats and media in one SQLite file, so that they outlive a restart."""

import json
import sqlite3
from pathlib import Path

from simulator.model import Media, Message, Phone, State, as_json

SCHEMA = """
CREATE TABLE IF NOT EXISTS phones (id TEXT PRIMARY KEY, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, phone TEXT NOT NULL, at REAL NOT NULL, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS media (id TEXT PRIMARY KEY, data TEXT NOT NULL, bytes BLOB NOT NULL);
"""


class Store:
    """Phones and messages are read once at the start and written through; media bytes stay on disk."""

    def __init__(self, path: Path | None) -> None:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + SCHEMA)

    def phones(self) -> list[Phone]:
        """All phones, in the order in which they were made."""
        return [Phone(**json.loads(data)) for (data,) in self._db.execute("SELECT data FROM phones ORDER BY rowid")]

    def messages(self) -> list[Message]:
        """All messages, oldest first."""
        rows = (json.loads(data) for (data,) in self._db.execute("SELECT data FROM messages ORDER BY at, rowid"))
        return [Message(**{**row, "state": State(row["state"])}) for row in rows]

    def media(self) -> list[Media]:
        """All media without their bytes."""
        return [Media(**json.loads(data)) for (data,) in self._db.execute("SELECT data FROM media")]

    def save_phone(self, phone: Phone) -> None:
        """Writes or overwrites a phone."""
        self._db.execute(
            "INSERT INTO phones VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data", (phone.id, json.dumps(as_json(phone)))
        )

    def save_message(self, message: Message) -> None:
        """Writes or overwrites a message."""
        self._db.execute(
            "INSERT INTO messages VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data",
            (message.id, message.phone, message.at, json.dumps(as_json(message))),
        )

    def save_media(self, media: Media, content: bytes) -> None:
        """Writes a file with its bytes."""
        self._db.execute("INSERT INTO media VALUES (?, ?, ?)", (media.id, json.dumps(as_json(media)), content))

    def media_bytes(self, media_id: str) -> bytes:
        """The bytes of a file. Raises KeyError when there is none."""
        row = self._db.execute("SELECT bytes FROM media WHERE id = ?", (media_id,)).fetchone()
        if row is None:
            raise KeyError(media_id)
        return bytes(row[0])

    def drop_media(self, media_id: str) -> None:
        """Forgets a file."""
        self._db.execute("DELETE FROM media WHERE id = ?", (media_id,))

    def drop_messages(self, phone_id: str) -> None:
        """Forgets a phone's chat."""
        self._db.execute("DELETE FROM messages WHERE phone = ?", (phone_id,))

    def clear(self) -> None:
        """Forgets everything."""
        self._db.executescript("DELETE FROM phones; DELETE FROM messages; DELETE FROM media;")

    def close(self) -> None:
        """Closes the file."""
        self._db.close()
