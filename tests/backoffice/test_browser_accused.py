"""A restricted report arrives while the accused has a page open: the live stream wakes the page, and it brings nothing of the report."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Response, expect, sync_playwright

from tests.backoffice.busy_office import fill
from tests.backoffice.test_browser import CHROMIUM, SWITCHES, Office, Staff
from tests.backoffice.test_browser_desk import send

pytestmark = pytest.mark.slow
WORDS = "amplop cokelat"
WOKEN = 20_000
"""Milliseconds until an open page has fetched its rows anew, on two shared cores."""

ACCUSED = {
    "petugas": ("bu Siti", "/antrean"),
    "kasi_kelahiran": ("pak Bambang", "/persetujuan"),
    "supervisor": ("supervisornya", "/pengaduan?tab=terbuka"),
    "kepala_dinas": ("kepala dinasnya", "/pengaduan?tab=terbuka"),
}
"""Who is meant, in the words of the report, and the page that lies open before them."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("accused")
    made = Office(folder)
    made.wait_ready()
    asyncio.run(fill(f"sqlite:///{folder}/office.db", datetime.now(UTC), cases=4))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield launched
        launched.close()


@pytest.mark.parametrize("role", ACCUSED)
def test_the_live_page_of_whom_it_accuses_is_woken_and_shows_nothing_of_it(office: Office, browser: Browser, role: str) -> None:
    meant, path = ACCUSED[role]
    place = list(ACCUSED).index(role)
    number, plain = f"ADU-261124-3M8{'QRST'[place]}", f"ADU-261124-5H5{'HJKM'[place]}"
    reader, accused = Staff(office, browser, "inspektorat"), Staff(office, browser, role)
    reader.open("/pengaduan?tab=terbuka")
    with accused.page.expect_response(lambda response: response.url.endswith("/siaran")):
        accused.open(path)
    accused.page.wait_for_timeout(1000)
    fetched: list[Response] = []
    accused.page.on("response", lambda response: None if response.url.endswith("/siaran") else fetched.append(response))
    with accused.page.expect_response(lambda response: "/isi" in response.url, timeout=WOKEN):
        send(office, number, f"{meant} minta {WORDS} di loket", category="pungli", restricted=True)
    expect(reader.page.locator(f'[data-number="{number}"]')).to_be_visible(timeout=WOKEN)
    send(office, plain, "kok lama sekali aktanya")
    if path.startswith("/pengaduan"):
        expect(accused.page.locator(f'[data-number="{plain}"]')).to_be_visible(timeout=WOKEN)
    accused.page.wait_for_timeout(2500)
    for response in fetched:
        body = response.text()
        assert WORDS not in body and number not in body, response.url
    shown = accused.page.content()
    assert WORDS not in shown and number not in shown
    assert accused.faults == [] and fetched
