"""What the second pass finds on several sheets is one reading."""

from typing import Any

from intake.placing.checks import joined

FIRST = {"verdict": "ok", "fields": {"no_kk": "1"}, "confidence": {}, "boxes": {}}


def sheet(*people: dict[str, str]) -> dict[str, Any]:
    return {"fields": {"anggota": list(people)}, "confidence": {}, "boxes": {}}


def test_the_members_of_a_kk_on_two_sheets_are_all_there() -> None:
    whole = joined(FIRST, [sheet({"nama": "A"}, {"nama": "B"}), sheet({"nama": "C", "nik": "3"})])
    assert whole["fields"] == {"no_kk": "1", "anggota": [{"nama": "A"}, {"nama": "B"}, {"nama": "C", "nik": "3"}]}


def test_a_second_photo_of_the_same_sheet_adds_nobody() -> None:
    whole = joined(FIRST, [sheet({"nama": "A"}, {"nama": "B"}), sheet({"nama": "A"}, {"nama": "B0"})])
    assert len(whole["fields"]["anggota"]) == 2
