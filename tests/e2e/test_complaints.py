"""Complaints from both sides at once, a phone and the desks in a browser, in sentences that were once misunderstood."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from scripts import environment
from tests.e2e.office import Officer, accounts
from tests.e2e.phone import Phone
from tests.e2e.stack import Stack

NUMBER = re.compile(r"ADU-\d{6}-[0-9A-Z]{4}")

OPEN_ONES = (
    ("mau komplain! sudah 3 hari LM-261123-7K4F belum jadi", "tadi pagi jam 9 di loket 3", "sudah"),
    ("mau pengaduan", "akta anak saya salah nama, sudah dua kali dibetulkan tetap salah", "tolong dicek"),
)
"""What is told, message by message; the desk reads all of it."""

SECRET_ONES = (
    ("saya dimintai pak modin 200rb", "katanya buat orang dinas, kemarin sore di rumahnya", "sudah"),
    ("dijaluk duit karo petugase", "wingi esuk neng loket", "wis"),
    ("harus kasih amplop dulu baru diurus", "kata yang jaga loket dua", "sudah"),
    ("katanya kalau mau cepat ada biayanya", "seratus ribu, dibayar di parkiran", "sudah"),
    ("pak lurah minta setoran tiap ada warga yang urus akta", "sudah sejak bulan lalu", "sudah"),
    ("KTP saya dipakai orang buat pinjol", "saya ditagih tiap hari padahal tidak pernah pinjam", "sudah"),
    ("supervisornya minta jatah dari tiap berkas", "kata pegawai loket, sudah lama begitu", "sudah"),
    ("kepala dinasnya minta setoran dari tiap berkas", "itu kata pegawainya sendiri", "sudah"),
)


READ_WITHIN = 20_000
"""Milliseconds until what was typed stands on an open page of the desk, on two shared cores."""


class Desks:
    """The people of the office, each signed in once."""

    def __init__(self, stack: Stack, browser: Browser, shots: Path) -> None:
        self.address, self._folder, self._browser, self._shots = stack.url("backoffice"), stack.folder, browser, shots
        self._signed_in: dict[str, Officer] = {}

    def __call__(self, role: str) -> Officer:
        if role not in self._signed_in:
            self._signed_in[role] = Officer(self._browser, self.address, role, accounts(self._folder), self._shots)
        return self._signed_in[role]

    def sees(self, role: str, number: str) -> bool:
        """Whether the thread can be opened, and stands in the list of open ones; both or neither."""
        page = self(role).page
        opened = page.goto(f"{self.address}/pengaduan/{number}")
        page.goto(f"{self.address}/pengaduan?tab=terbuka")
        listed = page.locator(f'[data-number="{number}"]').count() > 0
        assert opened is not None and listed == (opened.status == 200), (role, number, opened.status if opened else None)
        return listed

    def open(self, role: str, number: str) -> Officer:
        """The thread on that person's screen."""
        officer = self(role)
        officer.page.goto(f"{self.address}/pengaduan/{number}?tab=terbuka")
        expect(officer.page.get_by_test_id("complaint")).to_have_attribute("data-number", number)
        return officer

    def answer(self, role: str, number: str, text: str, act: str = "jawab") -> None:
        """Answers the open thread by the form."""
        page = self.open(role, number).page
        page.locator("textarea[name=text]").fill(text)
        page.locator("select[name=act]").select_option(act)
        page.locator('[data-action="jawab_aduan"]').click()
        page.wait_for_load_state("load")


@pytest.fixture(scope="module")
def desks(stack: Stack, browser: Browser) -> Desks:
    shots = environment.ROOT / "var" / "e2e" / "complaints"
    shots.mkdir(parents=True, exist_ok=True)
    return Desks(stack, browser, shots)


@pytest.fixture
def phone(stack: Stack, browser: Browser, shots: Path) -> Iterator[Phone]:
    """A phone that nobody has used."""
    place = time.time_ns() // 1000 % 10**8
    made = httpx.post(f"{stack.url('simulator')}/control/phones/", json={"name": "Warga SPESIMEN", "number": f"+6285{place:08d}"})
    page = browser.new_page()
    yield Phone(page, stack.url("simulator"), made.json()["id"], shots)
    page.close()


def tell(phone: Phone, story: tuple[str, ...]) -> str:
    """Types message after message; the last one ends the story. What is in between may be heard in silence. The number."""
    phone.say(story[0])
    for words in story[1:-1]:
        sends(phone, words)
    answer = phone.say(story[-1])
    found = NUMBER.search(answer)
    assert found, answer
    return found[0]


def sends(phone: Phone, words: str) -> None:
    """Types a text to which no answer need come."""
    phone.said.append(words)
    phone.page.get_by_test_id("composer").fill(words)
    phone.page.get_by_test_id("send").click()
    phone.page.wait_for_timeout(2500)


@pytest.mark.parametrize("story", OPEN_ONES, ids=lambda story: story[0][:30])
def test_what_is_complained_of_is_read_whole_at_the_desk_and_answered_on_the_phone(
    desks: Desks, phone: Phone, story: tuple[str, ...]
) -> None:
    number = tell(phone, story)
    assert desks.sees("petugas_pengaduan", number)
    shown = desks.open("petugas_pengaduan", number).page.locator(".thread").first.inner_text()
    told = [words for words in story[:-1] if words != "mau pengaduan"]
    assert [words for words in told if words not in shown] == []
    desks.answer("petugas_pengaduan", number, "Mohon maaf, hari ini kami selesaikan.")
    assert number in phone.wait_for("hari ini kami selesaikan")


@pytest.mark.parametrize("story", SECRET_ONES, ids=lambda story: story[0][:30])
def test_an_accusation_is_read_by_its_reader_alone_who_answers(desks: Desks, phone: Phone, story: tuple[str, ...]) -> None:
    number = tell(phone, story)
    for role in ("petugas_pengaduan", "supervisor", "kepala_dinas"):
        assert not desks.sees(role, number), role
    shown = desks.open("inspektorat", number).page.locator(".thread").first.inner_text()
    assert [words for words in story[:-1] if words not in shown] == []
    desks.answer("inspektorat", number, "Terima kasih sudah melapor, kami periksa.")
    assert number in phone.wait_for("Terima kasih sudah melapor, kami periksa")


def test_a_detail_told_later_goes_into_the_secret_report_and_into_no_other(desks: Desks, phone: Phone) -> None:
    number = tell(phone, ("saya dimintai pak modin 300rb", "buat tanda tangan", "sudah"))
    asked = phone.say("tadi dia datang lagi ke rumah minta sisanya")
    assert number in asked and "tambahan" in asked
    phone.tap("Ya, tambahan")
    page = desks.open("inspektorat", number).page
    expect(page.get_by_test_id("message-in").last).to_contain_text("datang lagi ke rumah")
    officer = desks("petugas_pengaduan").page
    officer.goto(f"{desks.address}/pengaduan?tab=terbuka")
    assert "datang lagi ke rumah" not in officer.content()


def test_a_photo_within_a_story_is_evidence_and_its_end_begins_no_registration(desks: Desks, phone: Phone) -> None:
    phone.say("mau komplain, akta anak saya salah cetak, tanggalnya keliru")
    before = phone.incoming
    phone.drawer_item("keluarga-1-menikah/kk").click()
    phone.page.wait_for_timeout(6000)
    answer = phone.say("sudah")
    number = NUMBER.search(answer)
    assert number and "bersedia" not in answer, answer
    assert "Kartu Keluarga" not in phone.since(before)
    expect(desks.open("petugas_pengaduan", number[0]).page.locator("img.attachment").first).to_be_visible(timeout=20_000)


def test_one_asks_after_it_a_late_press_changes_nothing_and_who_is_not_content_has_it_taken_up_again(desks: Desks, phone: Phone) -> None:
    number = tell(phone, ("mau komplain, sudah seminggu akta saya belum jadi", "tiap ditanya katanya besok", "sudah"))
    assert number in phone.say("sampai mana pengaduan saya?")
    late = desks("petugas_pengaduan").page.context.new_page()
    late.goto(f"{desks.address}/pengaduan/{number}")
    desks.answer("petugas_pengaduan", number, "Aktanya sudah kami kirim.", "selesaikan")
    phone.wait_for("Aktanya sudah kami kirim")
    late.locator("textarea[name=text]").fill("Satu lagi.")
    with late.expect_response(re.compile(r"/jawab$")) as pressed:
        late.locator('[data-action="jawab_aduan"]').click()
    assert pressed.value.status == 409
    late.close()
    said = phone.say("saya belum puas, buka lagi")
    assert number in said and "saran" not in said.lower(), said
    expect(desks.open("petugas_pengaduan", number).page.get_by_test_id("complaint")).to_have_attribute("data-state", "dibuka_lagi")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("selain lewat WA lewat mana", "kotak pengaduan"),
        ("SP4N LAPOR bisa?", "SP4N-LAPOR!"),
        ("kalau lapor di sini bisa anonim?", "tanpa nama"),
        ("bisa anonim?", "tanpa nama"),
    ],
)
def test_a_question_about_complaining_is_answered_and_files_nothing(desks: Desks, phone: Phone, asked: str, answered: str) -> None:
    page = desks("petugas_pengaduan").page
    page.goto(f"{desks.address}/pengaduan?tab=terbuka")
    before = page.get_by_test_id("count-terbuka").inner_text()
    assert answered in phone.say(asked)
    page.reload()
    assert page.get_by_test_id("count-terbuka").inner_text() == before


def person_called(desks: Desks, phone: Phone) -> str:
    """A person is wanted, and has answered; the number of the thread."""
    said = phone.say("minta petugas")
    found = NUMBER.search(said)
    assert found and "pukul" in said and "secepatnya" not in said, said
    desks.answer("petugas_pengaduan", found[0], "Selamat datang, dengan Rina. Ada yang bisa dibantu?")
    phone.wait_for("Ada yang bisa dibantu")
    return found[0]


def test_while_a_person_answers_the_assistant_is_silent_and_the_desk_reads_along(desks: Desks, phone: Phone) -> None:
    number = person_called(desks, phone)
    page = desks.open("petugas_pengaduan", number).page
    before = phone.incoming
    for words in ("mau tanya akta anak saya kapan bisa diambil", "saya dari Cepu, aktanya atas nama Sekar"):
        sends(phone, words)
        expect(page.get_by_test_id("message-in").last).to_contain_text(words, timeout=READ_WITHIN)
    said = phone.since(before)
    assert phone.incoming - before <= 1, said  # at most once, that the office is closed now
    assert "Sekar" not in said and "KTP" not in said, said


def test_the_officer_who_has_the_chat_does_not_read_who_accuses_them(desks: Desks, phone: Phone) -> None:
    number = person_called(desks, phone)
    sends(phone, "baik bu, saya tunggu")
    report = tell(phone, ("petugas loketnya minta amplop dulu baru berkas saya diurus", "seratus ribu, tadi pagi", "sudah"))
    assert report != number
    officer = desks.open("petugas_pengaduan", number).page
    expect(officer.get_by_test_id("message-in").filter(has_text="saya tunggu")).to_be_visible(timeout=READ_WITHIN)
    for place in (f"/pengaduan/{number}", f"/pengaduan/{number}/utas", "/pengaduan?tab=terbuka", "/pengaduan?tab=saya"):
        officer.goto(f"{desks.address}{place}")
        assert "amplop" not in officer.content() and report not in officer.content(), place
    assert "amplop" in desks.open("inspektorat", report).page.locator(".thread").first.inner_text()
    desks.answer("petugas_pengaduan", number, "Sudah kami cek, besok bisa diambil.")
    phone.wait_for("besok bisa diambil")


def test_after_the_24_hours_the_template_speaks_of_a_complaint_and_the_answer_follows(stack: Stack, desks: Desks, phone: Phone) -> None:
    number = tell(phone, ("mau komplain, KK saya salah alamat", "sudah dua minggu", "sudah"))
    clock = f"{stack.url('simulator')}/control/clock"
    httpx.put(clock, json={"skew_seconds": 25 * 3600}).raise_for_status()
    try:
        before = phone.incoming
        desks.answer("petugas_pengaduan", number, "Alamatnya sudah kami betulkan.")
        template = phone.answer(before)
        assert "pengaduan" in template.lower() and "permohonan" not in template.lower() and "betulkan" not in template
        sends(phone, "ya")
        phone.wait_for("Alamatnya sudah kami betulkan")
    finally:
        httpx.put(clock, json={"skew_seconds": 0}).raise_for_status()
