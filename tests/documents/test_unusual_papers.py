"""Papers as they now and then come: mirrored, with another script, in two lines, struck out; drawn here and read by the real engine."""

import random
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from documents import Check, Kind, Reason
from documents.files.types import Pixels
from documents.ocr.finding import find
from documents.reader import shared
from simulator.specimen import alter, ktp, people, surat_kelahiran
from simulator.specimen.sheet import Sheet

FAMILY = people.family(71)


def on_a_table(sheet: Sheet, long_side: int = 1500) -> Pixels:
    """A specimen lying on something brown, as a phone takes it."""
    height, width = sheet.image.shape[:2]
    picture = np.full((round(height * 1.25), round(width * 1.25), 3), (96, 70, 48), np.uint8)
    top, left = round(height * 0.12), round(width * 0.12)
    picture[top : top + height, left : left + width] = sheet.image
    scale = long_side / max(picture.shape)
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def jpeg(picture: Pixels) -> bytes:
    return cv2.imencode(".jpg", picture[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 82])[1].tobytes()


def checked(picture: Pixels, expect: Kind | None = None) -> Check:
    return shared().check(jpeg(picture), expect=expect)


def test_a_mirrored_card_is_turned_round_read_and_kept_as_it_is_read() -> None:
    sheet = ktp.draw(FAMILY.ibu, 4)
    answer = checked(np.ascontiguousarray(on_a_table(sheet)[:, ::-1]), Kind.KTP)
    assert (answer.verdict.value, answer.kind, answer.quality["mirrored"]) == ("ok", Kind.KTP, 1.0)
    assert (answer.fields["nik"], answer.fields["nama"]) == (FAMILY.ibu.nik, FAMILY.ibu.nama)
    kept = cv2.imdecode(np.frombuffer(answer.pages[0].jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert "mirrored" not in checked(np.ascontiguousarray(kept[:, :, ::-1]), Kind.KTP).quality


def test_an_address_in_two_lines_is_read_off_the_card_whole() -> None:
    sheet = ktp.draw(FAMILY.ibu, 5, "alamat")
    answer = checked(on_a_table(sheet), Kind.KTP)
    assert str(answer.fields["alamat"]).replace(" ", "") == str(sheet.fields["alamat"]).replace(" ", "")
    assert len(answer.fields["alamat"]) > len(FAMILY.ibu.address.alamat)


def test_a_page_headed_in_arabic_is_not_turned_over() -> None:
    page = Image.new("RGB", (1600, 1200), (228, 238, 222))
    pen = ImageDraw.Draw(page)
    latin, arabic = (ImageFont.truetype(f"DejaVuSans{bold}.ttf", size) for bold, size in (("", 30), ("-Bold", 54)))
    for row in range(2):
        pen.text((380, 80 + 90 * row), "بسم الله الرحمن الرحيم صورة عقد الزواج", font=arabic, fill=(20, 20, 20))
    for row, text in enumerate(("Nama lengkap : AGUS PRIYANTO", "Tempat lahir : Blora", "Agama : Islam", "Wali nikah : KASMIRAN") * 2):
        pen.text((240, 320 + 80 * row), text, font=latin, fill=(30, 30, 30))
    scene = find(shared()._engine, np.asarray(page))
    assert (scene.turn, scene.mirrored) == (0, False)


def test_a_letter_on_which_a_name_was_struck_out_goes_to_an_officer_without_it() -> None:
    sheet = surat_kelahiran.draw(people.family(8007), 7, by_hand=False)
    left, top, right, bottom = sheet.boxes["nama_ibu"][0]
    middle, thick = (top + bottom) / 2, max(2, round((bottom - top) * 0.12))
    page = sheet.image.copy()
    cv2.line(page, (int(left) - 8, int(middle)), (int(right) + 8, int(middle) + 2), (20, 30, 120), thick, cv2.LINE_AA)
    whole, altered = (checked(on_a_table(replace(sheet, image=image), 1800)) for image in (sheet.image, page))
    assert (whole.verdict.value, whole.fields["nama_ibu"]) == ("ok", sheet.fields["nama_ibu"])
    assert (altered.verdict.value, altered.reasons) == ("officer", (Reason.ALTERED,))
    assert "nama_ibu" not in altered.fields


@pytest.mark.parametrize("how", ["emoji", "box", "scribble"])
def test_a_card_whose_portrait_is_covered_goes_to_an_officer_for_that(how: str) -> None:
    sheet = ktp.draw(FAMILY.ibu, 8)
    answer = checked(on_a_table(alter.ALTERATIONS[how][1](sheet, random.Random(3))), Kind.KTP)
    assert (answer.verdict.value, answer.reasons) == ("officer", (Reason.ALTERED,)) and answer.quality["altered_foto"] == 1.0
    assert answer.fields["nik"] == FAMILY.ibu.nik, "what stands on it was read all the same"
    assert checked(on_a_table(sheet), Kind.KTP).verdict.value == "ok"


@pytest.mark.parametrize("beside", [False, True])
def test_two_cards_scanned_onto_one_page_are_two_documents(beside: bool) -> None:
    page = np.full((2340, 1654, 3), 255, np.uint8)
    cards = [ktp.draw(person, 6) for person in (FAMILY.ibu, people.family(72).ibu)]
    for place, card in enumerate(cards):
        small = cv2.resize(card.image, (760, 479) if beside else (1010, 637), interpolation=cv2.INTER_AREA)
        top, left = (300, 40 + 810 * place) if beside else (200 + 900 * place, 300)
        page[top : top + small.shape[0], left : left + small.shape[1]] = small
    answer = checked(page)
    found = (answer, *answer.others)
    assert [one.fields.get("nik") for one in found] == [card.fields["nik"] for card in cards]
    assert [(one.verdict.value, one.kind, one.first_page, len(one.pages)) for one in found] == [("ok", Kind.KTP, 0, 1)] * 2
