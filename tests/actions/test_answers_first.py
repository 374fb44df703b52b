"""What answers the open question is its answer, whatever the language model heard in it; a question or a complaint goes first."""

import pytest

from standard.requirements import FamilyCard, KtpStatus
from tests.actions.conftest import Chat, Office
from tests.actions.families import ALBUM, FACTS
from tests.actions.steps import begun, submitted, until_documents, until_summary


async def _until_papers(chat: Chat, reporter: str = "Ibu") -> None:
    await begun(chat, reporter)
    await chat.tap("Satu anak")


async def _until_address(chat: Chat) -> None:
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    assert "Ke alamat mana" in await chat.say(FACTS)


async def _draft(office: Office):
    return (await office.intake.record("c1")).drafts[0]


@pytest.mark.parametrize(
    "text",
    [
        "jl kartini no 5 rt 2 rw 3 desa sendangagung kedungtuban",
        "Dukuh Krajan RT 02 RW 01 Desa Jepangrejo Kec Blora",
        "griyo kulo dk ngampon rt 10 rw 11 desa jurangjero bogorejo",
        "ten rt loro rw telu deso wado kecamatan kedungtuban mawon",
        "desa kutukan, randublatung, blora",
        "jalan pemuda no 12 cepu blora ngajenge masjid",
        "barat masjid kamolan blora",
        "rumah mbah saya di ngawen belakang pasar",
    ],
)
async def test_an_address_is_an_address(office: Office, text: str) -> None:
    chat = office.chat()
    await _until_address(chat)
    await chat.say(text, "tanya_terlambat", 0.97)
    assert (await _draft(office)).alamat_kia["alamat"] == text.removeprefix("ten ").removesuffix(" mawon")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("biaya kirim ke desa wado kecamatan kedungtuban berapa", "tanya_biaya"),
        ("kapan dugi ten desa wado rt 2 rw 3", "tanya_pengiriman"),
        ("petugas di desa wado kecamatan kedungtuban judes", "pengaduan"),
    ],
)
async def test_a_question_or_complaint_with_a_place_in_it_is_none(office: Office, text: str, intent: str) -> None:
    chat = office.chat()
    await _until_address(chat)
    await chat.say(text, intent, 0.97)
    assert (await _draft(office)).alamat_kia is None


@pytest.mark.parametrize(
    "text",
    [
        "mboten gadhah email",
        "ora duwe email pak",
        "kulo mboten gadhah e-mail",
        "gak punya email bu",
        "emailnya tidak ada",
        "dereng gadhah imel",
        "wa mawon",
    ],
)
async def test_no_email_is_taken_and_the_address_asked_again(office: Office, text: str) -> None:
    chat = office.chat()
    await _until_address(chat)
    answer = await chat.say(text, "tidak_punya_berkas", 0.97)
    assert "e-mail" in answer and "alamat" in answer.lower() and "tempatnya" not in answer
    await chat.tap("Sesuai alamat KK")
    draft = await _draft(office)
    assert draft.email is None and draft.alamat_kia["alamat"] == "kk"


@pytest.mark.parametrize("text", ["besok saya ke blora", "diambil di kantor blora saja", "akta saya sampun dados blora"])
async def test_a_town_in_a_sentence_about_something_else_is_no_address(office: Office, text: str) -> None:
    chat = office.chat()
    await _until_address(chat)
    await chat.say(text, "kirim_nanti", 0.9)
    assert (await _draft(office)).alamat_kia is None


async def test_an_email_is_kept_whenever_it_comes(office: Office) -> None:
    chat = office.chat()
    await _until_papers(chat)
    answer = await chat.say("email saya sari.s@example.com", "di_luar_topik", 0.9)
    assert "sari.s@example.com" in answer and "buku nikah" in answer
    assert (await _draft(office)).email == "sari.s@example.com"


@pytest.mark.parametrize("intent", ["pengaduan", "nlu_fallback", "perbaiki_data"])
async def test_an_email_is_kept_at_the_summary_whatever_the_model_heard(office: Office, intent: str) -> None:
    chat = office.chat()
    await until_summary(chat)
    answer = await chat.say("e-mail saya warga.spesimen@contoh.test", intent, 0.6)
    assert "warga.spesimen@contoh.test" in answer and "catat?" not in answer
    assert (await _draft(office)).email == "warga.spesimen@contoh.test"
    assert await chat.tap("Ya, kirim")


async def test_an_email_alone_is_kept_and_the_address_asked_again(office: Office) -> None:
    chat = office.chat()
    await _until_address(chat)
    answer = await chat.say("emailku ibu.hana@example.com", "tanya_pengiriman", 0.9)
    assert "ibu.hana@example.com" in answer and "lamat" in answer
    await chat.tap("Sesuai alamat KK")
    assert (await _draft(office)).email == "ibu.hana@example.com"


@pytest.mark.parametrize(
    "text",
    ["rumah", "jepangrejo blora", "desa kamolan", "ke rumah saja bu", "omahku", "ten griyo mawon", "nang ngomah wae", "rumah mertua"],
)
async def test_a_house_without_an_address_is_asked_for_it_with_an_example(office: Office, text: str) -> None:
    chat = office.chat()
    await _until_address(chat)
    answer = await chat.say(text, "di_luar_topik", 0.9)
    assert "RT 02 RW 01" in answer and "kurir" in answer


@pytest.mark.parametrize(
    "text",
    [
        "pun nganti ndi pak akte kulo",
        "pun dugi pundi nggih akte lare kulo",
        "mau akte anak saya yang kemarin",
        "akte kelahiran anak saya pak",
        "lagi nunggu akte anak",
        "kulo badhe ngurus akte",
    ],
)
async def test_with_a_case_under_way_a_new_application_is_asked_about_first(office: Office, text: str) -> None:
    chat = office.chat()
    number = await submitted(chat)
    answer = await chat.say(text, "mulai_permohonan", 0.95)
    assert number in answer and set(chat.options()) == {"Lihat status", "Daftar anak lain"}
    assert len((await office.intake.record("c1")).drafts) == 1
    assert number in await chat.tap("Lihat status")


@pytest.mark.parametrize(
    "text",
    [
        "mau daftar anak kedua",
        "daftar lagi bu",
        "satu lagi pak, anak lain",
        "badhe ndaftar malih",
        "arep ndaftarke anak sing liyane",
        "setunggal malih nggih",
    ],
)
async def test_another_child_begins_at_once(office: Office, text: str) -> None:
    chat = office.chat()
    await submitted(chat)
    assert "Siapa yang melaporkan" in await chat.say(text, "mulai_permohonan", 0.95)


async def test_the_other_child_can_be_chosen(office: Office) -> None:
    chat = office.chat()
    await submitted(chat)
    await chat.say("mau bikin akte", "mulai_permohonan", 0.95)
    assert "Siapa yang melaporkan" in await chat.tap("Daftar anak lain")


@pytest.mark.parametrize(
    "text",
    [
        "mboten gadhah kalih-kalihe",
        "ora duwe kabeh",
        "belum punya semua",
        "gak ada dua duanya",
        "mboten wonten kalih-kalihipun",
        "dereng gadhah sedaya bu",
        "surat lahir dan buku nikah belum ada",
    ],
)
async def test_neither_paper_is_an_answer(office: Office, text: str) -> None:
    chat = office.chat()
    await _until_papers(chat)
    assert "Di KK" in await chat.say(text, "tidak_punya_berkas", 0.97)
    conditions = (await _draft(office)).conditions
    assert (conditions.ada_surat_kelahiran, conditions.ada_surat_nikah) == (False, False)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("enten pak, saking bidan", (True, None)),
        ("wonten, surat saking puskesmas", (True, None)),
        ("ada dari rumah sakit bu", (True, None)),
        ("namung wonten surat bidan", (True, False)),
        ("surat lahir enten, buku nikah mboten", (True, False)),
        ("sing saking bidan wonten, sing nikah dereng", (True, False)),
        ("buku nikah ada, surat lahir belum", (False, True)),
        ("ada buku nikah", (None, True)),
        ("buku nikah lan surat lahir wonten", (True, True)),
    ],
)
async def test_the_paper_that_an_answer_names_is_the_one_meant(office: Office, text: str, wanted: tuple[bool | None, bool | None]) -> None:
    chat = office.chat()
    await _until_papers(chat)
    await chat.say(text, "tanya_surat_lahir", 0.9)
    conditions = (await _draft(office)).conditions
    assert (conditions.ada_surat_kelahiran, conditions.ada_surat_nikah) == wanted


async def test_a_paper_named_at_another_question_is_no_answer_to_that(office: Office) -> None:
    chat = office.chat()
    await _until_papers(chat)
    await chat.tap("Hanya surat lahir")
    await chat.tap("Kepala kel. & istri")
    answer = await chat.say("ada buku nikah", "setuju", 0.9)
    conditions = (await _draft(office)).conditions
    assert conditions.ada_surat_nikah and conditions.status_ktp_ayah is None
    assert "buku nikah ada" in answer and "KTP" in answer


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("bapake kepala keluarga kulo istrine", FamilyCard.KEPALA_ISTRI),
        ("bapaknya kepala keluarga, saya istri", FamilyCard.KEPALA_ISTRI),
        ("bojo kulo sing dadi kepala keluarga", FamilyCard.KEPALA_ISTRI),
        ("wis sak kk, suami istri", FamilyCard.KEPALA_ISTRI),
        ("taksih nderek mertua kulo bu", FamilyCard.ANAK_MENANTU),
        ("kulo anake, bapake menantu", FamilyCard.ANAK_MENANTU),
        ("dudu menantu, suami istri", FamilyCard.KEPALA_ISTRI),
        ("masih ikut orang tua", FamilyCard.ANAK_MENANTU),
    ],
)
async def test_the_relation_in_the_family_card_is_read_first(office: Office, text: str, wanted: FamilyCard) -> None:
    chat = office.chat()
    await _until_papers(chat)
    await chat.tap("Belum ada keduanya")
    await chat.say(text, "tanya_pelapor", 0.97)
    assert (await _draft(office)).conditions.hubungan_kk is wanted


async def test_a_complaint_that_names_a_choice_is_a_complaint(office: Office) -> None:
    chat = office.chat()
    await _until_papers(chat)
    await chat.tap("Belum ada keduanya")
    await chat.say("petugas loket tadi judes sekali sama istri saya", "pengaduan", 0.95)
    assert (await _draft(office)).conditions.hubungan_kk is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("dereng pak, taksih belum kawin", KtpStatus.BELUM_KAWIN),
        ("ing ktp bapake taksih dereng kawin", KtpStatus.BELUM_KAWIN),
        ("masih tertulis belum kawin di ktpnya", KtpStatus.BELUM_KAWIN),
        ("isih jejaka ing ktp ne pak", KtpStatus.BELUM_KAWIN),
        ("sampun kawin bu wonten ktp", KtpStatus.KAWIN),
        ("sudah tertulis kawin tercatat pak", KtpStatus.KAWIN),
        ("dereng gadhah ktp pak bapake", KtpStatus.BELUM_PUNYA),
    ],
)
async def test_the_status_on_a_card_is_read_first(office: Office, text: str, wanted: KtpStatus) -> None:
    chat = office.chat()
    await _until_papers(chat)
    await chat.tap("Ada keduanya")
    await chat.say(text, "tanya_surat_nikah", 0.97)
    assert (await _draft(office)).conditions.status_ktp_ayah is wanted


@pytest.mark.parametrize("text", ["belum kawin itu gimana ya bu", "dereng kawin pripun?", "kalau belum kawin apa bisa buat akte"])
async def test_a_question_with_the_words_of_a_choice_is_a_question(office: Office, text: str) -> None:
    chat = office.chat()
    await _until_papers(chat)
    await chat.tap("Ada keduanya")
    await chat.say(text, "tanya_surat_nikah", 0.97)
    assert (await _draft(office)).conditions.status_ktp_ayah is None


@pytest.mark.parametrize("text", ["jenenge Ahmad Budi Saputra", "Siti Nur Aminah", "asmane Dewi Lestari pak", "namanya putri ayu lestari"])
async def test_a_name_that_is_announced_or_written_as_one_is_a_name(office: Office, text: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say(text, "tanya_layanan_lain", 0.8)
    assert (await _draft(office)).children[0].nama


@pytest.mark.parametrize(
    "text",
    [
        "Jl Kartini RT 2 RW 3 Desa Tempursari Randublatung, email ibu.hana@example.com",
        "Jl Kartini RT 2 RW 3 Desa Tempursari Randublatung email: ibu.hana@example.com",
        "Jl Kartini RT 2 RW 3 Desa Tempursari Randublatung, emailku ibu.hana@example.com nggih",
        "Jl Kartini RT 2 RW 3 Desa Tempursari Randublatung ibu.hana@example.com",
        "Jl Kartini RT 2 RW 3 Desa Tempursari Randublatung dan alamat email saya ibu.hana@example.com",
        "email ibu.hana@example.com, Jl Kartini RT 2 RW 3 Desa Tempursari Randublatung",
        "Jl Kartini RT 2 RW 3 Desa Tempursari Randublatung, mboten gadhah email",
    ],
)
async def test_an_address_ends_before_the_email(office: Office, text: str) -> None:
    chat = office.chat()
    await _until_address(chat)
    await chat.say(text, "tanya_pengiriman", 0.9)
    draft = await _draft(office)
    assert draft.alamat_kia["alamat"] == "Jl Kartini RT 2 RW 3 Desa Tempursari Randublatung"
    assert draft.email == (None if "mboten" in text else "ibu.hana@example.com")


BIRTHS = (
    "wedok, lair nang puskesmas kedungtuban jam setengah papat esuk, anak pertama, bidan, 3,1 kilo 48 cm",
    "perempuan lair nang puskesmas kedungtuban jam 03.30 anak pertama bidan berat 3,1 kg panjang 48 cm",
    "estri lair wonten puskesmas kedungtuban jam setengah sekawan enjing lare kaping setunggal dipuntulungi bidan 3100 gram 48 cm",
    "puskesmas kedungtuban setengah 4 pagi anak mbarep ditolong bidan 3100gr 48cm",
    "anak kapisan, jam setengah papat esuk nang puskesmas kedungtuban, abote telung kilo 1 ons, dawane 48 senti, ditulungi bidan",
    "48 cm 3,1 kilo bidan anak pertama jam 3.30 pagi di puskesmas kedungtuban",
)


@pytest.mark.parametrize("text", BIRTHS)
async def test_every_fact_of_a_birth_is_picked_up(office: Office, text: str) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    answer = await chat.say(text, "perbaiki_data", 0.9)
    fields = (await _draft(office)).children[0].fields
    assert (fields["pukul"], fields["berat"], fields["panjang"], fields["kelahiran_ke"]) == ("03:30", 3100, 48.0, 1), fields
    assert (fields["tempat_dilahirkan"], fields["tempat_kelahiran"], fields["penolong"]) == ("puskesmas", "BLORA", "bidan_perawat")
    assert "Ke alamat mana" in answer
