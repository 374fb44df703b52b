"""Counts clicks, keys and pages for one case, by role, in a real browser: each role does its daily work on a case without a fault.

The browser is Debian's Chromium, the office a process of its own. A click is a press of the mouse (or a drop of files), keys are counted
one by one, a page is a document that the browser loaded. Seconds of the browser say how long this machine took. Seconds of hands are an
estimate after Card, Moran and Newell's keystroke-level model: 1.1 s to point, 0.2 s to press, 0.28 s a key, 0.4 s from mouse to keys and
back; looking and thinking are not in it.
"""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Locator, Page, expect, sync_playwright

from scripts import environment as env
from tests.backoffice.office import ITEMS, make_bundle
from tests.backoffice.test_browser import CHROMIUM, DESKTOP, SENT_WITHIN, SWITCHES, Office, Staff, make_draft

RESULTS = env.ROOT / "var" / "bench" / "clicks.json"
POINT, PRESS, KEY, HOME = 1.1, 0.2, 0.28, 0.4
NUMBER = "LM-261122-AAAA"
KK, AKTA, NIK = "3316990101260001", "3316-LU-22112026-0001", "3316990111260001"
NAMES = {
    "petugas": "petugas: six papers without a fault",
    "petugas, keys": "the same by keys alone",
    "operator": "operator: from lengkap to verifikasi",
    "operator, papers": "operator: the final papers",
    "kasi_identitas": "Kasi (KK)",
    "kasi_kelahiran": "Kasi (akta)",
    "kabid_yandafduk": "Kabid (KK)",
    "kabid_yancapil": "Kabid (akta)",
    "kepala_dinas": "Kepala Dinas",
    "operator_kia": "operator KIA: printed and posted",
}
APPROVERS = ("kasi_identitas", "kasi_kelahiran", "kabid_yandafduk", "kabid_yancapil", "kepala_dinas")
TARGETS = {"petugas": 8, "operator": 10} | dict.fromkeys(APPROVERS, 1)
"""The most acts (clicks, and fields filled by keys) for a case."""


@dataclass
class Count:
    """What one role's work on one case took. `acts`: clicks, drops, and what was typed in one go."""

    clicks: int = 0
    keys: int = 0
    fields: int = 0
    pages: int = 0
    browser_seconds: float = 0.0
    changes: int = field(default=0, repr=False)

    @property
    def acts(self) -> int:
        """Clicks, and fields that were typed into."""
        return self.clicks + self.fields

    @property
    def hands(self) -> float:
        """Seconds of hands, see above."""
        return self.clicks * (POINT + PRESS) + self.keys * KEY + self.changes * HOME


class Hands:
    """One member of staff's hands: everything that they do is counted."""

    def __init__(self, staff: Staff) -> None:
        self.page: Page = staff.page
        self.count = Count()
        self._on_mouse, self._began = True, time.monotonic()
        self.page.on("domcontentloaded", lambda _page: self._loaded())

    def _loaded(self) -> None:
        self.count.pages += 1

    def click(self, what: Locator) -> None:
        """Presses the mouse there."""
        self._use(mouse=True)
        what.click()
        self.count.clicks += 1
        self.settle()

    def key(self, key: str) -> None:
        """Presses one key."""
        self._use(mouse=False)
        self.page.keyboard.press(key)
        self.count.keys += 1
        self.settle()

    def write(self, text: str) -> None:
        """Types into what has the focus."""
        self._use(mouse=False)
        self.page.keyboard.type(text)
        self.count.keys += len(text)
        self.count.fields += 1

    def drop(self, where: Locator, files: dict[str, bytes]) -> None:
        """Drops files in one movement; the field that takes them sends by itself."""
        self._use(mouse=True)
        where.set_input_files([FilePayload(name=f"{name}.pdf", mimeType="application/pdf", buffer=data) for name, data in files.items()])
        self.count.clicks += 1
        self.settle()

    def settle(self) -> None:
        """Waits for what a form sends."""
        expect(self.page.locator("form[data-sending]")).to_have_count(0, timeout=SENT_WITHIN)
        self.page.wait_for_load_state()
        expect(self.page.get_by_test_id("problem")).to_have_count(0)

    def done(self) -> Count:
        """What it took."""
        self.count.browser_seconds = round(time.monotonic() - self._began, 1)
        return self.count

    def _use(self, mouse: bool) -> None:
        self.count.changes += self._on_mouse != mouse
        self._on_mouse = mouse


def act(page: Page, name: str) -> Locator:
    """The button of an act."""
    return page.locator(f'[data-action="{name}"]').first


def taken(hands: Hands, number: str) -> None:
    """From the queue, which is the first page of the day, into one's hands."""
    row = hands.page.locator(f'[data-testid="queue-row"][data-number="{number}"]')
    expect(row).to_be_visible()
    hands.click(row.locator('[data-action="ambil"]'))
    expect(hands.page.get_by_test_id("case")).to_have_attribute("data-number", number)


def petugas_by_mouse(hands: Hands, number: str) -> None:
    """Six papers looked at and found right, with the mouse."""
    taken(hands, number)
    hands.click(hands.page.get_by_test_id("start-check"))
    for _ in ITEMS[1:]:
        hands.click(act(hands.page, "dokumen_benar"))
    hands.click(act(hands.page, "dokumen_benar_lengkap"))
    expect(hands.page.get_by_test_id("case")).to_have_attribute("data-stage", "lengkap")


def petugas_by_keys(hands: Hands, number: str) -> None:
    """The same without the mouse."""
    expect(hands.page.locator(f'[data-testid="queue-row"][data-number="{number}"]')).to_be_visible()
    hands.key("j")
    hands.key("Enter")
    expect(hands.page.get_by_test_id("start-check")).to_be_focused()
    hands.key("Enter")
    hands.page.wait_for_url("**/berkas/**")
    for _ in ITEMS[1:]:
        here = hands.page.url
        hands.key("b")
        expect(hands.page).not_to_have_url(here)
    hands.key("l")
    expect(hands.page.get_by_test_id("case")).to_have_attribute("data-stage", "lengkap")


def operator_to_verification(hands: Hands, number: str) -> None:
    """Numbers from SIAK, both drafts in one drop, put forward."""
    taken(hands, number)
    hands.click(hands.page.get_by_label("Nomor KK"))
    hands.write(KK)
    for text in (AKTA, NIK):
        hands.key("Tab")
        hands.write(text)
    hands.click(act(hands.page, "siak_diinput"))
    expect(hands.page.get_by_test_id("case")).to_have_attribute("data-stage", "draf")
    hands.drop(hands.page.get_by_test_id("drop"), {"kk": make_draft("kk", NIK), "akta": make_draft("akta", NIK)})
    hands.click(act(hands.page, "ajukan_verifikasi"))
    expect(hands.page.get_by_test_id("case")).to_have_attribute("data-stage", "verifikasi")


def approver(hands: Hands, number: str) -> None:
    """One card of the stack, which is the first page of the day."""
    card = hands.page.locator(f'[data-testid="approval-card"][data-number="{number}"]')
    expect(card).to_be_visible()
    hands.click(card.locator("footer > form button").first)
    expect(card).to_have_count(0)


def operator_sends(hands: Hands, number: str) -> None:
    """Both final papers in one drop, sent."""
    taken(hands, number)
    hands.drop(hands.page.get_by_test_id("drop"), {"kk": make_draft("kk", NIK), "akta": make_draft("akta", NIK)})
    hands.click(act(hands.page, "kirim_dokumen"))
    expect(hands.page.get_by_test_id("case")).to_have_attribute("data-stage", "kia_cetak")


def kia(hands: Hands, number: str) -> None:
    """Printed, courier and tracking number, posted."""
    taken(hands, number)
    hands.click(act(hands.page, "kia_dicetak"))
    hands.click(hands.page.get_by_label("Kurir"))
    hands.write("Pos Indonesia")
    hands.key("Tab")
    hands.write("P2611220001")
    hands.key("Enter")
    expect(hands.page.get_by_test_id("case")).to_have_attribute("data-stage", "kia_antar", timeout=SENT_WITHIN)


WORK = {
    "petugas": petugas_by_mouse,
    "operator": operator_to_verification,
    **dict.fromkeys(APPROVERS, approver),
    "operator, papers": operator_sends,
    "operator_kia": kia,
}
"""In the order in which a case goes through the house."""


def measure(office: Office, browser: Browser) -> dict[str, Count]:
    """One case through the house, and another whose papers are looked at by keys."""
    counts: dict[str, Count] = {}
    for name, number in (("petugas, keys", "LM-261122-CCCC"), *((name, NUMBER) for name in WORK)):
        if name in ("petugas", "petugas, keys"):
            office.receive(make_bundle(number, flags=[]))
        staff = Staff(office, browser, name.partition(",")[0], DESKTOP)
        hands = Hands(staff)
        WORK.get(name, petugas_by_keys)(hands, number)
        counts[name] = hands.done()
        staff.page.context.close()
    return counts


def main() -> int:
    """Prints the table; 1 where a role needs more acts than it may."""
    expect.set_options(timeout=SENT_WITHIN)
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        office = Office(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        try:
            office.wait_ready()
            counts = measure(office, browser)
        finally:
            browser.close()
            office.stop()
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps({name: asdict(count) | {"acts": count.acts, "hands": count.hands} for name, count in counts.items()}))
    print("| | clicks | keys | acts | pages | s of hands | s of the browser |\n| --- | --- | --- | --- | --- | --- | --- |")
    for name, row in counts.items():
        figures = (row.clicks, row.keys, row.acts, row.pages, f"{row.hands:.0f}", f"{row.browser_seconds:.0f}")
        print(f"| {NAMES[name]} | {' | '.join(map(str, figures))} |")
    over = [name for name, most in TARGETS.items() if counts[name].acts > most]
    print(f"over their target: {', '.join(over) or 'none'}")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
