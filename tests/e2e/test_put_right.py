"""What once could not be put right, from both sides at once: phone and desks in a browser, on one birth that goes astray.

Each test stands for one fault and goes on where the one before has left the case.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from scripts import environment
from tests.e2e.office import SENT_WITHIN, Officer, accounts, paper
from tests.e2e.phone import Phone
from tests.e2e.stack import Stack
from tests.e2e.test_births import MARRIED, assert_meta_has_nothing_to_complain_of, assert_no_log_holds_anything_personal, register_married
from tests.e2e.there import BLORA

NO_KK, AKTA, NIK = "3316992311260077", "3316-LU-23112026-0077", "3316994911260077"
OTHER_AKTA, OTHER_CHILD = "3316-LU-23112026-0099", "BIMA ANOTHER SAPUTRA"
TRACKING = "P2611229977"


@dataclass
class Astray:
    """The birth: its phone, its number, and the people of the office, each signed in once."""

    stack: Stack
    browser: Browser
    shots: Path
    phone: Phone
    families: dict[str, Any]
    number: str
    _officers: dict[str, Officer] = field(default_factory=dict)

    @property
    def child(self) -> str:
        """The child's name, as the papers have it."""
        return str(self.families[MARRIED]["people"]["bayi"]["nama"])

    def officer(self, role: str) -> Officer:
        """One member of staff."""
        if role not in self._officers:
            self._officers[role] = Officer(self.browser, self.stack.url("backoffice"), role, accounts(self.stack.folder), self.shots)
        return self._officers[role]

    def page(self, role: str, part: str = "", tab: str = "") -> Page:
        """The case, or a page or tab of it, on that person's screen, in their hands where their role takes cases."""
        page = self.officer(role).page
        page.goto(f"{self.stack.url('backoffice')}/permohonan/{self.number}")
        if page.locator('[data-action="ambil"]').count():
            press(page, page.locator('[data-action="ambil"]').first)
        page.goto(f"{self.stack.url('backoffice')}/permohonan/{self.number}{part}")
        if tab:
            page.get_by_role("tab", name=tab).click()
        return page


def press(page: Page, button: Locator) -> None:
    """Presses and waits for the answer; a problem fails the test."""
    button.click()
    expect(page.locator("form[data-sending]")).to_have_count(0, timeout=SENT_WITHIN)
    page.wait_for_load_state()
    told = page.locator('[data-testid="problem"], [data-form-problem]')
    assert told.count() == 0, told.all_inner_texts()


def with_reason(page: Page, action: str, value: str = "") -> None:
    """Opens the form of an act, gives its first reason and a note where one is asked, and presses."""
    form = page.locator(f'form:has([data-action="{action}"])').first
    summary = form.locator("xpath=ancestor::details[not(@open)]/summary")
    if summary.count():
        summary.first.click()
    reason = form.locator("select[name=reason]")
    if reason.count():
        values = reason.locator("option").evaluate_all("all => all.map(one => one.value).filter(Boolean)")
        reason.select_option(value or values[0])
    note = form.locator("[name=note]")
    if note.count() and note.is_visible():
        note.fill("Sudah dibandingkan dengan surat aslinya.")
    press(page, form.locator(f'[data-action="{action}"]'))
    meant(page, action)


def meant(page: Page, action: str) -> None:
    """Says of numbers that the drawn papers don't bear that they were looked at, where that is asked."""
    unusual = page.get_by_test_id(f"seen-{action}")
    if unusual.count():
        unusual.check()
        press(page, page.locator(f'[data-action="{action}"]').first)


@pytest.fixture(scope="module")
def astray(stack: Stack, browser: Browser) -> Iterator[Astray]:
    shots = environment.ROOT / "var" / "e2e" / "put-right"
    shots.mkdir(parents=True, exist_ok=True)
    families = dict(json.loads((Path(stack.settings["SIMULATOR_SPECIMEN"]) / "families.json").read_text())["families"])
    phone = Phone(browser.new_page(), stack.url("simulator"), 1, shots)
    number = register_married(phone, families, BLORA, more=("beratnya 3100 gram, panjangnya 48 cm",))
    yield Astray(stack, browser, shots, phone, families, number)
    phone.page.close()


def test_what_the_chat_says_otherwise_than_the_letter_is_seen_taken_from_the_letter_and_said_on_the_phone(astray: Astray) -> None:
    page = astray.page("petugas", tab="Percakapan")
    pictures = page.get_by_test_id("chat-picture")
    expect(pictures.first).to_be_visible(timeout=30_000)
    assert pictures.count() >= 4, "the photos stand in the chat"
    assert pictures.first.locator("img").evaluate("async picture => { await picture.decode(); return picture.naturalWidth; }") > 0
    astray.officer("petugas").look("foto-di-percakapan")
    page = astray.page("petugas", tab="Data")
    weight = page.locator('[data-testid="compared"][data-key="anak.0.berat"]').first
    expect(weight).to_have_attribute("data-differs", "yes")
    expect(weight).to_contain_text("3100")
    astray.officer("petugas").look("berbeda")
    for key in ("anak.0.berat", "anak.0.panjang"):
        row = page.locator(f'[data-testid="compared"][data-key="{key}"]').first
        row.locator("summary").click()
        row.get_by_label("Alasan").select_option("sesuai_dokumen")
        press(page, row.locator("button[data-action]"))
        expect(page.locator(f'[data-testid="compared"][data-key="{key}"]').first).to_have_attribute("data-differs", "no")
    assert "52" in astray.phone.wait_for("Panjang Bayi")
    assert "3200" in astray.phone.wait_for("Berat Bayi")
    astray.phone.look("disesuaikan")


def test_do_not_process_it_yet_holds_the_case_before_the_officers_eyes_and_the_phone_hears_when_it_goes_on(astray: Astray) -> None:
    page = astray.page("petugas")
    answer = astray.phone.say("nama anak salah, jangan diproses dulu")
    assert "tahan dulu" in answer and "ADU-" not in answer, "it is no complaint, though an officer has the conversation"
    held = page.get_by_test_id("held")
    expect(held, "it comes onto the open page by itself").to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("applicant-says")).to_contain_text("jangan diproses dulu")
    astray.officer("petugas").look("ditahan")
    page = astray.page("petugas")
    with_reason(page, "lanjutkan_proses")
    astray.officer("petugas").look("dilanjutkan")
    expect(page.get_by_test_id("held")).to_have_count(0)
    astray.phone.wait_for("sudah kami baca")
    expect(astray.page("petugas").get_by_test_id("held")).to_have_count(0)
    officer = astray.officer("petugas")
    officer.accept_all()
    officer.act("lengkap")
    astray.phone.wait_for("lengkap dan benar")


def test_wrong_numbers_are_told_in_the_form_and_a_slip_is_put_right_later(astray: Astray) -> None:
    page = astray.page("operator", "/siak")
    sheet = page.locator("[data-siak]")
    mother = astray.families[MARRIED]["people"]["ibu"]
    for part in (mother["kecamatan"], mother["desa"], f"{mother['rt']}", mother["tempat_lahir"], "21-02-2004"):
        expect(sheet, "what the system knows stands on the sheet").to_contain_text(part)
    expect(sheet.get_by_test_id("siak-crop").first).to_be_visible()
    astray.officer("operator").look("lembar-siak")
    page.get_by_label("Nomor KK").fill("1111111111111111")
    page.get_by_label("Nomor akta kelahiran").fill("3316-LU-31022026-0001")
    page.locator('[data-action="siak_diinput"]').click()
    told = page.locator("[data-form-problem]")
    expect(told).to_be_visible()
    expect(page.get_by_label("Nomor KK"), "what was typed stays").to_have_value("1111111111111111")
    astray.officer("operator").look("nomor-tidak-sah")
    astray.page("operator")
    astray.officer("operator").act("siak_diinput", no_kk=NO_KK, akta_0=AKTA[:-1] + "6")
    page = astray.page("operator")
    expect(page.get_by_test_id("number-akta")).to_have_text(AKTA[:-1] + "6")
    form = page.get_by_test_id("form-nomor_diperbaiki")
    form.locator("summary").click()
    form.locator('[name="akta_0"]').fill(AKTA)
    with_reason(page, "nomor_diperbaiki")
    expect(astray.page("operator").get_by_test_id("number-akta")).to_have_text(AKTA)


def test_another_childs_akta_goes_nowhere_and_a_wrong_one_that_went_is_followed_by_the_right_one(astray: Astray) -> None:
    operator, child = astray.officer("operator"), astray.child
    akta, kk = paper("KUTIPAN AKTA KELAHIRAN", AKTA, child), paper("KARTU KELUARGA", NO_KK, child)
    page = astray.page("operator")
    if not page.locator("#unggah_draf_kk-0").count():
        operator.act("ajukan_verifikasi")
    operator.upload("unggah_draf_kk", kk)
    operator.upload("unggah_draf_akta", akta)
    operator.act("ajukan_verifikasi")
    for role in ("kasi_identitas", "kasi_kelahiran", "kabid_yancapil", "kabid_yandafduk", "kepala_dinas"):
        astray.officer(role).approve(astray.number)
    page = astray.page("operator")
    operator.upload("unggah_final_kk", kk)
    operator.upload("unggah_final_akta", paper("KUTIPAN AKTA KELAHIRAN", OTHER_AKTA, OTHER_CHILD))
    wrong = page.locator('[data-testid="product"][data-kind="akta"][data-phase="final"]')
    expect(wrong.locator("[data-warning]").first).to_be_visible()
    assert (
        page.locator('.actions [data-action="kirim_dokumen"]').count() == 0
        or page.locator('.actions [data-action="kirim_dokumen"]').first.is_disabled()
    ), "it is not sent"
    operator.look("akta-anak-lain")
    assert len(astray.phone.documents()) == 1, "the receipt alone"
    operator.upload("unggah_final_akta", akta)
    operator.act("kirim_dokumen")
    astray.phone.wait_for("sudah terbit")
    expect(astray.phone.page.get_by_test_id("document")).to_have_count(3, timeout=SENT_WITHIN)

    page = astray.page("operator")
    place = page.locator('[data-testid="product"][data-kind="akta"][data-phase="final"]')
    place.locator("input[type=file]").set_input_files({"name": "akta.pdf", "mimeType": "application/pdf", "buffer": akta})
    with_reason(page, "tarik_final_akta")
    told = astray.phone.wait_for("akta kelahiran yang kami kirim keliru")
    assert "menghapusnya" in told
    page = astray.page("operator")
    press(page, page.locator('[data-action="kirim_ulang"]').first)
    expect(astray.phone.page.get_by_test_id("document")).to_have_count(5, timeout=SENT_WITHIN)
    astray.phone.look("dikirim-ulang")


def test_the_card_needs_the_childs_number_its_address_is_the_kks_and_the_applicants_word_ends_the_case(astray: Astray) -> None:
    page = astray.page("operator_kia")
    home = astray.families[MARRIED]["people"]["ibu"]
    expect(page.locator("main")).to_contain_text(home["alamat"])
    expect(page.locator('[data-action="kia_dicetak"]'), "not before the child's NIK").to_be_disabled()
    form = page.get_by_test_id("form-nik_dicatat")
    form.locator("summary").click()
    form.locator('[name="nik_0"]').fill(NIK)
    press(page, form.locator('[data-action="nik_dicatat"]'))
    meant(page, "nik_dicatat")
    astray.page("operator_kia")
    desk = astray.officer("operator_kia")
    desk.act("kia_dicetak")
    page = astray.page("operator_kia")
    page.goto(f"{astray.stack.url('backoffice')}/kia?tahap=kia_kirim")
    row = page.locator('[data-testid="kia-row"]').filter(has_text=astray.child)
    expect(row, "sent from the list, by the address that stands there").to_contain_text(home["alamat"])
    row.get_by_label("Kurir").fill("Pos Indonesia")
    row.get_by_label(re.compile("Nomor resi")).fill(TRACKING)
    press(page, row.locator('[data-action="kia_dikirim"]'))
    desk.look("kia-terkirim")
    assert TRACKING in astray.phone.wait_for(TRACKING)
    astray.phone.say("KIA sudah saya terima pak, matur nuwun")
    page = astray.page("operator_kia")
    expect(page.get_by_test_id("case")).to_have_attribute("data-stage", "selesai", timeout=30_000)
    expect(page.locator("main")).to_contain_text("Pemohon")
    assert_meta_has_nothing_to_complain_of(astray.stack)
    assert_no_log_holds_anything_personal(astray.stack, astray.families[MARRIED], astray.phone, TRACKING)
