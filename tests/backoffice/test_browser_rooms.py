"""Every page of every room in a real browser: desktop and phone, axe watched, by the keyboard alone."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pyotp
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from standard.clock import today
from tests.backoffice.busy_office import fill
from tests.backoffice.keyboard import require_help, require_keyboard, require_skip_link
from tests.backoffice.office import make_bundle
from tests.backoffice.test_browser import AXE, CHROMIUM, DESKTOP, PHONE, SWITCHES, Office, Staff

pytestmark = pytest.mark.slow
SCREEN = {"width": 1920, "height": 1080}

BUNDLE = make_bundle("LM-261122-KKKK", flags=["peka:ibu_sendiri"])
BUNDLE["documents"][0]["pages"] *= 2
CASE, SUBMISSION = f"/permohonan/{BUNDLE['number']}", BUNDLE["documents"][0]["submission"]
PAGES = {
    "supervisor": (
        "/perhatian", "/akun", "/staf", "/staf/hak", "/audit", "/laporan", "/laporan/daftar?apa=terbit", "/pengaduan",
    ),
    "administrator": ("/staf", "/staf/akun/petugas", "/staf/baru"),
    "petugas": ("/antrean", "/antrean?tab=menunggu", CASE, f"{CASE}/berkas/{SUBMISSION}", f"{CASE}/siak", "/kata-sandi"),
    "operator_kia": ("/kia", "/kia?tahap=kia_kirim", "/kia?tahap=kia_antar"),
    "kepala_dinas": ("/persetujuan", "/perhatian?jam=tahap", CASE),
    "inspektorat": ("/audit", "/staf", "/staf/akun/petugas", "/pengaduan?tab=terbatas", "/laporan"),
    "petugas_pengaduan": ("/pengaduan", "/pengaduan?tab=jatuh_tempo", "/akun/kode"),
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with two months of work behind it."""
    folder = tmp_path_factory.mktemp("busy")
    made = Office(folder)
    made.wait_ready()
    asyncio.run(fill(f"sqlite:///{folder}/office.db", datetime.now(UTC)))
    made.receive(BUNDLE)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield launched
        launched.close()


def require_fit(staff: Staff, path: str) -> None:
    wider = staff.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{path} is {wider} px wider than the screen"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("role", PAGES)
def test_every_room_fits_the_screen_and_keeps_nobody_out(office: Office, browser: Browser, role: str, size: dict[str, int]) -> None:
    staff = Staff(office, browser, role, size)
    if role == "petugas":
        staff.case(BUNDLE["number"])
    for path in PAGES[role]:
        staff.open(path)
        require_fit(staff, path)
        name = path.partition("?")[0].strip("/").replace("/", "-")
        staff.shoot(f"40-{role}-{name}-{size['width']}", full=True)
        if size is DESKTOP:
            require_keyboard(staff.page, path)


@pytest.mark.parametrize(
    "path", ["/antrean", CASE, f"{CASE}/berkas/{SUBMISSION}", "/kata-sandi"], ids=["antrean", "permohonan", "berkas", "kata-sandi"]
)
def test_the_way_past_the_menu_and_the_help_are_on_every_page_and_give_the_focus_back(office: Office, browser: Browser, path: str) -> None:
    staff = Staff(office, browser, "petugas")
    staff.case(BUNDLE["number"])
    staff.open(path)
    require_skip_link(staff.page, path)
    require_help(staff.page, path)


def test_a_document_is_looked_at_and_decided_by_keys(office: Office, browser: Browser) -> None:
    staff = Staff(office, browser, "petugas")
    staff.case(BUNDLE["number"])
    page = staff.page
    staff.open(f"{CASE}/berkas/{SUBMISSION}")
    page.wait_for_load_state("networkidle")

    def drawn() -> str:
        return page.locator("[data-picture]").evaluate("(picture) => picture.style.transform")

    fitted = drawn()
    for key, word in (("+", "scale"), ("-", "scale"), ("r", "rotate(90deg)"), ("0", "rotate(90deg)"), ("r", "rotate(180deg)")):
        before = drawn()
        page.keyboard.press(key)
        assert word in drawn() and (key == "0" or drawn() != before), key
    page.keyboard.press("r"), page.keyboard.press("r")
    assert drawn() == fitted, "four quarter turns, and it lies as before"
    page.locator("[data-stage]").focus()
    page.keyboard.press("ArrowLeft")
    assert drawn() != fitted
    page.keyboard.press("]")
    assert "115%" in page.locator("[data-picture]").evaluate("(picture) => picture.style.filter")
    page.keyboard.press("n")
    expect(page.locator('[data-page="1"]')).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
    page.keyboard.press("j")
    page.wait_for_url(lambda url: SUBMISSION not in url)
    page.keyboard.press("k")
    page.wait_for_url(f"**/{SUBMISSION}*")
    page.keyboard.press("u")
    expect(page.locator("#minta-ulang").get_by_label("Alasan")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#minta-ulang > summary")).to_be_focused()
    page.keyboard.press("h")
    page.wait_for_url(f"**{CASE}")


@pytest.mark.parametrize(("size", "pane"), [(SCREEN, "angka"), (SCREEN, "syarat"), (SCREEN, "alur"), (PHONE, "angka")])
def test_the_public_screen_is_read_from_afar_and_fits_without_scrolling(
    office: Office, browser: Browser, size: dict[str, int], pane: str
) -> None:
    page = browser.new_context(viewport=size, locale="id-ID").new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"{office.url}/monitor?layar={pane}")
    page.screenshot(path=office.shots / f"50-monitor-{pane}-{size['width']}.png", full_page=size is PHONE)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'best-practice']})")
    assert [rule["id"] for rule in found["violations"] if rule["impact"] in ("serious", "critical")] == []
    assert faults == []
    if size is SCREEN:
        assert page.evaluate("document.documentElement.scrollHeight") <= SCREEN["height"]
        for link in page.get_by_role("navigation").get_by_role("link").all():
            assert link.bounding_box()["height"] >= 60, "a finger finds it"


def test_the_numbers_on_the_public_screen_change_by_themselves(office: Office, browser: Browser) -> None:
    page = browser.new_context(viewport=SCREEN, locale="id-ID").new_page()
    page.goto(f"{office.url}/monitor")
    before = int(page.get_by_test_id("received").locator("dd").inner_text())
    office.receive(make_bundle("LM-261122-MMMM", submitted_at=datetime.now(UTC).isoformat()))
    expect(page.get_by_test_id("received").locator("dd")).to_have_text(str(before + 1), timeout=20_000)


def test_a_second_factor_is_enrolled_from_the_qr_page_and_asked_for_at_the_next_sign_in(office: Office, browser: Browser) -> None:
    operator = Staff(office, browser, "operator_kia", PHONE)
    operator.open("/akun")
    operator.page.get_by_test_id("enrol").click()
    secret = operator.page.get_by_test_id("secret").inner_text().replace(" ", "")
    operator.shoot("60-kode-pasang", full=True)
    operator.page.get_by_label("Kode 6 angka").fill(pyotp.TOTP(secret).now())
    operator.page.get_by_label("Kata sandi").fill(office.accounts["operator_kia"])
    operator.press("enrol")
    expect(operator.page.get_by_text("Aktif. Kode diminta")).to_be_visible()

    page = browser.new_context(viewport=PHONE, locale="id-ID").new_page()
    page.goto(f"{office.url}/masuk")
    page.get_by_label("Nama pengguna").fill("operator_kia")
    page.get_by_label("Kata sandi").fill(office.accounts["operator_kia"])
    page.get_by_test_id("sign-in").click()
    expect(page.get_by_label("Kode 6 angka")).to_be_focused()
    page.screenshot(path=office.shots / "61-kode-masuk.png")
    following = pyotp.TOTP(secret).at(datetime.now(UTC), counter_offset=1)
    page.get_by_label("Kode 6 angka").fill(following)
    page.get_by_test_id("give-code").click()
    expect(page.locator("header.bar")).to_be_visible()


def test_an_answer_is_seen_as_the_citizen_will_read_it_and_the_talk_goes_back_to_the_bot(office: Office, browser: Browser) -> None:
    desk = Staff(office, browser, "petugas_pengaduan")
    desk.open("/pengaduan?tab=terbuka")
    row = desk.page.get_by_test_id("complaint-row").filter(has_text="Minta bicara dengan petugas").first
    number = row.get_attribute("data-number")
    row.get_by_role("link").click()
    desk.press("ambil_aduan")
    expect(desk.page.locator(".hold.mine")).to_be_visible()
    desk.page.get_by_role("textbox", name="Jawaban").fill("Akta sudah kami kirim ulang.")
    preview = desk.page.locator("[data-answer-preview]")
    expect(preview).to_contain_text(f"untuk {number}")
    expect(preview.locator("strong")).to_have_text(number)
    desk.page.get_by_label("Dengan jawaban ini").select_option("selesaikan")
    expect(preview).to_contain_text("Asisten otomatis kembali melayani")
    desk.shoot("62-aduan", full=True)
    desk.press("asisten")
    expect(desk.page.get_by_test_id("message")).to_contain_text("dikembalikan ke asisten")


def test_a_number_of_the_report_opens_the_cases_behind_it_by_keyboard(office: Office, browser: Browser) -> None:
    head = Staff(office, browser, "kepala_dinas")
    head.open("/laporan")
    head.page.get_by_role("link", name="Tahun ini").click()
    issued = head.page.get_by_test_id("issued").get_by_role("link")
    count = int(issued.inner_text())
    issued.focus()
    head.page.keyboard.press("Enter")
    expect(head.page.get_by_test_id("line")).to_have_count(min(count, 50))
    head.shoot("63-laporan-daftar")


def test_a_deputy_is_appointed_and_seen_as_plt(office: Office, browser: Browser) -> None:
    boss, second = Staff(office, browser, "administrator"), Staff(office, browser, "administrator2")
    boss.open("/staf/akun/kasi_kelahiran")
    boss.page.get_by_label("Menggantikan").select_option("kepala_dinas:kepala_dinas")
    day = today(datetime.now(UTC)).isoformat()
    boss.page.get_by_label("Dari tanggal").fill(day)
    boss.page.get_by_label("Sampai tanggal").fill(day)
    boss.press("plt")
    second.open("/staf")
    second.press("setuju")
    boss.open("/staf/akun/kasi_kelahiran")
    expect(boss.page.get_by_test_id("deputy")).to_contain_text("Plt. Kepala Dinas")
    boss.shoot("64-plt", full=True)


@pytest.mark.parametrize("inside", [False, True], ids=["is the log", "holds the log"])
def test_a_chat_that_arrives_opens_at_its_newest_message(office: Office, browser: Browser, inside: bool) -> None:
    staff = Staff(office, browser, "petugas")
    staff.open("/antrean")
    scrolled = staff.page.evaluate(
        """(inside) => {
          const log = document.createElement("div"), around = document.createElement("div");
          log.className = "chat-log"; log.dataset.scrollEnd = "";
          for (let n = 0; n < 80; n++) { const line = document.createElement("p"); line.textContent = `SPESIMEN ${n}`; log.append(line); }
          around.append(log); document.querySelector("main").append(around);
          const elt = inside ? around : log;
          elt.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt } }));
          return log.scrollTop + log.clientHeight - log.scrollHeight;
        }""",
        inside,
    )
    assert abs(scrolled) <= 1
