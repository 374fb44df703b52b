"""The complaints desk in a real browser: three panes, live, by the keyboard, on a desktop and on a phone, axe watched."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.backoffice.busy_office import fill
from tests.backoffice.keyboard import require_keyboard
from tests.backoffice.test_browser import AXE, CHROMIUM, DESKTOP, PHONE, SWITCHES, TOKEN, Office, Staff
from tests.backoffice.test_browser_rooms import require_fit

pytestmark = pytest.mark.slow
NUMBER, OTHER = "ADU-261123-3M8Q", "ADU-261123-5H5H"
WORDS = "Sudah seminggu akta anak saya belum jadi, tiap ditanya selalu besok."


def call(office: Office, path: str, body: dict[str, object]) -> None:
    with httpx.Client(base_url=office.url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20) as api:
        assert api.put(path, json=body).status_code in (200, 201)


def send(office: Office, number: str, text: str, **more: object) -> None:
    contact = {"id": f"c-{number}", "phone": "+6281230000001", "name": "BUDI SPESIMEN"}
    body = {"number": number, "contact": contact, "category": "lama", "text": text, "created_at": _ago(90), **more}
    call(office, f"/api/complaints/c-{number}", body)


def _ago(minutes: int) -> str:
    return (datetime.now(UTC) - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("desk")
    made = Office(folder)
    made.wait_ready()
    asyncio.run(fill(f"sqlite:///{folder}/office.db", datetime.now(UTC), cases=4))
    send(made, NUMBER, WORDS)
    send(made, OTHER, "KK saya salah tanggal.", category="data_salah")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield launched
        launched.close()


def require_axe(staff: Staff, name: str) -> None:
    staff.page.evaluate(AXE.read_text())
    found = staff.page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'best-practice']})")
    assert [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found["violations"]] == [], name


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_thread_is_worked_in_three_panes_and_fits_a_phone(office: Office, browser: Browser, size: dict[str, int]) -> None:
    staff = Staff(office, browser, "petugas_pengaduan", size)
    for path in ("/pengaduan", f"/pengaduan/{NUMBER}?tab=terbuka", "/pengaduan/baru"):
        staff.open(path)
        require_fit(staff, path)
        name = path.partition("?")[0].strip("/").replace("/", "-")
        staff.page.wait_for_timeout(600)
        staff.page.screenshot(path=office.shots / f"60-{name}-{size['width']}.png", full_page=True)
        require_axe(staff, path)
        if size is DESKTOP:
            require_keyboard(staff.page, path)
    staff.open(f"/pengaduan/{NUMBER}?tab=terbuka")
    listed = staff.page.locator(".desk-list")
    expect(listed).to_be_visible() if size is DESKTOP else expect(listed).to_be_hidden()


def test_what_the_citizen_writes_comes_live_and_what_is_being_written_stays(office: Office, browser: Browser) -> None:
    staff = Staff(office, browser, "petugas_pengaduan")
    staff.open(f"/pengaduan/{NUMBER}?tab=terbuka")
    field = staff.page.locator("[data-answer] textarea")
    field.fill("Mohon maaf, kami cek")
    staff.page.wait_for_timeout(800)
    call(office, f"/api/complaints/{NUMBER}/messages/t-live", {"text": "ini fotonya ya pak", "at": _ago(0)})
    expect(staff.page.get_by_text("ini fotonya ya pak").first).to_be_visible(timeout=15_000)
    expect(field).to_have_value("Mohon maaf, kami cek")


def test_the_desk_is_worked_by_the_keyboard(office: Office, browser: Browser) -> None:
    staff = Staff(office, browser, "petugas_pengaduan")
    staff.open(f"/pengaduan/{NUMBER}?tab=terbuka")
    before = staff.page.get_by_test_id("complaint").get_attribute("data-number")
    staff.page.keyboard.press("j")
    expect(staff.page.get_by_test_id("complaint")).not_to_have_attribute("data-number", str(before))
    staff.page.keyboard.press("k")
    expect(staff.page.get_by_test_id("complaint")).to_have_attribute("data-number", str(before))
    staff.page.keyboard.press("n")
    staff.page.keyboard.type("sudah ditelepon")
    staff.page.keyboard.press("Control+Enter")
    expect(staff.page.get_by_test_id("message-int")).to_contain_text("sudah ditelepon")
    staff.page.keyboard.press("r")
    staff.page.keyboard.type("Kami kabari besok.")
    staff.page.keyboard.press("Control+Enter")
    expect(staff.page.get_by_test_id("message-out")).to_contain_text("Kami kabari besok.")
    assert staff.faults == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_register_of_breaches_and_the_survey_fit_a_phone(office: Office, browser: Browser, size: dict[str, int]) -> None:
    send(office, f"ADU-261123-7K7{'A' if size is DESKTOP else 'C'}", "KTP saya dipakai orang lain.", category="privasi")
    staff = Staff(office, browser, "inspektorat", size)
    for path in ("/survei", "/kebocoran"):
        staff.open(path)
        staff.page.screenshot(path=office.shots / f"61{path.replace('/', '-')}-{size['width']}.png", full_page=True)
        require_fit(staff, path)
        require_axe(staff, path)
    staff.page.get_by_test_id("breach-row").first.get_by_role("link").click()
    expect(staff.page.get_by_test_id("text-lembaga")).to_be_visible()
    staff.page.screenshot(path=office.shots / f"61-kebocoran-satu-{size['width']}.png", full_page=True)
    require_fit(staff, "breach")
    require_axe(staff, "breach")
