"""A passkey in a real browser: made on the own account, and asked for at the next sign-in, with Chromium's own authenticator."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.backoffice.test_browser import CHROMIUM, SWITCHES, Office, free_port

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Reached by a name: no browser makes a passkey for a bare address."""
    port = str(free_port())
    made = Office(tmp_path_factory.mktemp("office"), BACKOFFICE_PORT=port, PUBLIC_URL=f"http://localhost:{port}")
    made.url = f"http://localhost:{port}"
    made.wait_ready()
    yield made
    made.stop()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield launched
        launched.close()


def sign_in(page: Page, office: Office, role: str) -> None:
    page.goto(f"{office.url}/masuk")
    page.get_by_label("Nama pengguna").fill(role)
    page.get_by_label("Kata sandi").fill(office.accounts[role])
    page.get_by_test_id("sign-in").click()


@pytest.mark.timeout(900)
def test_a_passkey_is_made_and_opens_the_next_sign_in(office: Office, browser: Browser) -> None:
    page = browser.new_context(locale="id-ID").new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sign_in(page, office, "operator_kia")
    page.goto(f"{office.url}/akun")
    page.get_by_test_id("new-passkey").click()
    page.get_by_label("Nama kunci").fill("HP kantor")
    page.get_by_label("Kata sandi").fill(office.accounts["operator_kia"])
    page.locator('[data-action="passkey"]').click()
    expect(page.get_by_test_id("passkey")).to_contain_text("HP kantor")
    page.context.clear_cookies()
    sign_in(page, office, "operator_kia")
    expect(page.get_by_test_id("use-passkey")).to_be_visible()
    page.get_by_test_id("use-passkey").click()
    expect(page.locator("header.bar")).to_be_visible()
    page.goto(f"{office.url}/akun")
    expect(page.get_by_test_id("passkey")).to_contain_text("terakhir dipakai")
    assert faults == []
