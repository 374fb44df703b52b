"""What the birth letter says is confirmed once with the child's name, never asked, and shown beside what was told where it differs."""

import pytest

from tests.actions.conftest import Chat, Office
from tests.actions.families import ALBUM, birth_letter
from tests.actions.steps import begun, until_documents

PRINTED = {
    "nama_anak": "SITI AMINAH", "pukul": "00:10", "berat": 3100, "panjang": 49.0, "kelahiran_ke": 2, "penolong": "bidan_perawat",
    "tempat_dilahirkan": "puskesmas", "tempat_kelahiran": "BLORA",
}  # fmt: skip
WHOLE = (*ALBUM[:4], birth_letter(**PRINTED), ALBUM[5])
NO_NAME = (*ALBUM[:4], birth_letter(**{**PRINTED, "nama_anak": "BY. NY. SARI"}), ALBUM[5])


async def children(office: Office) -> list[dict[str, object]]:
    await office.hand_over()
    (bundle,) = office.backoffice.bodies("/api/bundles/")
    return list(bundle["anak"])


async def test_all_that_the_letter_says_is_confirmed_once_and_not_asked(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    shown = await chat.send(*WHOLE)
    for part in ("SITI AMINAH", "S-I-T-I", "perempuan", "00.10", "Puskesmas", "BLORA", "anak ke-2", "bidan", "3100", "49", "BUDI"):
        assert part.lower() in shown.lower(), part
    assert "KIA" in await chat.tap("Sudah benar")
    await chat.tap("Sesuai alamat KK")
    assert "LM-" in await chat.tap("Ya, kirim")
    (child,) = await children(office)
    assert child["pukul"] == "00:10" and child["berat"] == 3100 and child["penolong"] == "bidan_perawat"
    assert chat.sent <= 11, chat.sent


async def test_where_the_letter_has_no_name_its_facts_are_confirmed_with_the_spelling(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "Siapa nama lengkap" in await chat.send(*NO_NAME)
    assert "00.10" in await chat.say("Siti Aminah")
    assert "KIA" in await chat.tap("Sudah benar")


@pytest.mark.parametrize("said", ["beratnya salah, harusnya 3000", "sudah benar tapi beratnya 3000 gram"])
async def test_a_fact_of_the_letter_is_put_right_in_the_answer_and_the_rest_stays(office: Office, said: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*WHOLE)
    again = await chat.say(said, "perbaiki_data")
    assert "3000" in again and "3100" not in again and "00.10" in again
    assert "KIA" in await chat.tap("Sudah benar"), "what was shown and put right is not asked about again"


async def test_a_wrong_fact_is_chosen_from_a_list_and_asked_for_alone(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*WHOLE)
    await chat.tap("Isi lain salah")
    assert {"nama anak", "jam lahir", "berat", "panjang", "penolong"} <= chat.options().keys()
    await chat.tap("berat")
    asked = await chat.tap("Sudah benar") if "Sudah benar" in chat.options() else chat.messages[-1]["text"]
    assert "berat" in asked.lower()
    assert "KIA" in await chat.say("2950 gram")
    await chat.tap("Sesuai alamat KK")
    await chat.tap("Ya, kirim")
    assert (await children(office))[0]["berat"] == 2950


async def told_first(chat: Chat, text: str = "anaknya lahir jam 7 pagi, beratnya 3100 gram") -> str:
    await begun(chat)
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    await chat.tap("Sudah KAWIN")
    await chat.say(text)
    await chat.send(*WHOLE)
    return await chat.tap("Sudah benar")


async def test_what_was_told_otherwise_is_shown_beside_the_letter(office: Office) -> None:
    chat = office.chat()
    asked = await told_first(chat)
    assert "di surat tertulis *pukul 00.10*" in asked and "menulis *pukul 07.00*" in asked and "3100" not in asked
    assert set(chat.options()) == {"Yang di surat", "Yang saya tulis"}


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("yang di surat", "00:10"), ("surate sing bener", "00:10"), ("yang saya tulis salah", "00:10"), ("jam 00.10", "00:10"),
        ("yang saya tulis", "07:00"), ("yang di surat keliru", "07:00"), ("jam 7 pagi pak", "07:00"), ("jam 06.30", "06:30"),
    ],
)  # fmt: skip
async def test_which_is_right_can_be_said_in_words(office: Office, said: str, stands: str) -> None:
    chat = office.chat()
    await told_first(chat)
    assert "KIA" in await chat.say(said)
    await chat.tap("Sesuai alamat KK")
    await chat.tap("Ya, kirim")
    assert (await children(office))[0]["pukul"] == stands
    (bundle,) = office.backoffice.bodies("/api/bundles/")
    assert ("beda_surat:pukul" in bundle["flags"]) is (stands != "00:10"), "the officer sees that the applicant was asked"


async def test_several_differences_are_asked_in_one_message_or_one_by_one(office: Office) -> None:
    chat = office.chat()
    asked = await told_first(chat, "anaknya lahir jam 7 pagi, beratnya 3300 gram")
    assert "00.10" in asked and "3300" in asked and "3100" in asked
    one = await chat.tap("Satu per satu")
    assert "00.10" in one and "3300" not in one
    assert "3300" in await chat.tap("Yang di surat")
    assert "KIA" in await chat.tap("Yang saya tulis")


async def test_what_was_said_not_to_be_known_is_taken_from_the_letter(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM[:4], ALBUM[5])
    await chat.say("beratnya lupa, lahir jam 7 pagi")
    shown = await chat.send(birth_letter(**PRINTED))
    assert "3100" in shown


async def test_another_name_than_the_letters_is_asked_about(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah Zahra")
    await chat.tap("Sudah benar")
    asked = await chat.send(birth_letter(**PRINTED), caption="surat lahir")
    assert "nama anak" in asked and "SITI AMINAH ZAHRA" in asked


async def test_a_fact_told_beside_another_answer_is_shown_beside_the_letters(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(
        *ALBUM[:4], birth_letter(**{name: value for name, value in PRINTED.items() if name not in ("berat", "panjang")}), ALBUM[5]
    )
    await chat.tap("Sudah benar")
    asked = await chat.say("jam 7 pagi, 3100 gram, 49 cm")
    assert "00.10" in asked and "07.00" in asked and "mana yang benar" in asked.lower()


async def test_the_offered_name_written_out_is_a_yes(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*WHOLE)
    assert "KIA" in await chat.say("Siti Aminah")
