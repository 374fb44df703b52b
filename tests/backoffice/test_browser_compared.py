"""What was declared beside what was read, in a real browser: marked, taken with a reason, and beside the draft before a head signs."""

from playwright.sync_api import Browser, expect

from tests.backoffice.office import make_bundle
from tests.backoffice.test_browser import Office, Staff, browser, office

__all__ = ["browser", "office"]

NUMBER = "LM-261122-KKKK"


def test_an_officer_takes_what_the_letter_says_and_reads_both_in_one_row(office: Office, browser: Browser) -> None:
    bundle = make_bundle(NUMBER)
    letter = next(document for document in bundle["documents"] if document["item"] == "surat_kelahiran")
    letter["check"] |= {
        "fields": {
            "nama_anak": "ANAK AYU SPESIMEN",
            "jenis_kelamin": "PEREMPUAN",
            "tanggal_lahir": "2026-11-01",
            "nama_ibu": "SITI SPESIMEN",
        },
        "confidence": {"nama_anak": 0.7},
        "boxes": {"nama_anak": {"page": 0, "left": 20, "top": 30, "right": 320, "bottom": 90}},
    }
    office.receive(bundle)
    petugas = Staff(office, browser, "petugas")
    petugas.case(NUMBER)
    petugas.shoot("50-berbeda-permohonan", full=True)
    petugas.open(f"/permohonan/{NUMBER}/berkas/{letter['submission']}")
    name = petugas.page.locator('[data-key="anak.0.nama"]').first
    expect(name).to_have_attribute("data-differs", "yes")
    expect(name).to_contain_text("ANAK A SPESIMEN")
    expect(name).to_contain_text("ANAK AYU SPESIMEN")
    petugas.shoot("51-berbeda-berkas", full=True)
    name.get_by_text("Ambil atau perbaiki").click()
    expect(name.get_by_label("Yang benar"), "what the paper says is offered").to_have_value("ANAK AYU SPESIMEN")
    name.get_by_label("Alasan").select_option("sesuai_dokumen")
    petugas.shoot("52-perbaiki")
    name.get_by_role("button").click()
    name = petugas.page.locator('[data-key="anak.0.nama"]').first
    expect(name).to_have_attribute("data-differs", "no")
    expect(name).to_contain_text("semula: ANAK A SPESIMEN")
    petugas.shoot("53-diperbaiki", full=True)
    expect(petugas.page.locator('[data-key="anak.0.jenis_kelamin"]').first).to_have_attribute("data-differs", "yes")
