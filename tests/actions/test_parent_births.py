"""The parents' place and day of birth are asked for along with the child's, cost no message, and stand in bundle and summary."""

from intake.handover.bundle import answers_of
from tests.actions.conftest import Office
from tests.actions.families import ALBUM, FACTS, FATHER, WITNESS_1, WITNESS_2, birth_letter, ktp, marriage_book, photo
from tests.actions.steps import until_documents


async def test_they_are_told_in_the_same_message_and_shown_in_the_summary(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    asked = await chat.tap("Sudah benar")
    assert "lahir *ibu*" in asked and "lahir *ayah*" in asked
    assert "KIA" in await chat.say(f"{FACTS}, ibu Blora 12-5-1995, ayah Rembang 3 Februari 1990")
    summary = await chat.tap("Sesuai alamat KK")
    assert "SARI SPESIMEN (lahir di BLORA, Jumat, 12 Mei 1995)" in summary
    (draft,) = (await office.intake.record("c1")).drafts
    assert answers_of(draft)["ayah_tempat_lahir"] == {"value": "REMBANG", "source": "chat"}
    assert draft.children[0].fields["tanggal_lahir"] == "2026-11-01"


async def test_who_leaves_them_out_is_not_asked_again(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    assert "KIA dikirim" in await chat.say(FACTS)


async def test_a_mother_whom_nobody_could_look_up_is_asked_about(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    unread = photo("kk", no_kk="3316990101200005", kepala_keluarga=FATHER["nama"])
    await chat.send(unread, ktp(FATHER), ktp(WITNESS_1), ktp(WITNESS_2), birth_letter(), marriage_book())
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    asked = await chat.say(FACTS)
    assert "*ibu* SARI SPESIMEN" in asked and "Blora, 12 Mei 1995" in asked
    assert "KIA dikirim" in await chat.say("tidak tahu pak")
