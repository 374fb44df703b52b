"""Whoever is accused meets the report behind no door: every page that there is is opened, by the accused and by those over them."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from sanic import Sanic
from sqlalchemy import select

from backoffice.complaints.tending import tend
from backoffice.escalation.telling import tell_superiors
from backoffice.notices.mail import MAILTO
from backoffice.notices.models import Notice
from backoffice.web.stream import stream
from tests.backoffice.office import send_bundle
from tests.backoffice.test_api import COMPLAINT
from tests.backoffice.test_chain import NUMBER as CASE
from tests.backoffice.test_restricted import id_of, of

ADU = COMPLAINT["number"]
WORDS = "uang rokok limapuluh"
ACCUSED = {"petugas": "hartono", "kasi_kelahiran": "sudarmi", "supervisor": "winarno", "kepala_dinas": "suryani"}
"""Of these the officer and the Kasi are named in the report; the others are over them."""
FORMS = ("csv", "xlsx")
LISTS = ("aduan:pungli", "dibalas:pungli")


def doors(app: Sanic) -> list[str]:
    """Every page that is read, its parameters filled with the complaint, its case, and what else there is."""
    found = []
    for route in app.router.routes:
        path = f"/{route.path}"
        if "GET" not in route.methods or path.startswith(("/api", "/static", "/siaran", "/health")):
            continue
        for number in (ADU, CASE) if "<number" in path else ("",):
            filled = path
            for name in [part.split(">")[0] for part in path.split("<")[1:]]:
                values = {"number": number, "index": "0", "form": "csv", "name": "nik", "username": "wulandari"}
                filled = filled.replace(f"<{name}>", values.get(name.split(":")[0], "x"))
            found.append(filled)
    asked = [f"/antrean?q={word}" for word in (ADU, "rokok")] + [f"/audit?nomor={ADU}", f"/audit/unduh.csv?nomor={ADU}"]
    tabs = [f"/pengaduan?tab={tab}" for tab in ("baru", "saya", "menunggu", "jatuh_tempo", "naik", "terbuka", "terbatas", "selesai")]
    return [*found, *asked, *tabs, *(f"/laporan/daftar?apa={what}" for what in LISTS), *(f"/laporan/unduh/{form}" for form in FORMS)]


@pytest.mark.parametrize("lifted", [False, True], ids=["restricted", "lifted"])
async def test_the_accused_and_their_superiors_meet_it_behind_no_door(app, api, sign_in, services, clock, lifted):
    reader = await sign_in("inspektorat", username="wulandari")
    line = [await sign_in(role, username=name) for role, name in ACCUSED.items()]
    app.ctx.http = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(503)))
    await send_bundle(api)
    body = {
        **COMPLAINT,
        "category": "pungli",
        "doubtful": True,
        "case": CASE,
        "text": f"pak Hartono dan bu Sudarmi minta {WORDS} waktu saya antar berkas",
    }
    assert (await api.put("/api/complaints/c-1", json=body)).status_code == 201
    assert WORDS in (await reader.open(f"/pengaduan/{ADU}")).text
    await reader.post(f"/pengaduan/{ADU}/jawab", text="Kami telusuri.", key="k1", act="jawab")
    await reader.post(f"/pengaduan/{ADU}/catatan", catatan=f"saksi melihat {WORDS}", key="k2")
    if lifted:
        await reader.post(f"/pengaduan/{ADU}/pembatasan", alasan="Sudah jelas.")
        assert not (await of(services)).restricted
    for one in line:
        for door in doors(app):
            answer = await one.open(door)
            assert answer.status_code < 500, door
            said = answer.text.replace(door, "")
            assert WORDS not in said and "antar berkas" not in said and "Kami telusuri" not in said, door
            assert ADU not in said or ADU in door, door
            assert f'href="/pengaduan/{ADU}' not in said and "Aduan dijawab" not in said, door
            assert answer.status_code >= 400 or f"/pengaduan/{ADU}" not in door, door
        await one.open("/akun")
        for act in ("jawab", "serahkan", "perihal", "catatan", "pembatasan", "terlapor", "asisten"):
            fields = {"text": "x", "key": "k", "perihal": "saran", "alasan": "x", "terlapor": "x", "catatan": "x"}
            assert (await one.post(f"/pengaduan/{ADU}/{act}", **fields)).status_code in (403, 404), act
        assert (await one.client.get(f"/api/complaints/{ADU}")).status_code == 401
    accused = {await id_of(services, name) for name in ACCUSED.values()}
    clock.moment += timedelta(days=150)
    await tend(services)
    await tell_superiors(services)
    async with services.database.read() as session:
        assert not list(await session.scalars(select(Notice).where(Notice.contact.startswith(MAILTO), Notice.number == ADU)))
    late = await of(services)
    assert late.level > 0 and not accused & {late.reader_id, late.assigned_to}
    for one in line:
        assert ADU not in (await one.open("/pengaduan?tab=naik")).text


class Ended(Exception):
    """Whoever looked has gone."""


class Page:
    """An open page, as the stream sees it."""

    def __init__(self, app: Sanic) -> None:
        self.app, self.heard = app, list[str]()

    async def respond(self, **_: object) -> "Page":
        return self

    async def send(self, words: str) -> None:
        self.heard.append(words)
        if "ubah" in words:
            raise Ended


async def test_the_live_stream_says_only_that_something_changed(app, api, services, monkeypatch):
    monkeypatch.setattr("backoffice.web.stream.SPREAD", 0)
    page = Page(app)
    watching = asyncio.create_task(stream(page))
    await asyncio.sleep(0.1)
    await api.put("/api/complaints/c-1", json={**COMPLAINT, "category": "pungli", "text": f"pak Hartono minta {WORDS}"})
    with pytest.raises(Ended):
        await watching
    assert page.heard[-1] == "event: ubah\ndata: 1\n\n" and ADU not in "".join(page.heard)


async def test_figures_of_the_accused_do_not_count_it(api, sign_in, services):
    await sign_in("inspektorat", username="wulandari")
    boss = await sign_in("kepala_dinas", username="hartono")
    before = (await boss.open("/laporan")).text
    await api.put("/api/complaints/c-1", json={**COMPLAINT, "category": "pungli", "text": f"pak Hartono minta {WORDS}"})
    assert (await boss.open("/laporan")).text.count("Pungutan liar") == before.count("Pungutan liar") == 0
