"""The sheets of the chat: one page, every known value on it, dotted lines for the rest, nothing of it private."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import cv2
import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from intake.forms import receipt, sptjm_guide, sptjm_kelahiran, sptjm_pasutri
from intake.forms.page import printable
from intake.forms.picture import png_of
from intake.forms.sheets import BirthHelper, Child, Person, Receipt, Received, SptjmKelahiran, SptjmPasutri, Witness
from standard import facts
from standard.kinds import Item

BUDI = Person(
    "Spesimen Budi Santoso",
    "3316990101900001",
    "BLORA",
    date(1990, 1, 1),
    "PETANI/PEKEBUN",
    "DK. NGLAWIYAN RT 002 RW 003",
    "KEPALA KELUARGA",
)
SITI = Person("Spesimen Siti Aminah", "3316994101920002", "REMBANG", date(1992, 1, 1), None, None, "ISTRI")
WITNESSES = (Witness("Spesimen Sumarno", "3316990202700003"), Witness("Spesimen Wartini", "3316994303750004"))
KELAHIRAN = SptjmKelahiran(
    BUDI,
    Child("Ahmad Fauzan Pratama", "L", "BLORA", date(2026, 11, 20)),
    SITI,
    BirthHelper("Spesimen Mbah Sri", "DUKUN"),
    WITNESSES,
    "Blora",
)
PASUTRI = SptjmPasutri(BUDI, BUDI, SITI, "3316990101150001", WITNESSES, "Blora", date(2026, 11, 22))
RECEIPT = Receipt(
    number="LM-261122-7K4F",
    submitted_at=datetime(2026, 11, 22, 2, 10, tzinfo=UTC),
    deadline=datetime(2026, 11, 23, 2, 10, tzinfo=UTC),
    pelapor="Spesimen Budi Santoso",
    anak=("AHMAD FAUZAN PRATAMA",),
    received=(Received(Item.KK), Received(Item.KTP_PELAPOR, "akan diperiksa petugas"), Received(Item.KTP_SAKSI_2)),
    nik_pelapor="3316990101900001",
    phone="+6285700000123",
)


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()


def _lowest_signature(pdf: bytes) -> float:
    """How high above the lower edge the last NIK stands, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        boxes = [page.get_charbox(place) for place in range(page.count_chars()) if page.get_text_range(place, 3) == "NIK"]
        return min(bottom for _, bottom, _, _ in boxes)
    finally:
        document.close()


def test_f203_says_who_states_what_of_whom() -> None:
    text = _text(sptjm_kelahiran(KELAHIRAN))
    for part in (
        "F-2.03",
        "KEBENARAN DATA KELAHIRAN",
        "SPESIMEN BUDI SANTOSO",
        "BLORA, 1 JANUARI 1990",
        "AHMAD FAUZAN PRATAMA",
        "LAKI-LAKI",
    ):
        assert part in text
    for part in (
        "20 NOVEMBER 2026",
        "SPESIMEN SITI AMINAH",
        "SPESIMEN MBAH SRI",
        "Saksi I,",
        "Saksi II,",
        "SPESIMEN SUMARNO",
        "3316994303750004",
    ):
        assert part in text
    assert "diproses secara hukum" in text


def test_f204_names_both_spouses_and_the_kk() -> None:
    text = _text(sptjm_pasutri(PASUTRI))
    for part in ("F-2.04", "SEBAGAI PASANGAN SUAMI ISTRI", "KEPALA KELUARGA", "ISTRI", "Blora, 22 November 2026"):
        assert part in text
    assert "3316990101150001" in text.replace(" ", "")


@pytest.mark.parametrize("pdf", [sptjm_kelahiran(SptjmKelahiran()), sptjm_pasutri(SptjmPasutri())])
def test_an_empty_form_has_all_its_lines_and_nothing_made_up(pdf: bytes) -> None:
    text = _text(pdf)
    assert "None" not in text
    assert not any(character.isdigit() for character in text.partition("Saya yang")[2].replace("20..", ""))


def test_a_half_known_birth_keeps_a_line_for_the_rest() -> None:
    text = _text(sptjm_kelahiran(replace(KELAHIRAN, anak=Child("Ahmad Fauzan", tempat_lahir="BLORA"))))
    assert "BLORA, ......" in text


LONG = Person(
    "MUHAMMAD NUR RAMADHAN AL FATIH WICAKSONO PUTRA PRATAMA JAYAA",
    "3316990101900001",
    "KABUPATEN KEPULAUAN SIAU TAGULANDANG BIARO",
    date(1990, 12, 31),
    "KARYAWAN BADAN USAHA MILIK DAERAH",
    "PERUMAHAN KARANGJATI INDAH BLOK C NOMOR 12 RT 002 RW 003 DESA TEMPELLEMAHBANG KECAMATAN RANDUBLATUNG KABUPATEN BLORA",
    "FAMILI LAIN",
)
LONG_SHEETS = [
    sptjm_kelahiran(
        SptjmKelahiran(
            LONG, Child(LONG.nama, "P", LONG.tempat_lahir, LONG.tanggal_lahir, LONG.alamat), LONG, BirthHelper(*([LONG.alamat] * 3))
        )
    ),
    sptjm_pasutri(SptjmPasutri(LONG, LONG, LONG, "3316990101150001")),
    sptjm_kelahiran(SptjmKelahiran()),
    sptjm_pasutri(SptjmPasutri()),
]


@pytest.mark.parametrize("pdf", LONG_SHEETS)
def test_the_longest_values_leave_room_for_the_signatures(pdf: bytes) -> None:
    _text(pdf)
    assert _lowest_signature(pdf) > 40


def test_only_a_demonstration_is_marked_specimen() -> None:
    unknown = SptjmKelahiran()
    assert "SPESIMEN" not in _text(sptjm_kelahiran(unknown))
    assert "SPESIMEN" in _text(sptjm_kelahiran(replace(unknown, specimen=True)))
    assert "SPESIMEN" in _text(sptjm_pasutri(SptjmPasutri(specimen=True)))
    assert "SPESIMEN" in _text(receipt(replace(RECEIPT, pelapor="Budi", specimen=True)))


def test_no_sheet_needs_a_font_of_the_machine() -> None:
    for pdf in (sptjm_kelahiran(KELAHIRAN), sptjm_pasutri(PASUTRI), receipt(RECEIPT)):
        fonts = {part.split(b" ")[0] for part in pdf.split(b"/BaseFont /")[1:]}
        assert fonts
        assert all(font.startswith((b"Helvetica", b"Courier")) for font in fonts)


def test_the_receipt_says_number_documents_deadline_and_that_it_is_free() -> None:
    text = _text(receipt(RECEIPT))
    for part in (
        "LM-261122-7K4F",
        "22 November 2026 pukul 09.10 WIB",
        "23 November 2026 pukul 09.10 WIB",
        "Kartu Keluarga",
        "KTP-el saksi II",
        "STATUS",
        "Gratis",
    ):
        assert part in text
    assert "akan diperiksa petugas" in text


def test_the_receipt_shows_no_whole_nik_or_telephone_number() -> None:
    text = _text(receipt(RECEIPT)).replace(" ", "")
    assert "3316990101900001" not in text
    assert "85700000123" not in text
    assert "3316**********01" in text


def test_a_receipt_without_a_deadline_says_when_the_time_begins() -> None:
    text = _text(receipt(replace(RECEIPT, deadline=None)))
    assert "sejak seluruh berkas lengkap dan benar" in text
    assert "23 November" not in text


def test_the_qr_of_the_receipt_is_the_number() -> None:
    picture = cv2.imdecode(np.frombuffer(png_of(receipt(RECEIPT)), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert cv2.QRCodeDetector().detectAndDecode(picture)[0] == "LM-261122-7K4F"


def test_the_example_picture_is_of_a_size_that_a_phone_shows_at_once() -> None:
    png = sptjm_guide()
    picture = Image.open(io.BytesIO(png))
    assert picture.format == "PNG"
    assert 700 <= picture.width <= 1300
    assert len(png) < 300_000


def test_every_item_has_its_name_on_the_receipt() -> None:
    assert set(facts.load("sheets")["items"]) == {item.value for item in Item}


def test_the_same_facts_make_the_same_sheet() -> None:
    assert sptjm_kelahiran(KELAHIRAN) == sptjm_kelahiran(KELAHIRAN)


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_printed(text: str) -> None:
    assert len(printable(text).encode("cp1252")) == len(printable(text))
    person = Person(text, text, text, None, text, text, text)
    _text(sptjm_pasutri(SptjmPasutri(person, person, person, text, (Witness(text, text), Witness(text)), text)))
    _text(receipt(replace(RECEIPT, pelapor=text, anak=(text,), received=(Received(Item.KK, text),), nik_pelapor=text, phone=text)))
