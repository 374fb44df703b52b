"""Moments that need care: asked about gently, warm, no judgement, nothing demanded, and nothing else in the message lost."""

import pytest

from actions.sensitive import moments
from standard.kinds import Item
from tests.actions.conftest import Chat, Office, photo
from tests.actions.families import ALBUM
from tests.actions.steps import begun, until_documents


async def draft_of(office: Office):  # type: ignore[no-untyped-def]
    return (await office.intake.record("c1")).drafts[0]


@pytest.mark.parametrize(
    ("text", "moment", "asked", "word"),
    [
        ("bayinya lahir mati bu", "lahir_mati", "saat dilahirkan", "berduka"),
        ("anak saya sudah meninggal kemarin", "anak_meninggal", "anak yang didaftarkan", "berduka"),
        ("bayinya saya temukan di depan rumah", "anak_temuan", "ditemukan", "peduli"),
        ("suami saya orang turki", "orang_asing", "warga negara asing", "paspor"),
    ],
)
async def test_it_is_asked_about_and_then_an_officer_is_offered_and_nothing_more_is_asked(
    office: Office, text: str, moment: str, asked: str, word: str
) -> None:
    chat = office.chat()
    await begun(chat)
    question = await chat.say(text, "di_luar_topik", moment=moment)
    assert asked in question and question.startswith("Mohon maaf, apakah") and "kembar" not in question
    assert (await draft_of(office)).flags == []
    answer = await chat.tap("Ya")
    assert word in answer and "?" not in answer
    assert set(chat.options()) == {"Bicara petugas", "Menu"}
    assert (await draft_of(office)).flags == [f"peka:{moment}"]
    assert "ADU-" in await chat.tap("Bicara petugas")


@pytest.mark.parametrize("no", ["bukan bu, kakaknya dulu", "mboten", "Bukan"])
async def test_what_was_misheard_changes_nothing_and_is_not_asked_again(office: Office, no: str) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say("anak ke 3, yang pertama meninggal waktu lahir", "di_luar_topik", moment="lahir_mati")
    answer = await (chat.tap(no) if no == "Bukan" else chat.say(no))
    assert "lanjutkan" in answer and "Berapa anak" in answer, "a rank among the births is no number of children"
    assert "apakah bayinya" not in await chat.say("yang pertama itu meninggal waktu lahir", "di_luar_topik", moment="lahir_mati")
    assert (await draft_of(office)).flags == []


async def test_what_else_stands_in_the_message_is_kept(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    answer = await chat.say("lahir jam 05.10, bidan, 3100 gram, bapaknya sudah meninggal", "di_luar_topik", moment="ayah_meninggal")
    assert "05.10" in answer and answer.endswith("sudah meninggal?")
    assert (await draft_of(office)).children[0].fields["pukul"] == "05:10"


async def test_a_question_beside_it_is_answered(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    answer = await chat.say("suami sudah meninggal, biayanya berapa bu?", "tanya_biaya", moment="ayah_meninggal")
    assert "gratis" in answer.lower() and "apakah *ayah* dari anak" in answer


async def test_such_a_message_is_no_name(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    await chat.send(*ALBUM)
    await chat.say("istri saya meninggal", "di_luar_topik", moment="ibu_meninggal")
    assert [child.nama for child in (await draft_of(office)).children] in ([None], [])


@pytest.mark.parametrize(
    ("choice", "status", "flags"),
    [
        ("Ayahnya", {"ayah": "meninggal", "ibu": None}, ["peka:ayah_meninggal"]),
        ("Ibunya", {"ayah": None, "ibu": "meninggal"}, ["peka:ibu_meninggal"]),
        ("keduanya", {"ayah": "meninggal", "ibu": "meninggal"}, ["peka:ibu_meninggal", "peka:ayah_meninggal"]),
    ],
)
async def test_the_card_of_a_parent_who_died_is_never_asked_for(
    office: Office, choice: str, status: dict[str, str | None], flags: list[str]
) -> None:
    chat = office.chat()
    await begun(chat, "Orang lain")
    await chat.say("neneknya")
    await chat.say("ibu bapaknya sudah meninggal", "di_luar_topik", moment="ayah_meninggal")
    answer = await (chat.say(choice) if choice == "keduanya" else chat.tap(choice))
    assert "berduka" in answer and "tidak perlu dikirim" in answer and "kembar" in answer.lower()
    draft = await draft_of(office)
    assert {parent: getattr(draft.conditions, f"status_ktp_{parent}") for parent in status} == status
    assert draft.flags == flags
    gone = {Item(f"ktp_{parent}") for parent, said in status.items() if said}
    await chat.tap("Satu anak")
    await chat.tap("Ada keduanya")
    assert not gone & set((await draft_of(office)).wanted())


async def test_the_sentence_says_which_parent_died_and_the_writer_lives(office: Office) -> None:
    chat = office.chat()
    await begun(chat, "Ibu")
    asked = await chat.say("mb suami saya meninggal 3 bln lalu", "di_luar_topik", moment="ibu_meninggal")
    assert "*ayah*" in asked
    answer = await chat.say("saya sendiri ibunya", "tanya_pelapor")
    assert "KTP ayah tidak perlu" in answer and "KTP ibu tidak" not in answer
    assert (await draft_of(office)).flags == ["peka:ayah_meninggal"]


@pytest.mark.parametrize(
    "right",
    [
        "lho kok ibu yg meninggal, suami saya yg meninggal, saya ibunya masih hidup!",
        "yang meninggal ayahnya bukan ibunya",
        "bukan ibunya yang meninggal, ayahnya",
    ],
)
async def test_what_was_noted_of_the_wrong_parent_is_put_right_at_once(office: Office, right: str) -> None:
    chat = office.chat()
    await begun(chat, "Orang lain")
    await chat.say("neneknya")
    await chat.say("ditinggal mati", "di_luar_topik", moment="ibu_meninggal")
    await chat.tap("Ibunya")
    answer = await chat.say(right, "di_luar_topik")
    assert "KTP ayah tidak perlu" in answer
    draft = await draft_of(office)
    assert draft.flags == ["peka:ayah_meninggal"] and draft.conditions.status_ktp_ibu is None
    assert draft.conditions.status_ktp_ayah == "meninggal"


async def test_that_the_other_parent_died_too_takes_nothing_back(office: Office) -> None:
    chat = office.chat()
    await begun(chat, "Orang lain")
    await chat.say("neneknya")
    await chat.say("ibunya meninggal", "di_luar_topik", moment="ibu_meninggal")
    await chat.tap("Ya")
    await chat.say("ayahnya juga meninggal", "di_luar_topik", moment="ayah_meninggal")
    await chat.tap("Ya")
    assert (await draft_of(office)).flags == ["peka:ibu_meninggal", "peka:ayah_meninggal"]


async def test_a_mother_alone_is_told_that_the_way_goes_on(office: Office) -> None:
    chat = office.chat()
    await begun(chat, "Ibu")
    assert "tanpa ayah" in await chat.say("anak saya tidak ada bapaknya", "tanya_surat_nikah", moment="ibu_sendiri")
    answer = await chat.say("nggih bu")
    assert "tetap dapat diurus" in answer and "kembar" in answer


async def test_who_tells_of_it_again_has_said_yes_and_then_a_person_listens(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say("anak saya meninggal tadi malam", "di_luar_topik", moment="anak_meninggal")
    assert "berduka" in await chat.say("anaknya meninggal pak", "di_luar_topik", moment="anak_meninggal")
    for moment in ("anak_meninggal", ""):
        answer = await chat.say("baru umur dua hari, saya bingung", "bantuan", moment=moment)
        assert "petugas" in answer.lower() and "belum" not in answer and "Menu" in chat.options()


async def test_a_stranger_is_asked_first_and_begins_afterwards(office: Office) -> None:
    chat = office.chat()
    assert "apakah" in await chat.say("suami saya sudah meninggal, mau buat akta", "mulai_permohonan", moment="ayah_meninggal")
    answer = await chat.tap("Ya")
    assert "berduka" in answer and "bersedia" in answer
    assert (await draft_of(office)).flags == ["peka:ayah_meninggal"]


async def test_who_wants_a_person_gets_one_and_is_asked_nothing(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    answer = await chat.say("saya sering dipukul suami, tolong hubungkan petugas", "minta_petugas", moment="kekerasan")
    assert "ADU-" in answer and "?" not in answer


async def test_a_threat_that_the_writer_suffers_is_no_threat_of_theirs(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    answer = await chat.say("suami saya bilang akan saya bunuh kamu", "di_luar_topik", moment="kekerasan")
    assert "tidak aman" in answer and "ADU-" not in answer
    assert "SAPA 129" in await chat.tap("Ya")


async def test_a_complaint_in_which_a_moment_is_told_is_heard_as_a_complaint(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    answer = await chat.say(
        "istri saya sudah meninggal kok petugas masih minta ktp nya terus", "pengaduan", kind="sikap_petugas", moment="ibu_meninggal"
    )
    assert "ibu atau ayah dari anak" not in answer


async def test_a_letter_of_a_stillbirth_is_met_with_a_warm_word_and_a_person(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    answer = await chat.send(photo("other", "retake", ("WRONG_DOCUMENT",), quality={"other_lahir_mati": 1.0}))
    assert "berduka" in answer and "dokumen lain" not in answer and chat.options()
    assert (await draft_of(office)).flags == ["peka:lahir_mati"]


@pytest.mark.parametrize("moment", sorted(moments()))
async def test_every_moment_fits_into_one_message(office: Office, moment: str) -> None:
    chat: Chat = office.chat()
    await begun(chat)
    await chat.say("x y", "di_luar_topik", moment=moment)
    await chat.tap("Ya" if "Ya" in chat.options() else "Ibunya")
    assert len(chat.messages) == 1


async def test_a_single_mother_has_not_said_how_many_were_born(office: Office) -> None:
    chat = office.chat()
    await begun(chat, "Ibu")
    await chat.say("saya ibu tunggal bu, bapaknya pergi", "tanya_surat_nikah", moment="ibu_sendiri")
    assert "kembar" in await chat.say("nggih bu")
    assert (await draft_of(office)).conditions.jumlah_anak is None
