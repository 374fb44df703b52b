"""Names in whole sentences: whose each is, and that what is no name is asked about, by the model of `scripts.learn_names`."""

from datetime import UTC, date, datetime

import pytest

from intake.drafts.model import Child, ConditionAnswers, Draft
from intake.questions.child_names import read_children_names
from intake.questions.names_weighed import parents_named
from intake.questions.parents import read_parent
from intake.questions.question import NOTHING, Said
from intake.reading.name_tagger import tagged_names, without_names
from language.name_tags import features_of, words_of

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def _draft(children: int = 1) -> Draft:
    draft = Draft(contact="c", created_at=NOW, updated_at=NOW, agreed=True, conditions=ConditionAnswers(jumlah_anak=children))
    draft.children = [Child() for _ in range(children)]
    return draft


def _said(text: str) -> Said:
    return Said(text, date(2026, 11, 30))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Larasati Kinanti, bukan Larasiti ya", "LARASATI KINANTI"),
        ("kakaknya Rendra Wijaya, yang ini Randi Wijaya", "RANDI WIJAYA"),
        ("jenenge Teguh Prakosa mas, mbahe sing maringi", "TEGUH PRAKOSA"),
        ("sampun wonten, asmanipun Galuh Candrakirana", "GALUH CANDRAKIRANA"),
        ("alhamdulillah sudah ada bu, Nafisah Azzahra", "NAFISAH AZZAHRA"),
    ],
)
def test_the_childs_name_is_found_among_other_words(text: str, name: str) -> None:
    found = read_children_names(_said(text), _draft(), 0)
    assert isinstance(found, tuple) and found[0] == name


@pytest.mark.parametrize("text", ["sama kayak nama mbahnya", "nanti dulu ya, masih dirembug"])
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    found = read_children_names(_said(text), _draft(), 0)
    assert found is NOTHING


@pytest.mark.parametrize(
    ("field", "text", "name"),
    [
        ("nama_ibu", "ibu saya Painem, kalau ibunya bayi Dwi Rahayu", "DWI RAHAYU"),
        ("nama_ibu", "almarhumah Sukesi", "SUKESI"),
        ("nama_ayah", "bapak Mulyadi", "MULYADI"),
    ],
)
def test_a_parents_name_is_not_that_of_another(field: str, text: str, name: str) -> None:
    found = read_parent(field)(_said(text), _draft(), 0)
    assert isinstance(found, dict) and found[field] == name


def test_a_parents_name_beside_another_answer_is_found() -> None:
    found = parents_named("Bima Prasetya, bapaknya Suparno Hadi", "nama_anak", _draft())
    assert found == {"nama_ayah": "SUPARNO HADI"}


def test_both_twins_are_named_in_one_message() -> None:
    found = read_children_names(_said("sing mbarep Panji Anggoro, sing keri Puspa Anggraini"), _draft(2), 0)
    assert isinstance(found, dict) and [found[at][0] for at in (0, 1)] == ["PANJI ANGGORO", "PUSPA ANGGRAINI"]


@pytest.mark.parametrize(
    "text",
    ["putri ayu lestari", "PUTRI AYU LESTARI", "Putri Ayu Lestari", "namanya putri ayu lestari", "nama: PUTRI AYU LESTARI"],
)
def test_a_bare_or_announced_name_is_taken_in_any_letters(text: str) -> None:
    found = read_children_names(_said(text), _draft(), 0)
    assert isinstance(found, tuple) and found[0] == "PUTRI AYU LESTARI"


@pytest.mark.parametrize(
    "text",
    [
        "Sari Spesimen",
        "JOKO SPESIMEN",
        "Budi Santoso Lainnya",
        "berkah rejeki",
        "slamet widodo",
        "sri rejeki",
        "agung nugroho",
        "cahya ning ati",
    ],
)
def test_words_that_are_names_too_are_names_where_nothing_else_is_said(text: str) -> None:
    found = read_children_names(_said(text), _draft(), 0)
    assert isinstance(found, tuple) and found[0] == text.upper()


def test_a_text_is_read_without_its_names() -> None:
    assert "Lestari" not in (rest := without_names("ibunya Lestari Ningrum, saya tetangganya", "pelapor"))
    assert rest.endswith("saya tetangganya")


def test_a_name_ends_where_its_sentence_ends() -> None:
    assert [name.text for name in tagged_names("Agung. Agung Laksono lengkape", "nama_ayah").asked] == ["Agung Laksono"]


@pytest.mark.parametrize("text", ["", "?", "\n", "👶", "a" * 400, "M. ", "1"])
def test_any_text_is_looked_at(text: str) -> None:
    assert len(features_of(text, "nama_anak")) == len(words_of(text))
    assert 0 <= tagged_names(text, "nama_anak").none <= 1.0000001
