"""The committed pictures are small, whole and what the script makes."""

import json
from collections import Counter
from pathlib import Path

from simulator.specimen import VERSION
from tests.documents import corpus


def test_the_committed_set_is_small_and_of_this_version() -> None:
    pictures = corpus.committed()
    assert len(pictures) <= 40
    assert sum(file.stat().st_size for file in corpus.COMMITTED.iterdir()) <= corpus.MOST_BYTES
    assert {picture.truth["version"] for picture in pictures} == {VERSION}
    assert all(picture.path.exists() for picture in pictures)


def test_the_committed_set_holds_every_wanted_kind_in_every_stratum() -> None:
    count = Counter((picture.kind, picture.stratum) for picture in corpus.committed())
    for kind, _ in corpus.WANTED_PICTURES:
        for stratum in ("good", "border", "bad"):
            assert count[kind, stratum] >= 1, (kind, stratum)


def test_a_bad_picture_says_why_in_the_contracts_words() -> None:
    for picture in corpus.committed():
        assert set(picture.truth["expected"]["reasons"]) <= corpus.CONTRACT_REASONS
        if picture.stratum == "bad":
            assert picture.truth["expected"]["reasons"]


def test_no_number_in_the_committed_set_can_be_a_persons() -> None:
    for picture in corpus.committed():
        fields = picture.truth["fields"]
        numbers = [fields.get("nik"), fields.get("no_kk"), *(row["nik"] for row in fields.get("anggota", []))]
        assert all(number.startswith("331699") for number in numbers if number)


def test_a_check_is_accepted_when_verdict_kind_and_a_reason_are_right() -> None:
    bad = corpus.Picture(
        Path("x.jpg"), {"stratum": "bad", "kind": "ktp", "expected": {"verdict": "not_ok", "kinds": ["ktp"], "reasons": ["BLUR"]}}
    )
    assert bad.accepts("retake", "ktp", ("BLUR", "DARK"))
    assert not bad.accepts("retake", "ktp", ("GLARE",))
    assert not bad.accepts("ok", "ktp", ())


def test_fresh_pictures_are_made_once(tmp_path: Path) -> None:
    made = corpus.fresh(tmp_path, seed=31, count=2, kinds=("ktp",))
    stamp = made[0].path.stat().st_mtime_ns
    assert corpus.fresh(tmp_path, seed=31, count=2, kinds=("ktp",))[0].path.stat().st_mtime_ns == stamp
    assert json.dumps([p.truth for p in made])
