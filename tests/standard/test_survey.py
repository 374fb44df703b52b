"""The index of satisfaction as Permenpan RB 14/2017 has it."""

import pytest

from standard.survey import grade_of, index_of, unsur

PUBLISHED = (105, 101, 100, 116, 102, 105, 106, 105, 115)
"""Sums of 29 answers for each unsur, of a worked example (docs/complaints.md)."""


def answers_with(sums: tuple[int, ...], count: int) -> list[list[int]]:
    """So many answers of 1 to 4 that come to these sums."""
    columns = []
    for total in sums:
        low, more = divmod(total, count)
        columns.append([low + (place < more) for place in range(count)])
    return [list(row) for row in zip(*columns, strict=True)]


def test_a_published_example_is_reproduced() -> None:
    index = index_of(answers_with(PUBLISHED, 29))
    assert [round(row.average or 0, 4) for row in index.rows] == [
        3.6207, 3.4828, 3.4483, 4.0, 3.5172, 3.6207, 3.6552, 3.6207, 3.9655
    ]  # fmt: skip
    assert (index.respondents, round(index.weighted or 0, 4), index.total) == (29, 3.659, 91.48)
    assert index.grade is not None and index.grade.grade == "A"


def test_nobody_answered() -> None:
    index = index_of([])
    assert (index.respondents, index.total, index.grade) == (0, None, None) and all(row.average is None for row in index.rows)


def test_everybody_is_content() -> None:
    index = index_of([[4] * 9] * 3)
    assert (index.total, index.grade and index.grade.grade) == (100.0, "A")


def test_what_was_left_out_counts_for_nobody_and_an_unsur_without_answers_leaves_no_index() -> None:
    half = [4, 3, None, 2, None, 4, 4, 4, 4]
    assert index_of([half]).total is None
    index = index_of([half, [2] * 9, [None] * 9])
    assert index.respondents == 2
    assert [row.average for row in index.rows] == [3, 2.5, 2, 2, 2, 3, 3, 3, 3] and index.total == 65.28


@pytest.mark.parametrize(
    ("value", "grade"),
    [(25, "D"), (64.99, "D"), (64.996, "C"), (65, "C"), (76.6, "C"), (76.61, "B"), (88.3, "B"), (88.306, "A"), (88.31, "A"), (100, "A")],
)
def test_grades_change_where_the_regulation_says(value: float, grade: str) -> None:
    assert grade_of(value).grade == grade


def test_there_are_nine() -> None:
    assert len(unsur()) == 9
