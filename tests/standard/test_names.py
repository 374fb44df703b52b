"""The rules for a child's name, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standard.names import MAX_LENGTH, NameProblem, Severity, judge_name, official_name

P = NameProblem

GOOD = [
    "Ahmad Fauzan", "SITI NUR AISYAH", "Bagas Adi Pratama", "Raden Ajeng Kartini", "Habib Maulana", "Dimas Putra Sejati", "Agus Salim",
    "Sri Lestari Wahyuni", "Gus Dur Rahman", "Seno Aji", "Imam Syafii", "Dewi Sekar Arum", "Muhammad Al Fatih", "  budi   santoso ",
]  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_good_name_has_no_findings(name: str) -> None:
    assert judge_name(name) == []


STOPPED = [
    ("Slamet", P.ONE_WORD, "SLAMET"),
    ("Jean-Pierre", P.ONE_WORD, "JEAN-PIERRE"),
    ("Muhammad " + "A" * 55, P.TOO_LONG, "64"),
    ("Budi 2", P.DIGITS, "2"),
    ("Budi Santoso ²", P.DIGITS, "2"),
    ("Anak Ke٣ Budi", P.DIGITS, "٣"),
    ("Budi, Santoso", P.SYMBOLS, ","),
    ("Budi/Santoso Adi", P.SYMBOLS, "/"),
    ("Budi 😊 Santoso", P.SYMBOLS, "😊"),
    ("Budi_Adi Santoso", P.SYMBOLS, "_"),
    ("محمد فوزان", P.FOREIGN_LETTERS, None),
    ("Budi ꦧ Santoso", P.FOREIGN_LETTERS, "ꦧ"),
    ("H. Ahmad Fauzan", P.TITLE, "H"),
    ("Hj Siti Aminah", P.TITLE, "HJ"),
    ("KH. Ahmad Dahlan", P.TITLE, "KH"),
    ("Prof. Dr. Budi Santoso", P.TITLE, "PROF DR"),
    ("dr Budi Santoso", P.TITLE, "DR"),
    ("Budi Santoso S.Pd", P.TITLE, "SPD"),
    ("Budi Santoso, S.H., M.H.", P.TITLE, "SH MH"),
    ("Siti Aminah Amd.Keb", P.TITLE, "AMDKEB"),
    ("Ustadz Abdul Somad", P.TITLE, "USTADZ"),
]


@pytest.mark.parametrize(("name", "problem", "detail"), STOPPED)
def test_a_name_against_the_rule_is_stopped_with_what_is_wrong(name: str, problem: P, detail: str | None) -> None:
    found = {finding.problem: finding for finding in judge_name(name)}
    assert found[problem].severity is Severity.STOP
    assert detail is None or found[problem].detail == detail


WARNED = [
    ("Nur'aini Putri", P.PUNCTUATION, "'"),
    ("Nur’aini Putri", P.PUNCTUATION, "'"),
    ("Al-Fatih Ramadhan", P.PUNCTUATION, "-"),
    ("M. Rizky Pratama", P.ABBREVIATION, "M"),
    ("Muh Rizky Pratama", P.ABBREVIATION, "MUH"),
    ("Abd. Rahman", P.ABBREVIATION, "ABD"),
    ("José Rizal", P.FOREIGN_LETTERS, "É"),
]


@pytest.mark.parametrize(("name", "problem", "detail"), WARNED)
def test_what_families_insist_on_is_warned_of_and_left_to_the_officer(name: str, problem: P, detail: str) -> None:
    findings = judge_name(name)
    assert all(finding.severity is Severity.WARN for finding in findings)
    assert {finding.problem: finding.detail for finding in findings}[problem] == detail


@pytest.mark.parametrize("name", ["", "  ", "-", "...", "😊", "''"])
def test_nothing_that_can_be_read_is_an_empty_name(name: str) -> None:
    assert [finding.problem for finding in judge_name(name)] == [P.EMPTY]


def test_sixty_characters_are_allowed_and_sixty_one_are_not() -> None:
    longest = "BUDI " + "A" * (MAX_LENGTH - 5)
    assert judge_name(longest) == []
    assert P.TOO_LONG in [finding.problem for finding in judge_name(longest + "A")]


def test_what_stops_a_name_comes_before_what_only_warns() -> None:
    severities = [finding.severity for finding in judge_name("M. Budi 2")]
    assert severities == sorted(severities, key=[Severity.STOP, Severity.WARN].index)
    assert len(severities) == 3


@given(st.text(max_size=200))
def test_any_text_can_be_judged_and_the_official_form_is_final(text: str) -> None:
    judge_name(text)
    assert official_name(official_name(text)) == official_name(text)
