"""An office that changes a requirement in `requirements.yml` changes the conversation, without a line of code."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from actions.catalogue import Catalogue
from standard import facts
from standard.place import office_folder, path_of
from standard.requirements import standard
from tests.actions.conftest import RESPONSES, Office
from tests.actions.families import FATHER, birth_letter, kk, ktp, marriage_book
from tests.actions.steps import begun, until_documents

Change = Callable[[str, str, str], None]


@pytest.fixture
def change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Change]:
    """Replaces a piece of text in a file of a pack of its own."""
    before = office_folder()
    monkeypatch.setenv("OFFICE", str(tmp_path))

    def replace(name: str, old: str, new: str) -> None:
        text = path_of(f"standard/{name}.yml", before).read_text(encoding="utf-8")
        assert old in text
        file = tmp_path / "standard" / f"{name}.yml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace(old, new), encoding="utf-8")
        facts.forget()
        standard.cache_clear()

    yield replace
    monkeypatch.undo()
    facts.forget()
    standard.cache_clear()


async def test_without_witnesses_the_way_is_shorter(office: Office, change) -> None:  # type: ignore[no-untyped-def]
    change("requirements", "  ktp_saksi: wajib", "  ktp_saksi: tidak")
    chat = office.chat()
    opened = await chat.say("halo", "salam")
    assert "saksi" not in opened
    await chat.tap("Ya, lanjutkan")
    await chat.tap("Ayah")
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    assert "saksi" not in await chat.tap("Sudah KAWIN")
    assert "nama lengkap anak" in await chat.send(kk(), ktp(FATHER), birth_letter(), marriage_book())


async def test_both_parents_cards_can_be_asked_for(office: Office, change) -> None:  # type: ignore[no-untyped-def]
    change("requirements", "ktp_orang_tua: belum_kawin", "ktp_orang_tua: selalu")
    assert "KTP ibu" in await until_documents(office.chat())


async def test_more_patience_means_more_retakes(office: Office, change) -> None:  # type: ignore[no-untyped-def]
    from tests.actions.conftest import photo

    change("requirements", "retakes: 2", "retakes: 0")
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    await chat.tap("Sudah KAWIN")
    assert "sudah kami terima" in await chat.send(photo("kk", "retake", ("BLUR",)))


async def test_a_changed_answer_and_a_changed_address_are_what_people_read(office: Office, change) -> None:  # type: ignore[no-untyped-def]
    change("office", facts.load("office")["kantor_alamat"], "Jalan Baru 1")
    office.catalogue = Catalogue({**RESPONSES, "utter_tanya_biaya": [{"text": "Tidak dipungut biaya apa pun."}]})
    chat = office.chat()
    assert "Tidak dipungut biaya apa pun." in await chat.say("bayar berapa", "tanya_biaya")
    assert "Jalan Baru 1" in await chat.say("kantornya dimana", "tanya_kantor")


async def test_changed_hours_are_what_people_read(office: Office, change) -> None:  # type: ignore[no-untyped-def]
    change("deadlines", '4: ["07:00", "14:30"]', '4: ["08:00", "11:00"], 5: ["08:00", "11:00"]')
    office.catalogue = Catalogue(RESPONSES)
    assert "dan Jumat–Sabtu pukul 08.00–11.00 WIB" in await office.chat().say("kantornya dimana", "tanya_kantor")
