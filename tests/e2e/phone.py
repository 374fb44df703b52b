"""The applicant's hands and eyes: a phone of the simulator in a real browser, read only through what is on the screen."""

import re
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

ANSWER_WITHIN = 120_000
"""Milliseconds that an answer may take: an album of eight photos is checked on two shared cores."""
STILL_LOOKED_AT = "itunggu sebentar"
"""Words of the bubble that a slow machine sends first."""


class Phone:
    """One phone. Each act returns the text of what came back, as a person reads it."""

    def __init__(self, page: Page, base_url: str, number: int, shots: Path) -> None:
        self.page = page
        self.shots = shots
        self._shot = 0
        self.said: list[str] = []
        """Every text that was typed."""
        page.set_viewport_size({"width": 1180, "height": 900})
        page.goto(f"{base_url}/?phone={number}")
        page.wait_for_selector("html[data-ready]")

    @property
    def incoming(self) -> int:
        """How many bubbles have come from the office."""
        return self.page.locator('[data-testid="bubble"][data-direction="in"]').count()

    def say(self, text: str) -> str:
        """Types and sends a text."""
        self.said.append(text)
        before = self.incoming
        self.page.get_by_test_id("composer").fill(text)
        self.page.get_by_test_id("send").click()
        return self.answer(before)

    def tap(self, title: str) -> str:
        """Taps the newest button with that title."""
        before = self.incoming
        self.page.get_by_test_id("reply-button").filter(has_text=re.compile(rf"^\s*{re.escape(title)}\s*$")).last.click()
        return self.answer(before)

    def choose(self, title: str) -> str:
        """Opens the newest list, chooses the row with that title, and sends it."""
        before = self.incoming
        self.page.get_by_test_id("list-open").last.click()
        self.page.get_by_test_id("list-row").filter(has_text=title).first.click()
        send = self.page.get_by_test_id("list-send")
        if send.count():
            send.click()
        return self.answer(before)

    def send_album(self, *items: str) -> str:
        """Chooses several SPESIMEN documents in the drawer and sends them as one album."""
        before = self.incoming
        self.page.get_by_test_id("drawer-select").click()
        for item in items:
            self.drawer_item(item).click()
        self.page.get_by_test_id("drawer-send").click()
        return self.answer(before)

    def send_photo(self, item: str) -> str:
        """Sends one SPESIMEN document with one click."""
        before = self.incoming
        self.drawer_item(item).click()
        return self.answer(before)

    def send_file(self, file: Path, caption: str = "") -> str:
        """Sends a file of one's own as a photo, by the file picker."""
        before = self.incoming
        self.page.get_by_test_id("file-photo").set_input_files(str(file))
        self.page.get_by_test_id("preview-caption").fill(caption)
        self.page.get_by_test_id("preview-send").click()
        return self.answer(before)

    def answer(self, before: int) -> str:
        """Waits for an answer after that many bubbles and returns all that has come since, joined.

        A bubble that says that photos are being looked at is no answer yet.
        """
        deadline = time.monotonic() + ANSWER_WITHIN / 1000
        while True:
            expect(self.page.locator('[data-testid="bubble"][data-direction="in"]').nth(before)).to_be_visible(timeout=ANSWER_WITHIN)
            self.page.wait_for_timeout(400)
            said = self.page.locator('[data-testid="bubble"][data-direction="in"]').all_inner_texts()[before:]
            if not all(STILL_LOOKED_AT in bubble for bubble in said) or time.monotonic() > deadline:
                return "\n".join(said)

    def wait_for(self, text: str, within: float = ANSWER_WITHIN) -> str:
        """Waits until a bubble from the office holds that text, and returns the whole bubble's text."""
        bubble = self.page.locator('[data-testid="bubble"][data-direction="in"]').filter(has_text=text).last
        expect(bubble).to_be_visible(timeout=within)
        return bubble.inner_text()

    def since(self, before: int) -> str:
        """The text of all incoming bubbles after the first `before`."""
        return "\n".join(self.page.locator('[data-testid="bubble"][data-direction="in"]').all_inner_texts()[before:])

    def files(self) -> list[tuple[str, str]]:
        """Name and address of each document that has arrived, as the phone opens it."""
        shown = self.page.locator('[data-testid="bubble"][data-direction="in"] [data-testid="document"]')
        links = [shown.nth(i) for i in range(shown.count())]
        return [(link.get_attribute("data-filename") or "", link.get_attribute("href") or "") for link in links]

    def documents(self) -> list[str]:
        """File names of the documents that have arrived."""
        return [name for name, _ in self.files() if name]

    def look(self, name: str) -> None:
        """Keeps a screenshot."""
        self._shot += 1
        self.page.screenshot(path=self.shots / f"{self._shot:02d}-chat-{name}.png")

    def drawer_item(self, path: str) -> Locator:
        """The SPESIMEN document in the drawer whose path begins so; a click sends it."""
        self.page.locator("#drawer-search").fill(re.split("[_-]", Path(path).name)[0])
        return self.page.locator(f'[data-testid="drawer-item"][data-path^="{path}"]').first
