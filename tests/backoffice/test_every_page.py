"""Every page that the router knows, in every role, from 320 to 1920 pixels: it fits the screen and the finger, and keeps nobody out."""

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from standard import roles
from tests.backoffice.busy_office import fill
from tests.backoffice.every_page import PHONE_WIDTH, WIDTHS, office_paths, sticks_out, too_small, what_axe_finds, wider_than
from tests.backoffice.office import make_bundle
from tests.backoffice.test_browser import Office, Staff, browser
from tests.backoffice.test_browser_desk import NUMBER, WORDS, send

__all__ = ["browser"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
BUNDLE = make_bundle("LM-261122-KKKK", flags=["peka:ibu_sendiri"], children=2)
CASE, SUBMISSION = BUNDLE["number"], BUNDLE["documents"][0]["submission"]
TABS = {
    "/antrean": [f"?tab={name}" for name in ("saya", "mendesak", "berjalan", "menunggu", "selesai")] + ["?q=ANAK"],
    "/kia": ["?tahap=kia_kirim", "?tahap=kia_antar"],
    "/pengaduan": ["?tab=terbuka", "?tab=terbatas", "?tab=selesai"],
    "/perhatian": ["?jam=tahap"],
    "/laporan": ["?mulai=2026-01-01&sampai=2026-12-31&per=bulan"],
    "/laporan/daftar": ["?mulai=2026-01-01&sampai=2026-12-31&apa=terbit"],
    "/monitor": ["?layar=syarat", "?layar=alur"],
}
"""Faces of a page that its path alone does not show."""

SEEN: set[str] = set()
"""What axe has looked at in one role; the parts that differ by role are few, and are measured in each."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with two months of work behind it, one case with papers, and complaints."""
    folder = tmp_path_factory.mktemp("every")
    made = Office(folder)
    made.wait_ready()
    asyncio.run(fill(f"sqlite:///{folder}/office.db", datetime.now(UTC), cases=60))
    made.receive(BUNDLE)
    send(made, NUMBER, WORDS)
    send(made, "ADU-261123-7K7A", "KTP saya dipakai orang lain.", category="privasi")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return office_paths(tmp_path_factory.mktemp("router"))


def addresses(paths: list[str], breach: str | None) -> list[str]:
    """Every page, its parameters filled with what the office holds."""
    values = {"username:str": "petugas", "submission:str": SUBMISSION}
    found = []
    for path in paths:
        numbers = {"permohonan": [CASE], "pengaduan": [NUMBER], "kebocoran": [breach] if breach else []}
        for number in numbers.get(path.split("/")[1], [""]):
            filled = path.replace("<number:str>", number).replace("<breach_id:str>", number)
            for name, value in values.items():
                filled = filled.replace(f"<{name}>", value)
            assert "<" not in filled, f"no value is known for {path}: name one in this test"
            found += [filled] + [filled + more for more in TABS.get(filled, [])]
    return found


def look(page: Page, url: str, shots: str | None, first: bool = True) -> list[str]:
    """What is wrong with one page at every width; the first time that it is met, also what axe finds, light and dark."""
    faults: list[str] = []
    answer = page.goto(url)
    if answer is None or answer.status in (403, 404, 405, 409):
        return []
    if answer.status != 200:
        return [f"{answer.status}"]
    page.wait_for_timeout(150)
    for width in WIDTHS:
        if (wider := wider_than(page, width)) > 0:
            faults.append(f"{wider} px wider than {width}: {sticks_out(page)}")
        if width == PHONE_WIDTH:
            faults += [f"small: {each}" for each in too_small(page)]
            faults += [f"axe, {width}: {each}" for each in what_axe_finds(page)] if first else []
        if shots:
            page.screenshot(path=f"{shots}-{width}.png", full_page=True)
    if not first:
        return faults
    page.emulate_media(color_scheme="dark")
    faults += [f"axe, dark: {each}" for each in what_axe_finds(page)]
    if shots:
        page.screenshot(path=f"{shots}-dark.png", full_page=True)
    page.emulate_media(color_scheme="light")
    return faults


def test_the_public_pages_fit_every_screen_and_every_finger(office: Office, browser: Browser) -> None:
    page = browser.new_context(locale="id-ID").new_page()
    page.emulate_media(reduced_motion="reduce")
    for address in ("/lacak", "/keaslian", "/tidak-ada"):
        shots = f"{office.shots}/publik-{address.strip('/')}" if os.environ.get("SHOTS") else None
        assert look(page, office.public_url + address, shots) == [], address


@pytest.mark.parametrize("role", [*sorted(roles.roles()), None])
def test_every_page_of_a_role_fits_every_screen_and_every_finger(
    paths: list[str], office: Office, browser: Browser, role: str | None
) -> None:
    if role is None:
        page = browser.new_context(locale="id-ID").new_page()
    else:
        staff = Staff(office, browser, role)
        page = staff.page
        page.goto(f"{office.url}/permohonan/{CASE}")
        if page.locator('[data-action="ambil"]').count():
            page.locator('[data-action="ambil"]').first.click()
            expect(page.locator('[data-action="lepas"]').first).to_be_visible(timeout=30_000)
    page.emulate_media(reduced_motion="reduce")  # no colour is measured on its way to another
    wrong: dict[str, list[str]] = {}
    for address in addresses(paths, breach_of(office, page) if role else None):
        name = f"{role or 'siapa pun'}-{address.strip('/').replace('/', '-').replace('?', '-')}".replace(SUBMISSION, "x")[:80]
        shots = f"{office.shots}/{name}" if os.environ.get("SHOTS") else None
        known = address in SEEN
        SEEN.add(address)
        if faults := look(page, office.url + address, shots, first=not known):
            wrong[address] = faults
    if role is not None and page.goto(f"{office.url}/permohonan/{CASE}") and page.locator('[data-action="lepas"]').count():
        page.locator('[data-action="lepas"]').first.click()
    assert wrong == {}, "\n".join(f"{address}: {fault}" for address, faults in wrong.items() for fault in faults)


def breach_of(office: Office, page: Page) -> str | None:
    """The number of a breach, where this role sees the register."""
    page.goto(f"{office.url}/kebocoran")
    link = page.get_by_test_id("breach-row").first.get_by_role("link").first
    return str(link.get_attribute("href")).rpartition("/")[2] if link.count() else None
