"""A worker says what its code could not cope with, and goes on."""

import io

import cv2
import numpy as np
import pytest

from documents.files.types import Pixels
from documents.model import Verdict
from documents.ocr.engine import Quad, Reading
from documents.reader import Reader
from documents.sandbox import wire, worker
from documents.sandbox.worker import answered

JPEG = cv2.imencode(".jpg", np.full((900, 1200, 3), 200, np.uint8))[1].tobytes()


@pytest.fixture(autouse=True)
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of processor time would stay with this process and end it some tests later."""
    monkeypatch.setattr(worker, "allow_cpu", lambda seconds: None)


class BrokenEngine:
    """Fails over every picture."""

    def detect(self, pixels: Pixels, side: int) -> list[Quad]:
        raise IndexError("what stood on the document")

    def recognise(self, lines: list[Pixels]) -> list[Reading]:
        return []


def test_a_failure_comes_after_the_draft_and_without_what_stood_on_the_document() -> None:
    said = io.BytesIO()
    last = answered(Reader(BrokenEngine()), {"round": "first", "expect": None}, JPEG, said)
    mark, draft = said.getvalue().split(wire.frame({"draft": True}), 1)
    assert mark == b""
    assert wire.unpack(draft[wire.HEAD :]).verdict is Verdict.OFFICER
    assert b"stood on" not in last
    with pytest.raises(wire.FailedError) as failed:
        wire.unpack(last[wire.HEAD :])
    assert (failed.value.error, failed.value.at.split(":")[0]) == ("IndexError", "finding.py")


def test_a_file_that_is_no_picture_is_answered_not_failed_over() -> None:
    last = answered(Reader(BrokenEngine()), {"round": "first", "expect": None}, b"no picture", io.BytesIO())
    assert wire.unpack(last[wire.HEAD :]).verdict is Verdict.RETAKE
