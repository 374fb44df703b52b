"""Photos in any order: each finds its place, what is not good is said kindly, and nobody is trapped by a machine."""

import hashlib

from documents import Reason
from intake.handover.bundle import document_json
from tests.actions.conftest import Office, photo
from tests.actions.families import ALBUM, FATHER, MOTHER, WITNESS_1, WITNESS_2, birth_letter, kk, ktp, marriage_book
from tests.actions.steps import begun, until_documents


async def test_what_arrived_and_what_is_missing_stand_in_one_answer(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.send(kk(), ktp(FATHER))
    assert "Kartu Keluarga (KK) ✅" in answer and "KTP pelapor (ayah) ✅" in answer
    assert "surat keterangan lahir" in answer and "KTP saksi pertama" in answer and len(chat.messages) == 1


async def test_witnesses_are_told_apart_and_the_reporter_is_known_by_the_kk(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(ktp(WITNESS_2), ktp(FATHER), ktp(WITNESS_1), kk())
    record = await office.intake.record("c1")
    placed = {document.item: document.fields.get("nama") for document in record.drafts[0].documents}
    assert placed["ktp_pelapor"] == FATHER["nama"]
    assert {placed["ktp_saksi_1"], placed["ktp_saksi_2"]} == {WITNESS_1["nama"], WITNESS_2["nama"]}


async def test_the_members_of_a_kk_are_read_before_anybody_is_asked_whose_a_card_is(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.send(kk(complete=False), ktp(FATHER))
    assert "KTP pelapor (ayah) ✅" in answer


async def test_a_card_that_could_be_anybodys_is_asked_for(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.send(ktp(WITNESS_1))
    assert "milik siapa" in answer and "JOKO SPESIMEN" in answer and "KTP saksi 1" in chat.options()
    assert "KTP saksi pertama" in await chat.tap("KTP saksi 1")


async def test_a_caption_says_whose_a_card_is(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "KTP saksi pertama" in await chat.send(ktp(WITNESS_1), caption="ktp saksi")


async def test_photos_sent_before_the_questions_are_kept_and_placed_later(office: Office) -> None:
    chat = office.chat()
    opened = await chat.send(*ALBUM)
    assert "bersedia" in opened
    await chat.tap("Ya, lanjutkan")
    await chat.tap("Ayah")
    await chat.tap("Satu anak")
    assert "nama lengkap anak" in await chat.tap("Sudah KAWIN")


async def test_a_blurred_photo_is_asked_for_again_and_the_third_goes_to_an_officer(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "tajam" in await chat.send(photo("kk", "retake", ("BLUR",), "1"))
    assert "kabur" in await chat.send(photo("kk", "retake", ("BLUR",), "2"))
    assert "apa adanya" in await chat.send(photo("kk", "retake", ("BLUR",), "3"))
    record = await office.intake.record("c1")
    assert record.drafts[0].flags == ["perlu_cek_petugas:kk"]


async def test_every_reason_has_a_way_to_mend_it(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    for number, reason in enumerate(Reason):
        record = await office.intake.record("c1")
        assert "Mohon" in await chat.send(photo("none", "retake", (reason.value,), str(number))) or "Coba" in chat.messages[-1]["text"], (
            reason
        )
        record = await office.intake.record("c1")
        record.drafts[0].retakes = {}
        async with office.intake.database.write() as session:
            from intake.drafts.repository import Repository

            await Repository(session).save(record)


async def test_a_photo_of_something_else_is_said_kindly(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "bukan dokumen yang diperlukan" in await chat.send(photo("other"))


async def test_the_same_picture_twice_is_noticed(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk())
    assert "sudah kami terima sebelumnya" in await chat.send(kk())


SCAN = "00ff00ff00ff00ff"
"""What a white A4 sheet with one card in its middle looks like, whosesoever the card is."""


async def test_scans_of_different_cards_are_never_one(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk(), *(ktp(person, looks=SCAN) for person in (FATHER, WITNESS_1, WITNESS_2)))
    record = await office.intake.record("c1")
    assert {found.fields.get("nama") for found in record.drafts[0].documents if found.kind == "ktp"} == {
        person["nama"] for person in (FATHER, WITNESS_1, WITNESS_2)
    }


async def test_scans_on_which_nothing_was_read_are_not_taken_for_one(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(photo("surat_nikah", "officer", looks=SCAN, mark="1"))
    await chat.send(photo("sptjm_kelahiran", "officer", looks=SCAN, mark="2"))
    assert len((await office.intake.record("c1")).drafts[0].documents) == 2


async def test_brothers_whose_cards_are_nearly_alike_are_two_witnesses(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    brother = {**WITNESS_1, "nik": WITNESS_1["nik"][:-1] + "4", "nama": "JOKI SPESIMEN"}
    await chat.send(kk(), ktp(FATHER), ktp(WITNESS_1), ktp(brother))
    record = await office.intake.record("c1")
    assert {"ktp_saksi_1", "ktp_saksi_2"} <= {document.item for document in record.drafts[0].documents}


async def test_what_only_seems_the_same_is_taken_when_the_applicant_says_that_it_differs(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk(), ktp(FATHER), ktp(WITNESS_1, looks=SCAN))
    assert "tampak sama" in await chat.send(ktp(WITNESS_1, looks=SCAN, mark="again"))
    await chat.say("ini berbeda")
    assert "KTP saksi" in chat.messages[-1]["text"]
    record = await office.intake.record("c1")
    assert len([found for found in record.drafts[0].documents if found.fields.get("nik") == WITNESS_1["nik"]]) == 2


async def test_what_is_the_same_after_all_leaves_nothing_behind(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk(), ktp(FATHER), ktp(WITNESS_1, looks=SCAN))
    again = ktp(WITNESS_1, looks=SCAN, mark="again")
    await chat.send(again)
    assert "KTP saksi kedua" in await chat.tap("Memang sama")
    assert len((await office.intake.record("c1")).drafts[0].documents) == 3
    assert not await office.intake.blobs.store.exists(hashlib.sha256(again).hexdigest())


async def test_a_photo_that_is_refused_never_takes_the_place_of_a_good_one(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk(), ktp(FATHER))
    for number in range(2):
        await chat.send(photo("kk", "retake", ("BLUR",), str(number)))
    assert "yang sebelumnya" in await chat.send(photo("kk", "retake", ("BLUR",), "third"))
    (card,) = [found for found in (await office.intake.record("c1")).drafts[0].documents if found.item == "kk"]
    assert card.fields["kepala_keluarga"] == FATHER["nama"] and not card.flagged and len(card.pages) == 2


async def test_all_papers_in_one_file_go_each_to_its_own_place_and_what_is_not_taken_is_named(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    others = (ktp(FATHER), photo("other", "retake", ("BLUR",)), ktp(WITNESS_1), photo("other", "retake", ("BLUR",), "2"), ktp(WITNESS_2))
    answer = await chat.send(kk(others=others))
    placed = {document.item: document.fields.get("nama") for document in (await office.intake.record("c1")).drafts[0].documents}
    assert placed["ktp_pelapor"] == FATHER["nama"] and placed["kk"] is None
    assert {placed["ktp_saksi_1"], placed["ktp_saksi_2"]} == {WITNESS_1["nama"], WITNESS_2["nama"]}
    assert "halaman 3, 5" in answer


async def test_a_form_that_nobody_has_filled_in_is_asked_for_filled_in(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.send(photo("surat_kelahiran", "retake", ("UNREADABLE_FIELD",), quality={"form_blank": 1.0}))
    assert "belum diisi" in answer and "nomornya" not in answer


async def test_a_pdf_with_a_pin_is_asked_for_without_it(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    assert "tanpa PIN" in await chat.send(photo("none", "retake", ("FILE_TYPE",), quality={"file_pdf_locked": 1.0}))


async def test_a_newer_photo_takes_the_place_of_the_older(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk())
    assert "menggantikan" in await chat.send(kk(mark="better"))
    assert len((await office.intake.record("c1")).drafts[0].documents) == 1


async def test_two_pages_of_a_marriage_book_in_one_album_are_one_document(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(marriage_book(), marriage_book(mark="second page"))
    (document,) = (await office.intake.record("c1")).drafts[0].documents
    assert len(document.pages) == 2


async def test_a_paper_said_not_to_exist_is_taken_when_it_comes_after_all(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    await chat.tap("Hanya buku nikah")
    await chat.tap("Sudah KAWIN")
    assert "surat keterangan lahir" in await chat.send(birth_letter())
    record = await office.intake.record("c1")
    assert "sptjm_kelahiran" not in record.drafts[0].wanted()


async def test_the_mothers_card_is_asked_for_where_it_does_not_say_kawin(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    assert "KTP ibu" in await chat.tap("Belum / cerai")
    assert "KTP ibu ✅" in await chat.send(kk(), ktp(MOTHER, "BELUM KAWIN"), ktp(FATHER))


async def test_files_that_did_not_arrive_are_named(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    for problem, word in (("TOO_BIG", "terlalu besar"), ("GONE", "tidak dapat kami ambil"), ("WRONG_TYPE", "bukan foto atau PDF")):
        assert word in await chat.send(kk(), problem=problem)


async def test_a_file_that_we_lost_is_not_said_to_be_a_fault_of_the_sender(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    lost = {"blob": "f" * 64, "mime": "image/jpeg"}
    read = await chat._turn("/kirim_berkas", "kirim_berkas", 1.0, {"kind": "documents", "text": None, "documents": [lost]})
    assert "gangguan di sistem kami" in read and "sekali lihat" not in read


async def test_a_page_knows_the_message_that_brought_it_and_takes_it_to_the_office(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk())
    (document,) = (await office.intake.record("c1")).drafts[0].documents
    line = document.pages[0].line
    assert line is not None and line.startswith("in-")
    assert document_json(document)["pages"][0]["line"] == line


async def test_a_page_whose_document_was_replaced_is_erased(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk())
    first = (await office.intake.record("c1")).drafts[0].documents[0].pages[0].blob
    await chat.send(kk(mark="again"))
    (document,) = (await office.intake.record("c1")).drafts[0].documents
    store = office.intake.blobs.store
    assert await store.exists(document.pages[0].blob) and not await store.exists(first)


async def test_a_page_that_two_drafts_have_stays_for_the_other(office: Office) -> None:
    mother, midwife = office.chat("mother"), office.chat("midwife")
    for chat in (mother, midwife):
        await until_documents(chat)
        await chat.send(kk())
    await mother.say("hapus data saya", "hapus_data")
    await mother.tap("Ya, hapus")
    (document,) = (await office.intake.record("midwife")).drafts[0].documents
    assert await office.intake.blobs.get(document.pages[0].blob)


async def test_evidence_waits_for_the_words_of_its_complaint(office: Office) -> None:
    chat = office.chat()
    await chat.say("saya mau mengadu", "pengaduan", kind="umum")
    await chat.send(photo("other"))
    await office.intake.blobs.erase_unneeded()
    await chat.say("petugas di loket kasar sekali kepada istri saya", kind="sikap_petugas")
    await chat.say("sudah")
    await office.hand_over()
    assert office.backoffice.bodies("/api/blobs/") and office.backoffice.bodies("/api/complaints/")


async def test_a_photo_to_take_again_comes_back_with_its_fault_ringed_in_the_same_message(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    stated = await chat.send(photo("ktp", "retake", ("GLARE",), ringed=True))
    (message,) = chat.messages
    assert message["image"]["mime"] == "image/jpeg" and message["text"] == stated
    assert await office.intake.blobs.get(message["image"]["blob"]) == b"ringed"


async def test_where_there_are_buttons_below_the_picture_is_left_out_and_it_stays_one_message(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.send(photo("ktp", "retake", ("GLARE",), ringed=True))
    (message,) = chat.messages
    assert "image" not in message and message["buttons"]


async def test_after_a_failed_photo_the_capture_page_is_offered_for_the_papers_that_a_setting_names(office: Office) -> None:
    plain, chat = office.chat("c1"), office.chat("c2")
    chat.by_page = frozenset({"kk"})
    for talk in (plain, chat):
        await until_documents(talk)
        await talk.send(photo("kk", "retake", ("BLUR",), talk.contact))
    assert not any("capture" in message for message in plain.messages), "no setting names it"
    (offer,) = [message for message in chat.messages if "capture" in message]
    assert offer["capture"]["item"] == "kk" and "{laman}" in offer["text"] and "24 jam" in offer["text"]
    for again in (photo("kk", "retake", ("GLARE",), "2"), photo("surat_kelahiran", "retake", ("BLUR",), "3")):
        await chat.send(again)
        assert not any("capture" in message for message in chat.messages), "once, and for the papers that the setting names"


async def test_a_cat_before_the_questions_is_neither_kept_nor_said_to_be_however_often_it_comes(office: Office) -> None:
    chat = office.chat()
    await chat.say("assalamualaikum", "salam")
    for number in range(4):
        answer = await chat.send(photo("none", "retake", ("NO_DOCUMENT",), str(number)))
        assert "dokumen" in answer and "terima dan" not in answer and "simpan" not in answer, answer
    assert "Kartu Keluarga" in await chat.send(blurred := photo("kk", "retake", ("BLUR",), "kk")), blurred
    (draft,) = (await office.intake.record("c1")).drafts
    assert draft.documents == [] and draft.retakes == {"kk": 1}


async def test_every_photo_of_an_album_before_the_questions_is_named(office: Office) -> None:
    chat = office.chat()
    await chat.say("assalamualaikum", "salam")
    unreadable = photo("surat_nikah", "retake", ("DARK",))
    cats = (photo("none", "retake", ("NO_DOCUMENT",), "cat"), photo("none", "retake", ("NO_DOCUMENT",), "another"))
    licence = photo("other", quality={"other_sim": 1.0})
    answer = await chat.send(kk(), ktp(WITNESS_1), cats[0], ktp(WITNESS_2), unreadable, licence, cats[1])
    for named in ("Kartu Keluarga (KK) ✅", WITNESS_1["nama"], WITNESS_2["nama"], "Foto ke-3 dan 7", "Foto ke-5", "Foto ke-6", "*SIM*"):
        assert named in answer, named
    assert "gelap" in answer and "buku nikah" in answer


async def test_what_is_asked_of_a_photo_answers_that_photo_twice_at_the_most_and_can_be_declined(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    asked = await chat.send(ktp(WITNESS_1))
    assert "milik siapa" in asked and chat.messages[-1]["quote"] == "wamid.0" and "Bukan dokumen ini" in chat.options()
    again = await chat.say("apa ya")
    assert WITNESS_1["nama"] in again and chat.messages[-1]["quote"] == "wamid.0"
    for _ in range(4):
        assert "milik siapa" not in await chat.say("apa ya")
    assert "milik siapa" in await chat.send(ktp(WITNESS_1)), "sent again, it may be asked again"
    assert "KTP saksi pertama" in await chat.send(ktp(WITNESS_1), caption="ktp saksi")


async def test_a_photo_that_shows_nothing_and_is_not_told_what_it_is_goes_in_the_end(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    for number in range(3):
        asked = await chat.send(photo("none", "retake", ("BLUR",), str(number)))
    assert "Foto ini" in asked and chat.messages[-1]["quote"] == "wamid.0"
    said = [await chat.say("apa ya") for _ in range(4)]
    assert sum("Foto ini" in answer or "*foto* ini" in answer for answer in said) <= 1
    assert any("tidak kami pakai" in answer for answer in said)
    assert (await office.intake.record("c1")).drafts[0].documents == []


async def test_an_old_button_never_places_another_card_than_the_one_it_was_about(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(ktp(WITNESS_1))
    old = chat.options()["KTP saksi 1"]
    await chat.tap("Bukan dokumen ini")
    await chat.send(ktp({**WITNESS_1, "nik": "3316990504780009", "nama": "EKO SPESIMEN"}))
    assert "KTP saksi 1" in chat.options() and old not in chat.options().values()
    await chat.tap_id(old)
    (draft,) = (await office.intake.record("c1")).drafts
    assert [document.item for document in draft.documents] == [None]
