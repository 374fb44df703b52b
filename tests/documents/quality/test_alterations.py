"""A stroke through a value is seen whatever the pen; print, dots and dashes are no stroke."""

import random
from dataclasses import replace

import cv2
import numpy as np
import pytest

from documents.files.types import Pixels
from documents.quality.alterations import inked, painted, struck
from simulator.specimen import alter, people, surat_kelahiran

FIELDS = ("nama_ibu", "nama_ayah", "nama_anak", "tanggal_lahir")


def place(box: tuple[float, ...]) -> np.ndarray:
    """A line's corners as the detector gives them: somewhat larger than its capitals."""
    left, top, right, bottom = box
    more = (bottom - top) * 0.35
    corners = [[left - more, top - more], [right + more, top - more], [right + more, bottom + more], [left - more, bottom + more]]
    return np.array(corners, np.float32)


def stroke(page: Pixels, box: tuple[float, ...], rng: random.Random) -> None:
    left, top, right, bottom = box
    high = bottom - top
    waves = [
        (left + (right - left) * part, (top + bottom) / 2 + high * (rng.uniform(-0.08, 0.08) + rng.uniform(-0.1, 0.1) * part))
        for part in np.linspace(0, 1, 7)
    ]
    pen = rng.choice([(20, 30, 120), (10, 10, 10), (150, 20, 30)])
    cv2.polylines(page, [np.array(waves, np.int32)], False, pen, max(1, round(high * rng.uniform(0.08, 0.16))), cv2.LINE_AA)


@pytest.mark.parametrize("seed", range(8))
def test_only_what_was_struck_out_is_found_struck(seed: int) -> None:
    rng = random.Random(seed)
    sheet = surat_kelahiran.draw(people.family(seed + 90), seed, by_hand=False)
    page = sheet.image.copy()
    field = rng.choice([name for name in FIELDS if name in sheet.boxes])
    stroke(page, sheet.boxes[field][0], rng)
    found = {name for name, boxes in sheet.boxes.items() if struck(page, place(boxes[0]))}
    assert found == {field}


def test_a_dash_over_an_empty_row_is_no_stroke_and_dots_are_no_ink() -> None:
    page = np.full((100, 900, 3), 240, np.uint8)
    row = np.array([[50, 20], [850, 20], [850, 68], [50, 68]], np.float32)
    cv2.line(page, (60, 44), (840, 44), (20, 20, 20), 3)
    assert not struck(page, row)
    dotted = np.full((100, 900, 3), 240, np.uint8)
    for x in range(60, 840, 9):
        cv2.circle(dotted, (x, 61), 2, (20, 20, 20), -1)
    assert not inked(dotted, row)
    cv2.putText(dotted, "RANIA KIRANA", (70, 58), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (20, 20, 120), 3)
    assert inked(dotted, row)


@pytest.mark.parametrize("how", ["fluid", "sticker"])
@pytest.mark.parametrize("seed", range(6))
def test_only_what_was_painted_over_or_glued_over_is_found_painted(seed: int, how: str) -> None:
    sheet = surat_kelahiran.draw(people.family(seed + 90), seed, by_hand=False)
    dim = np.clip(sheet.image.astype(np.float32) * 0.86 - 6, 0, 255).astype(np.uint8)
    changed = alter.ALTERATIONS[how][1](replace(sheet, image=dim), random.Random(seed))
    where = {
        name
        for name, boxes in sheet.boxes.items()
        if (changed.image != dim)[round(boxes[0][1]) : round(boxes[0][3]), round(boxes[0][0]) : round(boxes[0][2])].any(axis=2).mean() > 0.5
    }
    assert where and {name for name in where if painted(changed.image, place(sheet.boxes[name][0]))} == where
    assert not [name for name, boxes in sheet.boxes.items() if painted(dim, place(boxes[0]))]


def test_a_shadow_across_a_value_is_no_paint() -> None:
    page = np.full((200, 900, 3), 225, np.float32)
    page *= (1 - 0.35 / (1 + np.exp(-(np.arange(900) - 430) / 40)))[None, :, None]
    drawn = np.ascontiguousarray(page.astype(np.uint8))
    cv2.putText(drawn, "RANIA KIRANA", (250, 118), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (20, 20, 20), 3)
    assert not painted(drawn, np.array([[240, 76], [560, 76], [560, 124], [240, 124]], np.float32))
