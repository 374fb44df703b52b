"""The committed pictures are answered rightly by the real engine: the readable ones are read, the others sent back."""

from functools import cache
from itertools import pairwise

import pytest

from documents import Check, Kind, check
from documents.reader import shared
from tests.documents import corpus

PICTURES = {picture.path.name: picture for picture in corpus.committed()}
WANTED = {kind.value for kind in Kind} - {"other", "none"}


def pictures(stratum: str) -> list[str]:
    return sorted(name for name, picture in PICTURES.items() if picture.stratum == stratum)


@cache
def checked(name: str) -> Check:
    """What the check says of a picture of which its kind is expected; one look is enough for all tests."""
    return check(PICTURES[name].path.read_bytes(), expect=Kind(PICTURES[name].kind))


@pytest.mark.slow
@pytest.mark.parametrize("name", pictures("good"))
def test_a_readable_document_is_ok_and_nothing_on_it_is_guessed(name: str) -> None:
    picture = PICTURES[name]
    answer = checked(name)
    assert picture.accepts(answer.verdict.value, answer.kind.value, tuple(answer.reasons))
    numbers = {"nik", "no_kk"} & answer.fields.keys()
    assert all(answer.fields[number] == picture.truth["fields"][number] for number in numbers)
    assert all(page.jpeg[:2] == b"\xff\xd8" and b"Exif" not in page.jpeg[:64] for page in answer.pages)


@pytest.mark.slow
@pytest.mark.parametrize("name", pictures("bad") + pictures("foreign") + pictures("several"))
def test_what_cannot_be_used_is_not_ok(name: str) -> None:
    picture = PICTURES[name]
    answer = check(picture.path.read_bytes())
    assert answer.verdict.value != "ok"
    assert answer.reasons


def test_a_card_is_read_with_boxes_on_its_page() -> None:
    picture = next(picture for picture in PICTURES.values() if picture.kind == "ktp" and picture.stratum == "good")
    answer = checked(picture.path.name)
    assert answer.fields["nik"] == picture.truth["fields"]["nik"]
    box, page = answer.boxes["nik"], answer.pages[0]
    assert 0 <= box.left < box.right <= page.width
    assert 0 <= box.top < box.bottom <= page.height


@pytest.mark.slow
def test_the_members_of_a_kk_are_read_in_the_second_pass() -> None:
    picture = next(picture for picture in PICTURES.values() if picture.kind == "kk" and picture.stratum == "good")
    assert not checked(picture.path.name).complete
    answer = shared().read_all(picture.path.read_bytes(), Kind.KK)
    people = answer.fields["anggota"]
    rows = [answer.boxes[f"anggota.{place}"] for place in range(len(people))]
    assert all(above.top < below.top and above.right - above.left > 4 * (above.bottom - above.top) for above, below in pairwise(rows))
    assert {person["nik"] for person in people if "nik" in person} <= {person["nik"] for person in picture.truth["fields"]["anggota"]}
