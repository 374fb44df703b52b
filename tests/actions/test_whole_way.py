"""A married couple's registration from the greeting to the receipt, turn by turn, and what the office gets of it."""

from datetime import UTC, datetime, timedelta

import pypdfium2

from intake.handover.dispatches import HANDED_OVER_LEAST
from intake.upkeep import Upkeep
from storage.points import note_backup
from tests.actions.conftest import Office
from tests.actions.families import ALBUM, FACTS, kk
from tests.actions.steps import until_documents, until_summary


async def test_an_album_leads_to_a_number_in_few_messages(office: Office) -> None:
    chat = office.chat()
    summary = await until_summary(chat)
    assert "SITI AMINAH" in summary and "3316••••••••••01" in summary and "3316990101900001" not in summary
    done = await chat.tap("Ya, kirim")
    assert "LM-2611" in done and "24 November 2026" in done
    assert "document" in chat.messages[-1]
    assert chat.sent <= 14, chat.sent


async def test_the_bundle_reaches_the_back_office_whole(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    await chat.tap("Ya, kirim")
    await office.hand_over()
    (bundle,) = office.backoffice.bodies("/api/bundles/")
    assert [document["item"] for document in bundle["documents"]] == [
        "kk", "ktp_pelapor", "ktp_saksi_1", "ktp_saksi_2", "surat_kelahiran", "surat_nikah",
    ]  # fmt: skip
    assert bundle["anak"] == [
        {
            "nama": "SITI AMINAH", "jenis_kelahiran": "tunggal", "tanggal_lahir": "2026-11-01", "jenis_kelamin": "P", "pukul": "04:30",
            "tempat_dilahirkan": "puskesmas", "tempat_kelahiran": "BLORA", "kelahiran_ke": 2, "penolong": "bidan_perawat", "berat": 3100,
            "panjang": 49.0,
        }
    ]  # fmt: skip
    assert bundle["answers"]["ibu_nik"]["source"] == "kk"
    assert bundle["warnings"] == [] and bundle["flags"] == []
    assert len(office.backoffice.bodies("/api/blobs/")) == 6


async def test_photos_one_by_one_need_few_messages_too(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    for picture in ALBUM:
        await chat.send(picture)
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    await chat.say(FACTS)
    await chat.tap("Sesuai alamat KK")
    assert "LM-" in await chat.tap("Ya, kirim")
    assert chat.sent <= 24, chat.sent


async def test_the_same_turn_again_gets_the_same_answer_and_hands_over_once(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    tap = {"kind": "choice", "text": "Ya, kirim", "choice": chat.options()["Ya, kirim"]}
    first = await chat._turn("Ya, kirim", "setuju", 0.9, tap, turn="same")
    chat.paragraphs = []
    again = await chat._turn("Ya, kirim", "setuju", 0.9, tap, turn="same")
    assert first == again and "LM-" in first
    await office.hand_over()
    assert len(office.backoffice.bodies("/api/bundles/")) == 1


async def test_the_number_is_given_though_the_back_office_is_down_and_the_bundle_comes_later(office: Office) -> None:
    office.backoffice.down = True
    chat = office.chat()
    await until_summary(chat)
    assert "LM-" in await chat.tap("Ya, kirim")
    await office.intake.jobs.workers["hand_over"].drain()
    assert office.backoffice.bodies("/api/bundles/") == []
    office.backoffice.down = False
    office.now += timedelta(minutes=10)
    await office.hand_over()
    assert len(office.backoffice.bodies("/api/bundles/")) == 1


async def test_our_copies_of_the_photos_go_once_the_office_and_a_back_up_have_them(office: Office) -> None:
    chat = office.chat()
    await until_summary(chat)
    await chat.tap("Ya, kirim")
    record = await office.intake.record("c1")
    pages = [page.blob for document in record.drafts[0].documents for page in document.pages]
    assert all([await office.intake.blobs.store.exists(page) for page in pages])
    await office.hand_over()
    office.now += HANDED_OVER_LEAST + timedelta(hours=1)
    await Upkeep(office.intake, None).erase()  # type: ignore[arg-type]
    assert all([await office.intake.blobs.store.exists(page) for page in pages]), "no back-up holds what was handed over"
    await note_backup(office.intake.database, office.now)
    await Upkeep(office.intake, None).erase()  # type: ignore[arg-type]
    assert not any([await office.intake.blobs.store.exists(page) for page in pages])


async def test_the_address_on_the_kk_is_shown_where_it_is_asked_for_and_confirmed_by_a_tap(office: Office) -> None:
    home = {"alamat": "JL MELATI", "rt_rw": "005/003", "desa": "BANGUNREJO", "kecamatan": "KEDUNGTUBAN", "kode_pos": "58260"}
    chat = office.chat()
    await until_documents(chat)
    await chat.send(kk(**home), *ALBUM[1:])
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    assert "*JL MELATI RT 005 RW 003, BANGUNREJO, KEC. KEDUNGTUBAN 58260*" in await chat.say(FACTS)
    assert "↳ JL MELATI RT 005 RW 003, BANGUNREJO" in await chat.tap("Sesuai alamat KK")
    await chat.tap("Ya, kirim")
    await office.hand_over()
    (bundle,) = office.backoffice.bodies("/api/bundles/")
    assert bundle["alamat_kia"]["alamat"].startswith("JL MELATI RT 005 RW 003") and bundle["alamat_kia"]["source"] == "kk"


FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
"""16.00 in Blora: the office has closed."""


async def sent(office: Office, ahead: int | None) -> tuple[str, str]:
    """What is read after sending and what the receipt says, where so many minutes of work stand before it; None: nobody can be asked."""
    chat = office.chat()
    await until_summary(chat)
    if ahead is None:
        office.backoffice.down = True
    else:
        office.backoffice.cases["work-ahead"] = {"minutes": ahead}
    read = await chat.tap("Ya, kirim")
    blob = chat.messages[-1]["document"]["blob"]
    (page,) = pypdfium2.PdfDocument(await office.intake.blobs.store.get(blob))
    return read, " ".join(page.get_textpage().get_text_range().split())


async def test_before_a_weekend_the_receipt_says_honestly_when_the_papers_can_be_ready(office: Office) -> None:
    office.now = FRIDAY
    read, receipt = await sent(office, 0)
    assert "28 November 2026 pukul 16." in read and "30 November 2026 pukul 09." in read, "Monday, after the minutes of all steps"
    for said in (read, receipt):
        assert "antor tutup di antara itu" in said and "sedang banyak" not in said
    assert "paling cepat 30 November 2026 pukul 09." in receipt


async def test_a_long_queue_is_told_as_honestly(office: Office) -> None:
    read, receipt = await sent(office, 1000)
    assert "24 November 2026 pukul 09." in read and "25 November 2026 pukul 10." in read, "1000 minutes of open office, then its own"
    for said in (read, receipt):
        assert "sedang banyak" in said and "tutup" not in said
    assert "paling cepat 25 November 2026 pukul 10." in receipt


async def test_a_weekend_and_a_queue_that_costs_a_further_day_are_both_told(office: Office) -> None:
    office.now = FRIDAY
    read, receipt = await sent(office, 600)
    for said in (read, receipt):
        assert "sedang banyak dan kantor tutup di antara itu" in said and "1 Desember 2026 pukul" in said


async def test_a_short_queue_before_a_weekend_is_no_reason_of_its_own(office: Office) -> None:
    office.now = FRIDAY
    read, receipt = await sent(office, 60)
    assert "antor tutup" in read and "sedang banyak" not in read + receipt and "30 November 2026 pukul 10." in read


async def test_on_a_working_morning_no_other_hour_is_told(office: Office) -> None:
    read, receipt = await sent(office, 60)
    assert "paling cepat" not in read + receipt


async def test_where_the_office_cannot_be_asked_the_number_is_given_and_no_queue_is_claimed(office: Office) -> None:
    read, receipt = await sent(office, None)
    assert "LM-" in read and "paling cepat" not in read + receipt
