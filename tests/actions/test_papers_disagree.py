"""Papers that do not agree are told to the applicant before anything is sent, kindly, with a way on; the officer sees what was said."""

from typing import Any

import pytest

from tests.actions.conftest import Chat, Office, photo
from tests.actions.families import ALBUM, FATHER, MOTHER, WITNESS_1, birth_letter, ktp, marriage_book
from tests.actions.steps import until_documents

OTHERS_LETTER = birth_letter(
    nama_ibu="WAGINAH LAINNYA", nama_ayah="PARJO LAINNYA", tanggal_lahir="2026-10-02", pukul="00:10", nama_anak="AGUS LAINNYA"
)


async def sent_in(office: Office) -> dict[str, Any]:
    await office.hand_over()
    (bundle,) = office.backoffice.bodies("/api/bundles/")
    return dict(bundle)


async def to_the_end(chat: Chat) -> str:
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    if "KIA" not in chat.messages[-1]["text"]:
        await chat.say("Puskesmas Blora, jam 04.30, anak ke-2, bidan, 3100 gram, 49 cm")
    await chat.tap("Sesuai alamat KK")
    return await chat.tap("Ya, kirim")


async def test_the_letter_of_another_family_is_told_and_nothing_of_it_goes_into_the_child(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    stated = await chat.send(*ALBUM[:4], OTHERS_LETTER, ALBUM[5])
    assert "WAGINAH LAINNYA" in stated and "keluarga lain" in stated and "AGUS" not in stated
    assert set(chat.options()) == {"Ganti fotonya", "Memang begitu"}
    (draft,) = (await office.intake.record("c1")).drafts
    assert not draft.children or draft.children[0].fields == {}
    assert "kirim" in (await chat.tap("Ganti fotonya")).lower()
    assert "Siapa nama lengkap" in await chat.send(birth_letter())
    assert "LM-" in await to_the_end(chat)
    assert (await sent_in(office))["warnings"] == []


@pytest.mark.parametrize("why", ["ibunya ganti nama setelah menikah pak", "Memang begitu", "nggih pancen ngoten"])
async def test_who_goes_on_is_not_asked_again_and_the_officer_reads_why(office: Office, why: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    letter = birth_letter(nama_ibu="WAGINAH LAINNYA")
    await chat.send(*ALBUM[:4], letter, ALBUM[5])
    await chat.say(why)
    assert "LM-" in await to_the_end(chat)
    warnings = [row for row in (await sent_in(office))["warnings"] if row["code"] == "nama_ibu_berbeda"]
    assert warnings and all(row["told"] for row in warnings)
    assert warnings[0]["said"] == (why if "ganti nama" in why else None)


async def test_a_parent_as_witness_is_told_by_the_members_of_the_kk_though_no_card_of_theirs_came(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    stated = await chat.send(ALBUM[0], ALBUM[1], ktp(WITNESS_1), birth_letter(), marriage_book())
    stated = await chat.send(ktp(MOTHER), caption="ktp saksi 2")
    assert "ayah atau ibu" in stated and MOTHER["nama"] in stated, stated
    await chat.tap("Ganti fotonya")
    asked = await chat.send(ALBUM[3])
    assert "Siapa nama lengkap" in asked, asked


async def test_a_card_that_says_otherwise_than_the_answer_is_told_and_one_tap_puts_it_right(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    rows = [
        {"nik": FATHER["nik"], "nama": FATHER["nama"], "shdk": "KEPALA KELUARGA", "status_perkawinan": "KAWIN TERCATAT"},
        {"nik": MOTHER["nik"], "nama": MOTHER["nama"], "shdk": "ISTRI", "status_perkawinan": "BELUM KAWIN"},
    ]
    stated = await chat.send(_kk(rows), *ALBUM[1:])
    assert "BELUM KAWIN" in stated and "KTP belum kawin" in chat.options()
    wanted = await chat.tap("KTP belum kawin")
    assert "KTP ibu" in wanted.replace("*", "")


def _kk(rows: list[dict[str, str]]) -> bytes:
    return photo("kk", no_kk="3316990101200005", kepala_keluarga=FATHER["nama"], anggota=rows)


async def test_a_family_whose_papers_agree_is_told_nothing(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "Siapa nama lengkap" in await chat.send(*ALBUM)


async def test_a_question_in_between_is_answered_and_the_papers_are_still_asked_about(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM[:4], OTHERS_LETTER, ALBUM[5])
    answer = await chat.say("biayanya berapa pak?", "tanya_biaya")
    assert "gratis" in answer.lower() and "belum cocok" in answer
