"""Working by the keyboard, in a real browser: through the queue, from case to case, through the sheet for SIAK; labels and list of KIA."""

from playwright.sync_api import Browser, expect

from tests.backoffice.office import make_bundle
from tests.backoffice.test_browser import PHONE, Office, Staff, browser, office

__all__ = ["browser", "office"]

NUMBERS = ("LM-261122-KAAA", "LM-261122-KBBB")


def test_j_k_and_enter_take_a_case_and_n_the_next(office: Office, browser: Browser) -> None:
    for number in NUMBERS:
        office.receive(make_bundle(number))
    petugas = Staff(office, browser, "petugas")
    petugas.open("/antrean")
    for _ in range(2):  # past the menu, past everything: it took 19
        petugas.page.keyboard.press("Tab")
    petugas.page.keyboard.press("Enter")
    petugas.page.keyboard.press("Tab")
    expect(petugas.page.locator(":focus").locator("xpath=ancestor-or-self::tr")).to_have_attribute("data-testid", "queue-row")
    petugas.open("/antrean")
    rows = petugas.page.get_by_test_id("queue-row")
    petugas.page.keyboard.press("j")
    expect(rows.nth(0).get_by_role("button")).to_be_focused()
    petugas.page.keyboard.press("j")
    expect(rows.nth(1).get_by_role("button")).to_be_focused()
    petugas.page.keyboard.press("k")
    first = rows.nth(0).get_attribute("data-number")
    petugas.page.keyboard.press("Enter")
    expect(petugas.page.get_by_test_id("case")).to_have_attribute("data-number", str(first))
    expect(petugas.page.locator(".hold.mine")).to_be_visible()
    petugas.shoot("60-dipegang")
    operator = Staff(office, browser, "operator")
    operator.case(NUMBERS[1], take=False)
    operator.page.wait_for_load_state("networkidle")
    operator.shoot("60-berikutnya")
    operator.page.keyboard.press("n")
    expect(operator.page.get_by_test_id("message")).to_contain_text("Tidak ada permohonan lain")


def test_u_asks_again_for_the_next_document_and_z_takes_back_what_was_said_of_the_last(office: Office, browser: Browser) -> None:
    number = "LM-261122-KDDD"
    office.receive(make_bundle(number))
    petugas = Staff(office, browser, "petugas")
    page = petugas.page
    petugas.case(number)
    page.get_by_test_id("start-check").click()
    page.wait_for_url("**/berkas/**")
    first = page.url
    page.keyboard.press("b")
    page.wait_for_url(lambda url: url != first)
    taken_back: list[str] = []
    page.on("request", lambda request: taken_back.append(request.url) if request.url.endswith("/urungkan") else None)
    expect(page.locator('[data-action="urungkan"]')).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_test_id("return-form").get_by_label("Alasan")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#minta-ulang summary")).to_be_focused()
    assert taken_back == [], "asking again takes nothing back"
    page.keyboard.press("z")
    expect(page.get_by_test_id("message")).to_contain_text("diurungkan", timeout=30_000)
    assert len(taken_back) == 1


def test_c_copies_the_next_field_for_siak_and_ticks_it(office: Office, browser: Browser) -> None:
    bundle = make_bundle("LM-261122-KCCC")
    card = next(document for document in bundle["documents"] if document["item"] == "kk")
    card["check"] |= {
        "fields": {"kecamatan": "KEDUNGTUBAN", "desa": "BANGUNREJO", "rt_rw": "005/003"},
        "boxes": {"kecamatan": {"page": 0, "left": 20, "top": 30, "right": 320, "bottom": 90}},
    }
    bundle["answers"] |= {"kecamatan": {"value": "KEDUNGTUBAN", "source": "kk"}, "desa": {"value": "BANGUNREJO", "source": "kk"}}
    office.receive(bundle)
    petugas = Staff(office, browser, "petugas")
    petugas.case("LM-261122-KCCC")
    petugas.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    petugas.open("/permohonan/LM-261122-KCCC/siak")
    kecamatan = petugas.page.locator('[data-siak-line="kecamatan"]')
    expect(kecamatan.get_by_test_id("siak-crop")).to_be_visible()
    for _ in range(3):
        petugas.page.keyboard.press("c")
    expect(kecamatan).to_have_class("ticked")
    assert petugas.page.evaluate("navigator.clipboard.readText()") == "KEDUNGTUBAN"
    expect(petugas.page.locator("[data-siak-progress]")).to_contain_text("3 dari")
    petugas.page.keyboard.press("x")
    expect(kecamatan).not_to_have_class("ticked")
    petugas.page.reload()
    expect(petugas.page.locator(".ticked")).to_have_count(2)
    petugas.shoot("61-siak", full=True)
    phone = Staff(office, browser, "supervisor", PHONE)
    phone.open("/permohonan/LM-261122-KCCC/siak")
    phone.shoot("62-siak-hp", full=True)
