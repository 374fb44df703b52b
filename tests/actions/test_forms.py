"""Families without papers: the forms come filled in when everything else is known, or at once when asked for."""

from tests.actions.conftest import Chat, Office, photo
from tests.actions.families import FACTS, FATHER, WITNESS_1, WITNESS_2, kk, ktp
from tests.actions.steps import begun


async def without_papers(chat: Chat) -> str:
    await begun(chat)
    await chat.tap("Satu anak")
    await chat.tap("Belum ada keduanya")
    await chat.tap("Kepala kel. & istri")
    return await chat.tap("Sudah KAWIN")


async def test_the_forms_come_last_filled_in_and_signed_ones_finish_the_bundle(office: Office) -> None:
    chat = office.chat()
    await without_papers(chat)
    await chat.send(kk(), ktp(FATHER), ktp(WITNESS_1, mark="1"))
    await chat.send(ktp(WITNESS_2), caption="ktp saksi")
    if chat.options():
        await chat.tap("KTP saksi 1")
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    await chat.say(f"perempuan, 1 November 2026, {FACTS}")
    answer = await chat.tap("Sesuai alamat KK")
    assert "ditandatangani" in answer
    assert [part["document"]["filename"] for part in chat.messages if "document" in part] == [
        "Formulir SPTJM KELAHIRAN.pdf",
        "Formulir SPTJM PASUTRI.pdf",
    ]
    assert [part["image"]["mime"] for part in chat.messages if "image" in part] == ["image/png"], "how to sign and photograph them"
    form = await office.intake.blobs.get(chat.messages[0]["document"]["blob"])
    assert form.startswith(b"%PDF")
    summary = await chat.send(photo("sptjm_kelahiran", nama="BUDI SPESIMEN"), photo("sptjm_pasutri", nama="BUDI SPESIMEN"))
    assert "Mohon diperiksa" in summary
    assert "LM-" in await chat.tap("Ya, kirim")


async def test_the_forms_are_sent_at_once_when_asked_for(office: Office) -> None:
    chat = office.chat()
    await without_papers(chat)
    await chat.say("formulir")
    assert sum("document" in part for part in chat.messages) == 2
