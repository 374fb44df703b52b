"""Signing in: passwords, sessions that end, forms that are our own, and what every answer carries."""

import re

import httpx
import pytest
from sqlalchemy import select

from backoffice.staff.models import Staff, StaffSession
from backoffice.staff.passwords import make_hash, make_password
from backoffice.staff.service import StaffService
from backoffice.staff.strength import is_guessable
from tests.backoffice.office import PASSWORD, Desk


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


@pytest.fixture
def stranger(app):
    return Desk(httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test"))


async def test_nobody_sees_a_page_without_signing_in(stranger):
    for path in ("/", "/antrean", "/permohonan/LM-261123-7K4F", "/persetujuan", "/pengaduan", "/siaran"):
        answer = await stranger.client.get(path)
        assert answer.status_code == 303 and answer.headers["location"].startswith("/masuk"), path


async def test_an_unknown_name_is_answered_like_a_wrong_password(stranger):
    answer = await stranger.sign_in("tidak-ada", "salah-sekali")
    assert answer.status_code == 401 and "Nama pengguna atau kata sandi tidak cocok" in answer.text


async def test_the_database_holds_no_password_and_no_session_token(sign_in, services):
    desk = await sign_in("petugas")
    token = desk.client.cookies["lm_sesi"]
    async with services.database.read() as session:
        staff, kept = await session.scalar(select(Staff)), await session.scalar(select(StaffSession))
    assert staff.password_hash.startswith("$argon2id$") and PASSWORD not in staff.password_hash
    assert token not in (kept.token_hash,)


async def test_the_session_cookie_is_not_for_scripts_nor_for_other_sites(sign_in, app):
    desk = await sign_in("petugas")
    await desk.post("/keluar")
    answer = await desk.sign_in("petugas")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie


async def test_a_session_ends_after_idle_time_and_after_a_working_day(sign_in, clock):
    desk = await sign_in("petugas")
    for _ in range(3):
        clock.pass_by(minutes=50)
        assert "/masuk" not in str((await desk.open("/antrean")).url)
    clock.pass_by(minutes=61)
    assert "/masuk" in str((await desk.open("/antrean")).url)


async def test_a_page_left_open_does_not_keep_its_session_alive(sign_in, clock):
    desk = await sign_in("petugas")
    for _ in range(2):
        clock.pass_by(minutes=29)
        assert (await desk.client.get("/antrean/isi", headers={"HX-Request": "true"})).status_code == 200
    clock.pass_by(minutes=5)
    answer = await desk.client.get("/antrean/isi", headers={"HX-Request": "true"})
    assert answer.status_code == 401 and answer.headers["hx-redirect"] == "/masuk"


async def test_signing_out_ends_the_session_on_the_server(sign_in):
    desk = await sign_in("petugas")
    token = desk.client.cookies["lm_sesi"]
    await desk.post("/keluar")
    desk.client.cookies.set("lm_sesi", token)
    assert "/masuk" in str((await desk.open("/antrean")).url)


async def test_a_form_without_our_token_or_from_another_site_does_nothing(sign_in, api):
    desk = await sign_in("petugas")
    for data, headers in (({"csrf": "wrong"}, {}), ({}, {}), ({"csrf": desk.csrf}, {"Origin": "https://evil.test"})):
        answer = await desk.client.post("/permohonan/LM-261123-7K4F/ambil", data=data, headers=headers)
        assert answer.status_code == 403 and 'data-code="form_expired"' in answer.text


async def test_a_first_password_must_be_changed_before_anything_else(sign_in, stranger, services):
    hashed = await make_hash(PASSWORD)
    async with services.database.write() as session:
        await StaffService(session, services.settings, services.clock()).create("baru", "Baru", ["petugas"], hashed, must_change=True)
    await stranger.sign_in("baru")
    await stranger.open("/antrean")
    assert "Ini masuk pertama Anda" in stranger.page
    short = await stranger.post("/kata-sandi", old=PASSWORD, new="pendek", again="pendek")
    assert short.status_code == 422
    changed = await stranger.post("/kata-sandi", old=PASSWORD, new="badak lari ke teras sore", again="badak lari ke teras sore")
    assert changed.status_code == 303 and 'data-testid="tab-tugas"' in stranger.page


async def test_the_browser_is_sent_on_only_within_this_site(sign_in, stranger):
    await sign_in("petugas")
    await stranger.open("/masuk")
    csrf = re.search(r'name="csrf" value="([^"]+)"', stranger.page).group(1)
    for target in ("//evil.test", "https://evil.test", "/\\evil.test"):
        form = {"csrf": csrf, "username": "petugas", "password": PASSWORD, "lanjut": target}
        assert (await stranger.client.post("/masuk", data=form)).headers["location"] == "/"


async def test_every_answer_carries_the_security_headers_and_no_page_holds_inline_script(sign_in):
    desk = await sign_in("supervisor")
    for path in ("/masuk", "/antrean", "/tidak-ada", "/healthz"):
        answer = await desk.client.get(path)
        assert "default-src 'none'" in answer.headers["content-security-policy"], path
        assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["cache-control"] == "no-store"
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=\"", answer.text), path


@pytest.mark.parametrize("weak", ["a" * 14, "Xk9#mQ2$vLp", "password123", "bismillah123", "Kepala.Dinas.26", "sri-blora-2026", "x" * 129])
async def test_a_password_that_is_soon_guessed_is_refused(sign_in, weak):
    desk = await sign_in("kepala_dinas")
    await desk.open("/kata-sandi")
    answer = await desk.post("/kata-sandi", old=PASSWORD, new=weak, again=weak)
    assert answer.status_code == 422 and "mudah ditebak" in answer.text


@pytest.mark.parametrize("strong", ["cerita soto di teras pakdhe", "badago-kalama-47-nirosa", "Xk9#mQ2$vLp!"])
async def test_words_that_do_not_belong_together_make_a_good_password(strong):
    assert not await is_guessable(strong, "kepala_dinas", "Sri SPESIMEN", "sri@blorakab.go.id")


async def test_every_first_password_that_we_make_is_strong():
    assert not any([await is_guessable(make_password(), "petugas", "Siti SPESIMEN") for _ in range(20)])


async def test_after_a_new_password_the_old_session_tokens_are_worth_nothing(sign_in, stranger):
    desk = await sign_in("petugas")
    await stranger.sign_in("petugas")
    before = desk.client.cookies["lm_sesi"]
    await desk.open("/kata-sandi")
    new = "badak lari ke teras sore"
    assert (await desk.post("/kata-sandi", old=PASSWORD, new=new, again=new)).status_code == 303
    assert (await desk.client.get("/antrean")).status_code == 200 and desk.client.cookies["lm_sesi"] != before
    assert (await stranger.client.get("/antrean")).status_code == 303
    stranger.client.cookies.clear()
    stranger.client.cookies.set("lm_sesi", before)
    assert (await stranger.client.get("/antrean")).status_code == 303


async def test_guesses_at_the_own_password_in_a_session_are_slowed_down(sign_in, clock):
    desk, new = await sign_in("petugas"), "badak lari ke teras sore"
    await desk.open("/kata-sandi")
    answers = [(await desk.post("/kata-sandi", old="salah-sekali", new=new, again=new)).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert (await desk.client.get("/antrean")).status_code == 200
    clock.pass_by(seconds=6)
    assert (await desk.post("/kata-sandi", old=PASSWORD, new=new, again=new)).status_code == 303
