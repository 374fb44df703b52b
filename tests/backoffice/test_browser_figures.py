"""A case that is open and late is on the first tile, in the share and on the public screen; and leads to who has to move it."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, expect

from tests.backoffice.office import ITEMS, make_bundle, make_document, make_picture
from tests.backoffice.test_browser import Office, Staff, browser, office

__all__ = ["browser", "office"]

NUMBER = "LM-261122-MMMM"


def test_an_open_case_that_is_late_is_in_every_figure_and_its_number_opens_the_list_behind(office: Office, browser: Browser) -> None:
    since = datetime.now(UTC) - timedelta(days=3)
    documents = [make_document(item, make_picture(item), received_at=since) for item in ITEMS]
    office.receive(make_bundle(NUMBER, submitted_at=since.isoformat(), documents=documents))
    period = f"?mulai={(since - timedelta(days=1)).date()}&sampai={(datetime.now(UTC) + timedelta(days=1)).date()}"

    head = Staff(office, browser, "kepala_dinas")
    head.open(f"/laporan{period}")
    page = head.page
    expect(page.locator(".figures > div").first.get_by_test_id("overdue"), "the first tile").to_have_text("1")
    expect(page.get_by_test_id("share")).to_contain_text("0,0%")
    head.shoot("80-angka-jujur", full=True)
    page.get_by_test_id("overdue").get_by_role("link").click()
    expect(page.get_by_test_id("line")).to_have_count(1)
    expect(page.get_by_test_id("line")).to_contain_text(NUMBER)

    screen = browser.new_context(locale="id-ID").new_page()
    screen.goto(f"{office.url}/monitor")
    expect(screen.get_by_test_id("overdue").locator("dd")).to_have_text("1", timeout=60_000)
    expect(screen.get_by_test_id("share")).to_contain_text("0%")
    assert NUMBER not in screen.content() and "SPESIMEN" not in screen.locator("main").inner_text(), "nobody is named in public"

    supervisor = Staff(office, browser, "supervisor")
    supervisor.open("/perhatian")
    row = supervisor.page.get_by_test_id("attention-row").filter(has_text=NUMBER)
    expect(row).to_be_visible(timeout=60_000)
    supervisor.shoot("81-perlu-perhatian", full=True)
