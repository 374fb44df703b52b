"""Names every page that the back office's router knows, and measures what a browser makes of one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from sanic import Sanic

from backoffice.app import create_app
from backoffice.settings import Settings
from tests.backoffice.office import BOT_TOKEN, KEY, TO_BOT, TOKEN

AXE = Path(__file__).parent / "vendor/axe-core-4.14.1/axe.min.js"
WIDTHS = (320, 390, 768, 1366, 1920)
PHONE_WIDTH, TOUCH = 390, 44
NO_PAGE = ("api", "static", "siaran", "healthz", "readyz", "metrics")
"""What is no page: calls of services, files, the stream."""
FILES = (".pdf", ".csv", ".xlsx", "/halaman/", "/kolom/", "/foto/", "/pdf", "/unduh/", "/lampiran/")
PARTS = ("/isi", "/jumlah", "/kabar", "/percakapan", "/kata-pemohon", "/utas", "/jendela", "<number:str>/daftar")
"""What is fetched into a page, and is looked at within it."""

SMALL = """(least) => {
  const told = (e) => `${e.tagName} ${e.dataset.action || e.id || e.name || e.className} "${e.textContent.trim().slice(0, 24)}"`;
  const within = (e) => {  // a word within a sentence is no target of its own (WCAG 2.5.8, inline)
    const inline = e.tagName === "A" && getComputedStyle(e).display === "inline";
    return inline && e.parentElement.textContent.trim().length > e.textContent.trim().length + 3;
  };
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((e) => !e.disabled && !within(e) && !e.matches(".skip"))
    .map((e) => [e, (e.matches("[type=checkbox], [type=radio]") && e.closest("label") || e).getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height && (Math.round(box.width) < least || Math.round(box.height) < least))
    .map(([e, box]) => `${told(e)} ${Math.round(box.width)} x ${Math.round(box.height)}`);
}"""

STICKS_OUT = """() => {
  const scrolls = (e) => e && (["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const edge = document.documentElement.clientWidth;
  const over = (e) => e.getBoundingClientRect().right > edge + 0.5;
  const out = [...document.body.querySelectorAll("*")].filter((e) => over(e) && !scrolls(e.parentElement));
  return out.slice(0, 3).map((e) => `${e.tagName}.${e.className} "${e.textContent.trim().slice(0, 30)}"`).join("; ");
}"""


def office_paths(folder: Path) -> list[str]:
    """The paths of the back office's pages, as its router has them, `/permohonan/<number:str>`."""
    settings = Settings(
        _env_file=None, blob_key=KEY, actions_backoffice_token=TOKEN, bot_backoffice_token=BOT_TOKEN, backoffice_bot_token=TO_BOT,
        session_secret="secret-of-the-tests-only", backoffice_database_url=f"sqlite:///{folder}/none.db", blob_url=f"file:{folder}/none",
        landa_mewa_var=folder,
    )  # fmt: skip
    Sanic.test_mode = True
    return list(paths_of(create_app(settings, background=False)))


def paths_of(app: Sanic[Any, Any]) -> Iterator[str]:
    """Each page of an application."""
    for route in app.router.routes_all.values():
        path = f"/{route.path}"
        if "GET" not in route.methods or path.strip("/").split("/")[0] in NO_PAGE:
            continue
        if not any(sign in path for sign in FILES) and not path.endswith(PARTS):
            yield path


def wider_than(page: Page, width: int) -> int:
    """By how many pixels the page is wider than a screen of that width."""
    page.set_viewport_size({"width": width, "height": 844 if width < 500 else 900})
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def sticks_out(page: Page) -> str:
    """The first element that reaches over the right edge of the screen, of which no part may be scrolled to; for the message."""
    return str(page.evaluate(STICKS_OUT))


def too_small(page: Page) -> list[str]:
    """What is pressed on this page and is smaller than a finger."""
    return list(page.evaluate(SMALL, TOUCH))


def what_axe_finds(page: Page) -> list[str]:
    """Every rule that the page breaks, minor ones too, with the first element that does."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:140]}" for rule in found["violations"]]
