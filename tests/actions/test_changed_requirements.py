"""An office that changes a requirement in `requirements.yml` changes the conversation, without a line of code."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.catalogue import Catalogue
from standard import facts
from standard.requirements import standard
from tests.actions.conftest import RESPONSES, Office
from tests.actions.families import FATHER, birth_letter, kk, ktp, marriage_book
from tests.actions.steps import begun, until_documents


@pytest.fixture
def change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Replaces a piece of text in a copy of the facts."""
    folder = tmp_path / "standard"
    shutil.copytree(facts.FACTS, folder)
    monkeypatch.setattr(facts, "FACTS", folder)

    def replace(old: str, new: str) -> None:
        file = folder / "requirements.yml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        facts.load.cache_clear()
        standard.cache_clear()

    yield replace
    monkeypatch.undo()
    facts.load.cache_clear()
    standard.cache_clear()


async def test_without_witnesses_the_way_is_shorter(office: Office, change) -> None:  # type: ignore[no-untyped-def]
    change("  ktp_saksi: wajib", "  ktp_saksi: tidak")
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
    change("ktp_orang_tua: belum_kawin", "ktp_orang_tua: selalu")
    assert "KTP ibu" in await until_documents(office.chat())


async def test_more_patience_means_more_retakes(office: Office, change) -> None:  # type: ignore[no-untyped-def]
    from tests.actions.conftest import photo

    change("retakes: 2", "retakes: 0")
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    await chat.tap("Sudah KAWIN")
    assert "sudah kami terima" in await chat.send(photo("kk", "retake", ("BLUR",)))


async def test_a_changed_answer_and_a_changed_address_are_what_people_read(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "facts"
    shutil.copytree(facts.FACTS, folder)
    place = folder / "office.yml"
    place.write_text(
        re.sub(r"(?m)^kantor_alamat: .*$", "kantor_alamat: Jalan Baru 1, Blora", place.read_text(encoding="utf-8")), encoding="utf-8"
    )
    monkeypatch.setattr(facts, "FACTS", folder)
    facts.load.cache_clear()
    try:
        office.catalogue = Catalogue({**RESPONSES, "utter_tanya_biaya": [{"text": "Tidak dipungut biaya apa pun."}]})
        chat = office.chat()
        assert "Tidak dipungut biaya apa pun." in await chat.say("bayar berapa", "tanya_biaya")
        assert "Jalan Baru 1" in await chat.say("kantornya dimana", "tanya_kantor")
    finally:
        monkeypatch.undo()
        facts.load.cache_clear()
