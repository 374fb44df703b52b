"""Any wish at any moment: menu, corrections, cancelling, restarting, erasing; only what loses something is confirmed."""

import pytest

from tests.actions.conftest import Chat, Office
from tests.actions.families import ALBUM, FACTS, FATHER, kk, ktp
from tests.actions.steps import begun, submitted, until_documents, until_summary


async def test_the_menu_is_a_list_that_leads_everywhere(office: Office) -> None:
    chat = office.chat()
    await chat.say("menu")
    assert len(chat.options()) == 10
    assert "Gratis" in await chat.tap("Biaya dan waktu") or "24 jam" in chat.messages[-1]["text"]


async def test_a_wrong_name_is_corrected_in_one_sentence(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    answer = await chat.say("nama anak salah, harusnya Siti Fatimah", "perbaiki_data")
    assert "SITI FATIMAH" in answer
    assert "SITI FATIMAH" in await chat.tap("Sudah benar")


async def test_no_at_the_summary_asks_what_is_wrong(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    assert "Bagian mana" in await chat.tap("Ada yang salah")
    assert "Ke alamat mana" in await chat.tap("Alamat KIA / e-mail")
    assert "Jalan Mawar" in await chat.say("Jalan Mawar 3 RT 01 RW 02 Desa Tempelan Kecamatan Blora, sari@contoh.id")
    assert "sari@contoh.id" in chat.messages[-1]["text"]


async def test_a_document_is_replaced_on_wish(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk())
    assert "Kartu Keluarga" in await chat.say("ganti foto kk", "perbaiki_data")
    assert "menggantikan" in await chat.send(kk(mark="new"))


async def test_cancelling_is_confirmed_and_a_no_changes_nothing(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "yakin" in await chat.say("gak jadi", "batal")
    assert "tidak ada yang dihapus" in await chat.tap("Tidak")
    await chat.say("batal")
    assert "dibatalkan" in await chat.tap("Ya, batalkan")
    assert (await office.intake.record("c1")).drafts == []


async def test_a_question_in_between_lets_the_confirmation_lapse(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.say("batal")
    await chat.say("biaya berapa?", "tanya_biaya")
    await chat.say("nggih", "setuju")
    assert len((await office.intake.record("c1")).drafts) == 1


async def test_restarting_begins_with_the_first_question(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk(), ktp(FATHER))
    await chat.say("ulang dari awal", "mulai_ulang")
    assert "Siapa yang melaporkan" in await chat.tap("Ya, ulangi")
    (draft,) = (await office.intake.record("c1")).drafts
    assert draft.documents == []


async def test_erasing_a_draft_takes_its_photos_along(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk())
    page = (await office.intake.record("c1")).drafts[0].documents[0].pages[0].blob
    await chat.say("hapus data saya", "hapus_data")
    assert "sudah dihapus" in await chat.tap("Ya, hapus")
    assert not await office.intake.blobs.store.exists(page)


async def test_what_the_office_has_is_for_an_officer_to_erase(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await chat.say("hapus data saya", "hapus_data")
    answer = await chat.tap("Ya, hapus")
    assert number in answer and "ADU-" in answer
    await office.hand_over()
    (complaint,) = office.backoffice.bodies("/api/complaints/")
    assert complaint["category"] == "hapus_data" and complaint["case"] == number


async def test_one_child_after_another_on_one_phone(office: Office) -> None:
    chat = office.chat()
    await submitted(chat)
    answer = await chat.say("daftar anak lain", "mulai_permohonan")
    assert "Siapa yang melaporkan" in answer and "bersedia" not in answer
    assert "Dilanjutkan, atau" in await chat.say("daftar", "mulai_permohonan")
    assert "Siapa yang melaporkan" in await chat.tap("Anak lain")
    await chat.say("lanjut")
    assert len(chat.options()) == 2
    assert "Siapa yang melaporkan" in await chat.say("1")


async def test_after_a_pause_the_greeting_tells_where_things_stand(office: Office) -> None:
    from datetime import timedelta

    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk())
    assert "tersimpan" not in await chat.say("halo", "salam")
    office.now += timedelta(days=9)
    answer = await chat.say("pagi bu", "salam")
    assert "masih tersimpan" in answer and "KTP pelapor" in answer


async def test_not_having_a_paper_opens_the_lawful_way(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.say("buku nikahnya tidak punya bu", "tidak_punya_berkas")
    assert "tetap dapat diurus" in answer and "Di KK" in answer


async def test_not_understood_names_are_not_taken_for_names(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    assert "dua kata" not in await chat.say("???")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("nama ibu salah, harusnya Sari Wulandari", "SARI WULANDARI"),
        ("nama bapaknya keliru, yang benar Budi Santoso", "BUDI SANTOSO"),
        ("perbaiki tanggal lahir ibu blora 12-5-1995", "12 Mei 1995"),
    ],
)
async def test_what_is_known_of_a_parent_is_corrected_in_one_sentence(office: Office, text: str, shown: str) -> None:
    chat = office.chat()
    await until_summary(chat)
    answer = await chat.say(text, "perbaiki_data")
    assert shown in answer and "SITI AMINAH" in answer


async def test_a_parents_name_without_the_right_one_is_asked_for(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    assert "nama lengkap ibu" in await chat.say("nama ibunya salah", "perbaiki_data")
    assert "SARI WULANDARI" in await chat.say("Sari Wulandari", "di_luar_topik")


async def test_twins_are_told_of_late(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    assert "Berapa anak" in await chat.say("perbaiki, anaknya kembar", "perbaiki_data")
    await chat.tap("Kembar dua")
    draft = (await office.intake.record("c1")).drafts[0]
    assert [child.nama for child in draft.children] == ["SITI AMINAH", None]


async def test_a_returned_case_is_gone_on_with_by_its_number(office: Office) -> None:
    chat = office.chat()
    numbers = []
    for mark in ("", "b"):
        await (submitted(chat) if not mark else _another(chat))
        numbers.append((await office.intake.record("c1")).drafts[0].number)
    for number in numbers:
        await chat.notice("berkas_dikembalikan", number, documents=[{"item": "kk", "reason": "buram", "note": ""}])
    await chat.say(f"lanjut {numbers[0]}", "lanjutkan")
    record = await office.intake.record("c1")
    assert record.draft is not None and record.draft.number == numbers[0]


async def _another(chat: Chat) -> None:
    await chat.say("daftar")
    if "Daftar anak lain" in chat.options():
        await chat.tap("Daftar anak lain")
    for choice in ("Ayah", "Satu anak", "Ada keduanya", "Sudah KAWIN"):
        await chat.tap(choice)
    await chat.send(*ALBUM)
    await chat.say("Dewi Aminah")
    await chat.tap("Sudah benar")
    await chat.say(FACTS)
    await chat.tap("Sesuai alamat KK")
    await chat.tap("Ya, kirim")


async def test_correcting_the_email_leaves_the_address_alone(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    address = (await office.intake.record("c1")).drafts[0].alamat_kia
    assert address
    await chat.say("emailnya salah", "perbaiki_data")
    draft = (await office.intake.record("c1")).drafts[0]
    assert draft.alamat_kia == address
    assert "sari@example.org" in await chat.say("sari@example.org")
    draft = (await office.intake.record("c1")).drafts[0]
    assert draft.email == "sari@example.org" and draft.alamat_kia == address


async def test_an_email_that_nobody_can_read_changes_nothing_and_traps_nobody(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    await chat.say("email saya sari@example.org", "perbaiki_data")
    await chat.say("emailnya salah", "perbaiki_data")
    assert "tidak kami ubah" in await chat.say("entahlah pak pokoknya yang itu")
    record = await office.intake.record("c1")
    assert record.drafts[0].email == "sari@example.org" and record.conversation.side is None


async def test_a_correction_of_a_case_under_way_goes_into_the_case_and_holds_it_where_it_says_so(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    await office.hand_over()
    assert "tahan" in await chat.say("nama anak salah, jangan diproses dulu", "perbaiki_data")
    assert "disampaikan" in (await chat.say("berat bayi keliru", "perbaiki_data")).replace("sampaikan", "disampaikan")
    await office.hand_over()
    said = [body for path, body in office.backoffice.puts if path.startswith(f"/api/cases/{number}/messages/")]
    assert [body["kind"] for body in said] == ["tahan", "koreksi"] and "jangan diproses" in said[0]["text"]
    assert not office.backoffice.bodies("/api/complaints/")


async def test_what_is_right_is_taken_where_only_the_part_that_is_wrong_was_asked_for(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    await chat.say("ada yang salah", "perbaiki_data")
    await chat.say("data kelahiran")
    answer = await chat.say("jam 07.05")
    assert "07.05" in answer and (await office.intake.record("c1")).drafts[0].children[0].fields["pukul"] == "07:05"


async def test_before_any_child_is_known_a_wish_about_it_ends_in_no_error(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say("ada yang salah", "perbaiki_data")
    answer = await chat.say("data kelahiran")
    assert "Berapa anak" in answer
    await chat.say("ada yang salah", "perbaiki_data")
    answer = await chat.say("kembar 2, yg pertama Bagus Prasetya jam 10.05, yg kedua Bagas Prasetya jam 10.20")
    draft = (await office.intake.record("c1")).drafts[0]
    assert draft.conditions.jumlah_anak == 2 and [child.fields.get("pukul") for child in draft.children] == ["10:05", "10:20"]


async def test_a_field_of_a_child_that_is_no_more_is_no_longer_chosen(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say("kembar dua")
    await chat.say("ada yang salah", "perbaiki_data")
    await chat.say("data kelahiran")
    second = list(chat.options().values())[-1]
    await chat.tap_id(second)
    shown = list(chat.options().values())
    await chat.say("bukan kembar, satu saja")
    for choice in shown or [second]:
        await chat.tap_id(choice)
        assert chat.messages


async def test_batal_said_again_where_it_was_asked_whether_to_cancel_cancels(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "yakin" in await chat.say("batal", "batal", 0.99)
    assert "dibatalkan" in await chat.say("batal", "batal", 0.99)
    assert (await office.intake.record("c1")).drafts == []


@pytest.mark.parametrize("text", ["gajadi kembar, satu thok", "ora sido kembar pak, mung siji"])
async def test_what_is_no_longer_so_is_put_right_and_cancels_nothing(office: Office, text: str) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say("kembar dua")
    answer = await chat.say(text, "batal", 0.9)
    assert "yakin" not in answer and "Berapa anak" in answer
    assert len((await office.intake.record("c1")).drafts) == 1


async def test_that_one_has_heard_is_no_agreement_after_a_pause(office: Office) -> None:
    chat = office.chat()
    await chat.say("mau daftar akta", "mulai_permohonan")
    await chat.say("sek sek tak takon bojoku sik", "kirim_nanti", 0.9)
    answer = await chat.say("oke", "setuju", 0.9)
    assert "bersedia" in answer
    assert not (await office.intake.record("c1")).drafts[0].agreed
    await chat.say("iya", "setuju", 0.9)
    assert (await office.intake.record("c1")).drafts[0].agreed


@pytest.mark.parametrize("text", ["iya KK blora, lanjut mbak", "KK istri saya blora jadi lanjut saja", "nggih kk blora"])
async def test_where_the_card_is_from_may_stand_beside_the_agreement(office: Office, text: str) -> None:
    chat = office.chat()
    await chat.say("mau daftar akta", "mulai_permohonan")
    await chat.say(text, "setuju", 0.9)
    assert (await office.intake.record("c1")).drafts[0].agreed
