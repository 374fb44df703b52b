"""Whose a card is follows from all that is known, whenever it becomes known; what documents say is offered or not asked at all."""

import pytest

from tests.actions.conftest import Chat, Office, photo
from tests.actions.families import ALBUM, FACTS, FATHER, MOTHER, WITNESS_1, WITNESS_2, birth_letter, kk, ktp, marriage_book
from tests.actions.steps import begun, until_documents


async def placed(office: Office) -> dict[str, str | None]:
    draft = (await office.intake.record("c1")).drafts[0]
    return {
        document.fields["nama"]: document.item for document in draft.documents if document.fields.get("nama") and document.kind == "ktp"
    }


async def until_family_card(chat: Chat) -> str:
    await begun(chat, "Ibu")
    await chat.tap("Satu anak")
    return await chat.tap("Belum ada keduanya")


async def test_an_album_during_the_questions_puts_no_parent_among_the_witnesses(office: Office) -> None:
    chat = office.chat()
    assert "Di KK" in await until_family_card(chat)
    await chat.send(kk(complete=False))
    await chat.send(ktp(FATHER, "BELUM KAWIN"), ktp(MOTHER, "BELUM KAWIN"), ktp(WITNESS_1), ktp(WITNESS_2))
    await chat.say("formulir")
    found = await placed(office)
    assert found[FATHER["nama"]] not in ("ktp_saksi_1", "ktp_saksi_2") and found[MOTHER["nama"]] != "ktp_saksi_1"
    answer = await chat.tap("Kepala kel. & istri")
    while "Sudah KAWIN" in chat.options():
        answer = await chat.tap("Belum / cerai")
    found = await placed(office)
    assert (found[FATHER["nama"]], found[MOTHER["nama"]]) == ("ktp_ayah", "ktp_pelapor")
    assert {found[WITNESS_1["nama"]], found[WITNESS_2["nama"]]} == {"ktp_saksi_1", "ktp_saksi_2"}
    assert "Siapa nama lengkap anak" in answer and "milik siapa" not in answer


async def test_a_card_that_moves_after_it_was_told_is_told_again(office: Office) -> None:
    chat = office.chat()
    await begun(chat, "Ibu")
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    await chat.tap("Sudah KAWIN")
    assert "KTP saksi pertama" in (await chat.send(ktp(FATHER))).split("Masih")[0], (
        "no man's card but a witness's is asked of a married mother"
    )
    answer = await chat.send(kk())
    assert "BUDI SPESIMEN → *disimpan dahulu*" in answer and "milik siapa" not in answer
    assert (await placed(office))[FATHER["nama"]] is None
    assert "→" not in await chat.send(birth_letter())


async def test_a_card_that_nobody_needs_is_kept_and_not_asked_about(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.send(kk(), ktp(MOTHER), ktp(FATHER))
    assert "belum diperlukan" in answer and "SARI SPESIMEN" in answer and "milik siapa" not in answer


async def test_the_applicants_own_choice_outlasts_the_kk(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(ktp(FATHER))
    await chat.tap("KTP saksi 1")
    await chat.send(kk())
    assert await placed(office) == {FATHER["nama"]: "ktp_saksi_1"}


async def test_a_summary_that_the_last_reading_changes_is_shown_again_before_it_is_sent(office: Office) -> None:
    chat = office.chat()
    await begun(chat, "Ibu")
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    await chat.tap("Sudah KAWIN")
    wrong = ktp({"nik": "3316990505700006", "nama": "MARDI SPESIMEN", "jenis_kelamin": "LAKI-LAKI"})
    await chat.send(birth_letter(nama_ayah=None, nama_ibu=None), marriage_book(suami=None, istri=None), ktp(MOTHER), caption=None)
    while "KTP pelapor" in chat.options():
        await chat.tap("KTP pelapor")
    await chat.send(ktp(FATHER), wrong)
    rows = [{**FATHER, "shdk": "KEPALA KELUARGA"}, {**MOTHER, "shdk": "ISTRI"}]
    await chat.send(photo("kk", no_kk="3316990101200005", anggota=rows, complete=False))
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    await chat.say(f"perempuan, 1 November 2026, {FACTS}")
    for name in ("Sari Spesimen", "Budi Spesimen"):
        if "Sesuai alamat KK" not in chat.options():
            await chat.say(name)
    summary = await chat.tap("Sesuai alamat KK")
    assert "Mohon diperiksa" in summary
    answer = await chat.tap("Ya, kirim")
    assert "LM-" not in answer and "disimpan dahulu" in answer and "KTP saksi" in answer


async def test_the_question_about_the_kk_is_left_out_where_the_kk_answers_it(office: Office) -> None:
    chat = office.chat()
    await begun(chat, "Ibu")
    await chat.tap("Satu anak")
    await chat.send(kk(), ktp(MOTHER))
    answer = await chat.tap("Belum ada keduanya")
    assert "Di KK" not in answer and "Di KTP *ayah*" in answer


async def test_signed_statements_leave_no_question_about_the_papers(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.send(photo("sptjm_kelahiran", nama="BUDI SPESIMEN"), photo("sptjm_pasutri", nama="BUDI SPESIMEN"), kk())
    answer = await chat.tap("Satu anak")
    assert "mana yang" not in answer and "Di KTP *ibu*" in answer


async def test_the_name_on_the_birth_letter_is_offered_and_spelled_back(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    asked = await chat.send(*ALBUM[:4], birth_letter(nama_anak="FREYA PRAMESTI"), ALBUM[5])
    assert "*FREYA PRAMESTI*" in asked and "F-R-E-Y-A" in asked
    await chat.tap("Sudah benar")
    assert (await office.intake.record("c1")).drafts[0].children[0].nama == "FREYA PRAMESTI"


@pytest.mark.parametrize("answer", ["Bukan", "bukan pak", "sanes"])
async def test_a_refused_name_is_asked_for_and_not_offered_again(office: Office, answer: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM[:4], birth_letter(nama_anak="FREYA PRAMESTI"), ALBUM[5])
    assert "Siapa nama lengkap anak" in await chat.say(answer)
    assert "S-I-T-I" in await chat.say("Siti Aminah")


async def test_the_right_name_can_be_said_at_once(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM[:4], birth_letter(nama_anak="FREYA PRAMESTI"), ALBUM[5])
    assert "F-R-E-Y-A  P-R-A-M-U-D-Y-A" in await chat.say("bukan, harusnya Freya Pramudya")


@pytest.mark.parametrize("printed", ["BY. NY. SARI", "BAYI NY SARI", "AN. SARI SPESIMEN", "FREYA", "SARI SPESIMEN", "BELUM ADA"])
async def test_what_is_no_name_is_not_offered(office: Office, printed: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "Siapa nama lengkap anak" in await chat.send(*ALBUM[:4], birth_letter(nama_anak=printed), ALBUM[5])


@pytest.mark.parametrize(("word", "heard"), [("STATUS", "LM-"), ("PETUGAS", "petugas"), ("ADUAN", "ceritakan")])
async def test_the_three_words_of_the_receipt_are_taken(office: Office, word: str, heard: str) -> None:
    from tests.actions.steps import submitted

    chat = office.chat()
    await submitted(chat)
    answer = await chat.say(word)
    assert heard in answer and "belum kami pahami" not in answer and "belum memahami" not in answer
