"""What citizens write, in a real browser, on every page that shows it: words stay words, and the policy has nothing to stop.

Each thing that comes from outside carries a mark of its own beside the attack, and each mark has to be seen: a page that showed nothing
would prove nothing.
"""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.backoffice.office import ITEMS, make_bundle, make_document, make_picture
from tests.backoffice.test_browser import CHROMIUM, SWITCHES, Office, Staff
from tests.backoffice.test_browser_desk import call, send

pytestmark = pytest.mark.slow

CASE, COMPLAINT, OTHER = "LM-261123-7K4F", "ADU-261123-3M8Q", "ADU-261123-5H5H"
ATTACK = (
    "</script></textarea></title><img src=x onerror=struck()><svg onload=struck()>\"'>"
    "<a href=javascript:struck() autofocus onfocus=struck()>"
    "{{7*'7'}}${7*7}<!--\u202e\u2066<iframe srcdoc='<script>parent.struck()</script>'>"
)
SAID = (
    "wa_name", "message", "caption", "bot_reply", "ocr", "complaint", "complaint_message", "email", "child", "father", "address",
    "receiver",
    "warning", "case_message", "answer", "file_name",
)  # fmt: skip
MARKS = {name: f"TANDA{index}A" for index, name in enumerate(SAID)}
SEEN_BY = ("petugas", "operator", "petugas_pengaduan", "supervisor", "inspektorat", "kepala_dinas", "kasi_kelahiran", "administrator")
PAGES_MOST = 20
"""Of one role; each page that its links lead to is opened once, of many alike (by their path without figures) three."""

WATCH = """
window.struckBy = [];
window.struck = () => window.struckBy.push(location.pathname);
document.addEventListener('securitypolicyviolation', event =>
    window.struckBy.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""

SHOWN = """document.documentElement.textContent + [...document.querySelectorAll('input, textarea')].map(e => e.value)
    + [...document.querySelectorAll('img')].map(e => e.alt)"""
ALIEN = """[...document.querySelectorAll("img[src='x'], svg[onload], iframe, [onfocus], [onerror], [href^='java'], script:not([src])")]
    .map(e => e.outerHTML)"""


def hostile(name: str, longest: int = 500) -> str:
    """The attack with the mark of what it stands for before it, as long as that may be."""
    return f"{MARKS[name]} {ATTACK}"[:longest]


@pytest.fixture(scope="module")
def bot() -> Iterator[str]:
    """The bot's chat: a message, a caption and a reply of ours."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [
        {"id": f"in-{n}", "at": at, "direction": way, "type": kind, "text": hostile(name), "state": "handled", "concealed": False}
        for n, (name, way, kind) in enumerate([("message", "in", "text"), ("caption", "in", "image"), ("bot_reply", "out", "text")])
    ]

    class Chat(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"messages": lines, "next": None}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Chat)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class OfficeWithBot(Office):
    """An office whose bot answers."""

    def __init__(self, folder: Path, bot: str) -> None:
        self._bot = bot
        super().__init__(folder)

    def _run(self, room: str, *arguments: str) -> Any:
        self._environment["BOT_URL"] = self._bot
        return super()._run(room, *arguments)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, bot: str) -> Iterator[Office]:
    made = OfficeWithBot(tmp_path_factory.mktemp("hostile"), bot)
    made.wait_ready()
    made.receive(make_hostile_bundle())
    contact = {"id": "contact-1", "phone": "+6281230000001", "name": hostile("wa_name", 200)}
    send(made, COMPLAINT, hostile("complaint"), contact=contact, case=CASE)
    send(made, OTHER, hostile("complaint"), contact=contact, category="pungli", restricted=True)
    said = {"text": hostile("complaint_message"), "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "attachments": []}
    call(made, f"/api/complaints/{COMPLAINT}/messages/m-1", said)
    call(made, f"/api/cases/{CASE}/messages/m-1", {"kind": "koreksi", "text": hostile("case_message"), "at": said["at"]})
    yield made
    made.stop()


def make_hostile_bundle() -> dict[str, Any]:
    """A bundle whose every word of a citizen or a reader of pictures is an attack."""
    bundle = make_bundle(
        CASE,
        email=f"{MARKS['email']}<b>@example.test",
        alamat_kia={"alamat": hostile("address"), "location": None, "penerima": hostile("receiver", 200), "source": "chat"},
        warnings=[{"code": "nama_ibu_berbeda", "items": ["surat_kelahiran", "kk"], "told": True, "said": hostile("warning")}],
    )
    bundle["contact"]["name"] = hostile("wa_name", 200)
    bundle["anak"][0]["nama"] = hostile("child", 200)
    bundle["answers"]["ayah_nama"] = {"value": hostile("father", 200), "source": "chat"}
    bundle["documents"] = [make_document(item, make_picture(item)) for item in ITEMS]
    for document in bundle["documents"]:
        document["check"]["fields"] |= {"nama": hostile("ocr", 300), "alamat": hostile("ocr", 300)}
        document["check"]["reasons"] = ["blurred"]
    return bundle


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield launched
        launched.close()


def links(page: Page) -> list[str]:
    """Paths of this site that the page leads to, and the parts that it fetches by itself."""
    found = page.evaluate(
        "[...document.querySelectorAll('a[href], [hx-get]')].map(e => e.getAttribute('hx-get') || e.getAttribute('href'))"
        ".filter(path => path.startsWith('/') && !path.startsWith('//'))"
    )
    return [path for path in found if not any(part in path for part in ("/static/", "/siaran", "unduh", ".pdf", "/lampiran/", "keluar"))]


def shape(path: str) -> str:
    """The path with figures and numbers taken out: the same page of another day or case."""
    return "".join("#" if sign.isdigit() else sign for sign in path)


def walk(staff: Staff, begin: list[str]) -> tuple[set[str], list[str], int]:
    """Opens pages one after another; the marks that were seen, what struck, and how many pages were opened."""
    waiting, known, alike, seen, struck = list(begin), set(begin), {}, set(), []
    opened = 0
    while waiting and opened < PAGES_MOST:
        path = waiting.pop(0)
        if alike.setdefault(shape(path), 0) >= 3:
            continue
        alike[shape(path)] += 1
        answer = staff.page.goto(staff.office.url + path, wait_until="load")
        staff.page.wait_for_timeout(250)  # parts that are fetched by themselves
        opened += answer is not None and answer.ok
        assert answer is None or answer.status < 500, path
        text = staff.page.evaluate(SHOWN)
        seen |= {name for name, mark in MARKS.items() if mark in text}
        struck += [f"{path}: {what}" for what in staff.page.evaluate("window.struckBy")]
        alien = "img[src='x'], svg[onload], iframe, [onfocus], [onerror], script:not([src])"
        struck += [
            f"{path}: {html[:200]}" for html in staff.page.evaluate(f'[...document.querySelectorAll("{alien}")].map(e => e.outerHTML)')
        ]
        for link in links(staff.page):
            if link not in known:
                known.add(link)
                waiting.append(link)
    return seen, struck, opened


def answer_with_a_file(staff: Staff) -> None:
    """A member of the desk answers, with a picture whose file has a hostile name."""
    staff.open(f"/pengaduan/{COMPLAINT}")
    form = staff.page.locator("form[data-answer]")
    form.locator("textarea[name=text]").fill(hostile("answer"))
    name = f"{hostile('file_name', 120)}.jpg"
    form.locator("input[name=berkas]").set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": make_picture("lampiran")})
    form.locator('[data-action="jawab_aduan"]').click()
    expect(staff.page.locator("img.attachment").first).to_be_visible()


def test_words_of_strangers_stay_words_on_every_page_and_the_policy_has_nothing_to_stop(office: Office, browser: Browser) -> None:
    seen: set[str] = set()
    begin = ["/", f"/permohonan/{CASE}", f"/permohonan/{CASE}/percakapan/", f"/pengaduan/{COMPLAINT}", f"/pengaduan/{OTHER}", "/akun"]
    for role in SEEN_BY:
        staff = Staff(office, browser, role)
        staff.page.context.add_init_script(WATCH)
        if role == "petugas":
            staff.case(CASE)
        if role == "petugas_pengaduan":
            answer_with_a_file(staff)
        marks, struck, opened = walk(staff, begin)
        assert struck == [], role
        policy = [fault for fault in staff.faults if "Content Security Policy" in fault or "Refused to" in fault]
        assert policy == [], role
        assert opened >= 2, role
        seen |= marks
        staff.page.context.close()
    assert set(MARKS) - seen == set(), "not shown on any page that was opened"
