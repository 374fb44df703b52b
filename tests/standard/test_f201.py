"""The form's data: whole, in the printed order, and in the words of the readers."""

import pytest

from intake.reading import Helper, PlaceKind, Sex
from standard.birth_form import birth_fields
from standard.f201 import FieldType, Scope, form


def test_the_childs_lines_stand_in_the_printed_order() -> None:
    (child,) = [section for section in form().sections if section.scope is Scope.CHILD]
    assert [field.id for field in child.fields] == [
        "nama", "jenis_kelamin", "tempat_dilahirkan", "tempat_kelahiran", "tanggal_lahir", "pukul", "jenis_kelahiran", "kelahiran_ke",
        "penolong", "berat", "panjang",
    ]  # fmt: skip


@pytest.mark.parametrize(("field", "values"), [("jenis_kelamin", Sex), ("tempat_dilahirkan", PlaceKind), ("penolong", Helper)])
def test_what_is_read_from_an_answer_is_a_box_of_the_form(field: str, values: type[Sex] | type[PlaceKind] | type[Helper]) -> None:
    assert [box.id for box in form().field(field).choices] == [value.value for value in values]


def test_two_witnesses_and_both_parents_are_on_the_form() -> None:
    ids = {field.id for field in form().fields}
    assert {"saksi_1_nik", "saksi_2_nik", "ayah_nik", "ibu_nik", "pelapor_nik"} <= ids


def test_a_mother_alone_leaves_no_required_line_of_a_father() -> None:
    assert not [field.id for field in form().missing(set(), Scope.BUNDLE) if field.section == "ayah"]


def test_what_the_form_answers_itself_is_not_missing() -> None:
    missing = {field.id for field in form().missing(set(), Scope.BUNDLE)}
    assert "provinsi" not in missing
    assert "ibu_nama" in missing
    assert "ibu_nama" not in {field.id for field in form().missing({"ibu_nama"}, Scope.BUNDLE)}


def test_only_choices_have_boxes() -> None:
    assert all(bool(field.choices) == (field.type is FieldType.CHOICE) for field in form().fields)


def test_an_unknown_line_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        form().field("hobi")


def test_every_field_asked_in_the_chat_is_a_childs_line_of_the_form() -> None:
    assert {asked.name for asked in birth_fields()} <= {field.id for field in form().fields if field.scope is Scope.CHILD}
