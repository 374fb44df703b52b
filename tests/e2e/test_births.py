"""Two births from the greeting to the cards in the post, through five real processes, a phone and eleven desks in a browser."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.office import Officer, accounts, paper
from tests.e2e.phone import Phone
from tests.e2e.privacy import leaks, secrets_of
from tests.e2e.stack import Stack
from tests.e2e.there import BLORA, There

MARRIED = "keluarga-1-menikah"
WITNESSES = {True: ("ktp_saksi_1", "ktp_saksi_2"), False: ()}


@pytest.fixture
def families(stack: Stack) -> dict[str, Any]:
    """Who is who in the drawer of SPESIMEN documents."""
    return dict(json.loads((Path(stack.settings["SIMULATOR_SPECIMEN"]) / "families.json").read_text())["families"])


def work_through(stack: Stack, browser: Browser, shots: Path, here: There, number: str, child: str, serial: int) -> None:
    """The office's way from a bundle that is complete and right to the cards received, each role at its own desk.

    `serial`: of this birth's numbers, which no other case may have.
    """
    office, passwords = stack.url("backoffice"), accounts(stack.folder)
    nik, no_kk, akta_number = f"{here.code}99491126{serial:04}", f"{here.code}99231126{serial:04}", f"{here.code}-LU-23112026-{serial:04}"
    akta = paper("KUTIPAN AKTA KELAHIRAN", akta_number, child, nik)
    kk = paper("KARTU KELUARGA", no_kk, child, nik)
    operator = Officer(browser, office, "operator", passwords, shots)
    operator.open(number)
    operator.act("cetak_berkas")
    operator.act("siak_diinput", no_kk=no_kk, akta_0=akta_number, nik_0=nik)
    operator.upload("unggah_draf_kk", kk)
    operator.upload("unggah_draf_akta", akta)
    operator.look("draf")
    operator.act("ajukan_verifikasi")
    for role, phone_size in (
        ("kasi_identitas", False), ("kasi_kelahiran", False), ("kabid_yancapil", True), ("kabid_yandafduk", False), ("kepala_dinas", True),
    ):  # fmt: skip
        Officer(browser, office, role, passwords, shots, phone_size).approve(number)
    operator.open(number)
    operator.upload("unggah_final_kk", kk)
    operator.upload("unggah_final_akta", akta)
    operator.act("kirim_dokumen")
    operator.look("dikirim")


def send_the_card(stack: Stack, browser: Browser, shots: Path, number: str, tracking: str) -> None:
    """Operator KIA: printed, handed to the courier, received."""
    desk = Officer(browser, stack.url("backoffice"), "operator_kia", accounts(stack.folder), shots)
    desk.open(number)
    desk.act("kia_dicetak")
    desk.act("kia_dikirim", courier="Pos Indonesia", tracking=tracking)
    desk.look("kurir")


def assert_meta_has_nothing_to_complain_of(stack: Stack) -> None:
    """The simulator judges every message of ours as Meta would."""
    assert httpx.get(f"{stack.url('simulator')}/control/violations").json()["violations"] == []


def assert_no_log_holds_anything_personal(stack: Stack, family: dict[str, Any], phone: Phone, *more: str) -> None:
    """No process has written down a name, a number, an address or a word of this family, whatever it logged."""
    phones = httpx.get(f"{stack.url('simulator')}/control/phones/").json()["phones"]
    numbers = [re.sub(r"\D", "", row["number"])[2:] for row in phones if row.get("number")]
    secrets = secrets_of(family, *phone.said, *numbers, *(row["name"] for row in phones), *more)
    assert len(secrets) > 30 and len(numbers) > 0
    assert "turn.answered" in stack.log("actions") and "notice_tried" in stack.log("backoffice"), "there is something to look at"
    for room in stack.commands:
        assert leaks(stack.log(room), secrets) == [], f"the log of {room}"


def test_a_married_couple_sends_an_album_and_gets_akta_kk_and_kia(
    stack: Stack, browser: Browser, shots: Path, families: dict[str, Any]
) -> None:
    married_couple(stack, browser, shots, families, BLORA)


@pytest.mark.long
def test_an_unrecorded_couple_with_both_sptjm_in_javanese_with_a_bad_photo_a_returned_document_and_the_office_down_at_the_hand_over(
    stack: Stack, browser: Browser, shots: Path, families: dict[str, Any]
) -> None:
    unrecorded_couple(stack, browser, shots, families, BLORA)


def married_couple(
    stack: Stack, browser: Browser, shots: Path, families: dict[str, Any], here: There,
    email: str | None = None, mailed_code: Callable[[], str] | None = None,
) -> Phone:  # fmt: skip
    """The first birth, with a complaint after it; the papers go to `email`, too, once the code that came there is typed.

    Returns the phone with its chat.
    """
    child = families[MARRIED]["people"]["bayi"]["nama"]
    phone = Phone(browser.new_page(), stack.url("simulator"), 1, shots)
    number = register_married(phone, families, here, email)

    petugas = Officer(browser, stack.url("backoffice"), "petugas", accounts(stack.folder), shots)
    petugas.look("antrean")
    petugas.open(number)
    petugas.look("permohonan")
    petugas.accept_all()
    petugas.act("lengkap")
    phone.wait_for("lengkap dan benar")
    if mailed_code is not None:  # mailed once the papers were found in order, as the chat says then
        assert "cocok" in phone.say(mailed_code()).lower()
    work_through(stack, browser, shots, here, number, child, 1)
    phone.wait_for("sudah terbit")
    assert sorted(name.split(f" {here.application}-")[0] for name in phone.documents()[1:]) == ["Akta Kelahiran", "Kartu Keluarga"]
    phone.look("akta-dan-kk")
    send_the_card(stack, browser, shots, number, "P2611220001")
    assert "P2611220001" in phone.wait_for("P2611220001")
    assert "P2611220001" in phone.say("kia saya sudah sampai mana?")

    phone.say("saya mau mengadu, akta kakaknya dulu lama sekali, sudah tiga minggu baru jadi padahal katanya sehari")
    complaint = here.complaint_number(phone.say("sudah"))
    desk = Officer(browser, stack.url("backoffice"), "petugas_pengaduan", accounts(stack.folder), shots)
    desk.answer_complaint(complaint, "Mohon maaf atas pengalaman Bapak. Sudah kami tegur dan catat.")
    assert "Mohon maaf atas pengalaman Bapak" in phone.wait_for("Mohon maaf atas pengalaman")
    phone.look("jawaban-aduan")
    assert_meta_has_nothing_to_complain_of(stack)
    assert_no_log_holds_anything_personal(stack, families[MARRIED], phone, "Mohon maaf atas pengalaman Bapak", "P2611220001")
    return phone


def register_married(phone: Phone, families: dict[str, Any], here: There, email: str | None = None, more: tuple[str, ...] = ()) -> str:
    """The first family's registration from the greeting to the receipt, `more` said before it is sent. Returns its number."""
    folder = MARRIED
    child = families[folder]["people"]["bayi"]["nama"]
    opening = phone.say("assalamualaikum, mau bikin akte lahir anak saya")
    assert "gratis" in opening and "Kartu Keluarga" in opening and "bersedia" in opening
    phone.look("pembuka")
    assert "Siapa yang melaporkan" in phone.tap("Ya, lanjutkan")
    assert "Berapa anak" in phone.tap("Ayah")
    phone.say("siji")
    assert "KTP *ibu*" in phone.choose("Ada keduanya") or "KTP ibu" in phone.since(phone.incoming - 1)
    wanted = phone.tap("Sudah KAWIN")
    assert "Kartu Keluarga" in wanted and ("saksi" in wanted) == here.witnesses
    phone.look("berkas-diminta")

    papers = ["kk", "ktp_ayah", "surat_kelahiran", "surat_nikah", *WITNESSES[here.witnesses]]
    album = phone.send_album(*(f"{folder}/{name}" for name in papers))
    assert album.count("✅") == len(papers), album
    phone.look("album")
    answer_birth_questions(phone, child, here)
    summary = phone.tap("Sesuai alamat KK")
    people = families[folder]["people"]
    assert f"{people['ayah']['nama']} & {people['ibu']['nama']}" in summary
    assert people["ayah"]["nik"] not in summary and people["ayah"]["nik"][-2:] in summary
    phone.look("ringkasan")
    if email is not None:
        assert email in phone.say(f"e-mail saya {email}")
    for words in more:
        phone.say(words)
    receipt = phone.tap("Ya, kirim")
    number = here.number(receipt)
    assert here.zone in receipt
    assert len(phone.documents()) == 1, "the receipt comes as a PDF"
    status = phone.say("sampai mana akta saya?")
    assert "diperiksa" in status or "sedang diteruskan ke petugas" in status
    phone.look("tanda-terima")
    return number


def unrecorded_couple(stack: Stack, browser: Browser, shots: Path, families: dict[str, Any], here: There) -> Phone:
    """The second birth. Returns the phone with its chat."""
    folder = "keluarga-2-sptjm"
    people = families[folder]["people"]
    child = "AHMAD BUDI SAPUTRA"
    phone = Phone(browser.new_page(), stack.url("simulator"), 2, shots)

    phone.say("nuwun sewu bu, kulo badhe ndamel akte kangge lare kulo")
    phone.say("nggih")
    phone.say("kulo ibune")
    phone.say("setunggal")
    phone.say("mboten gadhah kalih-kalihipun")
    assert "KK" in phone.since(phone.incoming - 1)
    assert "F-2.04" in phone.say("bapake kepala keluarga, kulo istri")
    wanted = phone.say("dereng kawin")
    assert "KTP ayah" in wanted and "Kartu Keluarga" in wanted, wanted
    phone.look("berkas-diminta")

    blurred = phone.send_photo("foto-bermasalah/ktp-buram")
    assert "foto" in blurred.lower() and "ulang" in blurred.lower(), blurred
    wrong = phone.send_photo("foto-bermasalah/sim")
    assert "dokumen lain" in wrong or "bukan" in wrong, wrong
    phone.look("foto-buram-dan-salah")
    phone.send_photo(f"{folder}/kk")
    phone.send_album(*(f"{folder}/{name}" for name in ("ktp_ayah", "ktp_ibu", *WITNESSES[here.witnesses])))
    last = phone.send_album(*(f"{folder}/{name}" for name in ("sptjm_kelahiran", "sptjm_pasutri")))
    phone.look("lengkap")
    assert "nama" in last.lower(), last
    phone.say(f"jenenge {child.title()}")
    phone.say("leres")
    phone.say(f"lanang, tanggal 3 november 2026 jam 2 bengi, lair ing omah, {here.town}, anak nomer loro, dukun, 3 kilo, 49 cm")
    summary = phone.tap("Sesuai alamat KK")
    assert f"{people['ayah']['nama']} & {people['ibu']['nama']}" in summary, summary
    phone.look("ringkasan")
    stack.stop("backoffice")
    number = here.number(phone.say("nggih, kirim"))  # given whether the back office is up or not
    stack.start("backoffice")
    stack.wait_ready("backoffice")

    petugas = Officer(browser, stack.url("backoffice"), "petugas", accounts(stack.folder), shots)
    petugas.open(number)
    petugas.accept_all(but={"sptjm_kelahiran": "tanda_tangan_kurang"})
    petugas.act("kembalikan_berkas")
    returned = phone.wait_for("Tanda tangan")
    assert "SPTJM" in returned
    phone.look("dikembalikan")
    assert "SPTJM" in phone.say("pripun pak, sampun dugi pundi?")
    phone.send_photo(f"{folder}/sptjm_kelahiran")
    petugas.open(number)
    petugas.accept_all()
    petugas.act("lengkap")
    phone.wait_for("lengkap dan benar")
    work_through(stack, browser, shots, here, number, child, 2)
    phone.wait_for("sudah terbit")
    send_the_card(stack, browser, shots, number, "P2611220002")
    phone.wait_for("P2611220002")
    phone.look("selesai")
    assert_meta_has_nothing_to_complain_of(stack)
    assert_no_log_holds_anything_personal(stack, families[folder], phone, child)
    return phone


def answer_birth_questions(phone: Phone, child: str, here: There) -> None:
    """The child's name as the letter gives it, or as it is told and spelled back, and what the birth letter did not say."""
    if not phone.page.get_by_test_id("reply-button").filter(has_text="Sudah benar").count():
        spelled = phone.say(child.title())
        assert "-".join(child.split()[0]) in spelled
    phone.look("nama-dieja")
    asked = phone.tap("Sudah benar")
    if "KIA" not in asked:
        asked = phone.say(f"anak pertama, {here.town}, ibunya lahir di {here.town} 12-5-1995")
    if "tempat lahir (RS" in asked:
        asked = phone.say("di rumah sakit, ditolong bidan")
    elif "penolong" in asked:
        asked = phone.say("ditolong bidan")
    assert "KIA" in asked, asked
    expect(phone.page.get_by_test_id("reply-button").filter(has_text="Sesuai alamat KK").last).to_be_visible()
