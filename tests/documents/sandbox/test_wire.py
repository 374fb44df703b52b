"""A check comes through the pipe as it went in, and nothing else comes through."""

from dataclasses import replace

import pytest

from documents.model import Box, Check, Page, Reason, Verdict
from documents.sandbox import wire
from standard.kinds import Kind

CHECK = Check(
    Verdict.RETAKE,
    Kind.KTP,
    0.97,
    (Reason.BLUR,),
    {"nik": "3316990101900001"},
    {"nik": 0.99},
    {"nik": Box(0, 1, 2, 3, 4)},
    {"sharp": 0.2},
    (Page(b"\x00jpeg\xff", 1600, 1200),),
    "00ff00ff00ff00ff",
    0.61,
    complete=False,
)


def test_a_check_is_unpacked_as_it_was_packed() -> None:
    packed = wire.pack(CHECK)
    assert wire.length(packed[: wire.HEAD]) == len(packed) - wire.HEAD
    assert wire.unpack(packed[wire.HEAD :]) == CHECK


def test_the_documents_of_one_file_come_through_each_with_its_pages() -> None:
    whole = replace(CHECK, others=(replace(CHECK, pages=(), first_page=1), replace(CHECK, pages=CHECK.pages * 2, first_page=2)))
    assert wire.unpack(wire.pack(whole)[wire.HEAD :]) == whole


@pytest.mark.parametrize(
    "body", [b"", b"\x00", b"\xff" * 40, b"\x00\x00\x00\x02{}", b'\x00\x00\x00\x0e{"blobs": [9]}x', b"\x00\x00\x00\x04null"]
)
def test_garbage_is_refused(body: bytes) -> None:
    with pytest.raises(wire.GarbledFrameError):
        wire.unpack(body)


def test_a_frame_that_says_it_is_huge_is_refused() -> None:
    with pytest.raises(wire.GarbledFrameError):
        wire.length(b"\xff\xff\xff\xff")


def test_a_failure_names_the_error_and_the_line_but_nothing_that_stood_on_the_document() -> None:
    with pytest.raises(ValueError, match="SITI") as caught:
        Verdict("SITI AMINAH")
    packed = wire.pack_failure(caught.value)
    assert b"SITI" not in packed
    with pytest.raises(wire.FailedError) as failed:
        wire.unpack(packed[wire.HEAD :])
    assert failed.value.error == "ValueError"


def test_a_failure_names_the_last_line_of_this_room() -> None:
    with pytest.raises(wire.GarbledFrameError) as caught:
        wire.length(b"\xff\xff\xff\xff")
    with pytest.raises(wire.FailedError) as failed:
        wire.unpack(wire.pack_failure(caught.value)[wire.HEAD :])
    assert failed.value.at.startswith("wire.py:")
