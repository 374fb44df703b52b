"""The questions before the photos: only what can't be known is asked, and taps, numbers, labels and own words all do."""

import pytest

from tests.actions.conftest import Office
from tests.actions.steps import begun


@pytest.mark.parametrize("answer", ["ayah", "1", "saya bapaknya", "kulo bapake", "Ayah"])
async def test_the_reporter_is_understood_in_many_words(office: Office, answer: str) -> None:
    chat = office.chat()
    await chat.say("halo", "salam")
    await chat.tap("Ya, lanjutkan")
    assert "Berapa anak" in await chat.say(answer)


async def test_another_reporter_is_asked_what_they_are_to_the_child(office: Office) -> None:
    chat = office.chat()
    assert "hubungan" in await begun(chat, "Orang lain")
    assert "Berapa anak" in await chat.say("budhe")


async def test_a_relation_said_at_once_is_not_asked_again(office: Office) -> None:
    chat = office.chat()
    await chat.say("halo", "salam")
    await chat.tap("Ya, lanjutkan")
    assert "Berapa anak" in await chat.say("saya neneknya")


async def test_each_paper_is_asked_apart_when_both_at_once_is_too_much(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    assert "surat keterangan lahir" in await chat.say("dereng")
    assert "buku nikah" in await chat.say("ada")


async def test_no_papers_lead_to_forms_and_never_to_an_end(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    assert "tetap dapat diurus" in await chat.tap("Belum ada keduanya")
    answer = await chat.tap("Kepala kel. & istri")
    assert "SPTJM" in answer
    wanted = await chat.tap("Sudah KAWIN")
    assert "formulirnya kami kirim nanti" in wanted and "• *buku nikah" not in wanted


async def test_a_couple_that_no_paper_shows_is_never_asked_for_a_marriage_paper(office: Office) -> None:
    chat = office.chat()
    await begun(chat, "Ibu")
    await chat.tap("Satu anak")
    await chat.tap("Hanya surat lahir")
    answer = await chat.tap("Tidak bersama")
    assert "nikah" not in answer and "KTP pelapor" in answer


async def test_both_papers_can_be_told_in_one_sentence(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    assert "Di KK" in await chat.say("surat lahir ada, buku nikah belum ada")


async def test_who_declines_is_shown_the_counter_and_nothing_stays(office: Office) -> None:
    chat = office.chat()
    await chat.say("halo", "salam")
    answer = await chat.tap("Tidak")
    assert "loket" in answer and "Warung Pakdhe" in answer
    assert (await office.intake.record("c1")).drafts == []


async def test_twins_are_named_one_after_the_other(office: Office) -> None:
    from tests.actions.families import ALBUM

    chat = office.chat()
    await begun(chat)
    await chat.tap("Kembar dua")
    await chat.tap("Ada keduanya")
    await chat.tap("Sudah KAWIN")
    assert "anak ke-1" in await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    assert "anak ke-2" in await chat.tap("Sudah benar")
    await chat.say("Siti Fatimah")
    assert "SITI AMINAH" in await chat.tap("Sudah benar")
    answer = await chat.say("perempuan, Puskesmas Blora, jam 04.30, anak ke-2, bidan, 2500 gram, 46 cm")
    assert "SITI FATIMAH" in answer and "penolong" not in answer and "tempat lahir" not in answer
    await chat.say("perempuan, jam 04.50, anak ke-3, 2400 gram, 45 cm")
    summary = await chat.tap("Sesuai alamat KK")
    assert "pukul 04.30" in summary and "pukul 04.50" in summary and summary.count("👶") == 2
