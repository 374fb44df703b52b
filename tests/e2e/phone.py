"""The applicant's hands and eyes: a phone of the simulator in a real browser, read only through what is on the screen."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

ANSWER_WITHIN = 60_000
"""Milliseconds that an answer may take: an album of eight photos is checked on two shared cores."""


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
            self._drawer_item(item).click()
        self.page.get_by_test_id("drawer-send").click()
        return self.answer(before)

    def send_photo(self, item: str) -> str:
        """Sends one SPESIMEN document with one click."""
        before = self.incoming
        self._drawer_item(item).click()
        return self.answer(before)

    def send_file(self, file: Path, caption: str = "") -> str:
        """Sends a file of one's own as a photo, by the file picker."""
        before = self.incoming
        self.page.get_by_test_id("file-photo").set_input_files(str(file))
        self.page.get_by_test_id("preview-caption").fill(caption)
        self.page.get_by_test_id("preview-send").click()
        return self.answer(before)

    def answer(self, before: int) -> str:
        """Waits for an answer after that many bubbles and returns all that has come since, joined."""
        expect(self.page.locator('[data-testid="bubble"][data-direction="in"]').nth(before)).to_be_visible(timeout=ANSWER_WITHIN)
        self.page.wait_for_timeout(400)
        return self.since(before)

    def wait_for(self, text: str, within: float = ANSWER_WITHIN) -> str:
        """Waits until a bubble from the office holds that text, and returns the whole bubble's text."""
        bubble = self.page.locator('[data-testid="bubble"][data-direction="in"]').filter(has_text=text).last
        expect(bubble).to_be_visible(timeout=within)
        return bubble.inner_text()

    def since(self, before: int) -> str:
        """The text of all incoming bubbles after the first `before`."""
        return "\n".join(self.page.locator('[data-testid="bubble"][data-direction="in"]').all_inner_texts()[before:])

    def documents(self) -> list[str]:
        """File names of the documents that have arrived."""
        shown = self.page.locator('[data-testid="bubble"][data-direction="in"] [data-testid="document"]')
        return [name for name in (shown.nth(i).get_attribute("data-filename") for i in range(shown.count())) if name]

    def look(self, name: str) -> None:
        """Keeps a screenshot."""
        self._shot += 1
        self.page.screenshot(path=self.shots / f"{self._shot:02d}-chat-{name}.png")

    def _drawer_item(self, path: str) -> Locator:
        self.page.locator("#drawer-search").fill(re.split("[_-]", Path(path).name)[0])
        return self.page.locator(f'[data-testid="drawer-item"][data-path^="{path}"]').first
