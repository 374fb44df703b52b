"""A day at the office in a real browser: every role in turn, on a desktop and the head on a phone, with screenshots.

Screenshots go to the folder that SHOTS names, else into the test's own.
"""

import base64
import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.backoffice.office import ITEMS, make_bundle, make_picture
from tests.backoffice.papers import sign

pytestmark = pytest.mark.slow

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
AXE = Path(__file__).parent / "vendor/axe-core-4.14.1/axe.min.js"
TOKEN, BOT_TOKEN, TO_BOT = "actions-of-the-browser-test", "bot-of-the-browser-test", "office-of-the-browser-test"
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
SENT_WITHIN = 120_000
"""Milliseconds that a form may take: a paper is read by the engine, on a machine that has other work."""
APPROVALS = {
    "kasi_identitas": "paraf_kk",
    "kasi_kelahiran": "paraf_akta",
    "kabid_yandafduk": "setuju_kk",
    "kabid_yancapil": "setuju_akta",
}
FIRST, SECOND, THIRD, TWINS = "LM-261122-AAAA", "LM-261122-CCCC", "LM-261122-EEEE", "LM-261122-GGGG"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Office:
    """A back office of its own, in a process of its own, with its demo accounts."""

    def __init__(self, folder: Path, **more: str) -> None:
        port, public_port = free_port(), free_port()
        self.url, self.public_url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{public_port}"
        self.shots = Path(os.environ.get("SHOTS", folder / "shots"))
        self.shots.mkdir(parents=True, exist_ok=True)
        self._log = (folder / "log").open("wb")
        self._environment = {
            "PATH": os.environ["PATH"],
            "BLOB_KEY": base64.b64encode(b"k" * 32).decode(),
            "ACTIONS_BACKOFFICE_TOKEN": TOKEN,
            "BOT_BACKOFFICE_TOKEN": BOT_TOKEN,
            "BACKOFFICE_BOT_TOKEN": TO_BOT,
            "SESSION_SECRET": "session-secret-of-the-browser-test",
            "BACKOFFICE_DATABASE_URL": f"sqlite:///{folder}/office.db",
            "BLOB_URL": f"file:{folder}/blobs",
            "LANDA_MEWA_VAR": str(folder),
            "BACKOFFICE_PORT": str(port),
            "PUBLIC_PORT": str(public_port),
            "PUBLIC_URL": self.url,
            "BOT_URL": "http://127.0.0.1:9",
            **more,
        }
        self._run("storage", "upgrade", "backoffice/migrations", "BACKOFFICE_DATABASE_URL").wait(timeout=240)
        self._run("backoffice", "user", "demo").wait(timeout=240)
        lines = (folder / "demo-accounts.txt").read_text().splitlines()
        self.accounts = {line.split()[0]: line.split()[1] for line in lines}
        self._server = self._run("backoffice", "serve")

    def wait_ready(self) -> None:
        for _ in range(600):
            try:
                if httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.2)
        raise AssertionError("the back office did not start")

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait(timeout=20)

    def _run(self, room: str, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", room, *arguments], env=self._environment, stdout=self._log, stderr=subprocess.STDOUT)

    def receive(self, bundle: dict[str, object]) -> None:
        """Hands a bundle over, as actions do."""
        with httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20) as api:
            for item, document in zip(ITEMS, bundle["documents"], strict=True):
                sha256 = document["pages"][0]["blob"]
                assert api.put(f"/api/blobs/{sha256}", content=make_picture(item)).status_code in (200, 201)
            assert api.put(f"/api/bundles/draft-{bundle['number']}", json=bundle).status_code == 201


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("office"))
    made.wait_ready()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield launched
        launched.close()


class Staff:
    """One member of staff before a screen; anything that the browser's console reports as an error fails the test."""

    def __init__(self, office: Office, browser: Browser, role: str, size: dict[str, int] = DESKTOP) -> None:
        self.office, self.faults = office, []
        self.page: Page = browser.new_context(viewport=size, locale="id-ID").new_page()
        self.page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(f"{office.url}/masuk")
        self.page.get_by_label("Nama pengguna").fill(role)
        self.page.get_by_label("Kata sandi").fill(office.accounts[role])
        self.page.get_by_test_id("sign-in").click()
        expect(self.page.locator("header.bar")).to_be_visible()

    def open(self, path: str) -> None:
        self.page.goto(self.office.url + path)

    def press(self, action: str) -> None:
        self.page.locator(f'[data-action="{action}"]').first.click()
        expect(self.page.locator("form[data-sending]")).to_have_count(0, timeout=SENT_WITHIN)
        expect(self.page.get_by_test_id("problem")).to_have_count(0)

    def case(self, number: str, take: bool = True) -> None:
        self.open(f"/permohonan/{number}")
        if take:
            if not self.page.locator('[data-action="lepas"]').count():
                self.press("ambil")
            expect(self.page.locator('[data-action="lepas"]')).to_be_visible()

    def expect_stage(self, stage: str) -> None:
        expect(self.page.get_by_test_id("case")).to_have_attribute("data-stage", stage)

    def upload_all(self, phase: str) -> None:
        missing = self.page.locator(f'[data-testid="product"][data-phase="{phase}"][data-present="no"]')
        for left in range(missing.count(), 0, -1):
            place = missing.first
            kind = place.get_attribute("data-kind")
            place.locator('input[type="file"]').set_input_files(
                {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": make_draft(kind or "")}
            )
            place.locator("button").click()
            expect(self.page.locator("form[data-sending]")).to_have_count(0, timeout=SENT_WITHIN)
            expect(missing).to_have_count(left - 1)

    def shoot(self, name: str, full: bool = False) -> None:
        """Keeps a screenshot and lets axe look for what keeps people out."""
        self.page.wait_for_load_state("networkidle") if "antrean" not in self.page.url and "persetujuan" not in self.page.url else None
        self.page.screenshot(path=self.office.shots / f"{name}.png", full_page=full)
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'best-practice']})")
        serious = [
            f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found["violations"] if rule["impact"] in ("serious", "critical")
        ]
        assert serious == [], f"{name}: {serious}"
        assert self.faults == [], f"{name}: {self.faults}"


def make_draft(kind: str, *more: str) -> bytes:
    """A KK or akta of the first case, with further lines."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawCentredString(A4[0] / 2, 760, "KARTU KELUARGA" if kind == "kk" else "KUTIPAN AKTA KELAHIRAN")
    canvas.setFont("Helvetica", 12)
    for place, line in enumerate(("SPESIMEN", "3316990101260001", "3316-LU-22112026-0001", "ANAK A SPESIMEN", *more)):
        canvas.drawString(80, 700 - place * 26, line)
    canvas.save()
    return sign(out.getvalue())


def test_a_case_goes_through_the_office_in_a_browser(office: Office, browser: Browser) -> None:
    petugas = Staff(office, browser, "petugas")
    expect(petugas.page.get_by_test_id("empty")).to_be_visible()
    for number in (FIRST, SECOND):
        office.receive(make_bundle(number))
    rows = petugas.page.get_by_test_id("queue-row")
    expect(rows, "new rows come without reloading").to_have_count(2, timeout=8000)
    petugas.shoot("01-antrean")

    check_documents(petugas)
    petugas.page.wait_for_load_state("networkidle")  # the act lets the case go, and with it the pictures still under way
    petugas.press("lengkap")
    petugas.expect_stage("lengkap")
    petugas.shoot("05-lengkap", full=True)

    operator = Staff(office, browser, "operator")
    operator.case(FIRST)
    operator.shoot("06-operator", full=True)
    operator.open(f"/permohonan/{FIRST}/siak")
    operator.shoot("07-siak", full=True)
    operator.page.get_by_label("Nomor KK").fill("3316990101260001")
    operator.page.get_by_label("Nomor akta kelahiran").fill("3316-LU-31022026-0001")
    operator.page.locator('[data-action="siak_diinput"]').click()
    expect(operator.page.get_by_role("alert")).to_contain_text("tidak sah")
    expect(operator.page.get_by_label("Nomor KK"), "what was typed stays").to_have_value("3316990101260001")
    operator.faults.clear()  # the browser itself notes the answer 422
    operator.shoot("07-nomor-tidak-sah", full=True)
    operator.page.get_by_label("Nomor akta kelahiran").fill("3316-LU-22112026-0001")
    operator.press("siak_diinput")
    operator.expect_stage("draf")
    operator.case(FIRST)
    operator.upload_all("draf")
    operator.shoot("08-draf", full=True)
    operator.press("ajukan_verifikasi")
    operator.expect_stage("verifikasi")

    for role, transition in APPROVALS.items():
        head = Staff(office, browser, role)
        expect(head.page.get_by_test_id("approval-card")).to_have_count(1)
        head.shoot(f"09-{role}")
        head.press(transition)
        expect(head.page.get_by_test_id("empty")).to_be_visible()

    chief = Staff(office, browser, "kepala_dinas", PHONE)
    expect(chief.page.get_by_test_id("approval-card")).to_have_count(1)
    chief.shoot("10-kepala-dinas")
    chief.shoot("11-kepala-dinas-semua", full=True)
    chief.page.get_by_label("Pilih semua").check()
    chief.page.get_by_test_id("approve-chosen").get_by_role("button").click()
    expect(chief.page.get_by_test_id("message")).to_contain_text("1 permohonan disetujui")

    operator.case(FIRST)
    operator.upload_all("final")
    operator.page.wait_for_load_state("networkidle")  # as above
    operator.press("kirim_dokumen")
    operator.expect_stage("kia_cetak")
    operator.shoot("12-dikirim", full=True)

    kia = Staff(office, browser, "operator_kia")
    kia.case(FIRST)
    expect(kia.page.locator('[data-action="kia_dicetak"]'), "no KIA before the child's NIK").to_be_disabled()
    kia.page.get_by_text("Catat atau perbaiki NIK anak").click()
    kia.page.get_by_label("Bila NIK belum ada, sebutkan alasannya").fill("SIAK pusat belum menerbitkan")
    kia.shoot("13-nik")
    kia.press("nik_dicatat")
    kia.press("kia_dicetak")
    kia.page.get_by_label("Kurir").fill("Pos Indonesia")
    kia.page.get_by_label("Nomor resi", exact=True).fill("P2611220001")
    kia.shoot("13-kia")
    kia.press("kia_dikirim")
    kia.page.wait_for_load_state("networkidle")  # the last act lets the case go, and with it the pictures still under way
    kia.page.get_by_label("Diterima oleh").fill("Siti Spesimen")
    kia.press("kia_diterima")
    kia.expect_stage("selesai")
    kia.shoot("14-selesai", full=True)


def check_documents(petugas: Staff) -> None:
    """Takes the first case and says of every document, mostly by keyboard, that it is right."""
    petugas.case(FIRST)
    petugas.shoot("02-permohonan", full=True)
    petugas.page.get_by_test_id("start-check").click()
    petugas.page.wait_for_url("**/berkas/**")
    petugas.shoot("03-berkas")
    petugas.page.keyboard.press("+")
    petugas.page.keyboard.press("r")
    petugas.page.keyboard.press("u")
    petugas.page.get_by_test_id("return-form").get_by_label("Alasan").select_option("silau")
    expect(petugas.page.locator("[data-preview]")).to_contain_text("lampu kilat")
    petugas.shoot("04-minta-ulang")
    for done in range(len(ITEMS)):
        here = petugas.page.url
        petugas.page.locator("h1").click()
        petugas.page.keyboard.press("b")
        petugas.page.wait_for_url(lambda url, before=here: url != before)
        if done == 0:
            expect(petugas.page.locator('.strip [data-item="kk"]')).to_have_class("state-benar")
    petugas.page.wait_for_url(f"**/permohonan/{FIRST}")


def test_the_help_overlay_and_the_pages_work_by_keyboard_alone(office: Office, browser: Browser) -> None:
    supervisor = Staff(office, browser, "supervisor")
    supervisor.page.keyboard.press("?")
    expect(supervisor.page.locator("#bantuan")).to_be_visible()
    supervisor.page.keyboard.press("Escape")
    expect(supervisor.page.locator("#bantuan")).not_to_be_visible()
    supervisor.page.keyboard.press("/")
    expect(supervisor.page.get_by_label("Cari permohonan")).to_be_focused()
    supervisor.page.keyboard.type("anak spes")
    supervisor.page.keyboard.press("Enter")
    expect(supervisor.page.get_by_test_id("queue-row").first).to_be_visible()
    supervisor.shoot("20-cari")
    sift_by_keyboard(office, supervisor.page)
    supervisor.shoot("21-saring")


def sift_by_keyboard(office: Office, page: Page) -> None:
    """Narrows the queue to twins: new rows keep to it, and so does the way back from a case."""
    page.goto(f"{office.url}/antrean?tab=berjalan")
    page.keyboard.press("s")
    expect(page.locator("#saring select").first).to_be_focused()
    page.get_by_label("Jenis berkas").select_option("kembar")
    page.get_by_test_id("sift").press("Enter")
    page.wait_for_url("**/antrean?tab=berjalan&ciri=kembar")
    expect(page.get_by_test_id("empty")).to_be_visible()
    for number, children in ((THIRD, 1), (TWINS, 2)):
        office.receive(make_bundle(number, children=children))
    expect(page.get_by_test_id("queue-row"), "the twins come without reloading, the other does not").to_have_count(1, timeout=8000)
    page.get_by_role("link", name=TWINS, exact=True).click()
    page.get_by_role("link", name="Kembali ke antrean").click()
    expect(page.get_by_test_id("chip")).to_contain_text("Kembar")
    expect(page.get_by_test_id("count-berjalan")).to_have_text("1")


@pytest.mark.parametrize("role", ["petugas", "operator", "kepala_dinas", "petugas_pengaduan", "inspektorat"])
def test_pages_fit_a_phone(office: Office, browser: Browser, role: str) -> None:
    staff = Staff(office, browser, role, PHONE)
    for path in ("/antrean?tab=berjalan", "/pengaduan") if role == "petugas_pengaduan" else ("/antrean?tab=berjalan",):
        staff.open(path)
        wider = staff.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, f"{path} is {wider} px wider than the phone"
        staff.shoot(f"30-{role}{path.partition('?')[0].replace('/', '-')}")
