"""The staff's hands and eyes: one officer in a real browser, who signs in and works cases by what the pages show."""

import io
import re
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import Browser, Locator, Page, expect
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.backoffice.papers import sign


def accounts(folder: Path) -> dict[str, str]:
    """Role -> password, from the list of demo accounts that `make run` writes."""
    lines = (folder / "demo-accounts.txt").read_text().splitlines()
    return {row[0]: row[1] for row in (line.split() for line in lines) if len(row) >= 2}


def paper(*lines: str) -> bytes:
    """A one-page PDF with those lines, as SIAK would print it, signed."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFont("Helvetica-Bold", 15)
    for number, line in enumerate(("SPESIMEN", *lines)):
        canvas.drawString(70, 760 - 28 * number, line)
    canvas.save()
    return sign(file.getvalue())


SENT_WITHIN = 120_000
"""Milliseconds for what a form sends: a paper is read for it."""


class Officer:
    """One member of staff, signed in, in a browser context of their own."""

    read: ClassVar[list[tuple[str, str]]] = []
    """The address and the words of every page that any officer has seen, in order."""

    def __init__(
        self, browser: Browser, base_url: str, role: str, passwords: dict[str, str], shots: Path, phone_size: bool = False
    ) -> None:
        size = {"width": 390, "height": 844} if phone_size else {"width": 1280, "height": 900}
        self.page: Page = browser.new_context(viewport=size, accept_downloads=True).new_page()  # type: ignore[arg-type]
        self.base_url, self.role, self.shots = base_url, role, shots
        self._password = passwords[role]
        self.page.goto(f"{base_url}/masuk")
        self.page.get_by_label("Nama pengguna").fill(role)
        self.page.locator("input[name=password]").fill(self._password)
        self._read()
        self.page.get_by_test_id("sign-in").click()
        expect(self.page.get_by_test_id("sign-out")).to_be_attached()
        self._read()

    def open(self, number: str) -> None:
        """Finds the case in the own queue, takes it where that is needed, and opens it."""
        self.page.goto(f"{self.base_url}/antrean")
        row = self.page.get_by_test_id("queue-row").and_(self.page.locator(f'[data-number="{number}"]'))
        expect(row).to_be_visible(timeout=60_000)
        take = row.locator('[data-action="ambil"]')
        if take.count():
            take.click()
        else:
            row.get_by_role("link", name=re.compile("Buka|" + number)).first.click()
        expect(self.page.get_by_test_id("case")).to_have_attribute("data-number", number)
        self._read()

    def stage(self) -> str:
        """The stage that the open page stands at."""
        return self.page.get_by_test_id("case").get_attribute("data-stage") or ""

    def accept_all(self, but: dict[str, str] | None = None) -> None:
        """Looks at each document and accepts it, or asks for it again: `but` is item -> reason code."""
        returned = dict(but or {})
        self.page.get_by_test_id("start-check").click()
        while True:
            expect(self.page.get_by_test_id("decide")).to_be_visible()
            item = self.page.locator('.strip [aria-current="page"]').get_attribute("data-item") or ""
            if code := returned.pop(item, None):
                form = self.page.get_by_test_id("return-form")
                form.locator("summary").click()
                form.locator("select[name=reason]").select_option(code)
                self.look(f"kembalikan-{item}")
                self._press(form.locator('[data-action="dokumen_salah"]'))
            else:
                self._press(self.page.locator('[data-action="dokumen_benar"]'))
            if not self.page.locator("[data-testid=decide]").count() or not self._go_to_next_undecided():
                return

    def act(self, transition: str, **fields: str) -> None:
        """Fills the transition's form and presses its button."""
        button = self.page.locator(f'.actions [data-action="{transition}"]').first
        form = button.locator("xpath=ancestor::form")
        for name, value in fields.items():
            form.locator(f'[name="{name}"]').fill(value)
        self._tick_seen(form)
        self._press(button)
        unusual = self.page.get_by_test_id(f"seen-{transition}")
        if unusual.count():  # numbers that the drawn papers don't bear: looked at, and meant so
            unusual.check()
            self._press(self.page.locator(f'.actions [data-action="{transition}"]').first)

    def _tick_seen(self, form: Locator) -> None:
        """Says that a warning was looked at, where one is asked about."""
        seen = form.get_by_test_id("seen")
        if seen.count():
            seen.check()

    def upload(self, transition: str, content: bytes, child: int = 0) -> None:
        """Uploads a PDF as one of the case's products."""
        form = self.page.locator(f"form:has(#{transition}-{child})")
        form.locator("input[type=file]").set_input_files({"name": f"{transition}.pdf", "mimeType": "application/pdf", "buffer": content})
        self._press(form.locator("button"))

    def approve(self, number: str) -> None:
        """Approves a case in the stack of approvals, with the password again where it is asked."""
        self.page.goto(f"{self.base_url}/persetujuan")
        card = self.page.get_by_test_id("approval-card").and_(self.page.locator(f'[data-number="{number}"]'))
        expect(card).to_be_visible(timeout=20_000)
        self.look("persetujuan")
        password = card.locator("input[type=password]")
        if password.count():
            password.fill(self._password)
        self._tick_seen(card.locator("footer > form").first)
        self._press(card.locator("footer > form button").first)
        expect(card).to_have_count(0)

    def answer_complaint(self, number: str, text: str) -> None:
        """Finds a complaint in the desk's inbox and answers it."""
        self.page.goto(f"{self.base_url}/pengaduan")
        row = self.page.get_by_test_id("complaint-row").and_(self.page.locator(f'[data-number="{number}"]'))
        expect(row).to_be_visible(timeout=20_000)
        self.look("kotak-pengaduan")
        row.get_by_role("link").first.click()
        self.page.locator("textarea[name=text]").fill(text)
        self._press(self.page.locator('[data-action="jawab_aduan"]'))
        self.look("jawaban")

    def look(self, name: str) -> None:
        """Keeps a screenshot of the whole page."""
        self.page.wait_for_timeout(500)  # pictures; "networkidle" never comes while the queue listens for changes
        self._read()
        place = len(list(self.shots.glob("office-*.png"))) + 1
        self.page.screenshot(path=self.shots / f"office-{place:02d}-{self.role}-{name}.png", full_page=True)

    def look_round(self) -> None:
        """Opens every page to which the links of the first one lead."""
        self.page.goto(self.base_url)
        links = self.page.locator("a[href^='/']").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        for path in sorted({link.split("#")[0] for link in links if not re.search(r"^/(?:static|keluar)|[.]\w+$", link)}):
            if path:
                self.page.goto(self.base_url + path)
                self._read()

    def _read(self) -> None:
        words = f"{self.page.title()}\n{self.page.locator('body').inner_text()}"
        self.read.append((f"{self.role} {self.page.url.removeprefix(self.base_url)}", words))

    def _go_to_next_undecided(self) -> bool:
        """From a document's page (or the case page, to which a decision may lead) to the next one without a decision."""
        waiting: Locator = self.page.locator(".strip a.state-baru")
        if waiting.count():
            waiting.first.click()
            return True
        self.page.locator("#ke-permohonan").click()
        return False

    def _press(self, button: Locator) -> None:
        button.click()
        expect(self.page.locator("form[data-sending]")).to_have_count(0, timeout=SENT_WITHIN)
        self.page.wait_for_load_state()
        self._read()
        problem = self.page.get_by_test_id("problem")
        assert not problem.count(), f"{self.role}: {problem.inner_text()}"
