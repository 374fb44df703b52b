"""What the back office's tests share: SPESIMEN bundles, pictures and PDFs, a clock to set, and a browser of staff."""

import asyncio
import base64
import hashlib
import io
import re
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas
from sanic import Sanic

from backoffice.actor import Actor
from backoffice.services import Services
from backoffice.staff import passwords, service

KEY = base64.b64encode(b"k" * 32).decode()
TOKEN = "actions-to-office-in-the-tests"
BOT_TOKEN = "bot-to-office-in-the-tests"
TO_BOT = "office-to-bot-in-the-tests"
PASSWORD = "sandi-untuk-ujian-1"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""09.00 in Blora."""

ITEMS = ("kk", "ktp_pelapor", "surat_kelahiran", "surat_nikah", "ktp_saksi_1", "ktp_saksi_2")
KINDS = {"ktp_pelapor": "ktp", "ktp_saksi_1": "ktp", "ktp_saksi_2": "ktp"}


class TestClock:
    """The present moment, as a test sets it."""

    __test__ = False

    def __init__(self) -> None:
        self.moment = MONDAY

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **length: float) -> None:
        self.moment += timedelta(**length)


def make_picture(text: str = "SPESIMEN") -> bytes:
    """A JPEG that says what it is."""
    picture = Image.new("RGB", (640, 400), (214, 226, 232))
    ImageDraw.Draw(picture).text((30, 40), f"{text}\nSPESIMEN", fill=(20, 40, 60))
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=Image.Exif())
    return out.getvalue()


def make_pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0)
    for place, line in enumerate(("SPESIMEN", *lines)):
        canvas.drawString(60, 780 - place * 24, line)
    canvas.save()
    return out.getvalue()


def make_document(item: str, picture: bytes, received_at: datetime = MONDAY, submission: str | None = None, **more: Any) -> dict[str, Any]:
    """One document of a bundle, as docs/contracts.md writes it."""
    return {
        "item": item,
        "submission": submission or str(uuid.uuid4()),
        "kind": KINDS.get(item, item),
        "received_at": received_at.isoformat(),
        "retakes": 0,
        "flagged": False,
        "pages": [{"blob": hashlib.sha256(picture).hexdigest(), "mime": "image/jpeg", "width": 640, "height": 400}],
        "check": {
            "verdict": "ok",
            "kind": KINDS.get(item, item),
            "kind_confidence": 0.97,
            "reasons": [],
            "fields": {"nik": "3316990101900001", "nama": "BUDI SPESIMEN"},
            "confidence": {"nik": 0.99, "nama": 0.6},
            "boxes": {"nik": {"page": 0, "left": 20, "top": 30, "right": 220, "bottom": 70}},
            "quality": {},
        },
        **more,
    }


def make_child(name: str) -> dict[str, Any]:
    """One child's record."""
    return {"nama": name, "jenis_kelamin": "L", "tanggal_lahir": "2026-11-01", "pukul": "04:30", "kelahiran_ke": 1}


def make_bundle(number: str = "LM-261123-7K4F", children: int = 1, **more: Any) -> dict[str, Any]:
    """A whole bundle of a married couple."""
    return {
        "number": number,
        "service": "kelahiran",
        "form": "F-2.01",
        "contact": {"id": "contact-1", "phone": "+6281230000001", "name": "BUDI SPESIMEN"},
        "submitted_at": MONDAY.isoformat(),
        "conditions": {
            "pelapor": "ayah",
            "jumlah_anak": children,
            "ada_surat_kelahiran": True,
            "ada_surat_nikah": True,
            "hubungan_kk": None,
            "status_ktp_ayah": "kawin",
            "status_ktp_ibu": "kawin",
        },
        "anak": [make_child(f"ANAK {'ABC'[n]} SPESIMEN") for n in range(children)],
        "answers": {
            "ayah_nama": {"value": "BUDI SPESIMEN", "source": "ktp_pelapor"},
            "ibu_nama": {"value": "SITI SPESIMEN", "source": "chat"},
            "pelapor_nik": {"value": "3316990101900001", "source": "ktp_pelapor"},
        },
        "alamat_kia": {"alamat": "Jalan Contoh 1, Blora", "location": None, "penerima": "SITI SPESIMEN"},
        "email": None,
        "flags": ["perlu_cek_petugas:kk"],
        "warnings": [],
        "documents": [make_document(item, make_picture(item)) for item in ITEMS],
        **more,
    }


@asynccontextmanager
async def lifespan(app: Sanic) -> AsyncIterator[None]:
    """Starts and stops an application as an ASGI server would."""
    to_app: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    from_app: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    task = asyncio.create_task(app({"type": "lifespan", "asgi": {"version": "3.0"}}, to_app.get, from_app.put))
    await to_app.put({"type": "lifespan.startup"})
    assert (await from_app.get())["type"] == "lifespan.startup.complete"
    yield
    await to_app.put({"type": "lifespan.shutdown"})
    await from_app.get()
    await task


class Desk:
    """A member of staff at a browser: signs in, reads pages, presses buttons by their `data-action`."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page = ""

    async def sign_in(self, username: str, password: str = PASSWORD) -> httpx.Response:
        await self.open("/masuk")
        csrf = re.search(r'name="csrf" value="([^"]+)"', self.page).group(1)
        answer = await self.client.post("/masuk", data={"csrf": csrf, "username": username, "password": password})
        if answer.status_code == 303:
            await self.open("/antrean")
        return answer

    async def open(self, path: str) -> httpx.Response:
        answer = await self.client.get(path, follow_redirects=True)
        self.page = answer.text
        return answer

    @property
    def csrf(self) -> str:
        return re.search(r'name="csrf" value="([^"]+)"', self.page).group(1)

    async def post(self, path: str, files: Any = None, **fields: Any) -> httpx.Response:
        answer = await self.client.post(path, data={"csrf": self.csrf, **fields}, files=files)
        if answer.status_code == 303:
            await self.open(answer.headers["location"])
        return answer

    async def act(self, number: str, transition: str, **fields: Any) -> httpx.Response:
        """Opens the case, and presses a button of it as its form stands there."""
        await self.open(f"/permohonan/{number}")
        version = re.search(r'data-version="(\d+)"', self.page).group(1)
        return await self.post(f"/permohonan/{number}/laku/{transition}", **{"version": version, "key": str(uuid.uuid4()), **fields})

    async def take(self, number: str) -> httpx.Response:
        return await self.post(f"/permohonan/{number}/ambil")

    async def upload(self, number: str, transition: str, pdf: bytes, child: int = 0, **fields: str) -> httpx.Response:
        await self.open(f"/permohonan/{number}")
        version = re.search(r'data-version="(\d+)"', self.page).group(1)
        files = {"berkas": ("draf.pdf", pdf, "application/pdf")}
        return await self.post(
            f"/permohonan/{number}/unggah/{transition}", files=files, version=version, key=str(uuid.uuid4()), child=str(child), **fields
        )


async def send_bundle(api: httpx.AsyncClient, bundle: dict[str, Any] | None = None, draft: str = "draft-1") -> httpx.Response:
    """Hands a bundle over with its pictures, as actions do."""
    bundle = bundle or make_bundle()
    for document in bundle["documents"]:
        await put_picture(api, document["item"])
    return await api.put(f"/api/bundles/{draft}", json=bundle)


async def put_picture(api: httpx.AsyncClient, text: str) -> str:
    picture = make_picture(text)
    sha256 = hashlib.sha256(picture).hexdigest()
    assert (await api.put(f"/api/blobs/{sha256}", content=picture, headers={"Content-Type": "image/jpeg"})).status_code in (200, 201)
    return sha256


async def make_actor(services: Services, *roles: str, username: str | None = None) -> Actor:
    """An account with these roles, as the one who acts."""
    name, hashed = username or roles[0], await passwords.make_hash(PASSWORD)
    async with services.database.write() as session:
        staff = await service.StaffService(session, services.settings, services.clock()).create(
            name, name.title(), list(roles), hashed, False
        )
    return Actor(staff.id, staff.name, frozenset(roles))


class FakeMailServer:
    """Takes mail as an SMTP server does, or answers what a test says."""

    def __init__(self, answer: str = "250 taken") -> None:
        self.answer, self.mails = answer, []
        self.on_mail: Callable[[], None] = lambda: None

    async def __call__(self, reader, writer):
        writer.write(b"220 mail.test\r\n")
        while line := (await reader.readline()).decode().strip().upper():
            if line == "DATA":
                writer.write(b"354 go on\r\n")
                self.mails.append((await reader.readuntil(b"\r\n.\r\n")).decode())
                self.on_mail()
            reply = self.answer if line.startswith("RCPT") else "250 taken"
            writer.write(f"{reply}\r\n".encode())
            await writer.drain()
            if line == "QUIT":
                break
        writer.close()
