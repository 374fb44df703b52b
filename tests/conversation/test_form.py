"""A registration with the form within WhatsApp, through the real Rasa: the form comes back as a message like any other."""

from collections.abc import Iterator

import pytest

from scripts import environment as env
from scripts import train
from tests.conversation.conftest import ROOMS, Line
from tests.conversation.office_double import OfficeDouble
from tests.conversation.pictures import ALBUM
from tests.e2e.stack import Stack

FAMILY = {
    "pelapor": "ayah", "jumlah_anak": "1", "ada_surat_kelahiran": "ada", "ada_surat_nikah": "ada", "status_ktp_ibu": "kawin",
    "alamat_kia": "kk",
}  # fmt: skip
BIRTH = {
    "nama_anak_1": "Siti Aminah", "jenis_kelamin_1": "P", "tanggal_lahir_1": "2026-11-01", "pukul_1": "jam setengah lima pagi",
    "tempat_dilahirkan_1": "puskesmas", "tempat_kelahiran_1": "Blora", "kelahiran_ke_1": "2", "penolong_1": "bidan_perawat",
    "berat_1": "3,1 kilo", "panjang_1": "49",
}  # fmt: skip


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """Both processes of an office whose number has the form."""
    model = train.model_path()
    assert model.exists(), "There is no trained model of the present sources: make train"
    stack = Stack(tmp_path_factory.mktemp("form"), model)
    stack.settings["WHATSAPP_FLOW_PERMOHONAN"] = env.DEMO_FLOW
    stack.commands["actions"] = [stack.commands["actions"][0], "-m", "tests.conversation.actions_server"]
    office = OfficeDouble(env.port("backoffice", stack.settings))
    try:
        stack.start(*ROOMS)
        stack.wait_ready(*ROOMS)
        yield Line(stack, office)
    finally:
        stack.stop()
        office.close()


def test_from_greeting_to_receipt_in_at_most_eight_messages(line: Line) -> None:
    player = line.player("form")
    player.act({"orang": "assalamualaikum"})
    read = player.act({"ketuk": "Ya, lanjutkan"})
    assert read.messages[-1]["form"]["flow"] == env.DEMO_FLOW and "Isi formulir" in read.text
    read = player.act({"formulir": {**FAMILY, **BIRTH}})
    assert "3.100" in read.text or "3100" in read.text, read.text
    assert "04.30" in read.text and "KTP" in read.text and len(read.messages) == 1
    player.act({"foto": list(ALBUM)})
    player.act({"ketuk": "Sudah benar"})
    read = player.act({"ketuk": "Ya, kirim"})
    assert any(name.startswith("Tanda Terima") for name in read.files), player.phone.transcript()
    assert sum(len(one.messages) for one in player.phone.history) <= 8


def test_what_the_form_left_open_or_said_in_doubt_the_chat_asks(line: Line) -> None:
    player = line.player("doubt")
    player.act({"orang": "halo"})
    player.act({"ketuk": "Ya, lanjutkan"})
    read = player.act({"formulir": {**FAMILY, **BIRTH, "status_ktp_ibu": "", "berat_1": "seperti kakaknya"}})
    assert "seperti kakaknya" in read.text and "KTP" in read.text.split("seperti kakaknya")[1]
    assert read.options[0]["title"] == "Sudah KAWIN"
    read = player.act({"orang": "bukan"})
    assert "Yang melaporkan" in read.text or "melapor" in read.text.lower()


def test_the_chat_goes_on_in_words_below_the_form_and_the_form_may_still_come(line: Line) -> None:
    player = line.player("words")
    player.act({"orang": "mau bikin akta anak"})
    player.act({"ketuk": "Ya, lanjutkan"})
    assert "Berapa anak" in player.act({"orang": "saya ibunya"}).text
    read = player.act({"formulir": {**FAMILY, **BIRTH}})
    assert "pelapor *Ayah*" in read.text and "Berapa anak" not in read.text
    assert "sudah" in player.act({"formulir": BIRTH}).text.lower()
