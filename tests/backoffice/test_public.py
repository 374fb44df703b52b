"""The pages for everybody: number and PIN show a stage and an hour, nothing personal; guessing gets slow, nobody is locked out."""

import httpx
import pytest
from sanic import Sanic

from backoffice.cases.pin import pin_of
from backoffice.public.app import create_public_app
from tests.backoffice.office import lifespan, send_bundle
from tests.backoffice.test_chain import AKTA, NUMBER, approve_all, check_documents, deliver, enter_and_draft


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


@pytest.fixture
async def anybody(services):
    """A browser of a network of its own, by the last figure of its address."""
    Sanic.test_mode = True
    app = create_public_app(services)
    clients = {}

    def of(figure: int) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app, client=(f"203.0.113.{figure}", 1000))
        return clients.setdefault(figure, httpx.AsyncClient(transport=transport, base_url="http://lacak.test"))

    async with lifespan(app):
        yield of
    for client in clients.values():
        await client.aclose()


async def test_number_and_pin_show_the_stage_and_the_hour_and_nothing_personal(api, services, anybody):
    await send_bundle(api)
    pin = (await api.get(f"/api/cases/{NUMBER}")).json()["pin"]
    assert pin == pin_of(services.settings, NUMBER) and len(pin) == 6 and pin.isdecimal()
    assert f'value="{NUMBER}"' in (await anybody(1).get(f"/lacak?nomor={NUMBER}")).text, "the receipt's QR brings the number"
    shown = await anybody(1).post("/lacak", data={"nomor": NUMBER.lower(), "pin": pin})
    assert shown.status_code == 200 and "sedang diperiksa petugas" in shown.text and "24 November 2026" in shown.text
    for personal in ("SPESIMEN", "3316", "+62", "Jalan", 'petugas">'):
        assert personal not in shown.text
    assert "set-cookie" not in shown.headers and shown.headers["cache-control"] == "no-store"


async def test_a_wrong_pin_and_an_unknown_number_read_the_same(api, anybody):
    await send_bundle(api)
    wrong = await anybody(1).post("/lacak", data={"nomor": NUMBER, "pin": "000000"})
    unknown = await anybody(1).post("/lacak", data={"nomor": "LM-261123-ZZZZ", "pin": "000000"})
    assert (wrong.status_code, unknown.status_code) == (404, 404)
    assert wrong.text.replace(NUMBER, "") == unknown.text.replace("LM-261123-ZZZZ", "")


async def test_guesses_wait_longer_and_longer_and_whoever_knows_the_pin_gets_in(api, services, clock, anybody):
    await send_bundle(api)
    for figure in range(1, 9):
        for _ in range(5):
            await anybody(figure).post("/lacak", data={"nomor": NUMBER, "pin": "000000"})
    refused = await anybody(1).post("/lacak", data={"nomor": NUMBER, "pin": "000000"})
    assert refused.status_code == 429 and 'data-code="wait"' in refused.text
    mine = {"nomor": NUMBER, "pin": pin_of(services.settings, NUMBER)}
    await anybody(99).post("/lacak", data=mine)
    for _ in range(20):  # strangers go on guessing meanwhile
        await anybody(7).post("/lacak", data={"nomor": NUMBER, "pin": "000000"})
    clock.pass_by(minutes=5)
    assert (await anybody(99).post("/lacak", data=mine)).status_code == 200


async def test_no_staff_page_and_no_service_answers_there(anybody, api):
    for path in ("/masuk", "/antrean", f"/api/cases/{NUMBER}", "/metrics", "/monitor"):
        assert (await anybody(1).get(path)).status_code == 404, path
    assert (await api.get("/lacak")).status_code == 404, "and the office's listener has none of these"


async def test_a_paper_is_verified_by_number_and_day_together(api, sign_in, anybody):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    asked = {"nomor": AKTA, "tanggal": "01-11-2026"}
    assert 'data-code="unknown"' in (await anybody(1).post("/keaslian", data=asked)).text, "before it is out"
    await approve_all(sign_in, NUMBER)
    await operator.open("/antrean")
    await deliver(operator, NUMBER)
    assert 'data-code="issued"' in (await anybody(1).post("/keaslian", data=asked)).text
    other = await anybody(1).post("/keaslian", data=asked | {"tanggal": "02-11-2026"})
    assert 'data-code="unknown"' in other.text and "bukan berarti dokumennya tidak sah" in other.text
    assert (await anybody(1).post("/keaslian", data=asked | {"tanggal": "31-02-2026"})).status_code == 422
    assert "verifyPDF" in (await anybody(1).get("/keaslian")).text
