"""The capture page works in a real browser: a fake camera, a camera that is barred, and what its hints say of drawn pictures."""

import asyncio
import shutil
import socket

import numpy as np
import pytest
from playwright.async_api import async_playwright, expect

from bot.capture import links
from bot.capture.listener import create_capture_app
from bot.conversations.media import Media
from bot.dialogue.catalogue import read_sentence
from runtime.responses import RESPONSES

CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
BARRED = ["--deny-permission-prompts"]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")]


@pytest.fixture
async def site(house):
    """The page's address, a link's secret, and the bot."""
    await house.say("halo")
    await house.pass_time(5)
    contact = house.dialogue.asked[0]["sender"]
    async with house.bot.database.write() as session:
        secret = await links.make(session, contact, "kk", house.clock())
    given = house.bot.receiving()
    app = create_capture_app(
        type(given)(**{**vars(given), "sentence": lambda key: read_sentence(RESPONSES, key)}), f"capture-page-{id(house)}"
    )
    listening = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=listening, return_asyncio_server=True)
    await server.startup()
    await server.start_serving()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/foto", secret, house
    await server.close()


async def opened(player, address, *arguments):
    """The page in a browser of its own; `asked` holds every address that it asked for, `faults` what the browser complains about."""
    browser = await player.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *arguments])
    page = await (await browser.new_context(locale="id-ID", viewport={"width": 390, "height": 844})).new_page()
    asked, faults = [], []
    page.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" and "favicon" not in line.location["url"] else None)
    await page.goto(address)
    return page, asked, faults


async def arrived(house) -> list[Media]:
    for _ in range(50):
        if found := await house.rows(Media):
            return found
        await asyncio.sleep(0.1)
    return []


async def test_a_photo_of_the_camera_arrives_at_its_own_resolution_and_the_secret_is_in_no_address(site):
    address, secret, house = site
    async with async_playwright() as player:
        page, asked, faults = await opened(player, f"{address}#{secret}", *CAMERA)
        await page.get_by_role("button", name="Buka kamera").click()
        await expect(page.locator("#hint > span:visible")).to_have_count(1, timeout=15_000)
        width = await page.evaluate("document.getElementById('video').videoWidth")
        await page.get_by_role("button", name="Ambil foto").click()
        await page.get_by_role("button", name="Kirim", exact=True).click()
        await expect(page.get_by_text("Terkirim.")).to_be_visible(timeout=15_000)
        await page.reload()
        await expect(page.get_by_text("sudah dipakai")).to_be_visible(timeout=15_000)
    (file,) = await arrived(house)
    data = await house.bot.blobs.get(file.blob)
    assert data.startswith((b"\xff\xd8\xff", b"\x89PNG")) and width >= 640
    assert asked and all(secret not in url + referer for url, referer in asked)
    assert all("410" in fault for fault in faults), faults


async def test_where_the_camera_is_barred_a_file_is_chosen(site):
    address, secret, house = site
    async with async_playwright() as player:
        page, _, faults = await opened(player, f"{address}#{secret}", *BARRED)
        await page.get_by_role("button", name="Buka kamera").click()
        await expect(page.get_by_text("Kamera tidak dapat dibuka")).to_be_visible(timeout=15_000)
        await page.locator("#file").set_input_files({"name": "kk.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 SPESIMEN"})
        await expect(page.get_by_text("kk.pdf")).to_be_visible()
        await page.get_by_role("button", name="Kirim", exact=True).click()
        await expect(page.get_by_text("Terkirim.")).to_be_visible(timeout=15_000)
    (file,) = await arrived(house)
    assert await house.bot.blobs.get(file.blob) == b"%PDF-1.7 SPESIMEN" and faults == []


async def test_a_file_that_is_no_picture_is_refused_with_a_sentence_and_another_may_follow(site):
    address, secret, house = site
    async with async_playwright() as player:
        page, _, _ = await opened(player, f"{address}#{secret}", *BARRED)
        chosen = page.locator("#file")
        await chosen.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"halo"})
        await page.get_by_role("button", name="Kirim", exact=True).click()
        await expect(page.get_by_text("tidak dapat diterima")).to_be_visible(timeout=15_000)
        await page.get_by_role("button", name="Ulangi").click()
        await expect(page.get_by_text("Pilih foto atau PDF")).to_be_visible(timeout=15_000)
    assert await house.rows(Media) == []


async def test_without_a_link_the_page_says_how_else(site):
    address, _, _ = site
    async with async_playwright() as player:
        page, _, _ = await opened(player, address)
        await expect(page.get_by_text("Silakan kirim foto lewat WhatsApp")).to_be_visible(timeout=15_000)


def drawn(what: str) -> np.ndarray:
    """A picture of 96 × 68 pixels, as the page's small copy: written paper, or what is wrong with it."""
    grey = np.full((68, 96), 190.0)
    for row in range(5, 64, 4):
        grey[row, 6:90:2] = 60
    if what == "dark":
        return grey * 0.2
    if what == "near":
        small = np.full((68, 96), 190.0)
        small[28:40, 40:56] = grey[28:40, 40:56]
        return small
    if what == "glare":
        grey[20:40, 30:60] = 255
    return grey


@pytest.mark.parametrize("what", ["good", "dark", "near", "glare", "still"])
async def test_each_hint_is_said_of_a_picture_with_that_fault(site, what):
    address, _, _ = site
    now = drawn(what)
    before = np.roll(now, 9, axis=1) + 14 if what == "still" else None
    async with async_playwright() as player:
        page, _, _ = await opened(player, address)
        said = await page.evaluate(
            "async ([now, before]) => (await import('/foto/hints.js')).hint(now, before, 96, 68)",
            [now.ravel().tolist(), before.ravel().tolist() if before is not None else None],
        )
    assert said == what
