"""One person's phone before the real dialogue: posts turns to Rasa as the bot does, and keeps the whole chat as it is read."""

import asyncio
import itertools
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from storage.blobs import BlobStore

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""A Monday, 09.00 in Blora: the office is open."""

BETWEEN = timedelta(seconds=40)
"""How long a person takes for the next message."""


@dataclass(frozen=True)
class Read:
    """What one turn brought: the messages in order, and how long it took."""

    messages: tuple[dict[str, Any], ...]
    seconds: float

    @property
    def text(self) -> str:
        """All that is read."""
        return "\n\n".join(message["text"] for message in self.messages if message.get("text"))

    @property
    def options(self) -> list[dict[str, str]]:
        """Buttons and rows, in order."""
        return [row for message in self.messages for row in [*message.get("buttons", []), *message.get("list", {}).get("rows", [])]]

    @property
    def files(self) -> list[str]:
        """Names of the files; a picture has none of its own."""
        return [
            (message.get("document") or {}).get("filename") or "gambar"
            for message in self.messages
            if "document" in message or "image" in message
        ]


@dataclass
class Phone:
    """A contact. Each act returns what the person reads; `chat` is the whole of it, for people who look at a failed test."""

    dialogue: httpx.Client
    """Rasa's address is its base."""
    blobs: BlobStore
    contact: str
    now: datetime = MORNING
    chat: list[str] = field(default_factory=list)
    history: list[Read] = field(default_factory=list)
    _turns: Any = field(default_factory=lambda: itertools.count(1))

    def say(self, text: str) -> Read:
        """Types a text."""
        self.chat.append(f"  orang: {text}")
        return self._post(text.lstrip("/ \t\n"), {"kind": "text", "text": text})

    def tap(self, title: str) -> Read:
        """Taps the newest button or row of that title. Raises AssertionError where none was ever offered."""
        self.chat.append(f"  ketuk: [{title}]")
        found = next((row for read in reversed(self.history) for row in read.options if row["title"] == title), None)
        assert found is not None, f"Tidak ada tombol {title!r}.\n{self.transcript()}"
        return self._post(title, {"kind": "choice", "text": title, "choice": found["id"]})

    def send(self, photos: Sequence[tuple[str, bytes]], caption: str | None = None) -> Read:
        """Photos `(name, bytes)` as one album, the caption on the first."""
        self.chat.append(f"  foto:  {', '.join(name for name, _ in photos)}{f' ({caption})' if caption else ''}")
        documents = [
            {
                "blob": asyncio.run(self.blobs.put(data)),
                "mime": "application/pdf" if name.endswith(".pdf") else "image/jpeg",
                "filename": name if name.endswith(".pdf") else None,
                "caption": caption if position == 0 else None,
                "message": f"wamid.{self.contact}.{position}",
                "problem": None,
            }
            for position, (name, data) in enumerate(photos)
        ]
        return self._post("/kirim_berkas", {"kind": "documents", "text": caption or "", "documents": documents})

    def fail(self, problem: str) -> Read:
        """A photo that the bot could not fetch."""
        self.chat.append(f"  foto:  (gagal: {problem})")
        document = {"blob": None, "mime": "image/jpeg", "filename": None, "caption": None, "message": "wamid.x", "problem": problem}
        return self._post("/kirim_berkas", {"kind": "documents", "text": "", "documents": [document]})

    def other(self, kind: str, **fields: Any) -> Read:
        """A message that is neither text nor photo."""
        self.chat.append(f"  lain:  {kind} {fields or ''}".rstrip())
        return self._post("/kirim_lain", {"kind": "other", "text": "", "other": {"type": kind, **fields}})

    def fill_in(self, fields: dict[str, str]) -> Read:
        """Fills in the form that was offered last, over what it was opened with. Raises AssertionError where none was."""
        offered = [message["form"] for read in self.history for message in read.messages if message.get("form")]
        assert offered, f"Tidak ada formulir.\n{self.transcript()}"
        known = {name: value for group in offered[-1].get("data", {}).values() for name, value in group.items()}
        return self.other("form", token=offered[-1]["token"], fields={**known, **fields})

    def notice(self, kind: str, number: str, data: dict[str, Any], attachments: Sequence[dict[str, Any]] = ()) -> Read:
        """A notice of the back office, as the bot runs it in the contact's queue."""
        self.chat.append(f"  kabar: {kind} {data or ''}".rstrip())
        notice = {
            "id": f"n{next(self._turns)}",
            "contact": self.contact,
            "kind": kind,
            "number": number,
            "data": data,
            "attachments": [*attachments],
        }
        return self._post("/pemberitahuan", {"kind": "notice", "text": "", "notice": notice})

    def wait(self, span: timedelta) -> None:
        """Lets time go by."""
        self.chat.append(f"  … {span} kemudian")
        self.now += span

    def transcript(self) -> str:
        """The whole chat so far."""
        return "\n".join(self.chat)

    def _post(self, message: str, metadata: dict[str, Any]) -> Read:
        self.now += BETWEEN
        stated = {
            "turn": f"{self.contact}-{next(self._turns)}",
            "messages": [f"wamid.{self.contact}"],
            "documents": [],
            "choice": None,
            "contact": {"phone": "+628100000000", "name": "Warga SPESIMEN"},
            "at": self.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            **metadata,
        }
        began = time.perf_counter()
        body = {"sender": self.contact, "message": message, "metadata": stated}
        answer = self.dialogue.post("/webhooks/rest/webhook", json=body).json()
        seconds = time.perf_counter() - began
        assert answer, f"No answer at all.\n{self.transcript()}"
        read = Read(tuple(part["custom"] for part in answer if not part["custom"].get("silence")), seconds)
        self.history.append(read)
        self.chat += [_shown(message) for message in read.messages] or ["    bot: (diam)"]
        return read


def _shown(message: dict[str, Any]) -> str:
    """A message as it stands in the transcript."""
    text = re.sub(r"\n+", "\n         ", message.get("text") or "")
    files = [part.get("filename") or "gambar" for part in (message.get("document"), message.get("image")) if part]
    rows = [*message.get("buttons", []), *message.get("list", {}).get("rows", [])]
    return " ".join([f"    bot: {text}", *(f"<{name}>" for name in files), *("[" + row["title"] + "]" for row in rows)])
