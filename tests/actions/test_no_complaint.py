"""What is none is not taken for a complaint, and what was taken for one is given back, words and photos."""

from typing import Any

import pytest

from intake.drafts.model import DraftState
from intake.drafts.tables import ComplaintRow
from intake.reading.complaining import begins_registration, denies_complaint, keeps_name, takes_back_leaving, wants_no_name
from standard.kinds import Item
from tests.actions.conftest import Chat, Office, heard_as, photo
from tests.actions.families import MOTHER, kk, ktp
from tests.actions.steps import begun, submitted
from tests.actions.test_complaints import filed, messages, number_in, stated


def near(complains: float, grave: float = -0.5, kind: str = "lama") -> dict[str, Any]:
    """What the complaint model makes of a message that is near to a complaint."""
    kinds = heard_as(kind)["kinds"]
    return {"acts": {"keluhan": complains, "bukan": -0.1}, "kinds": kinds, "grave": grave}


async def listens(chat: Chat) -> bool:
    return (await chat.office.intake.record(chat.contact)).conversation.story is not None


FACTS = [
    ("ya mbak lanjut aja, namanya Alya Putri Ramadhani cewek, bobot 2,9 kilo panjange 48", "di_luar_topik", 0.47, -0.28),
    ("saya ibunya. nikah resmi kok", "tanya_surat_nikah", 0.67, -0.21),
    ("satu anak", "di_luar_topik", 0.53, -0.28),
    ("kembar dua, Bagus Prasetyo jam 10.05 sm Bagas Prasetya jam 10.20", "saran", 0.86, -0.25),
    ("kulo mbahne, badhe ndaftaraken putu kulo. tiyang sepuhe namung nikah siri", "mulai_permohonan", 0.69, -0.29),
    ("mau ganti nama anak di akta krn salah tulis", "perbaiki_data", 0.97, -0.22),
]


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize(("text", "intent", "confidence", "margin"), FACTS, ids=[row[0][:20] for row in FACTS])
async def test_what_the_registration_accounts_for_is_not_asked_about(
    office: Office, opened: bool, text: str, intent: str, confidence: float, margin: float
) -> None:
    chat = office.chat()
    if opened:
        await begun(chat)
    elif text == "satu anak" or text.startswith("saya ibunya"):
        pytest.skip("an answer needs its question")
    await chat.hear(text, intent, confidence, near(margin))
    assert "Ya, catat" not in chat.options() and not await listens(chat)


async def test_no_margin_makes_a_short_answer_to_the_open_question_a_complaint(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.hear("satu anak", "di_luar_topik", 0.5, near(0.6))
    assert "Ya, catat" not in chat.options() and not await listens(chat)
    assert (await office.intake.record("c1")).drafts[0].conditions.jumlah_anak == 1


async def test_what_may_accuse_somebody_is_asked_about_though_a_fact_stands_in_it(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.hear("perempuan, terus petugasnya kok bilang ada uang rokoknya ya", "di_luar_topik", 0.5, near(-0.1, 0.9, "pungli"))
    assert "Ya, catat" in chat.options()


@pytest.mark.parametrize(
    "text",
    [
        "lho bukan mbak, itu kk sama ktp buat akte anak saya bukan bukti",
        "bukan pengaduan pak, mau daftar akte kembar kok",
        "sanes pengaduan, kulo badhe damel akte kangge putu",
        "bukan pengaduan, itu data anak kembar saya",
        "dudu aduan kok",
        "ora ngadu mbak, aku arep daftar",
    ],
)
async def test_a_denial_ends_listening_files_nothing_and_opens_nothing(office: Office, text: str) -> None:
    chat = office.chat()
    assert await chat.hear(text, "pengaduan", 0.9, near(0.27)), "never silence"
    assert not await listens(chat) and "Ya, catat" not in chat.options()
    other = office.chat("c2")
    await other.hear("di sana itu kok begitu terus ya rasanya", "pengaduan", 0.9, near(0.2, 0.4, "privasi"))
    assert await listens(other)
    assert await other.hear(text, "pengaduan", 0.9, near(0.27))
    assert not await listens(other)
    for one in (chat, other):
        await one.say("nggih", "setuju")
        await one.quiet()
    await office.hand_over()
    assert filed(office) == []


async def test_a_denial_gives_back_words_and_photos_to_the_registration(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.hear("pokoknya begitu terus ya pak rasanya itu", "pengaduan", 0.9, near(0.5))
    await chat.send(kk())
    await chat.hear("satu anak", "di_luar_topik", 0.5, near(-0.6))
    assert await listens(chat)
    answer = await chat.hear("bukan pengaduan pak", "pengaduan", 0.9, near(0.2))
    assert "sekali lagi" not in answer and not await listens(chat)
    draft = (await office.intake.record(chat.contact)).drafts[0]
    assert draft.document(Item.KK) is not None and draft.conditions.jumlah_anak == 1
    await chat.quiet()
    await office.hand_over()
    assert filed(office) == []


async def test_papers_in_a_story_that_nobody_confirmed_are_those_of_the_registration(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.hear("pokoknya begitu terus ya pak rasanya itu", "pengaduan", 0.9, near(0.1))
    await chat.send(kk())
    assert (await office.intake.record(chat.contact)).drafts[0].document(Item.KK) is not None and not await listens(chat)
    stranger = office.chat("c2")
    await stranger.hear("pokoknya begitu terus ya pak rasanya itu", "pengaduan", 0.9, near(0.1))
    await stranger.send(kk(mark="b"), ktp(MOTHER))
    assert (await office.intake.record("c2")).drafts[0].state is DraftState.OPEN and not await listens(stranger)


@pytest.mark.parametrize(
    ("text", "intent"), [("lanjut", "lanjutkan"), ("ya kirim", "setuju"), ("nggih", "setuju"), ("alamat sesuai kk", "setuju")]
)
async def test_no_word_of_going_on_files_a_story_that_nobody_confirmed(office: Office, text: str, intent: str) -> None:
    chat = office.chat()
    await chat.hear("pokoknya begitu terus ya pak rasanya itu", "pengaduan", 0.9, near(0.1))
    assert await listens(chat)
    answer = await chat.say(text, intent, 0.99)
    assert answer and "ADU-" not in answer
    await chat.quiet()
    await office.hand_over()
    assert filed(office) == []


async def test_the_word_of_going_on_is_no_yes_to_whether_it_is_a_complaint(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.hear("pokoknya begitu terus ya pak rasanya itu", "pengaduan", 0.9, near(0.1))
    assert "Ya, catat" in chat.options(), "while answers are asked for, it is asked about"
    await chat.say("lanjut", "lanjutkan", 0.99)
    await chat.quiet()
    await office.hand_over()
    assert filed(office) == []


async def test_an_accusation_that_nobody_confirmed_is_asked_about_and_kept(office: Office) -> None:
    chat = office.chat()
    await chat.hear("di loket ada uang rokoknya katanya pak", "pengaduan", 0.9, near(0.2, 0.8, "pungli"))
    await chat.say("nggih", "setuju", 0.99)
    assert "Ya, catat" in chat.options()
    await chat.tap("Ya, catat")
    number_in(await chat.say("sudah"))
    await office.hand_over()
    assert [row["restricted"] for row in filed(office)] == [True]


async def test_what_is_added_first_is_noted_and_a_question_is_answered(office: Office) -> None:
    chat = office.chat()
    await chat.say("kok lama banget, sudah dua minggu", "pengaduan", kind="lama")
    assert "atat" in await chat.say("capek saya bolak balik")
    assert await chat.say("rumah saya jauh") == ""
    assert len(await chat.say("surat nikah ilang, iso gak gawe akte?", "tanya_surat_nikah")) > 40
    assert await listens(chat)
    await chat.say("sudah")
    await office.hand_over()
    assert str(filed(office)[0]["text"]).endswith("surat nikah ilang, iso gak gawe akte?")


async def test_a_name_is_kept_and_that_is_said_at_once_and_in_the_receipt(office: Office) -> None:
    chat = office.chat()
    await chat.say("petugas loket minta uang 200 ribu", "pengaduan", kind="pungli")
    hidden = {"acts": {"keluhan": -1.0, "rahasiakan": 0.7, "bukan": -0.5}, "kinds": {}, "grave": 0.9}
    assert "nama" in (await chat.hear("jgn sebut nama saya ya pak, takut", "pengaduan", 0.84, hidden)).lower()
    assert "nama" in (await chat.say("sudah")).lower()
    other = office.chat("c2")
    await other.say("petugas loket minta uang 200 ribu", "pengaduan", kind="pungli")
    assert "tidak kami perlihatkan" in await other.hear("tanpa nama", "pengaduan", 0.5, hidden)
    assert "anpa nama" in await other.say("sudah")
    await office.hand_over()
    assert [row["anonymous"] for row in filed(office)] == [False, True]


async def test_receipt_and_status_name_the_same_day_of_the_answer(office: Office) -> None:
    chat = office.chat()
    receipt = await stated(chat, "petugas loket minta uang 200 ribu", kind="pungli")
    await office.hand_over()
    due = "2027-03-02T09:00:00Z"
    office.backoffice.cases[number_in(receipt)] = {"number": number_in(receipt), "state": "baru", "category": "pungli", "answer_due": due}
    from standard.clock import today, write_date
    from standard.complaints import complaint_deadlines

    last = write_date(today(complaint_deadlines("pungli", office.now).answer))
    assert f"jawaban paling lambat *{last}*" in receipt


async def test_who_asks_how_far_it_is_hears_of_the_application_first(office: Office) -> None:
    chat = office.chat()
    number = await submitted(chat)
    complaint = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    heard = {"acts": {"keluhan": -0.9, "status_pengaduan": -0.1, "bukan": -0.2}, "kinds": {}, "grave": -0.5}
    answer = await chat.hear("udah sampe mana mbak", "cek_status", 0.97, heard)
    assert 0 <= answer.index(number) < answer.index(complaint)


@pytest.mark.parametrize(
    "text", ["makasih mbak pelayanane cepet banget", "terima kasih petugas loket 2 ramah banget", "matur suwun nggih pelayanane sae sanget"]
)
async def test_thanks_and_praise_are_no_addition(office: Office, text: str) -> None:
    chat = office.chat()
    await stated(chat, "kok lama sekali sudah tiga hari belum jadi")
    await chat.hear(text, "saran", 0.8, near(-0.3, 0.4, "sikap_petugas"))
    assert "Ya, tambahan" not in chat.options() and not await listens(chat)
    await chat.quiet()
    await office.hand_over()
    assert messages(office) == []


async def test_a_withdrawal_that_does_not_come_to_it_withdraws_nothing(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    await chat.say("aduan saya dicabut saja", "batal", act="cabut_pengaduan")
    assert "Ya, cabut" in chat.options()
    assert number in await chat.say("gak jadi batal, tolong dilanjut", "batal", 1.0)
    await office.hand_over()
    row: ComplaintRow = (await office.intake.record(chat.contact)).complaints[0]
    assert not row.closed and not [path for path, _ in office.backoffice.puts if "/withdrawal/" in path]


def test_the_words_of_complaining_are_read() -> None:
    assert not denies_complaint("ini bukan laporan main-main pak")
    assert not denies_complaint("kenapa sampai hari ini tidak ada jawaban atas laporan saya yang kemarin itu")
    assert begins_registration("mau daftar akta anak") and not begins_registration("petugas minta uang waktu itu pas kami mau daftar")
    assert wants_no_name("tanpa nama saja pak") and not wants_no_name("surat itu datang tanpa nama anak saya di dalamnya")
    assert keeps_name("jgn sebut nama saya ya pak, takut") and takes_back_leaving("ora sido dicabut")


async def test_a_photo_is_evidence_of_a_complaint_that_is_certain(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    await chat.say("petugas loket minta uang 200 ribu", "pengaduan", kind="pungli")
    await chat.send(photo("other"))
    assert await listens(chat)
