"""Every drawn document is marked SPESIMEN, knows its fields, and says the same as its family's other papers."""

import random
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from simulator.specimen import cards, fonts, generate, kk, ktp, papers, people, screens, sptjm, surat_kelahiran, surat_nikah
from simulator.specimen.sheet import Canvas, Sheet

MARRIED = people.family(7, "menikah")
RNG = random.Random(1)
SHEETS: dict[str, Callable[[], Sheet]] = {
    "ktp": lambda: ktp.draw(MARRIED.ibu, 1),
    "fotokopi": lambda: ktp.photocopied(ktp.draw(MARRIED.ibu, 1), 1),
    "kk-15": lambda: kk.draw(MARRIED, 1, False),
    "kk-17": lambda: kk.draw(MARRIED, 1, True),
    "sptjm-kelahiran": lambda: sptjm.draw_kelahiran(MARRIED, 1, True),
    "sptjm-pasutri": lambda: sptjm.draw_pasutri(MARRIED, 1, False),
    "nikah": lambda: surat_nikah.draw(MARRIED, 1),
    **{f"lahir-{name}": lambda name=name: surat_kelahiran.draw(MARRIED, 1, layout=name) for name in surat_kelahiran.LAYOUTS},
    **{name: lambda draw=draw: draw(MARRIED.ibu, RNG) for name, draw in cards.CARDS.items()},
    **{name: lambda draw=draw: draw(MARRIED, RNG) for name, draw in papers.PAPERS.items()},
    **{name: lambda draw=draw: draw(MARRIED, RNG) for name, draw in screens.SCREENS.items()},
}


@cache
def drawn(name: str) -> Sheet:
    return SHEETS[name]()


@pytest.mark.parametrize("name", SHEETS)
def test_every_document_bears_the_specimen_mark_in_ink_and_off_its_fields(name: str) -> None:
    sheet = drawn(name)
    assert sheet.marks
    for left, top, right, bottom in sheet.marks:
        area = sheet.image[int(top) : int(bottom), int(left) : int(right)].astype(int)
        assert area.size and area.std() > 4, "nothing is written there"
        for boxes in sheet.boxes.values():
            for a, b, c, d in boxes:
                assert c < left or a > right or d < top or b > bottom, "the mark lies over a field"


@pytest.mark.parametrize("name", SHEETS)
def test_every_needed_field_has_its_truth_and_its_box_inside_the_sheet(name: str) -> None:
    sheet = drawn(name)
    width, height = sheet.size
    for field in sheet.needed:
        assert sheet.fields[field]
        assert sheet.boxes[field]
    for boxes in sheet.boxes.values():
        for left, top, right, bottom in boxes:
            assert -2 <= left < right <= width + 2
            assert -2 <= top < bottom <= height + 2


def test_a_canvas_without_the_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="SPESIMEN"):
        Canvas(10, 10, 4, (255, 255, 255), RNG).finish("ktp", "x", {}, ())


def test_one_family_says_the_same_on_all_its_papers() -> None:
    card, household = ktp.draw(MARRIED.ibu, 3).fields, kk.draw(MARRIED, 3).fields
    letter, book = surat_kelahiran.draw(MARRIED, 3).fields, surat_nikah.draw(MARRIED, 3).fields
    row = next(row for row in household["anggota"] if row["nik"] == card["nik"])
    assert row["nama"] == card["nama"] == letter["nama_ibu"] == book["istri"]
    assert household["kepala_keluarga"] == book["suami"] == letter["nama_ayah"]
    assert letter["tanggal_lahir"] == MARRIED.bayi.tanggal_lahir.isoformat()


def test_a_single_mothers_letter_names_no_father() -> None:
    assert "nama_ayah" not in surat_kelahiran.draw(people.family(33, "ibu"), 3).fields


def test_a_couple_without_a_proof_has_none_drawn() -> None:
    with pytest.raises(ValueError, match="no proof"):
        surat_nikah.draw(people.family(21, "belum_tercatat"), 1)


def test_the_same_seed_draws_the_same_pixels_and_another_seed_another_layout() -> None:
    assert np.array_equal(ktp.draw(MARRIED.ibu, 1).image, ktp.draw(MARRIED.ibu, 1).image)
    assert ktp.draw(MARRIED.ibu, 1).boxes != ktp.draw(MARRIED.ibu, 2).boxes


def test_each_wanted_kind_comes_in_several_layouts() -> None:
    for kind in ("kk", "surat_kelahiran", "surat_nikah", "sptjm_kelahiran"):
        first = generate.draw(kind, 0).layout
        assert any(generate.draw(kind, seed).layout != first for seed in range(1, 14)), kind


def test_a_missing_font_is_named_once_and_dejavu_stands_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert fonts.path("truetype/none/Missing.ttf").endswith("DejaVuSans.ttf")
    assert "truetype/none/Missing.ttf" in capsys.readouterr().err
