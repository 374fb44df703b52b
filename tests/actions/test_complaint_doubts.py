"""Where the complaint model is not sure, the chat asks, keeps secret, and loses nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest

from actions import weighing
from intake.drafts.model import StoryPart
from standard.complaints import categories
from tests.actions.conftest import Office, heard_as, photo
from tests.actions.steps import begun
from tests.actions.test_complaints import BRIBE, filed, messages, number_in, stated


def part(complains: float = 0.3, grave: float = -1.0, **kinds: float) -> StoryPart:
    """A message of a story with its margins."""
    every = {kind: -1.0 for kind in categories()} | kinds
    return StoryPart(turn="t", text="x", at=datetime(2026, 11, 30, tzinfo=UTC), complains=complains, grave=grave, kinds=every)


def between(first: str, second: str) -> dict[str, Any]:
    """A complaint of which the model cannot say which of two things it is about."""
    heard = heard_as(first)
    return {**heard, "kinds": heard["kinds"] | {first: 0.1, second: 0.0}}


async def test_of_two_likely_categories_both_are_offered_the_likelier_first(office: Office) -> None:
    chat = office.chat()
    await chat.hear("berkas saya sudah masuk tapi namanya keliru dan lama", "pengaduan", 0.9, between("data_salah", "lama"))
    number = number_in(await chat.say("sudah"))
    assert list(chat.options()) == ["Data salah", "Lama / tidak dibalas", "Yang lain"]
    assert number in await chat.tap("Lama / tidak dibalas")
    await office.hand_over()
    assert filed(office)[0]["category"] == "data_salah"
    ((_, body),) = [(path, body) for path, body in office.backoffice.puts if "/category/" in path]
    assert body["category"] == "lama"


async def test_the_likelier_one_is_confirmed_and_neither_opens_the_list(office: Office) -> None:
    chat = office.chat()
    await chat.hear("berkas saya sudah masuk tapi namanya keliru dan lama", "pengaduan", 0.9, between("data_salah", "lama"))
    number = number_in(await chat.say("sudah"))
    assert number in await chat.tap("Data salah")
    other = office.chat("c2")
    await other.hear("berkas saya sudah masuk tapi namanya keliru dan lama", "pengaduan", 0.9, between("data_salah", "lama"))
    await other.say("sudah")
    await other.tap("Yang lain")
    assert {"Gangguan sistem", "Saran"} <= set(other.options())
    await office.hand_over()
    assert not [path for path, _ in office.backoffice.puts if "/category/" in path]


def test_a_story_that_comes_near_an_accusation_is_restricted() -> None:
    assert weighing.accuses([part(grave=0.6, lama=0.8)])
    assert weighing.accuses([part(grave=-0.3, lama=0.1, sikap_petugas=-0.2)])
    assert weighing.accuses([part(grave=-1.0, lama=0.3), part(grave=0.7, pungli=0.4)])
    assert not weighing.accuses([part(grave=-0.9, lama=0.5)])
    assert not weighing.accuses([part(grave=-0.3, lama=0.5, sikap_petugas=-0.6)])


def test_a_kind_that_leads_clearly_is_offered_alone() -> None:
    assert weighing.choices([part(lama=0.5, data_salah=-0.2)]) == ["lama"]
    assert weighing.choices([part(lama=0.1, data_salah=0.3)]) == ["data_salah", "lama"]


@pytest.mark.parametrize("confidence", [0.3, 0.9])
async def test_a_doubtful_message_behind_a_complaint_is_asked_about_and_never_filed_openly(office: Office, confidence: float) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, BRIBE, kind="pungli"))
    doubtful = {"acts": {"keluhan": -0.25, "bukan": 0.0}, "kinds": heard_as("lama")["kinds"], "grave": -0.9}
    assert number in await chat.hear("fotonya masih saya simpan semua di hp kok pak", "di_luar_topik", confidence, doubtful)
    await chat.quiet()
    await office.hand_over()
    assert len(filed(office)) == 1
    assert [(path.split("/")[3], body["text"]) for path, body in messages(office)] == [
        (number, "fotonya masih saya simpan semua di hp kok pak")
    ]


async def test_words_that_go_on_telling_do_not_end_the_story(office: Office) -> None:
    chat = office.chat()
    await chat.say("kok statusnya menunggu verifikator terus dari rabu", "cek_status", kind="lama")
    turn = {"acts": {"keluhan": -0.8, "bukan": 0.5}, "kinds": heard_as("lama")["kinds"], "grave": -1.0}
    assert "atat" in await chat.hear("sekarang sudah selasa lagi", "lanjutkan", 0.6, turn)
    await chat.say("sudah")
    await office.hand_over()
    assert [row["text"] for row in filed(office)] == ["kok statusnya menunggu verifikator terus dari rabu\nsekarang sudah selasa lagi"]


async def test_a_photo_behind_a_complaint_is_its_evidence(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, BRIBE, kind="pungli"))
    assert number in await chat.send(photo("other"), caption="ini buktinya pak")
    await chat.tap("Ya, tambahan")
    await office.hand_over()
    ((path, message),) = messages(office)
    assert number in path and message["text"] == "ini buktinya pak" and len(message["attachments"]) == 1  # type: ignore[arg-type]


async def test_a_photo_that_is_neither_evidence_nor_a_paper_is_let_go(office: Office) -> None:
    chat = office.chat()
    await stated(chat, BRIBE, kind="pungli")
    await chat.send(photo("other"))
    answer = await chat.tap("Bukan laporan")
    assert answer and "ADU-" not in answer and "sekali lagi" not in answer
    await office.hand_over()
    assert messages(office) == []


async def test_a_yes_within_a_longer_sentence_confirms_no_category(office: Office) -> None:
    chat = office.chat()
    number = number_in(await stated(chat, "kok lama sekali sudah tiga hari belum jadi"))
    answer = await chat.hear(
        "saya sudah ke ombudsman juga ya pak, biar tahu", "pengaduan", 0.5, {"acts": {"keluhan": -0.25}, "kinds": heard_as("lama")["kinds"]}
    )
    assert number in answer and "Ya, tambahan" in chat.options()


@pytest.mark.parametrize(
    ("complains", "confidence", "words", "asked"),
    [
        (-0.45, 0.3, "printernya rusak tiga bulan", True),
        (-0.6, 0.3, "printernya rusak tiga bulan", False),
        (-0.6, 0.3, "di papan itu tulisannya lain dengan yang di telepon dan di loket", True),
        (-0.45, 0.9, "printernya rusak tiga bulan", False),
        (-0.45, 0.9, "di papan itu tulisannya lain dengan yang di telepon dan di loket", True),
        (-0.25, 0.99, "golongan darahnya kok ditulis AB", True),
    ],
)
async def test_the_less_else_was_understood_the_sooner_it_is_asked_whether_it_is_a_complaint(
    office: Office, complains: float, confidence: float, words: str, asked: bool
) -> None:
    chat = office.chat()
    heard = {"acts": {"keluhan": complains, "bukan": 0.0}, "kinds": heard_as("lama")["kinds"], "grave": -1.0}
    await chat.hear(words, "cek_status", confidence, heard)
    assert ("Ya, catat" in chat.options()) is asked


async def test_an_answer_to_the_open_question_is_not_taken_for_a_complaint(office: Office) -> None:
    chat = office.chat()
    await begun(chat)
    heard = {"acts": {"keluhan": -0.25, "bukan": 0.0}, "kinds": heard_as("lama")["kinds"], "grave": -1.0}
    await chat.hear("satu anak saja", "nlu_fallback", 0.2, heard)
    assert "Ya, catat" not in chat.options()


DOUBTFUL = {"acts": {"keluhan": -0.2, "bukan": -1.0}, "kinds": {"pungli": 0.1, "lama": -0.5}, "grave": 0.6}
ODD = "kok yang balas ini bilang ada uang administrasinya ya"


async def test_an_accusation_in_doubt_is_asked_about_and_never_read_by_the_officer_who_has_the_conversation(office: Office) -> None:
    chat = office.chat()
    await chat.say("petugas")
    asked = await chat.hear(ODD, "tanya_biaya", 0.5, DOUBTFUL)
    assert "pengaduan" in asked and "Bukan" in chat.options()
    await chat.quiet()
    await office.hand_over()
    assert [row["category"] for row in filed(office)] == ["minta_petugas", "pungli"], "unanswered it is filed for its reader"
    assert filed(office)[1]["restricted"] and messages(office) == []


async def test_what_the_citizen_says_is_no_complaint_reaches_the_officer(office: Office) -> None:
    chat = office.chat()
    await chat.say("petugas")
    await chat.hear(ODD, "pengaduan", 0.5, DOUBTFUL)
    await chat.tap("Bukan")
    await office.hand_over()
    assert [row["category"] for row in filed(office)] == ["minta_petugas"]
    assert [body["text"] for _, body in messages(office)] == [ODD]


async def test_all_that_was_said_and_sent_is_no_complaint_reaches_the_officer(office: Office) -> None:
    chat = office.chat()
    await chat.say("selamat pagi bu saya mau tanya", "tanya_syarat", 0.9)
    await chat.say("petugas")
    await chat.hear(ODD, "pengaduan", 0.5, DOUBTFUL)
    await chat.say("tolong dibantu ya bu, anaknya mau sekolah")
    await chat.send(photo("other"))
    await chat.tap_id("cerita=bukan")
    await office.hand_over()
    assert [row["category"] for row in filed(office)] == ["minta_petugas"]
    ((_, message),) = messages(office)
    assert message["text"] == f"{ODD}\ntolong dibantu ya bu, anaknya mau sekolah" and len(message["attachments"]) == 1


@pytest.mark.parametrize("word", ["bukan", "Bukan bu", "tidak"])
async def test_a_no_that_is_typed_is_one(office: Office, word: str) -> None:
    chat = office.chat()
    await chat.say("petugas")
    await chat.hear(ODD, "pengaduan", 0.5, DOUBTFUL)
    await chat.say(word)
    await chat.quiet()
    await office.hand_over()
    assert [row["category"] for row in filed(office)] == ["minta_petugas"]
    assert [body["text"] for _, body in messages(office)] == [ODD]


async def test_a_yes_that_is_typed_is_one_and_no_part_of_the_story(office: Office) -> None:
    chat = office.chat()
    await chat.say("petugas")
    await chat.hear(ODD, "tanya_biaya", 0.5, DOUBTFUL)
    assert "Sudah, kirim" in (await chat.say("ya pak"), *chat.options())
    await chat.quiet()
    await office.hand_over()
    assert [row["text"] for row in filed(office)][1:] == [ODD] and messages(office) == []


@pytest.mark.parametrize("word", ["menu", "daftar"])
async def test_an_accusation_in_doubt_is_filed_where_the_citizen_takes_the_bot_back(office: Office, word: str) -> None:
    chat = office.chat()
    await chat.say("petugas")
    await chat.hear(ODD, "tanya_biaya", 0.5, DOUBTFUL)
    await chat.say(word, "bantuan")
    await office.hand_over()
    assert [row["category"] for row in filed(office)] == ["minta_petugas", "pungli"]
    assert filed(office)[1]["restricted"] and messages(office) == []


async def test_an_accusation_in_doubt_is_filed_where_the_desk_closes_its_thread_meanwhile(office: Office) -> None:
    chat = office.chat()
    number = number_in(await chat.say("petugas"))
    await chat.hear(ODD, "tanya_biaya", 0.5, DOUBTFUL)
    await chat.notice("jawaban_aduan", number, text="Sudah kami jawab.", closed=True, officer="Bu SPESIMEN")
    await chat.quiet()
    await office.hand_over()
    assert [row["category"] for row in filed(office)] == ["minta_petugas", "pungli"]


async def test_what_accuses_nobody_reaches_the_officer_without_a_question(office: Office) -> None:
    chat = office.chat()
    await chat.say("petugas")
    await chat.hear(ODD, "tanya_biaya", 0.5, {**DOUBTFUL, "kinds": {"pungli": -0.9, "lama": 0.1}, "grave": -1.0})
    await office.hand_over()
    assert len(filed(office)) == 1 and len(messages(office)) == 1


async def test_an_accusation_behind_a_complaint_that_the_desk_reads_becomes_a_report_of_its_own(office: Office) -> None:
    chat = office.chat()
    await stated(chat, "berkas saya lama sekali tidak diproses", kind="lama")
    await chat.say("petugas bu Rina minta uang rokok limapuluh ribu", "pengaduan", kind="pungli")
    await chat.quiet()
    await office.hand_over()
    assert [row["restricted"] for row in filed(office)] == [False, True] and messages(office) == []
