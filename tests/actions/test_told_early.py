"""What is told before it is asked for is kept, said back, and never "off topic"; what is said of one is not another's."""

import pytest

from tests.actions.conftest import Chat, Office
from tests.actions.families import ALBUM, WITNESS_1, WITNESS_2, ktp
from tests.actions.steps import begun, until_documents, until_summary

OFF_TOPIC = "hanya dapat membantu"


async def draft_of(office: Office, chat: Chat):  # type: ignore[no-untyped-def]
    return (await office.intake.record(chat.contact)).drafts[0]


async def other_reporter(chat: Chat) -> None:
    """A grandmother reports; the photos are asked for."""
    await chat.say("mau buat akta", "mulai_permohonan")
    await chat.tap("Ya, lanjutkan")
    await chat.say("saya neneknya")
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    await chat.tap("Sudah KAWIN")
    await chat.tap("Sudah KAWIN")


@pytest.mark.parametrize(
    ("first", "name", "facts", "count"),
    [
        ("anak pertama sy, lahir d bidan", None, {"kelahiran_ke": 1, "penolong": "bidan_perawat"}, None),
        ("mau daftar, anaknya satu perempuan namanya Siti Aminah", "SITI AMINAH", {"jenis_kelamin": "P"}, 1),
        ("Nayla Umi Lestari, lahir di blora, anak pertama, dokter", "NAYLA UMI LESTARI", {"kelahiran_ke": 1, "penolong": "dokter"}, None),
        ("badhe ndaftaraken anak kulo, jenenge Bagas Adi, lanang", "BAGAS ADI", {"jenis_kelamin": "L"}, None),
        ("lahiran anak ke 3 neng puskesmas, bobote 3,1 kilo", None, {"kelahiran_ke": 3, "berat": 3100}, None),
        ("arep gawe akte, anak siji wedok", None, {"jenis_kelamin": "P"}, 1),
    ],
)
async def test_the_first_message_is_kept(office: Office, first: str, name: str | None, facts: dict[str, object], count: int | None) -> None:
    chat = office.chat()
    answer = await chat.say(first, "mulai_permohonan")
    draft = await draft_of(office, chat)
    assert "Saya catat" in answer and answer.index("Landa Mewa") < answer.index("Saya catat")
    assert draft.children[0].nama == name and draft.children[0].fields.items() >= facts.items() and draft.conditions.jumlah_anak == count
    await chat.tap("Ya, lanjutkan")
    after = await chat.tap("Ibu")
    assert ("Berapa anak" in after) == (count is None)


@pytest.mark.parametrize("intent", ["di_luar_topik", "nlu_fallback"])
async def test_facts_alone_are_the_way_in(office: Office, intent: str) -> None:
    answer = await office.chat().say("Nayla Umi Lestari, lahir di blora, anak pertama, dokter", intent)
    assert "Landa Mewa" in answer and "NAYLA UMI LESTARI" in answer and OFF_TOPIC not in answer


async def test_what_is_told_before_the_consent_is_kept_and_goes_with_a_no(office: Office) -> None:
    chat = office.chat()
    await chat.say("mau buat akta", "mulai_permohonan")
    answer = await chat.say("nayla umi lestari, perempuan", "di_luar_topik")
    assert "NAYLA UMI LESTARI" in answer and OFF_TOPIC not in answer
    assert "anak ke-2" in await chat.say("anak ke 2", "di_luar_topik")
    await chat.tap("Tidak")
    assert not (await office.intake.record(chat.contact)).drafts


async def test_who_reports_and_the_papers_are_heard_in_the_first_message(office: Office) -> None:
    chat = office.chat()
    await chat.say("mau daftarin cucu, saya neneknya, surat lahir ada buku nikah ga ada", "mulai_permohonan")
    conditions = (await draft_of(office, chat)).conditions
    assert conditions.pelapor == "lain" and conditions.ada_surat_kelahiran is True and conditions.ada_surat_nikah is False
    assert "Berapa anak" in await chat.tap("Ya, lanjutkan")


@pytest.mark.parametrize("greeting", ["ibu, saya mau daftar akta", "selamat pagi bapak, saya mau daftar", "saya ibu Siti mau daftar akta"])
async def test_a_courtesy_is_no_reporter(office: Office, greeting: str) -> None:
    chat = office.chat()
    await chat.say(greeting, "mulai_permohonan")
    assert (await draft_of(office, chat)).conditions.pelapor is None


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("nayla umi lestari", "NAYLA UMI LESTARI"),
        ("Nayla Umi Lestari, lahir di blora, anak pertama, dokter", "NAYLA UMI LESTARI"),
        ("blora, anak ke 2, bidan", "anak ke-2"),
        ("anak ke 1", "anak ke-1"),
        ("anake nomer telu", "anak ke-3"),
        ("jenenge sekar ayu wulandari, wedok", "SEKAR AYU WULANDARI"),
    ],
)
async def test_where_photos_are_asked_for_it_is_kept(office: Office, said: str, shown: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.say(said, "di_luar_topik", 0.99)
    assert "Saya catat" in answer and shown in answer and OFF_TOPIC not in answer


async def test_said_again_it_is_put_right_or_confirmed(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.say("anak ke 2", "di_luar_topik", 0.99)
    assert "sudah" in await chat.say("anak ke 2", "di_luar_topik", 0.99)
    assert "anak ke-1" in await chat.say("anak ke 1", "di_luar_topik", 0.99)
    assert (await draft_of(office, chat)).children[0].fields["kelahiran_ke"] == 1


@pytest.mark.parametrize(
    "said",
    [
        "nama anak Bagus Prasetya sama Bagas Prasetya",
        "Bagus Prasetya sm Bagas Prasetya",
        "jenenge Bagus Prasetya karo Bagas Prasetya",
        "Bagus Prasetya dan Bagas Prasetya",
        "yg pertama Bagus Prasetya, yg kedua Bagas Prasetya",
        "naminipun Bagus Prasetya kaliyan Bagas Prasetya",
    ],
)
async def test_both_names_of_twins_are_kept(office: Office, said: str) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Kembar dua")
    await chat.tap("Ada keduanya")
    await chat.tap("Sudah KAWIN")
    await chat.say(said, "saran", 0.9)
    assert [child.nama for child in (await draft_of(office, chat)).children] == ["BAGUS PRASETYA", "BAGAS PRASETYA"]


async def test_one_of_twins_is_kept_in_its_place(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Kembar dua")
    await chat.tap("Ada keduanya")
    await chat.tap("Sudah KAWIN")
    await chat.say("yang kedua Bagas Prasetya", "saran", 0.9)
    assert [child.nama for child in (await draft_of(office, chat)).children] == [None, "BAGAS PRASETYA"]


async def test_twins_names_and_hours_beside_who_reports(office: Office) -> None:
    chat = office.chat()
    await chat.say("mau buat akta", "mulai_permohonan")
    await chat.tap("Ya, lanjutkan")
    answer = await chat.say("saya ibunya, anak kembar dua, Bagus Prasetyo jam 10.05 sm Bagas Prasetya jam 10.20", "saran", 0.57)
    first, second = (await draft_of(office, chat)).children
    assert (first.nama, first.fields["pukul"], second.nama, second.fields["pukul"]) == (
        "BAGUS PRASETYO",
        "10:05",
        "BAGAS PRASETYA",
        "10:20",
    )
    assert "Berapa anak" not in answer


@pytest.mark.parametrize(
    ("said", "count"),
    [("bapake, anak siji, lanang", 1), ("ibunya, anaknya satu", 1), ("kulo ibune, bayine kalih", 2), ("ayah, anak 1 perempuan", 1)],
)
async def test_a_number_of_children_is_no_rank(office: Office, said: str, count: int) -> None:
    chat = office.chat()
    await chat.say("mau buat akta", "mulai_permohonan")
    await chat.tap("Ya, lanjutkan")
    answer = await chat.say(said)
    draft = await draft_of(office, chat)
    assert draft.conditions.jumlah_anak == count and "kelahiran_ke" not in draft.children[0].fields
    assert "Berapa anak" not in answer


async def test_a_bare_number_does_not_say_who_reports(office: Office) -> None:
    chat = office.chat()
    await chat.say("mau buat akta", "mulai_permohonan")
    await chat.tap("Ya, lanjutkan")
    await chat.say("satu")
    assert (await draft_of(office, chat)).conditions.pelapor is None


@pytest.mark.parametrize("said", ["anake nomer telu", "anak nomor tiga", "lahiran nomer loro niki", "bayi nomer telu"])
async def test_the_number_of_a_child_is_no_option(office: Office, said: str) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    await chat.say(said)
    conditions = (await draft_of(office, chat)).conditions
    assert conditions.ada_surat_kelahiran is None and conditions.ada_surat_nikah is None


@pytest.mark.parametrize(
    "said",
    ["bapake KTP surabaya, statuse durung kawin", "KTP suami belum kawin", "ktp ayahnya masih belum kawin", "ktpne bapak dereng kawin"],
)
async def test_the_fathers_card_is_never_the_mothers(office: Office, said: str) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    answer = await chat.say(said, "tanya_layanan_lain", 0.86)
    draft = await draft_of(office, chat)
    assert draft.conditions.status_ktp_ibu is None and draft.conditions.status_ktp_ayah == "belum_kawin"
    assert "KTP ayah *belum kawin*" in answer and not draft.parent_births


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("dk nglebak sendangagung, no hp ini aja", "dk nglebak sendangagung"),
        ("ds kamolan rt 2 rw 3, nanti telpon dulu ya", "ds kamolan rt 2 rw 3"),
        ("jl pemuda no 5 blora, nomer wa iki wae", "jl pemuda no 5 blora"),
        ("desa sendangharjo rt 1/2, sebelah masjid", "desa sendangharjo rt 1/2, sebelah masjid"),
        ("desa kamolan rt 1, hp 081234", "desa kamolan rt 1, hp 081234"),
    ],
)
async def test_a_remark_is_no_part_of_the_address(office: Office, said: str, address: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    await chat.say("Puskesmas Blora, jam 04.30, anak ke-2, bidan, 3100 gram, 49 cm")
    await chat.say(said)
    kept = (await draft_of(office, chat)).alamat_kia
    assert kept is not None and kept["alamat"] == address


@pytest.mark.parametrize("said", ["alamat KIA salah, sesuai kk saja", "alamate klentu, manut alamat kk mawon", "alamat salah, ikut kk"])
async def test_the_address_is_put_right_by_the_kk(office: Office, said: str) -> None:
    chat = office.chat()
    await until_summary(chat)
    await chat.say("alamat KIA ganti ds kamolan rt 2 rw 3", "perbaiki_data")
    assert (await draft_of(office, chat)).alamat_kia["alamat"] != "kk"
    answer = await chat.say(said, "perbaiki_data", 0.9)
    assert (await draft_of(office, chat)).alamat_kia["alamat"] == "kk" and "foto" not in answer.split("\n")[0]


@pytest.mark.parametrize(
    "said",
    [
        "mau daftarkan 3 bayi dr 3 keluarga beda, bisa skalian lewat hp sy?",
        "wonten bayi kalih saking keluarga benten, saget lewat wa kulo?",
    ],
)
async def test_a_helper_with_several_families_is_answered(office: Office, said: str) -> None:
    answer = await office.chat().say(said, "tanya_prosedur", 0.73)
    assert "satu per satu" in answer and "DAFTAR" in answer


@pytest.mark.parametrize("said", ["bidan yg lapor", "bu bidan sing nglapor", "bidan desa yang mendaftarkan", "kader yg ngurus"])
async def test_who_reports_by_what_they_do(office: Office, said: str) -> None:
    chat = office.chat()
    await chat.say("mau buat akta", "mulai_permohonan")
    await chat.tap("Ya, lanjutkan")
    answer = await chat.say(said, "tanya_pelapor", 0.96)
    assert (await draft_of(office, chat)).conditions.pelapor == "lain" and "Berapa anak" in answer


@pytest.mark.parametrize(
    "said", ["itu saksi, namanya joko", "joko itu saksi", "saksi mas, tonggo kulo", "iku seksine", "tetangga, buat saksi"]
)
async def test_a_card_goes_where_its_owner_belongs(office: Office, said: str) -> None:
    chat = office.chat()
    await other_reporter(chat)
    assert "milik siapa" in await chat.send(ktp(WITNESS_1))
    answer = await chat.say(said, "tanya_saksi", 0.87)
    assert "KTP saksi pertama" in answer and "dua orang" not in answer


async def test_nobody_is_held_at_the_question_whose_a_card_is(office: Office) -> None:
    chat = office.chat()
    await other_reporter(chat)
    await chat.send(ktp(WITNESS_1))
    assert "perempuan" in await chat.say("bayinya perempuan 3100 gram", "di_luar_topik")
    answers = [await chat.say(said, "di_luar_topik") for said in ("lahir di polindes ditolong bidan", "anak ke 2", "panjangnya 49 cm")]
    assert all("Saya catat" in answer for answer in answers)
    assert "kami simpan tanpa tempat" in answers[0] + answers[1] and "JOKO" not in answers[-1]
    assert "KTP saksi pertama*. ✅" in await chat.say("joko itu saksi", "tanya_saksi", 0.87)


async def test_all_waiting_cards_are_witnesses(office: Office) -> None:
    chat = office.chat()
    await other_reporter(chat)
    await chat.send(ktp(WITNESS_1), ktp(WITNESS_2))
    answer = await chat.say("itu saksi semua", "tanya_saksi", 0.87)
    assert "KTP saksi pertama" in answer and "KTP saksi kedua" in answer


@pytest.mark.parametrize(
    "said",
    ["kembar dua, laki-laki semua", "kembar kalih, jaler kabeh", "bayi loro, lanang wedok", "kembar dua lahir di rsud, ditolong dokter"],
)
async def test_what_twins_are_is_no_name(office: Office, said: str) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say(said)
    assert [child.nama for child in (await draft_of(office, chat)).children] == [None, None]
