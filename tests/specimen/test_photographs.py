"""Photographs follow their seed, and what a person can still read of them follows the faults."""

import io
import random
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageOps

from simulator.specimen import generate, ktp, people
from simulator.specimen.camera import Stand
from simulator.specimen.photograph import Photo, take
from simulator.specimen.plan import Plan

CARD = ktp.draw(people.family(7, "menikah").ibu, 7)
STEADY = Plan(frame=(1600, 1200), surface="wood", stand=Stand(0.8, 0, 1.0, (3, -3)), noise=1.0, quality=76)


def photo(**changes: object) -> Photo:
    return take(CARD, replace(STEADY, **changes), random.Random(4))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "stratum", "reason"),
    [
        ({}, "good", None),
        ({"blur": 0.6}, "bad", "BLUR"),
        ({"shake": 2.2}, "bad", "BLUR"),
        ({"gain": 0.04}, "bad", "DARK"),
        ({"gain": 5.0}, "bad", "OVEREXPOSED"),
        ({"glare": (("field", 0.14, 2.2),)}, "bad", "GLARE"),
        ({"fingers": ("field", "field")}, "bad", "OCCLUDED"),
        ({"stand": Stand(0.12, 0, 0.0, (0, 0))}, "bad", "TOO_SMALL"),
        ({"stand": Stand(1.1, 0, 0.0, (0, 0), (-0.4, 0))}, "bad", "CUT_OFF"),
        ({"moire": 1.0}, "border", "SCREENSHOT"),
        ({"stand": Stand(0.8, 1, 0.0, (0, 0)), "frame": (1200, 1600)}, "good", None),
        ({"stand": Stand(0.8, 2, 0.0, (0, 0))}, "good", None),
        ({"exif": 6}, "good", None),
        ({"wear": (("watermark", 0.5),)}, "good", None),
    ],
)
def test_the_stratum_and_its_reason_follow_the_fault(changes: dict[str, object], stratum: str, reason: str | None) -> None:
    truth = photo(**changes).truth
    assert truth["stratum"] == stratum
    assert truth["reasons"] == [] if reason is None else reason in truth["reasons"]


def test_the_boxes_lie_where_the_ink_lies() -> None:
    for changes in ({}, {"stand": Stand(0.8, 3, 4.0, (12, -9)), "frame": (1200, 1600)}, {"exif": 8}, {"long_side": 900}):
        made = photo(**changes)
        picture = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(made.data))).convert("L"))
        assert [picture.shape[1], picture.shape[0]] == made.truth["size"]
        corners = np.array(made.truth["boxes"]["nik"][0])
        (x0, y0), (x1, y1) = corners.min(0).astype(int), corners.max(0).astype(int)
        assert picture[y0:y1, x0:x1].min() < 90 < picture[y0:y1, x0:x1].max()


def test_the_same_seed_gives_the_same_bytes() -> None:
    once, again = (list(generate.photos(12, 4)) for _ in range(2))
    assert [(name, made.data) for name, made in once] == [(name, made.data) for name, made in again]
    assert [made.truth for _, made in once] == [made.truth for _, made in again]


@pytest.mark.parametrize("kind", generate.KINDS)
def test_every_kind_is_photographed_with_its_whole_truth(kind: str) -> None:
    made = generate.photo(generate.Drawer(5), kind, 0)
    assert {"kind", "stratum", "expected", "fields", "faults", "boxes", "size", "layout", "letter_px"} <= made.truth.keys()
    assert made.data[:2] == b"\xff\xd8" or made.data[:4] == b"%PDF"
    assert len(made.data) < 3_000_000


@pytest.mark.parametrize("stratum", generate.STRATA)
def test_a_wanted_stratum_is_what_comes(stratum: str) -> None:
    drawer = generate.Drawer(8)
    assert [generate.photo(drawer, "ktp", index, stratum).truth["stratum"] for index in range(3)] == [stratum] * 3
