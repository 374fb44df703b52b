"""Tests that whatever the dialogue says becomes Graph bodies within Meta's limits, and that nothing said is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.answer import AnswerWrong, read_answer
from bot.graph import limits
from bot.graph.rendering import render, render_template
from contracts import whatsapp
from contracts.answer import Message

BLOB = "a" * 64


def made(**message) -> list[dict]:
    return [part.body for part in render(Message.model_validate(message))]


def buttons(*titles: str) -> list[dict]:
    return [{"id": f"b{n}", "title": t} for n, t in enumerate(titles)]


def rows(count: int) -> list[dict]:
    return [{"id": f"r{n}", "title": f"Baris {n}", "description": "x" * 100} for n in range(count)]


def test_a_text_is_one_text() -> None:
    assert made(text=" Halo *Ibu* ") == [{"type": "text", "text": {"body": "Halo *Ibu*", "preview_url": False}}]


def test_a_long_text_is_parted_between_paragraphs() -> None:
    text = "\n\n".join(f"Alinea {n} " + "kata " * 200 for n in range(9))
    bodies = [b["text"]["body"] for b in made(text=text)]
    assert len(bodies) == 3
    assert all(len(b) <= 4096 and b.startswith("Alinea") for b in bodies)
    assert " ".join(" ".join(bodies).split()) == " ".join(text.split())


@given(st.text(max_size=600), st.integers(min_value=4, max_value=60))
def test_parting_a_text_loses_nothing_but_space(text: str, longest: int) -> None:
    parts = limits.pieces(text, longest)
    assert all(whatsapp.size(p) <= longest for p in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(max_size=300), st.integers(min_value=4, max_value=60))
def test_the_end_of_a_text_fits_and_nothing_is_lost(text: str, longest: int) -> None:
    before, end = limits.tail(text, longest)
    assert whatsapp.size(end) <= longest
    assert "".join((before + end).split()) == "".join(text.split())


@given(st.text(min_size=1, max_size=80), st.integers(min_value=5, max_value=30))
def test_a_title_is_cut_to_fit(title: str, longest: int) -> None:
    assert whatsapp.size(limits.cut(title, longest)) <= longest


def test_a_title_is_cut_at_a_word() -> None:
    assert limits.cut("Surat keterangan kelahiran", 20) == "Surat keterangan…"


def test_titles_made_alike_by_cutting_are_told_apart() -> None:
    assert limits.unique(["Kartu keluarga ayah kandung", "Kartu keluarga ayah angkat"], 20) == ["Kartu keluarga…", "Kartu keluarga… 2"]


def test_buttons_go_with_their_text() -> None:
    (body,) = made(text="Lanjut?", buttons=buttons("Ya", "Tidak"))
    assert body["interactive"]["type"] == "button" and body["interactive"]["body"] == {"text": "Lanjut?"}
    assert body["interactive"]["action"]["buttons"][0] == {"type": "reply", "reply": {"id": "b0", "title": "Ya"}}


def test_a_text_too_long_for_buttons_goes_before_its_question() -> None:
    text = "Penjelasan. " * 200 + "\n\nApakah Ibu setuju?"
    first, second = made(text=text, buttons=buttons("Ya"))
    assert first["type"] == "text" and first["text"]["body"].startswith("Penjelasan.")
    assert second["interactive"]["body"]["text"] == "Apakah Ibu setuju?"


def test_four_buttons_become_a_list_and_eleven_rows_become_lines() -> None:
    (four,) = made(text="Pilih", buttons=buttons("A", "B", "C", "D"))
    assert four["interactive"]["type"] == "list"
    (eleven,) = made(text="Pilih", list={"rows": rows(11)})
    assert "11. Baris 10" in eleven["text"]["body"]


def test_a_list_fits_its_limits() -> None:
    (body,) = made(text="x" * 4096, list={"button": "Pilih salah satu dari ini", "rows": rows(10)})
    interactive = body["interactive"]
    assert len(interactive["action"]["button"]) <= 20 and len(interactive["body"]["text"]) == 4096
    assert all(len(r["title"]) <= 24 and len(r["description"]) <= 72 for r in interactive["action"]["sections"][0]["rows"])


def test_a_document_carries_its_caption_and_takes_the_uploaded_id() -> None:
    (part,) = render(
        Message.model_validate({"text": "Akta", "document": {"blob": BLOB, "filename": "Akta.pdf", "mime": "application/pdf"}})
    )
    assert part.body == {"type": "document", "document": {"filename": "Akta.pdf", "caption": "Akta"}}
    assert part.slot == ("document",) and part.file is not None and part.file.blob == BLOB


def test_a_document_with_buttons_is_one_message() -> None:
    document = {"blob": BLOB, "filename": "F-2.03.pdf", "mime": "application/pdf"}
    (part,) = render(Message.model_validate({"text": "Tanda tangani", "document": document, "buttons": buttons("Sudah")}))
    assert part.body["interactive"]["header"] == {"type": "document", "document": {"filename": "F-2.03.pdf"}}
    assert part.slot == ("interactive", "header", "document")


def test_a_caption_too_long_goes_before_as_text() -> None:
    first, second = made(text="x" * 1025, image={"blob": BLOB, "mime": "image/png"})
    assert first["type"] == "text" and second == {"type": "image", "image": {}}


def test_a_picture_that_whatsapp_does_not_show_goes_as_a_file() -> None:
    (body,) = made(text="", image={"blob": BLOB, "mime": "image/webp"})
    assert body == {"type": "document", "document": {"filename": "berkas.webp"}}


def test_requests_and_quotes() -> None:
    (place,) = made(text="Di mana?", request="location", quote="wamid.A")
    assert place["interactive"]["type"] == "location_request_message" and place["context"] == {"message_id": "wamid.A"}
    (person,) = made(text="Nomor?", request="contact")
    assert person["interactive"]["action"] == {"name": "request_contact_info"}


def test_a_template_carries_its_parameters() -> None:
    message = Message.model_validate({"text": "x", "template": {"name": "pemberitahuan", "parameters": ["LM-1"]}})
    body = render_template(message.template)
    assert body["template"]["components"] == [{"type": "body", "parameters": [{"type": "text", "text": "LM-1"}]}]


def test_the_shapes_are_those_of_metas_own_examples() -> None:
    (body,) = made(text="Hi", buttons=buttons("Change", "Cancel"))
    assert set(body["interactive"]) == {"type", "body", "action"}
    (listed,) = made(text="Hi", list={"button": "Open", "rows": rows(2)})
    assert set(listed["interactive"]["action"]) == {"button", "sections"}


def test_rasas_plain_answers_are_understood_too() -> None:
    plain = [{"recipient_id": "x", "text": "Halo", "buttons": [{"title": "Ya", "payload": "/setuju"}]}]
    (message,) = read_answer(plain)
    assert message.text == "Halo" and message.buttons[0].id == "setuju"


@pytest.mark.parametrize(
    "answer", [None, {}, [], [1], [{}], [{"custom": {"text": ""}}], [{"custom": {"text": "x", "buttons": [{"id": ""}]}}]]
)
def test_what_is_no_answer_is_not_taken_for_one(answer) -> None:
    with pytest.raises(AnswerWrong):
        read_answer(answer)


def test_a_form_is_opened_by_a_button_at_its_screen() -> None:
    [body] = made(text="Penilaian", form={"flow": "123", "screen": "PENILAIAN", "button": "x" * 40, "token": "skm:LM-261122-7K4F"})
    parameters = body["interactive"]["action"]["parameters"]
    assert body["interactive"]["type"] == "flow" and body["interactive"]["body"] == {"text": "Penilaian"}
    assert (parameters["flow_id"], parameters["flow_token"], parameters["flow_action"]) == ("123", "skm:LM-261122-7K4F", "navigate")
    assert parameters["flow_action_payload"] == {"screen": "PENILAIAN"} and len(parameters["flow_cta"]) <= whatsapp.FLOW_BUTTON


def test_a_form_or_a_link_beside_a_file_comes_in_a_send_of_its_own() -> None:
    image = {"blob": "0" * 64, "mime": "image/png"}
    form = {"flow": "1", "screen": "KELUARGA", "button": "Isi formulir", "token": "lahir:x"}
    assert [body["type"] for body in made(text="Isi", image=image, form=form)] == ["image", "interactive"]
    assert [body["type"] for body in made(text="Buka", image=image, link={"button": "Buka", "url": "https://x.example"})] == [
        "image",
        "interactive",
    ]


def test_what_a_form_s_words_say_is_not_said_twice_where_its_text_is_longer_than_one_message() -> None:
    early, question = "a" * 900, "Siapa pelapornya? " + "b" * 200
    form = {"flow": "1", "screen": "K", "button": "Isi", "token": "t", "instead": {"text": f"{early}\n\n{question}"}}
    first, last = render(Message.model_validate({"text": f"{early}\n\nTekan tombol.\n\n{question}", "form": form}))
    assert first.text == early and last.instead is not None and last.instead.text == question


def test_a_form_is_opened_with_what_is_known() -> None:
    known = {"keluarga": {"pelapor": "ayah"}, "anak_1": {}}
    [body] = made(text="Isi", form={"flow": "1", "screen": "KELUARGA", "button": "Isi formulir", "token": "lahir:x", "data": known})
    assert body["interactive"]["action"]["parameters"]["flow_action_payload"] == {"screen": "KELUARGA", "data": known}
