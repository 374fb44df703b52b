"""What the office does not take is said in the form, in a real browser: everything that was typed stays, on whatever page it is."""

from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.backoffice.office import make_bundle
from tests.backoffice.test_browser import DESKTOP, PHONE, SENT_WITHIN, TOKEN, Office, Staff, browser, office

__all__ = ["browser", "office"]
pytestmark = pytest.mark.slow
NUMBER, WORDS = "LM-261122-MMMA", "Mohon menunggu, Bapak. SPESIMEN."


def says(office: Office, number: str, turn: str, text: str, kind: str) -> None:
    """The applicant writes about the case."""
    with httpx.Client(base_url=office.url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20) as api:
        body = {"kind": kind, "text": text, "at": datetime.now(UTC).isoformat()}
        assert api.put(f"/api/cases/{number}/messages/{turn}", json=body).status_code == 200


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def test_a_message_that_is_not_taken_stays_in_its_field(office: Office, browser: Browser) -> None:
    office.receive(make_bundle(NUMBER))
    petugas, supervisor = Staff(office, browser, "petugas"), Staff(office, browser, "supervisor")
    petugas.case(NUMBER)
    open_tab(petugas.page, "Percakapan")
    petugas.page.get_by_label("Tulis pesan ke pemohon").fill(WORDS)
    supervisor.open(f"/permohonan/{NUMBER}")
    supervisor.press("ambil")
    petugas.page.locator('[data-action="pesan_petugas"]').click()
    told = petugas.page.locator("form [data-form-problem]")
    expect(told).to_be_visible()
    expect(told).to_have_attribute("role", "alert")
    expect(petugas.page.get_by_label("Tulis pesan ke pemohon")).to_have_value(WORDS)
    expect(petugas.page.locator('[data-action="pesan_petugas"]'), "it can be pressed again").not_to_have_attribute("aria-busy", "true")
    petugas.faults.clear()  # the browser itself notes the answer


def test_what_was_begun_in_a_part_of_the_page_stays_when_that_part_comes_anew(office: Office, browser: Browser) -> None:
    number = "LM-261122-MMMX"
    office.receive(make_bundle(number))
    says(office, number, "t-1", "nama anak salah, jangan diproses dulu", "tahan")
    petugas = Staff(office, browser, "petugas")
    petugas.case(number)
    said = petugas.page.get_by_test_id("applicant-says")
    expect(said).to_contain_text("jangan diproses")
    said.get_by_label("Alasan").select_option("salah_paham")
    note = said.get_by_label("Catatan")
    note.fill("Sudah ditelepon")
    says(office, number, "t-2", "yang benar Freya", "jawaban")
    expect(said, "the new word comes onto the open page").to_contain_text("yang benar Freya", timeout=SENT_WITHIN)
    expect(said.get_by_label("Alasan")).to_have_value("salah_paham")
    expect(note).to_have_value("Sudah ditelepon")
    expect(note, "and the hand is where it was").to_be_focused()
    petugas.press("lanjutkan_proses")
    expect(petugas.page.get_by_test_id("held")).to_have_count(0)


def test_a_wrong_field_is_told_beside_it_and_by_name(office: Office, browser: Browser) -> None:
    boss = Staff(office, browser, "administrator")
    boss.open("/staf/akun/petugas")
    boss.page.locator('input[name="name"]').fill("Siti Baru SPESIMEN")
    email = boss.page.locator('input[name="email"]')
    email.evaluate("(field) => { field.type = 'text'; }")
    email.fill("bukan surel")
    boss.page.locator('[data-action="ubah"]').click()
    expect(boss.page.locator("form [data-form-problem]")).to_contain_text("Alamat surel tidak sah")
    expect(email).to_have_value("bukan surel")
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(email).to_be_focused()
    expect(boss.page.locator('input[name="name"]')).to_have_value("Siti Baru SPESIMEN")
    boss.faults.clear()


def test_the_office_away_is_told_and_nothing_is_lost(office: Office, browser: Browser) -> None:
    office.receive(make_bundle("LM-261122-MMMB"))
    petugas = Staff(office, browser, "petugas")
    petugas.case("LM-261122-MMMB")
    open_tab(petugas.page, "Percakapan")
    petugas.page.get_by_label("Tulis pesan ke pemohon").fill(WORDS)
    petugas.page.route("**/percakapan", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    petugas.page.locator('[data-action="pesan_petugas"]').click()
    expect(petugas.page.locator("form [data-form-problem]")).to_contain_text("Isian tetap ada")
    expect(petugas.page.get_by_label("Tulis pesan ke pemohon")).to_have_value(WORDS)
    petugas.page.unroute("**/percakapan")
    petugas.page.locator('[data-action="pesan_petugas"]').click()
    expect(petugas.page.get_by_test_id("message")).to_be_visible(timeout=SENT_WITHIN)
    expect(petugas.page.get_by_role("tab", name="Percakapan"), "the tab that was open").to_have_attribute("aria-selected", "true")
    petugas.faults.clear()


def test_who_was_signed_out_signs_in_beside_the_page_and_sends_what_was_typed(office: Office, browser: Browser) -> None:
    office.receive(make_bundle("LM-261122-MMMD"))
    petugas = Staff(office, browser, "petugas")
    page = petugas.page
    petugas.case("LM-261122-MMMD")
    open_tab(page, "Percakapan")
    page.get_by_label("Tulis pesan ke pemohon").fill(WORDS)
    page.context.clear_cookies()
    with page.expect_response("**/siak-pusat/kabar"):
        page.evaluate("() => void window.htmx.ajax('GET', '/siak-pusat/kabar')")  # as the page does by itself each minute
    page.locator('[data-action="pesan_petugas"]').click()
    told = page.locator("form [data-form-problem]")
    expect(told).to_contain_text("Isian tetap ada")
    with page.context.expect_page() as opened:
        told.get_by_role("link").click()
    beside = opened.value
    beside.get_by_label("Nama pengguna").fill("petugas")
    beside.get_by_label("Kata sandi").fill(office.accounts["petugas"])
    beside.get_by_test_id("sign-in").click()
    expect(beside.locator("header.bar")).to_be_visible()
    expect(page.get_by_label("Tulis pesan ke pemohon")).to_have_value(WORDS)
    page.locator('[data-action="pesan_petugas"]').click()
    expect(page.get_by_test_id("message")).to_be_visible(timeout=SENT_WITHIN)
    petugas.faults.clear()


DROPPED = """(target) => ["dragover", "drop"].map((kind) => {
  const carried = new DataTransfer();
  carried.items.add(new File(["%PDF-1.7"], "kk.pdf", { type: "application/pdf" }));
  const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried });
  target.dispatchEvent(event);
  return event.defaultPrevented;
})"""


def test_a_file_field_takes_what_is_dropped_on_it_and_beside_it_nothing_opens(office: Office, browser: Browser) -> None:
    page = Staff(office, browser, "petugas").page
    page.locator("main").evaluate(
        "(main) => main.insertAdjacentHTML('beforeend', '<form method=post><input type=file id=lampiran></form>')"
    )
    assert page.locator("#lampiran").evaluate(DROPPED) == [False, False], "left to the browser, which puts the file in"
    assert page.locator("main").evaluate(DROPPED) == [True, True], "not opened in place of the page"


def test_the_parts_of_a_case_are_tabs_by_keys_and_arrows(office: Office, browser: Browser) -> None:
    office.receive(make_bundle("LM-261122-MMMC"))
    page = (petugas := Staff(office, browser, "petugas")).page
    petugas.case("LM-261122-MMMC")
    expect(page.locator("#lihat-berkas")).to_be_visible()
    expect(page.locator("#lihat-data")).to_be_hidden()
    page.keyboard.press("2")
    expect(page.locator("#lihat-data")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#lihat-percakapan")).to_be_visible()
    page.reload()
    expect(page.locator("#lihat-percakapan"), "the address keeps it").to_be_visible()
    petugas.shoot("70-percakapan")


def test_on_a_phone_the_menu_comes_in_from_the_side_and_goes_again(office: Office, browser: Browser) -> None:
    page = Staff(office, browser, "supervisor", PHONE).page
    menu, button = page.locator("#menu"), page.locator(".menu-button")
    expect(menu, "closed, it covers nothing").to_be_hidden()
    button.click()
    expect(menu.get_by_role("link", name="Laporan")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.set_viewport_size(DESKTOP)
    expect(menu.get_by_role("link", name="Laporan")).to_be_visible()
    expect(button).to_be_hidden()
