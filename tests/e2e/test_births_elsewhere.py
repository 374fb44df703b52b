"""Both births at an office that does not exist: nothing of Blora stands on a page, in a chat, a PDF, a mail or a log."""

import json
import re
import time
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from scripts import train
from standard.roles import roles
from tests.e2e import test_births as births
from tests.e2e.mailbox import Mailbox
from tests.e2e.office import Officer, accounts
from tests.e2e.phone import Phone
from tests.e2e.stack import Stack
from tests.e2e.there import WANAKERTA
from tests.other_office.strange import of_blora, words_of

EMAIL = "warga.spesimen@contoh.test"


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    """The office's mail server."""
    taking = Mailbox("layanan@wanakerta.example")
    yield taking
    taking.close()


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox) -> Iterator[Stack]:
    """All five processes with the pack of Wanakerta, its pages for everybody and its mail."""
    system = Stack(
        tmp_path_factory.mktemp("wanakerta"),
        train.model_path(),
        pack=WANAKERTA.pack,
        SMTP_URL=mailbox.url,
        MAIL_ATTACHMENTS="true",
        public_pages=True,
    )
    try:
        system.prepare()
        system.start()
        system.wait_ready()
        yield system
    finally:
        system.stop()


@pytest.fixture
def families(stack: Stack) -> dict[str, Any]:
    """Who is who in the drawer: this region's papers."""
    told = json.loads((Path(stack.settings["SIMULATOR_SPECIMEN"]) / "families.json").read_text())
    assert told["region"] == "KOTA WANAKERTA"
    return dict(told["families"])


def test_the_married_couple(stack: Stack, browser: Browser, shots: Path, families: dict[str, Any], mailbox: Mailbox) -> None:
    phone = births.married_couple(stack, browser, shots, families, WANAKERTA, EMAIL, lambda: code_of(mailbox))
    assert_the_chat_is_the_offices_own(stack, phone, documents=3)
    _, *papers = mails_to(mailbox, EMAIL, within=400, count=2)
    assert all(of_blora(words_of_mail(mail)) == [] for mail in mailbox.mails)
    assert all(any(part.get_content_type() == "application/pdf" for part in mail.walk()) for mail in papers)


def test_the_unrecorded_couple(stack: Stack, browser: Browser, shots: Path, families: dict[str, Any]) -> None:
    phone = births.unrecorded_couple(stack, browser, shots, families, WANAKERTA)
    assert_the_chat_is_the_offices_own(stack, phone, documents=3)


def test_every_page_that_was_seen_by_then_and_every_other_one(stack: Stack, browser: Browser, shots: Path) -> None:
    passwords = accounts(stack.folder)
    seen = len(Officer.read)
    for role in roles():
        Officer(browser, stack.url("backoffice"), role, passwords, shots).look_round()
    assert len(Officer.read) > seen + 2 * len(roles())
    pages = [(address, words) for address, words in Officer.read if words.strip()]
    assert any("/permohonan/WK-" in address for address, _ in pages) and any("Wanakerta" in words for _, words in pages)
    assert {address: hits for address, words in pages if (hits := of_blora(words))} == {}


@pytest.mark.parametrize("path", ["/lacak", "/keaslian"])
def test_the_pages_for_everybody(stack: Stack, browser: Browser, path: str) -> None:
    page = browser.new_page()
    page.goto(stack.public_url + path)
    words = f"{page.title()}\n{page.locator('body').inner_text()}"
    assert "Sahabat Warga" in words and of_blora(words) == []


def test_no_log_has_a_word_of_it(stack: Stack) -> None:
    for room in stack.commands:
        said = stack.log(room)
        assert (said or room == "dialogue") and of_blora(said.replace(str(stack.folder), "")) == [], room


def assert_the_chat_is_the_offices_own(stack: Stack, phone: Phone, documents: int) -> None:
    """Every bubble from the office, the name on top of the chat, and every PDF that came."""
    assert phone.page.locator("#business").inner_text().strip() == "Sahabat Warga"
    bubbles = phone.since(0)
    assert "Wanakerta" in bubbles and of_blora(bubbles) == []
    files = [file for file in phone.files() if file[0].lower().endswith(".pdf")]
    assert len(files) >= documents
    for name, address in files:
        content = httpx.get(stack.url("simulator") + address).content
        assert of_blora(f"{name} {words_of(content)}") == [], name


def code_of(mailbox: Mailbox) -> str:
    """The six figures that were mailed to the family."""
    content = mails_to(mailbox, EMAIL)[-1].get_payload(decode=True)
    found = re.search(r"(?<!\d)\d{6}(?!\d)", content.decode()) if isinstance(content, bytes) else None
    assert found is not None
    return found[0]


def mails_to(mailbox: Mailbox, address: str, within: float = 60, count: int = 1) -> list[Message]:
    """The mails that came for an address. Raises AssertionError where so many don't come in time."""
    deadline = time.monotonic() + within
    while len(found := [mail for mail in mailbox.mails if address in (mail["To"] or "")]) < count:
        assert time.monotonic() < deadline, [mail["To"] for mail in mailbox.mails]
        time.sleep(0.5)
    return found


def words_of_mail(mail: Message) -> str:
    """Its head, its text and the words of what hangs on it."""
    said = [str(make_header(decode_header(value))) for value in mail.values()]
    for part in mail.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            said.append(words_of(content) if part.get_content_type() == "application/pdf" else content.decode(errors="replace"))
        said.append(str(part.get_filename() or ""))
    return "\n".join(said)
