"""Approving in a real browser: a warning is never signed with others, the sources stand beside it, what is returned is marked."""

from playwright.sync_api import Browser, expect

from tests.backoffice.office import make_bundle
from tests.backoffice.test_browser import Office, Staff, browser, make_draft, office

__all__ = ["browser", "office"]

CLEAN, DOUBTFUL = "LM-261122-AAAA", "LM-261122-PPPP"


def to_verification(office: Office, browser: Browser, number: str, kk: str, akta: str) -> None:
    """A case with both drafts, put forward; the drafts bear the numbers of the first one."""
    office.receive(make_bundle(number))
    petugas = Staff(office, browser, "petugas")
    petugas.case(number)
    for path in petugas.page.locator('[data-testid="document"] a').evaluate_all("all => [...new Set(all.map(a => a.pathname))]"):
        petugas.open(path)
        petugas.press("dokumen_benar")
    petugas.open(f"/permohonan/{number}")
    petugas.press("lengkap")
    operator = Staff(office, browser, "operator")
    operator.case(number)
    operator.open(f"/permohonan/{number}/siak")
    operator.page.get_by_label("Nomor KK").fill(kk)
    operator.page.get_by_label("Nomor akta kelahiran").fill(akta)
    operator.press("siak_diinput")
    expect(operator.page.get_by_role("alert")).to_have_count(0)
    operator.expect_stage("draf")
    operator.case(number)
    operator.upload_all("draf")
    warned = operator.page.get_by_test_id("seen")
    if warned.count():
        warned.check()
    operator.press("ajukan_verifikasi")
    operator.expect_stage("verifikasi")
    operator.page.context.close()
    petugas.page.context.close()


def test_all_at_once_never_signs_what_bears_a_warning_and_a_returned_draft_is_marked(office: Office, browser: Browser) -> None:
    to_verification(office, browser, CLEAN, "3316990101260001", "3316-LU-22112026-0001")
    to_verification(office, browser, DOUBTFUL, "3316990101260002", "3316-LU-22112026-0002")
    kasi = Staff(office, browser, "kasi_kelahiran")
    cards = kasi.page.get_by_test_id("approval-card")
    expect(cards).to_have_count(2)
    doubtful = kasi.page.locator(f'[data-testid="approval-card"][data-number="{DOUBTFUL}"]')
    expect(doubtful.locator("[data-pick]")).to_have_count(0)
    expect(doubtful.locator(".source-pages img").first, "the papers stand beside the draft").to_be_visible()
    kasi.page.get_by_label("Pilih semua").check()
    kasi.shoot("60-pilih-semua", full=True)
    kasi.page.get_by_test_id("approve-chosen").get_by_role("button").click()
    expect(cards).to_have_count(1)
    expect(cards).to_have_attribute("data-number", DOUBTFUL)
    doubtful.get_by_role("button", name="Paraf draf akta").click()
    expect(cards, "without its own tick the browser does not send it").to_have_count(1)
    back = doubtful.get_by_test_id("form-kembalikan_draf_akta")
    back.locator("summary").click()
    back.get_by_label("Alasan").select_option("salah_nomor")
    doubtful.locator('[data-action="kembalikan_draf_akta"]').click()
    expect(kasi.page.get_by_test_id("message")).to_be_visible()

    operator = Staff(office, browser, "operator")
    row = operator.page.locator(f'[data-testid="queue-row"][data-number="{DOUBTFUL}"]')
    expect(row.get_by_test_id("row-returned")).to_be_visible()
    operator.case(DOUBTFUL)
    expect(operator.page.get_by_test_id("draft-returned")).to_contain_text("NIK atau nomor salah")
    operator.shoot("61-draf-dikembalikan", full=True)
    replaced = operator.page.locator('[data-testid="product"][data-kind="akta"][data-phase="draf"]')
    replaced.locator('input[type="file"]').set_input_files(
        {"name": "akta.pdf", "mimeType": "application/pdf", "buffer": make_draft("akta")}
    )
    replaced.locator("button").click()
    operator.page.get_by_test_id("seen").check()
    operator.press("ajukan_verifikasi")
    kasi.open("/persetujuan")
    expect(doubtful.get_by_test_id("card-returned")).to_contain_text("NIK atau nomor salah")
    kasi.shoot("62-pernah-dikembalikan", full=True)
