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


def test_a_family_of_whom_a_sheet_or_a_row_is_missing_goes_to_an_officer() -> None:
    one = sheet({"nama": "A"}) | {"quality": {"sheets": 2.0}}
    assert joined(FIRST, [one])["verdict"] == "officer"
    assert joined(FIRST, [one, sheet({"nama": "B"})])["verdict"] == "ok"
    assert joined(FIRST, [sheet({"nama": "A"}) | {"quality": {"rows_unread": 1.0}}])["verdict"] == "officer"
