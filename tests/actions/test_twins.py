"""Two children, two birth letters: each child has what its own letter says, and receipt and hand-over hold both."""

from datetime import date

from intake.handover.bundle import make_bundle, warnings_of
from tests.actions.conftest import Chat, Office
from tests.actions.families import FATHER, WITNESS_1, WITNESS_2, birth_letter, kk, ktp, marriage_book
from tests.actions.steps import begun

BOY = {"nama_anak": "AHMAD SPESIMEN", "jenis_kelamin": "LAKI-LAKI", "tanggal_lahir": "2026-11-01"}
GIRL = {"nama_anak": "AISYAH SPESIMEN", "jenis_kelamin": "PEREMPUAN", "tanggal_lahir": "2026-11-02"}
REST = (kk(), ktp(FATHER), ktp(WITNESS_1), ktp(WITNESS_2), marriage_book())


async def until_letters(chat: Chat) -> None:
    await begun(chat)
    await chat.tap("Kembar dua")
    await chat.tap("Ada keduanya")
    await chat.tap("Sudah KAWIN")
    await chat.send(*REST)


async def test_each_child_is_offered_the_name_on_its_own_letter(office: Office) -> None:
    chat = office.chat()
    await until_letters(chat)
    assert "punya surat lahir sendiri" in await chat.send(birth_letter(**BOY))
    assert "AHMAD SPESIMEN" in await chat.send(birth_letter(**GIRL))


async def test_both_letters_fill_both_children_and_the_hand_over(office: Office) -> None:
    chat = office.chat()
    await until_letters(chat)
    asked = await chat.send(birth_letter(**BOY), birth_letter(**GIRL))
    assert "AHMAD SPESIMEN" in asked and "sendiri" not in asked
    asked = await chat.say("ya")
    assert "AISYAH SPESIMEN" in asked
    await chat.tap("Sudah benar")
    await chat.say("Puskesmas Blora, jam 23.50, anak ke-2, bidan, 2600 gram, 47 cm")
    await chat.say("Puskesmas Blora, jam 00.10, anak ke-3, bidan, 2500 gram, 46 cm")
    summary = await chat.tap("Sesuai alamat KK")
    assert "2 lembar" in summary
    (draft,) = (await office.intake.record("c1")).drafts
    assert [(child.nama, child.fields["jenis_kelamin"], child.fields["tanggal_lahir"]) for child in draft.children] == [
        ("AHMAD SPESIMEN", "L", "2026-11-01"),
        ("AISYAH SPESIMEN", "P", "2026-11-02"),
    ]
    assert not [found for found in warnings_of(draft, date(2026, 11, 23)) if "lahir" in found["code"] or "kelamin" in found["code"]]
    await chat.tap("Ya, kirim")
    record = await office.intake.record("c1")
    bundle = make_bundle(record.drafts[0], record.conversation, date(2026, 11, 23))
    letter = next(document for document in bundle["documents"] if document["item"] == "surat_kelahiran")
    assert len(letter["pages"]) == 2
    assert [child["nama"] for child in bundle["anak"]] == ["AHMAD SPESIMEN", "AISYAH SPESIMEN"]


async def test_a_letter_goes_to_the_child_whose_name_it_bears(office: Office) -> None:
    chat = office.chat()
    await until_letters(chat)
    await chat.send(birth_letter(**GIRL))
    await chat.say("Ahmad Spesimen")
    await chat.tap("Sudah benar")
    await chat.say("Aisyah Spesimen")
    await chat.tap("Sudah benar")
    await chat.send(birth_letter(**BOY))
    (draft,) = (await office.intake.record("c1")).drafts
    assert [child.fields["tanggal_lahir"] for child in draft.children] == ["2026-11-01", "2026-11-02"]
    assert [child.fields["jenis_kelamin"] for child in draft.children] == ["L", "P"]


async def declared_boys(chat: Chat) -> None:
    await chat.say("assalamualaikum", "salam")
    await chat.tap("Ya, lanjutkan")
    await chat.tap("Ayah")
    await chat.say("kembar dua, laki-laki semua")
    await chat.tap("Ada keduanya")


async def test_a_girls_letter_for_two_boys_is_told_at_once_and_the_right_one_takes_its_place(office: Office) -> None:
    chat = office.chat()
    await declared_boys(chat)
    await chat.tap("Sudah KAWIN")
    told = await chat.send(birth_letter(nama_anak="FREYA SPESIMEN", jenis_kelamin="PEREMPUAN"))
    assert "*FREYA SPESIMEN, perempuan*" in told and "*2 anak, laki-laki*" in told and "tertukar" in told
    assert "FREYA" not in await chat.say("apa ya"), "once"
    (draft,) = (await office.intake.record("c1")).drafts
    assert "perlu_cek_petugas:surat_kelahiran" in draft.flags
    await chat.send(birth_letter(**BOY))
    (draft,) = (await office.intake.record("c1")).drafts
    (letter,) = [document for document in draft.documents if document.item == "surat_kelahiran"]
    assert letter.fields["nama_anak"] == BOY["nama_anak"] and len(letter.pages) == 1 and not draft.flags


async def test_that_boys_are_declared_where_a_girls_letter_lies_is_told_at_once(office: Office) -> None:
    chat = office.chat()
    await chat.say("assalamualaikum", "salam")
    await chat.send(birth_letter(nama_anak="FREYA SPESIMEN", jenis_kelamin="PEREMPUAN"), kk())
    await chat.tap("Ya, lanjutkan")
    await chat.tap("Ayah")
    assert "FREYA SPESIMEN, perempuan" in await chat.say("kembar dua, laki-laki semua")
