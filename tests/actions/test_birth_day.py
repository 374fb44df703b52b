"""A day of birth told by the weeks gone by is reckoned and confirmed with one tap; another day goes before it."""

import pytest

from tests.actions.conftest import Chat, Office, photo
from tests.actions.families import ALBUM, FACTS
from tests.actions.steps import begun, until_documents

UNDATED = photo("surat_kelahiran", nama_ibu="SARI SPESIMEN", nama_ayah="BUDI SPESIMEN", jenis_kelamin="PEREMPUAN")


async def until_day_of_birth(chat: Chat) -> None:
    """Only the day is missing: the letter does not tell it."""
    await until_documents(chat)
    await chat.send(*ALBUM[:4], UNDATED, ALBUM[5])
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    assert "lahir" in await chat.say(FACTS)


async def day_of_birth(office: Office) -> str | None:
    draft = (await office.intake.record("c1")).draft
    assert draft is not None
    return draft.children[0].fields.get("tanggal_lahir")


async def test_a_week_ago_is_a_day_where_that_is_asked_though_it_sounds_a_little_like_a_complaint(office: Office) -> None:
    chat = office.chat()
    await until_day_of_birth(chat)
    heard = {"acts": {"keluhan": -0.2, "bukan": 0.1}, "kinds": {"lama": 0.1, "umum": -0.5}, "grave": -1.0}
    assert "Senin, 16 November 2026" in await chat.hear("seminggu kepungkur bu", "nlu_fallback", 0.4, heard)


async def test_a_week_ago_is_asked_as_a_day_and_kept_with_one_tap(office: Office) -> None:
    chat = office.chat()
    await until_day_of_birth(chat)
    assert "Senin, 16 November 2026" in await chat.say("seminggu yang lalu bu")
    assert await day_of_birth(office) is None
    answer = await chat.tap("Ya, benar")
    assert await day_of_birth(office) == "2026-11-16"
    assert "16 November" not in answer and "alamat" in answer.lower()


async def test_a_typed_yes_is_as_good_as_a_tap(office: Office) -> None:
    chat = office.chat()
    await until_day_of_birth(chat)
    assert "Senin, 9 November 2026" in await chat.say("rong minggu kepungkur")
    await chat.say("nggih leres")
    assert await day_of_birth(office) == "2026-11-09"


@pytest.mark.parametrize("words", ["tanggal 15 november", "bukan, tanggal 15 november", "15/11/2026"])
async def test_another_day_in_place_of_a_yes_is_taken(office: Office, words: str) -> None:
    chat = office.chat()
    await until_day_of_birth(chat)
    await chat.say("seminggu yang lalu")
    await chat.say(words)
    assert await day_of_birth(office) == "2026-11-15"


async def test_a_no_asks_for_the_day_with_an_example(office: Office) -> None:
    chat = office.chat()
    await until_day_of_birth(chat)
    await chat.say("seminggu yang lalu")
    assert "misalnya" in await chat.tap("Bukan")
    assert await day_of_birth(office) is None


async def test_a_day_of_both_javanese_weeks_is_proposed_as_a_date_and_asked_back(office: Office) -> None:
    chat = office.chat()
    await until_day_of_birth(chat)
    assert "Selasa, 17 November 2026" in await chat.say("lair dina Selasa Pon")
    assert await day_of_birth(office) is None
    await chat.say("nggih")
    assert await day_of_birth(office) == "2026-11-17"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("anak saya lair dina Selasa Pon", "Selasa, 17 November 2026"),
        ("lahire dinten Jemuah Legi bu", "Jumat, 20 November 2026"),
        ("lahirnya malam minggu pon", "Sabtu, 21 November 2026"),
    ],
)
async def test_a_day_of_both_javanese_weeks_is_proposed_at_any_time(office: Office, words: str, day: str) -> None:
    chat = office.chat()
    await begun(chat)
    assert day in await chat.say(words, "di_luar_topik") and "Ya, benar" in chat.options()
    assert await day_of_birth_early(office) is None
    answer = await chat.tap("Ya, benar")
    assert await day_of_birth_early(office) is not None and answer.endswith("kembar?")


@pytest.mark.parametrize("words", ["ketemu selasa pon nggih pak", "lair selasa pon tgl 27 oktober 2026", "kapan lahirnya, selasa pon?"])
async def test_no_birth_an_outright_date_and_a_question_are_proposed_nothing(office: Office, words: str) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say(words, "di_luar_topik")
    assert "Ya, benar" not in chat.options()


async def day_of_birth_early(office: Office) -> str | None:
    draft = (await office.intake.record("c1")).draft
    assert draft is not None
    return draft.children[0].fields.get("tanggal_lahir") if draft.children else None
