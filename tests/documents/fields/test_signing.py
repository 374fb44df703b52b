"""Our own SPTJM says which of its three places nobody has signed; another form says nothing."""

import io
import random
from datetime import date

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from documents import Kind
from documents.files.types import Pixels
from documents.reader import shared
from intake.forms.sheets import BirthHelper, Child, Person, SptjmKelahiran, Witness
from intake.forms.sptjm import sptjm_kelahiran
from intake.placing.checks import reasons_of
from simulator.specimen import ink

PLACES = {"saksi_1": 0, "saksi_2": 1, "pembuat": 2}
MAKER = Person("SARI SPESIMEN", "3316995503960002", "BLORA", date(1996, 3, 15), "PETANI", "DK. KRAJAN RT 1 RW 2")


def form(*signed: str) -> Pixels:
    """The form as it is photographed on a table, signed at these places."""
    sheet = SptjmKelahiran(
        pembuat=MAKER,
        anak=Child("RANIA SPESIMEN", "P", "BLORA", date(2026, 11, 1), "DK. KRAJAN"),
        ibu=MAKER,
        penolong=BirthHelper("BIDAN SPESIMEN", "BIDAN", "BLORA"),
        saksi=(Witness("JOKO SPESIMEN", "3316992803730001"), Witness("AGUS SPESIMEN", "3316993005810001")),
        tempat="BLORA",
        tanggal=date(2026, 11, 20),
    )
    page = pypdfium2.PdfDocument(io.BytesIO(sptjm_kelahiran(sheet)))[0]
    picture = page.render(scale=2.6).to_pil().convert("RGB")
    labels = page.get_textpage()
    found = labels.search("Saksi I,").get_next()
    _, bottom, _, _ = labels.get_charbox(found[0])
    for name in signed:
        mark = ink.signature(random.Random(name), (25, 30, 110)).resize((240, 110))
        centre = (51 + (595 - 102) / 3 * (PLACES[name] + 0.5)) * 2.6
        picture.paste(mark, (round(centre - 120), round((page.get_height() - bottom) * 2.6 + 16)), mark)
    table = Image.new("RGB", (picture.width + 240, picture.height + 200), (104, 78, 56))
    table.paste(picture, (120, 100))
    shade = np.linspace(1.0, 0.86, table.width)[None, :, None]
    return np.asarray(np.asarray(table) * shade, np.uint8)


@pytest.mark.parametrize("lacking", [(), ("saksi_1",), ("saksi_2", "pembuat")])
def test_the_person_is_told_who_has_not_signed(lacking: tuple[str, ...]) -> None:
    picture = form(*(name for name in PLACES if name not in lacking))
    jpeg = cv2.imencode(".jpg", picture[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()
    answer = shared().check(jpeg, expect=Kind.SPTJM_KELAHIRAN)
    assert answer.kind is Kind.SPTJM_KELAHIRAN
    assert {mark for mark in answer.quality if mark.startswith("unsigned_")} == {f"unsigned_{name}" for name in lacking}
    assert answer.verdict.value == ("retake" if lacking else "ok")
    if lacking:
        assert reasons_of(answer) == tuple(f"TTD_{name.upper()}" for name in lacking)
