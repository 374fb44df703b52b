"""The pages for everybody: number and PIN show a stage and an hour, nothing personal; guessing gets slow, nobody is locked out."""

import re
from fnmatch import fnmatch
from pathlib import Path

import httpx
import pytest
from sanic import Sanic

from backoffice.cases.pin import pin_of
from backoffice.notices import mail
from backoffice.notices.models import Notice
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


async def test_one_network_guesses_at_many_numbers_no_faster_than_at_one(services, clock, anybody):
    async def tries_in_an_hour(figure, path):
        heard = 0
        for _ in range(60):
            for number in range(10):
                given = {"nomor": f"LM-261123-{figure}{number:03}", "pin": "000000"}
                heard += (await anybody(figure).post(path, data=given)).status_code == 404
            clock.pass_by(minutes=1)
        return heard

    for figure, path in ((1, "/lacak"), (2, "/dokumen")):
        assert await tries_in_an_hour(figure, path) <= 30 + 60, path
    clock.pass_by(minutes=1)
    assert (await anybody(3).post("/lacak", data={"nomor": NUMBER, "pin": "000000"})).status_code == 404, "another network has its own turn"


async def test_a_network_with_many_wrong_pins_lets_a_right_one_in_after_a_minute(api, services, clock, anybody):
    await send_bundle(api)
    mine = {"nomor": NUMBER, "pin": pin_of(services.settings, NUMBER)}
    for number in range(50):
        await anybody(1).post("/lacak", data={"nomor": f"LM-261123-{number:04}", "pin": "000000"})
    assert (await anybody(1).post("/lacak", data=mine)).status_code == 429
    clock.pass_by(minutes=1)
    assert [(await anybody(1).post("/lacak", data=mine)).status_code for _ in range(3)] == [200, 200, 200], "right ones cost nothing"


async def test_papers_of_a_number_that_is_guessed_at_are_not_given_out_for_a_day_and_its_status_is(api, services, clock, anybody):
    await send_bundle(api)
    mine = {"nomor": NUMBER, "pin": pin_of(services.settings, NUMBER)}
    for figure in range(1, 13):
        for _ in range(5):
            await anybody(figure).post("/lacak", data={"nomor": NUMBER, "pin": "000000"})
            clock.pass_by(minutes=5)
    closed = await anybody(99).post("/dokumen", data=mine)
    assert closed.status_code == 429 and 'data-code="closed"' in closed.text and "24 jam" in closed.text
    await anybody(99).post("/lacak", data=mine)  # strangers' guesses make the first turn wait
    clock.pass_by(minutes=5)
    assert (await anybody(99).post("/lacak", data=mine)).status_code == 200
    clock.pass_by(hours=25)
    assert (await anybody(99).post("/dokumen", data=mine)).status_code == 200


async def test_no_staff_page_and_no_service_answers_there(anybody, api):
    for path in ("/masuk", "/antrean", f"/api/cases/{NUMBER}", "/metrics", "/monitor"):
        assert (await anybody(1).get(path)).status_code == 404, path
    assert (await api.get("/lacak")).status_code == 404, "and the office's listener has none of these"


def test_the_shipped_proxies_pass_every_page_for_everybody(services):
    """What is added here has to be added there, too; `tests/scripts/test_proxies.py` runs them."""
    folder = Path(__file__).resolve().parents[2] / "deploy/proxy"
    (nginx,) = re.findall(r"location ~ (\^/\(\?:lacak\S*)", (folder / "nginx.conf").read_text())
    (caddy,) = re.findall(r"@public path (.*)", (folder / "Caddyfile").read_text())
    Sanic.test_mode = True
    paths = {f"/{route.path}" for route in create_public_app(services).router.routes} - {"/healthz"}
    assert {"/lacak", "/dokumen", "/dokumen/unduh"} <= paths
    assert [path for path in sorted(paths) if not re.match(nginx, path)] == []
    assert [path for path in sorted(paths) if not any(fnmatch(path, given) for given in caddy.split())] == []


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


async def test_akta_and_kk_are_given_out_for_the_pin_of_the_chat_alone_and_for_a_month(api, sign_in, services, clock, anybody):
    await send_bundle(api)
    right = {"nomor": NUMBER, "pin": pin_of(services.settings, NUMBER)}
    assert 'data-testid="none"' in (await anybody(1).post("/dokumen", data=right)).text, "nothing is issued yet"
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    await approve_all(sign_in, NUMBER)
    await deliver(operator, NUMBER)
    wrong = await anybody(1).post("/dokumen", data=right | {"pin": "000000"})
    assert wrong.status_code == 404 and "paper" not in wrong.text.split("<main")[1]
    shown = await anybody(1).post("/dokumen", data=right)
    files = re.findall(r'name="berkas" value="([^"]+)"', shown.text)
    assert len(files) == 2 and "Akta Kelahiran" in shown.text and "Kartu Keluarga" in shown.text
    fetched = await anybody(1).post("/dokumen/unduh", data=right | {"berkas": files[0]})
    assert fetched.status_code == 200 and fetched.content.startswith(b"%PDF") and "attachment" in fetched.headers["content-disposition"]
    assert (await anybody(1).post("/dokumen/unduh", data=right | {"pin": "000000", "berkas": files[0]})).status_code == 404
    assert (await anybody(1).post("/dokumen/unduh", data=right | {"berkas": "elsewhere"})).status_code == 404
    await api.put(f"/api/cases/{NUMBER}/messages/m1", json={"kind": "koreksi", "text": "Nama ibu salah.", "at": "2026-11-23T02:00:00.000Z"})
    assert 'data-testid="none"' in (await anybody(1).post("/dokumen", data=right)).text, "what may be wrong is looked at first"
    await petugas.take(NUMBER)
    assert (await petugas.act(NUMBER, "tutup_koreksi", reason="sudah_benar")).status_code == 303
    assert "paper" in (await anybody(1).post("/dokumen", data=right)).text.split("<main")[1]
    clock.pass_by(days=31)
    assert 'data-testid="none"' in (await anybody(1).post("/dokumen", data=right)).text
    assert (await anybody(1).post("/dokumen/unduh", data=right | {"berkas": files[0]})).status_code == 404


async def test_a_paper_that_does_not_agree_with_the_case_any_more_is_neither_given_out_nor_vouched_for(api, sign_in, services, anybody):
    await send_bundle(api)
    right = {"nomor": NUMBER, "pin": pin_of(services.settings, NUMBER)}
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    await approve_all(sign_in, NUMBER)
    await deliver(operator, NUMBER)
    files = re.findall(r'name="berkas" value="([^"]+)"', (await anybody(1).post("/dokumen", data=right)).text)
    assert len(files) == 2
    other = AKTA[:-1] + "9"
    supervisor = await sign_in("supervisor")
    await supervisor.open(f"/permohonan/{NUMBER}")
    assert (
        await supervisor.act(NUMBER, "nomor_diperbaiki_akhir", no_kk="3316990101260001", akta_0=other, reason="salah_ketik")
    ).status_code == 303
    assert (await supervisor.act(NUMBER, "kirim_ulang")).status_code == 409, "the chat does not get it again"
    assert 'data-testid="none"' in (await anybody(1).post("/dokumen", data=right)).text
    assert (await anybody(1).post("/dokumen/unduh", data=right | {"berkas": files[0]})).status_code == 404
    for number in (AKTA, other):
        answer = await anybody(1).post("/keaslian", data={"nomor": number, "tanggal": "01-11-2026"})
        assert 'data-code="unknown"' in answer.text, "no paper with the new number has gone out yet"


@pytest.mark.parametrize(
    ("page", "attached", "says"), [("https://lacak.test/", False, "PIN"), ("", False, "WhatsApp"), ("", True, "terlampir")]
)
def test_an_e_mail_holds_the_papers_only_where_the_office_says_so(services, page, attached, says):
    services.settings.public_pages_url, services.settings.mail_attachments = page, attached
    notice = Notice(kind="surel", number=NUMBER, data={}, attachments=[])
    words = mail.words_of(notice, "http://x", None if attached else mail.papers_page(services.settings, NUMBER))[1]
    assert says in words and (f"https://lacak.test/dokumen?nomor={NUMBER}" in words) == bool(page)
    assert pin_of(services.settings, NUMBER) not in words
