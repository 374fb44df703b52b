"""docs/contracts.md is that of the models: its examples are bodies of theirs, whole, and no shape or kind of notice is left out."""

import importlib
import json
import pkgutil
import re
from pathlib import Path

import pytest
from pydantic.json_schema import models_json_schema

import contracts
from contracts.notice import KINDS, Notice
from contracts.shape import Shape

TEXT = Path("docs/contracts.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json (\w+)\n(.*?)```", TEXT, re.DOTALL)
SHAPES = {
    one.__name__: one
    for module in pkgutil.iter_modules(contracts.__path__)
    for one in vars(importlib.import_module(f"contracts.{module.name}")).values()
    if isinstance(one, type) and issubclass(one, Shape) and one is not Shape and one.__module__ == f"contracts.{module.name}"
}


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_is_a_body_with_every_field_and_none_besides(name: str, example: str) -> None:
    given = json.loads(example)
    assert SHAPES[name].model_validate(given).model_dump(mode="json") == given


def test_every_shape_is_shown_or_is_a_part_of_one_that_is() -> None:
    shown = [SHAPES[name] for name, _ in EXAMPLES]
    _, schema = models_json_schema([(one, "validation") for one in [*shown, *KINDS.values()]])
    assert {*SHAPES} - {*schema["$defs"]} - {"BundleAsKept"} == set()


def test_every_kind_of_notice_has_its_row_with_its_data() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", TEXT, re.MULTILINE))
    assert {*rows} == {*KINDS}
    for kind, shape in KINDS.items():
        data = shape.model_fields["data"].annotation
        assert isinstance(data, type) and issubclass(data, Shape)
        assert {*re.findall(r"\w+", rows[kind])} >= {*data.model_fields}, kind


def test_a_notice_of_a_kind_that_nobody_knows_yet_is_read_all_the_same() -> None:
    row = {"id": "n1", "contact": "c1", "kind": "kabar_baru", "data": {"x": [1]}}
    assert Notice.model_validate(row).data == {"x": [1]}
