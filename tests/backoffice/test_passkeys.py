"""A passkey is a second factor: made with the password, asked for at sign-in and before a signature, and worth nothing anywhere else."""

import hashlib
import json
import os
from argparse import Namespace
from dataclasses import dataclass, field

import cbor2
import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from sqlalchemy import func, select
from webauthn.helpers import bytes_to_base64url as b64

from backoffice.cli import people
from backoffice.staff.models import Passkey
from tests.backoffice.office import PASSWORD, Desk, send_bundle
from tests.backoffice.test_chain import APPROVALS, NUMBER, check_documents, enter_and_draft

PRESENT, MADE = 0x05, 0x45
"""Flags: the user was there and verified; the same with a new key."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@dataclass
class Authenticator:
    """A security key in software, as a browser drives it."""

    origin: str
    host: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: os.urandom(32))
    count: int = 0

    def make(self, options: dict) -> str:
        public = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")})
        data = self._data(MADE) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(options, "webauthn.create", attestationObject=b64(attested))

    def sign(self, options: dict) -> str:
        self.count += 1
        data = self._data(PRESENT)
        said = self._client(options, "webauthn.get")
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(options, "webauthn.get", authenticatorData=b64(data), signature=b64(signature), userHandle=None)

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, options: dict, kind: str) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, options: dict, kind: str, **response: str | None) -> str:
        whole = {"clientDataJSON": b64(self._client(options, kind)), **response}
        made = {"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "clientExtensionResults": {}, "response": whole}
        return json.dumps(made)


@pytest.fixture
def stick(services) -> Authenticator:
    return Authenticator(services.settings.public_url.rstrip("/"), "127.0.0.1")


async def asked(desk: Desk, path: str) -> dict:
    answer = await desk.post(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def with_passkey(desk: Desk, stick: Authenticator) -> httpx.Response:
    await desk.open("/akun/kunci")
    made = stick.make(await asked(desk, "/akun/kunci/tantangan"))
    return await desk.post("/akun/kunci", kunci=made, label="HP kantor", password=PASSWORD)


async def count(services) -> int:
    async with services.database.read() as session:
        return await session.scalar(select(func.count()).select_from(Passkey)) or 0


async def signed_in_again(app, username: str) -> Desk:
    desk = Desk(httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test"))
    await desk.sign_in(username, PASSWORD)
    return desk


async def test_after_the_password_the_passkey_opens_the_session_and_nothing_else_does(app, sign_in, services, stick):
    desk = await sign_in("kepala_dinas")
    assert (await with_passkey(desk, stick)).status_code == 303
    assert "HP kantor" in (await desk.open("/akun")).text
    again = await signed_in_again(app, "kepala_dinas")
    page = await again.open("/antrean")
    assert "/masuk/kode" in str(page.url) and "use-passkey" in page.text and "give-code" not in page.text
    stranger = Authenticator(stick.origin, stick.host, id=stick.id)
    refused = await again.post("/masuk/kunci", kunci=stranger.sign(await asked(again, "/masuk/kunci/tantangan")))
    assert refused.status_code == 401
    opened = await again.post("/masuk/kunci", kunci=stick.sign(await asked(again, "/masuk/kunci/tantangan")))
    assert opened.status_code == 303
    assert (await again.open("/persetujuan")).status_code == 200 and "/masuk" not in str(again.client.base_url)


async def test_what_was_signed_once_for_another_site_or_too_long_ago_is_worth_nothing(app, sign_in, services, stick, clock):
    await with_passkey(await sign_in("kepala_dinas"), stick)
    again = await signed_in_again(app, "kepala_dinas")
    await again.open("/masuk/kode")
    options = await asked(again, "/masuk/kunci/tantangan")
    elsewhere = Authenticator("https://palsu.example", stick.host, key=stick.key, id=stick.id)
    assert (await again.post("/masuk/kunci", kunci=elsewhere.sign(options))).status_code == 401
    used = stick.sign(options)
    assert (await again.post("/masuk/kunci", kunci=used)).status_code == 401, "the question was used up"
    options = await asked(again, "/masuk/kunci/tantangan")
    clock.pass_by(minutes=6)
    assert (await again.post("/masuk/kunci", kunci=stick.sign(options))).status_code == 401
    for odd in ("", "{}", "[1]", '{"id": 1}', "x" * 30_000):
        answer = await again.post("/masuk/kunci", kunci=odd)
        assert answer.status_code in (401, 429), odd


async def test_who_has_a_passkey_alone_signs_with_it_and_not_with_the_password(app, sign_in, stick, clock):
    desk = await sign_in("kepala_dinas")
    await with_passkey(desk, stick)
    clock.pass_by(minutes=20)
    page = await desk.open("/persetujuan")
    assert "confirm-passkey" in page.text and 'type="password"' not in page.text
    wrong = await desk.post("/akun/kunci/bukti", kunci="{}")
    assert "confirm-passkey" in (await desk.open("/persetujuan")).text and wrong.status_code == 303
    await desk.post("/akun/kunci/bukti", kunci=stick.sign(await asked(desk, "/masuk/kunci/tantangan")))
    assert "confirm-passkey" not in (await desk.open("/persetujuan")).text


async def test_who_has_a_passkey_alone_signs_on_the_page_of_the_case_too(api, sign_in, stick, clock):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    for role, transition in APPROVALS.items():
        if transition != "setuju_kadis":
            assert (await (await sign_in(role)).act(NUMBER, transition)).status_code == 303
    desk, here = await sign_in("kepala_dinas"), f"/permohonan/{NUMBER}"
    await with_passkey(desk, stick)
    clock.pass_by(minutes=20)
    page = (await desk.open(here)).text
    assert "confirm-passkey" in page and "passkeys" in page and 'type="password"' not in page
    assert (await desk.act(NUMBER, "setuju_kadis")).status_code == 403
    for elsewhere in ("https://palsu.example/", "//palsu.example", "/permohonan/../akun"):
        assert (await desk.post("/akun/kunci/bukti", kunci="{}", ke=elsewhere)).headers["location"].startswith("/persetujuan?")
    proved = await desk.post("/akun/kunci/bukti", kunci=stick.sign(await asked(desk, "/masuk/kunci/tantangan")), ke=here)
    assert proved.headers["location"].startswith(f"{here}?")
    assert "confirm-passkey" not in (await desk.open(here)).text
    assert (await desk.act(NUMBER, "setuju_kadis")).status_code == 303


async def test_a_passkey_needs_the_password_to_be_made_and_to_be_taken_off_and_goes_with_a_lost_phone(sign_in, services, stick):
    desk = await sign_in("kepala_dinas")
    await desk.open("/akun/kunci")
    made = stick.make(await asked(desk, "/akun/kunci/tantangan"))
    assert (await desk.post("/akun/kunci", kunci=made, label="x", password="salah-sekali")).status_code == 422
    assert await count(services) == 0
    await with_passkey(desk, stick)
    await desk.open("/akun")
    await desk.post("/akun/kunci/lepas", id=b64(stick.id), password="salah-sekali")
    assert await count(services) == 1
    await desk.post("/akun/kunci/lepas", id=b64(stick.id), password=PASSWORD)
    assert await count(services) == 0


async def test_a_lost_phones_passkey_is_seen_and_taken_off_by_the_administrator(sign_in, services, stick):
    boss, desk = await sign_in("administrator"), await sign_in("operator_kia")
    here = "/staf/akun/operator_kia"
    assert 'data-action="lepas-kode"' not in (await boss.open(here)).text
    await with_passkey(desk, stick)
    for page in (here, "/staf"):
        assert '<span class="state">kunci sandi</span>' in (await boss.open(page)).text, page
    listed = json.loads(await people.show(services, Namespace(json=True)))
    assert [row["username"] for row in listed if row["second_factor"]] == ["operator_kia"]
    assert 'data-action="lepas-kode"' in (await boss.open(here)).text
    assert (await boss.post(f"{here}/lepas-kode")).status_code == 303
    assert await count(services) == 0
    assert "kunci sandi</span>" not in (await boss.open(here)).text


async def test_a_required_second_factor_may_be_a_passkey(sign_in, services, stick):
    desk = await sign_in("kepala_dinas")
    services.settings.public_url = "http://kantor.example"
    try:
        page = await desk.open("/antrean")
        assert "/akun/kode" in str(page.url) and "passkey-instead" in page.text
        answer = await with_passkey(desk, Authenticator("http://kantor.example", "kantor.example"))
        assert answer.status_code == 303
        assert "/akun/kode" not in str((await desk.open("/persetujuan")).url)
    finally:
        services.settings.public_url = "http://127.0.0.1:8090"
