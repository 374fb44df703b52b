"""Drives conversations at the level of the actions: Rasa, the document check and the back office are played by hand-written fakes."""

import hashlib
import itertools
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from actions import pipeline
from actions.catalogue import Catalogue
from actions.routes import TOPICS, handler_of
from actions.turn import turn_of
from contracts.moments import moment
from documents import Check, Kind, Page, Reason, Verdict
from intake.drafts.tables import Base
from intake.handover.backoffice import BackOffice
from intake.service import Intake
from runtime.responses import read_responses
from standard.complaints import categories
from storage.database import Database
from storage.keyring import Keyring
from storage.opening import open_blobs

ROOT = Path(__file__).resolve().parents[2]
RESPONSES = read_responses()
KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""A Monday, 09.00 in Blora."""


def photo(
    kind: str,
    verdict: str = "ok",
    reasons: tuple[str, ...] = (),
    mark: str = "",
    complete: bool = True,
    looks: str | None = None,
    others: tuple[bytes, ...] = (),
    quality: dict[str, float] | None = None,
    ringed: bool = False,
    **fields: Any,
) -> bytes:
    """What the fake document check reads: the answer itself, as the bytes of the picture; `looks` is its fingerprint, `others` what else
    the file holds."""
    stated = {"kind": kind, "verdict": verdict, "reasons": reasons, "fields": fields, "mark": mark, "complete": complete, "looks": looks}
    stated |= {"ringed": ringed, "others": [other.decode() for other in others], "quality": quality or {}}
    return json.dumps(stated).encode()


READ_LATER = ("anggota", "alamat", "rt_rw", "desa", "kecamatan", "kode_pos")
"""What of a KK the second reading gives."""


class FakeChecker:
    """Answers what the picture says; pictures have one fingerprint when their bytes are the same, or it says so."""

    ready = True

    async def check(self, data: bytes, expect: Kind | None = None, filename: str | None = None, *, share: str = "") -> Check:
        try:
            stated = json.loads(data)
        except ValueError:
            return Check(Verdict.RETAKE, Kind.NONE, 0.0, (Reason.FILE_DAMAGED,), {})
        pages = () if "FILE_DAMAGED" in stated["reasons"] else (Page(data, 1600, 1012),)
        seen = stated["looks"] or hashlib.sha256(data).hexdigest()[:16]
        reasons = tuple(Reason(reason) for reason in stated["reasons"])
        fields = {name: value for name, value in stated["fields"].items() if stated["complete"] or name not in READ_LATER}
        others = [replace(await self.check(other.encode()), first_page=place) for place, other in enumerate(stated["others"], 1)]
        return Check(
            Verdict(stated["verdict"]), Kind(stated["kind"]), 0.9, reasons, fields, pages=pages, fingerprint=seen,
            complete=stated["complete"], others=tuple(others), quality=stated["quality"],
            marked=Page(b"ringed", 1000, 632) if stated["ringed"] else None,
        )  # fmt: skip

    async def read_all(self, data: bytes, kind: Kind, *, share: str = "") -> Check:
        stated = json.loads(data)
        return Check(Verdict.OK, kind, 0.9, (), stated["fields"], pages=(Page(data, 1600, 1012),))

    async def close(self) -> None:
        return None


@dataclass
class FakeBackOffice:
    """Keeps what it is given, answers as the contract says, and can be down."""

    down: bool = False
    puts: list[tuple[str, Any]] = field(default_factory=list)
    cases: dict[str, Any] = field(default_factory=dict)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("down")
        path = request.url.path
        if request.method == "GET":
            known = self.cases.get(path.rsplit("/", 1)[-1])
            return httpx.Response(200, json=known) if known else httpx.Response(404, json={"error": {"code": "unknown", "message": ""}})
        body = None if path.startswith("/api/blobs/") else json.loads(request.content)
        self.puts.append((path, body))
        return httpx.Response(201, json={"number": "x", "stage": "diterima", "deadline": "2026-11-24T02:00:00Z"})

    def bodies(self, prefix: str) -> list[Any]:
        """The bodies written under a path."""
        return [body for path, body in self.puts if path.startswith(prefix)]


class Chat:
    """One contact's phone."""

    def __init__(self, office: "Office", contact: str) -> None:
        self.office, self.contact = office, contact
        self.sent = 0
        """Messages from us, which Meta charges for."""
        self.messages: list[dict[str, Any]] = []
        self.answers: list[tuple[str, list[dict[str, Any]]]] = []
        """Every turn with its whole answer, silence and marks with it."""
        self.paragraphs: list[str] = []
        self.phone = "+628100000000"
        self.by_page: frozenset[str] = frozenset()
        self.flow = ""
        """The papers for which the capture page is offered."""
        self.changed_at: datetime | None = None
        """When WhatsApp said that another phone is behind the number."""

    async def say(
        self,
        text: str,
        intent: str = "nlu_fallback",
        confidence: float = 0.9,
        kind: str | None = None,
        act: str | None = None,
        **labels: str,
    ) -> str:
        """A text as the language model would hear it: intent, labels (`moment`, `question`), and by the complaint model the kind of a
        complaint, or what is said of one; returns what the person reads."""
        heard: dict[str, Any] = {name: {"name": label, "confidence": 0.9} for name, label in labels.items() if label}
        if kind or act:
            heard["complaint"] = heard_as(kind, act)
        return await self._turn(text, intent, confidence, {"kind": "text", "text": text}, heard=heard)

    async def hear(self, text: str, intent: str, confidence: float, complaint: dict[str, Any] | None, **labels: Any) -> str:
        """A text with what the real language model heard; `labels`: its moment and its question."""
        return await self._turn(text, intent, confidence, {"kind": "text", "text": text}, heard={"complaint": complaint, **labels})

    async def quiet(self) -> str:
        """Nothing is written for a while: the intake has the story filed that was being told."""
        self.office.now += timedelta(minutes=4)
        return await self.notice("cerita_usai", "")

    async def tap(self, title: str) -> str:
        """A tap on a button or row of our last message."""
        return await self.tap_id(self.options()[title], title)

    async def tap_id(self, choice: str, title: str = "x") -> str:
        """A tap on a button of any earlier message."""
        return await self._turn(title, "nlu_fallback", 0.3, {"kind": "choice", "text": title, "choice": choice})

    async def send(self, *photos: bytes, caption: str | None = None, problem: str | None = None) -> str:
        """Photos as one batch, the caption on the first."""
        documents = []
        for position, data in enumerate(photos):
            blob = await self.office.intake.blobs.store.put(data)
            documents.append(
                {
                    "blob": blob,
                    "mime": "image/jpeg",
                    "caption": caption if position == 0 else None,
                    "message": f"wamid.{position}",
                    "line": f"in-{position}",
                    "problem": problem,
                }
            )
        return await self._turn("/kirim_berkas", "kirim_berkas", 1.0, {"kind": "documents", "text": caption, "documents": documents})

    async def other(self, kind: str, **fields: Any) -> str:
        """A message that is neither text nor photo."""
        return await self._turn("/kirim_lain", "kirim_lain", 1.0, {"kind": "other", "other": {"type": kind, **fields}})

    async def notice(self, kind: str, number: str, attachments: list[Any] | None = None, **data: Any) -> str:
        """A notice of the back office."""
        notice = {"id": "n", "contact": self.contact, "kind": kind, "number": number, "data": data, "attachments": attachments or []}
        return await self._turn("/pemberitahuan", "pemberitahuan", 1.0, {"kind": "notice", "notice": notice})

    def options(self) -> dict[str, str]:
        """What our last message offers: title to id."""
        last = self.messages[-1] if self.messages else {}
        return {row["title"]: row["id"] for row in [*last.get("buttons", []), *last.get("list", {}).get("rows", [])]}

    async def _turn(
        self,
        text: str,
        intent: str,
        confidence: float,
        metadata: dict[str, Any],
        turn: str | None = None,
        heard: dict[str, Any] | None = None,
    ) -> str:
        self.office.now += timedelta(seconds=30)
        stated = {
            "turn": turn or f"t{next(self.office.counter)}",
            "messages": [],
            "documents": [],
            "contact": {"phone": self.phone, "name": "Warga SPESIMEN", "changed_at": moment(self.changed_at) if self.changed_at else None},
            "at": self.office.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            **metadata,
        }
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": confidence},
            "metadata": stated,
            "intent_ranking": [],
            **(heard or {}),
        }
        answer = await pipeline.answer(
            turn_of(self.contact, message),
            handler_of(intent),
            self.office.catalogue,
            self.office.intake,
            TOPICS,
            pipeline.Offers(self.by_page, self.flow),
        )
        self.answers.append((stated["turn"], answer))
        self.messages = [part for part in answer if not part.get("silence")]
        self.sent += len(self.messages)
        for part in self.messages:
            within_limits(part)
        read = "\n\n".join(part["text"] for part in self.messages)
        paragraphs = [paragraph for paragraph in read.split("\n\n") if paragraph]
        before = "\n\n".join(self.paragraphs)
        repeated = (set(paragraphs) & set(self.paragraphs)) | (sentences(read) & sentences(before))
        assert not repeated, f"said twice in a row: {repeated}"
        if paragraphs:
            self.paragraphs = paragraphs
        return read


def heard_as(kind: str | None, act: str | None = None) -> dict[str, Any]:
    """What the complaint model would make of a message: a complaint of that kind, or that act."""
    acts = {"keluhan": 0.5 if kind else -1.0, "bukan": -1.0} | ({act: 0.8} if act else {})
    kinds = {name: 0.5 if name == kind else -1.0 for name in [*categories(), "umum"]} if kind else {}
    return {"acts": acts, "kinds": kinds, "grave": 0.5 if kind in categories() and categories()[kind].restricted else -1.0}


def within_limits(message: dict[str, Any]) -> None:
    """WhatsApp's limits on one message (contract `whatsapp-cloud-api.md`)."""
    has_file = "document" in message or "image" in message
    assert has_file or message["text"].strip()
    assert len(message["text"]) <= (1024 if has_file or "buttons" in message or "request" in message else 4096), len(message["text"])
    filled_by_the_bot = "{laman}" if "capture" in message else ""
    assert "{" not in message["text"].replace(filled_by_the_bot, ""), message["text"]
    buttons, rows = message.get("buttons", []), message.get("list", {}).get("rows", [])
    assert not (has_file and (buttons or rows))
    assert len(buttons) <= 3 and len(rows) <= 10
    assert len({row["title"] for row in [*buttons, *rows]}) == len(buttons) + len(rows), "titles are unique"
    assert all(0 < len(button["title"]) <= 20 and len(button["id"]) <= 256 for button in buttons)
    assert all(0 < len(row["title"]) <= 24 and len(row.get("description", "")) <= 72 and len(row["id"]) <= 200 for row in rows)


SENTENCE = 25
"""Letters from which on a sentence is more than a word of courtesy; it never comes twice in a row."""


def sentences(text: str) -> set[str]:
    """The sentences of an answer that are long enough to count; headings and lines of a list may come again."""
    prose = " ".join(line for line in text.splitlines() if not line.startswith(("•", "📎", "👶", "👪", "🧾", "👥", "🏠", "📮", "✉️")))
    return {part.strip() for part in re.split(r"(?<=[.!?:])\s+", prose) if len(part.strip()) >= SENTENCE and not part.strip().endswith(":")}


@dataclass
class Office:
    """Everything behind the chat."""

    intake: Intake
    backoffice: FakeBackOffice
    catalogue: Catalogue
    now: datetime = MORNING
    counter: Any = field(default_factory=lambda: itertools.count(1))

    def chat(self, contact: str = "c1") -> Chat:
        """A phone."""
        return Chat(self, contact)

    async def hand_over(self) -> None:
        """Lets the courier go its rounds until nothing is due."""
        await self.intake.jobs.workers["hand_over"].drain()


@asynccontextmanager
async def open_office(folder: Path) -> AsyncIterator[Office]:
    """An office whose database and files lie in the folder."""
    database = Database.open(f"sqlite:///{folder}/intake.db", Keyring(KEY))
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    backoffice = FakeBackOffice()
    client = BackOffice(httpx.AsyncClient(transport=httpx.MockTransport(backoffice), base_url="http://backoffice"))
    made: list[Office] = []
    clock: Callable[[], datetime] = lambda: made[0].now  # noqa: E731
    bot = httpx.AsyncClient(transport=httpx.MockTransport(backoffice), base_url="http://bot")
    intake = Intake(database, open_blobs(f"file:{folder}/blobs", KEY, "intake"), FakeChecker(), client, clock, bot)
    made.append(Office(intake, backoffice, Catalogue(RESPONSES)))
    yield made[0]
    await intake.close()


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as opened:
        yield opened
