"""The form within WhatsApp for a registration's questions: offered, filled in, read as typed answers are, and never against the chat."""

from typing import Any

import pytest

from tests.actions.conftest import Chat, Office
from tests.actions.families import ALBUM
from tests.actions.steps import submitted, until_documents

FLOW = "1000000000001"

FAMILY = {
    "pelapor": "ayah", "jumlah_anak": "1", "ada_surat_kelahiran": "ada", "ada_surat_nikah": "ada", "status_ktp_ibu": "kawin",
}  # fmt: skip
BIRTH = {
    "nama_anak_1": "Siti Aminah", "jenis_kelamin_1": "P", "tanggal_lahir_1": "2026-11-01", "pukul_1": "04.30",
    "tempat_dilahirkan_1": "puskesmas", "tempat_kelahiran_1": "Blora", "kelahiran_ke_1": "2", "penolong_1": "bidan_perawat",
    "berat_1": "3100", "panjang_1": "49",
}  # fmt: skip
WHOLE = {**FAMILY, **BIRTH, "alamat_kia": "kk", "ibu_tempat_lahir": "Blora", "ibu_tanggal_lahir": "1995-05-12"}


def with_form(office: Office, contact: str = "c1") -> Chat:
    """A phone whose number has the form published."""
    chat = office.chat(contact)
    chat.flow = FLOW
    return chat


async def opened(office: Office, contact: str = "c1") -> tuple[Chat, dict[str, Any]]:
    """Greeted and agreed to the form: the chat, and the button that opens it."""
    chat = with_form(office, contact)
    await chat.say("assalamualaikum", "salam")
    await chat.tap("Ya, lanjutkan")
    form: dict[str, Any] = chat.messages[-1]["form"]
    return chat, form


async def draft_of(office: Office, chat: Chat) -> Any:
    return (await office.intake.record(chat.contact)).drafts[0]


async def test_no_form_is_offered_where_the_number_has_none(office: Office) -> None:
    chat = office.chat()
    await chat.say("assalamualaikum", "salam")
    await chat.tap("Ya, lanjutkan")
    assert "form" not in chat.messages[-1]
    await chat.say("isi formulir")
    assert "form" not in chat.messages[-1]


async def test_form_and_chat_are_one_tap_away_from_the_consent(office: Office) -> None:
    chat, form = await opened(office)
    assert (form["flow"], form["screen"], form["button"]) == (FLOW, "KELUARGA", "Isi formulir")
    assert form["token"].startswith("lahir:") and "buttons" not in chat.messages[-1] and len(chat.messages) == 1
    instead = form["instead"]  # where Meta does not take the form: the same question, of which nothing speaks of a form
    assert [row["title"] for row in instead["buttons"]] == ["Ayah", "Ibu", "Orang lain"] and "formulir" not in instead["text"].lower()
    assert instead["text"].split("\n\n")[-1] == chat.messages[-1]["text"].split("\n\n")[-1]
    other = with_form(office, "c2")
    await other.say("assalamualaikum", "salam")
    await other.tap("Ya, lewat chat")
    assert "form" not in other.messages[-1] and [row["title"] for row in other.messages[-1]["buttons"]] == ["Ayah", "Ibu", "Orang lain"]


async def test_the_question_below_the_form_may_be_answered_by_words_as_ever(office: Office) -> None:
    chat, _ = await opened(office)
    assert "Berapa anak" in await chat.say("saya ayahnya")
    assert "form" not in chat.messages[-1]


async def test_what_the_form_told_is_said_back_stored_and_not_asked_again(office: Office) -> None:
    chat, form = await opened(office)
    said = await chat.other("form", token=form["token"], fields=WHOLE)
    for part in ("Siti Aminah", "1 November 2026", "3100", "49 cm", "04.30", "bidan"):
        assert part.lower() in said.lower(), part
    assert "KTP" in said and len(chat.messages) == 1
    draft = await draft_of(office, chat)
    assert draft.children[0].fields["berat"] == 3100 and draft.children[0].sources["berat"] == "chat"
    assert draft.parent_births == {"ibu_tempat_lahir": "BLORA", "ibu_tanggal_lahir": "1995-05-12"}
    said = await chat.send(*ALBUM)
    assert "Siti Aminah" in said.replace("SITI AMINAH", "Siti Aminah")
    said = await chat.tap("Sudah benar")
    assert "Ya, kirim" in [row["title"] for row in chat.messages[-1].get("buttons", [])], said
    await chat.tap("Ya, kirim")
    assert chat.sent == 6
    await office.hand_over()
    assert "3100" in str([body for path, body in office.backoffice.puts])


async def test_what_is_known_is_filled_in_also_on_wish(office: Office) -> None:
    chat = with_form(office)
    await chat.say("assalamualaikum", "salam")
    await chat.tap("Ya, lewat chat")
    await chat.tap("Ayah")
    await chat.tap("Satu anak")
    await chat.say("anaknya lahir 9 november 2026, berat 3100 gram")
    await chat.say("isi formulir")
    data = chat.messages[-1]["form"]["data"]
    assert data["keluarga"] == {"pelapor": "ayah", "jumlah_anak": "1"}
    assert data["anak_1"]["tanggal_lahir_1"] == "2026-11-09" and data["anak_1"]["berat_1"] == "3100"


async def test_after_the_album_the_form_comes_with_what_the_papers_gave(office: Office) -> None:
    chat, _ = await opened(office)
    for tap in ("Ayah", "Satu anak"):
        await chat.say(tap)
    await chat.tap("Ada keduanya")
    await chat.tap("Sudah KAWIN")
    await chat.send(*ALBUM)
    await chat.say("Siti Aminah")
    await chat.tap("Sudah benar")
    form = chat.messages[-1]["form"]
    assert form["data"]["keluarga"]["status_ktp_ibu"] == "kawin" and form["data"]["anak_1"]["nama_anak_1"] == "SITI AMINAH"
    assert form["data"]["orang_tua"]["nama_ibu"]


@pytest.mark.parametrize(
    ("field", "text"),
    [("berat_1", "berat sekali"), ("pukul_1", "99.99"), ("tanggal_lahir_1", "2026-02-31"), ("tanggal_lahir_1", "2031-01-01"),
     ("kelahiran_ke_1", "minus"), ("tempat_kelahiran_1", "rumah saya"), ("jenis_kelamin_1", "X"), ("penolong_1", "astronot"),
     ("nama_anak_1", "3100 gram"), ("email", "bukan-email"), ("ibu_tanggal_lahir", "2026-11-09")],
)  # fmt: skip
async def test_what_cannot_be_right_is_not_stored_and_asked_back(office: Office, field: str, text: str) -> None:
    chat, form = await opened(office)
    said = await chat.other("form", token=form["token"], fields={**FAMILY, field: text})
    assert "formulir" in said.lower() or text.lower() in said.lower()
    draft = await draft_of(office, chat)
    assert draft.children[0].fields == {} and draft.children[0].nama is None and draft.email is None and draft.parent_births == {}
    assert draft.conditions.jumlah_anak == 1


async def test_twins_are_told_apart_by_their_number(office: Office) -> None:
    chat, form = await opened(office)
    second = {name.replace("_1", "_2"): value for name, value in BIRTH.items()}
    second |= {"nama_anak_2": "Siti Aisyah", "pukul_2": "04.45", "berat_2": "2900", "kelahiran_ke_2": "3", "jenis_kelamin_2": "L"}
    await chat.other("form", token=form["token"], fields={**WHOLE, **second, "jumlah_anak": "2"})
    first, other = (await draft_of(office, chat)).children
    assert (first.nama, first.fields["berat"], first.fields["pukul"]) == ("SITI AMINAH", 3100, "04:30")
    assert (other.nama, other.fields["berat"], other.fields["pukul"], other.fields["jenis_kelamin"]) == ("SITI AISYAH", 2900, "04:45", "L")


async def test_a_form_that_comes_twice_counts_once(office: Office) -> None:
    chat, form = await opened(office)
    await chat.other("form", token=form["token"], fields=WHOLE)
    said = await chat.other("form", token=form["token"], fields={**WHOLE, "berat_1": "4100"})
    assert "sudah" in said.lower()
    assert (await draft_of(office, chat)).children[0].fields["berat"] == 3100


@pytest.mark.parametrize("token", ["lahir:0123456789abcdef", "lahir:", "kucing:1", "", None, "skm:LM-261122-7K4F"])
async def test_a_token_that_is_not_theirs_stores_nothing_and_is_answered(office: Office, token: str | None) -> None:
    chat, _ = await opened(office)
    before = await draft_of(office, chat)
    assert await chat.other("form", token=token, fields=WHOLE)
    after = await draft_of(office, chat)
    assert after.conditions == before.conditions and after.children == before.children


async def test_another_persons_form_tells_nothing_and_changes_neither(office: Office) -> None:
    _, form = await opened(office)
    other, _ = await opened(office, "c2")
    said = await other.other("form", token=form["token"], fields=WHOLE)
    assert "Siti" not in said
    assert not any([(await office.intake.record(contact)).drafts[0].children for contact in ("c1", "c2")])


async def test_what_was_changed_in_the_chat_meanwhile_stands_and_is_told(office: Office) -> None:
    chat, form = await opened(office)
    await chat.say("saya ibunya")
    said = await chat.other("form", token=form["token"], fields=WHOLE)
    draft = await draft_of(office, chat)
    assert draft.conditions.pelapor == "ibu" and draft.children[0].fields["berat"] == 3100
    assert "pelapor *Ayah*" in said


async def test_a_form_for_an_application_that_was_sent_changes_nothing(office: Office) -> None:
    chat = with_form(office)
    await chat.say("assalamualaikum", "salam")
    await chat.tap("Ya, lanjutkan")
    token = chat.messages[-1]["form"]["token"]
    await chat.other("form", token=token, fields=WHOLE)
    await chat.send(*ALBUM)
    await chat.tap("Sudah benar")
    await chat.say("isi formulir")
    late = chat.messages[-1]["form"]["token"]
    await chat.say("ya kirim", "setuju")
    case = (await office.intake.record(chat.contact)).drafts[0]
    assert case.number is not None
    said = await chat.other("form", token=late, fields={**WHOLE, "berat_1": "4100"})
    assert case.number in said
    assert (await office.intake.record(chat.contact)).drafts[0].children[0].fields["berat"] == 3100


async def test_an_empty_form_erases_nothing(office: Office) -> None:
    chat, form = await opened(office)
    await chat.say("saya ayahnya")
    said = await chat.other("form", token=form["token"], fields={"pelapor": "", "berat_1": " ", "lain": "x", "jumlah_anak": 3})
    assert "Berapa anak" in said or "satu, atau kembar" in said
    assert (await draft_of(office, chat)).conditions.pelapor == "ayah"


async def test_not_right_behind_a_form_undoes_exactly_it(office: Office) -> None:
    chat, form = await opened(office)
    await chat.other("form", token=form["token"], fields=WHOLE)
    await chat.say("bukan")
    draft = await draft_of(office, chat)
    assert draft.conditions.pelapor is None and not draft.children


async def test_photos_without_the_form_go_their_way(office: Office) -> None:
    chat = with_form(office)
    await chat.say("assalamualaikum", "salam")
    await chat.tap("Ya, lewat chat")
    assert "form" not in chat.messages[-1]
    plain = office.chat("c3")
    await until_documents(plain)
    assert await submitted(office.chat("c4"))
