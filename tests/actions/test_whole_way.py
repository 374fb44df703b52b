"""A married couple's registration from the greeting to the receipt, turn by turn, and what the office gets of it."""

from tests.actions.conftest import Chat, Office
from tests.actions.families import ALBUM, FACTS


async def until_documents(chat: Chat) -> str:
    await chat.say("assalamualaikum", "salam")
    await chat.tap("Ya, lanjutkan")
    await chat.tap("Ayah")
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    return await chat.tap("Sudah KAWIN")


async def until_summary(chat: Chat) -> str:
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    await chat.say(FACTS)
    return await chat.tap("Sesuai alamat KK")


async def test_an_album_leads_to_a_number_in_few_messages(office: Office) -> None:
    chat = office.chat()
    summary = await until_summary(chat)
    assert "SITI AMINAH" in summary and "3316**********01" in summary and "3316990101900001" not in summary
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
