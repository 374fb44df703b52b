"""Both forms within WhatsApp keep to what Meta publishes of Flow JSON: components, lengths, names, the way from screen to screen."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from actions.catalogue import Catalogue
from contracts import whatsapp
from pack import flows
from runtime.responses import read_responses
from standard.birth_flow import CHILDREN, PARENTS, SCREEN, all_fields, child_fields, flow_json, opened_with
from standard.survey import respondent, unsur
from standard.survey_flow import ABOUT
from standard.survey_flow import SCREEN as UNSUR

MOST_BYTES = 10 * 1024 * 1024
INPUTS = {"RadioButtonsGroup", "TextInput", "TextArea", "DatePicker"}
MEMBERS = {
    "TextSubheading": {"type", "text"},
    "TextBody": {"type", "text"},
    "RadioButtonsGroup": {"type", "name", "label", "required", "data-source"},
    "TextInput": {"type", "name", "label", "required", "input-type", "max-chars", "helper-text"},
    "TextArea": {"type", "name", "label", "required", "max-length"},
    "DatePicker": {"type", "name", "label", "required"},
    "Footer": {"type", "label", "on-click-action"},
    "Form": {"type", "name", "init-values", "children"},
    "If": {"type", "condition", "then", "else"},
}
LONGEST = {
    "TextSubheading": ("text", whatsapp.FLOW_HEADING),
    "TextBody": ("text", whatsapp.TEXT),
    "RadioButtonsGroup": ("label", whatsapp.FLOW_LABEL),
    "TextInput": ("label", whatsapp.FLOW_LINE),
    "TextArea": ("label", whatsapp.FLOW_LINE),
    "DatePicker": ("label", whatsapp.FLOW_DAY),
    "Footer": ("label", whatsapp.FLOW_FOOTER),
}
CONDITION = re.compile(r"\$\{(?:form|screen\.[A-Z_]+\.form)\.\w+\} (?:==|!=) '\w+'")
MADE = {form: flows.flow_json(form, None) for form in flows.FORMS}


def inside(children: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component, also those within a form or behind a condition."""
    for child in children:
        yield child
        yield from inside([*child.get("children", []), *child.get("then", []), *child.get("else", [])])


def all_parts(form: str) -> list[dict[str, Any]]:
    return [part for screen in MADE[form]["screens"] for part in inside(screen["layout"]["children"])]


def footers(children: list[dict[str, Any]]) -> int:
    """Footers that are seen at once: of a condition's two branches one."""
    count = 0
    for child in children:
        count += child["type"] == "Footer"
        count += footers(child.get("children", []))
        if child["type"] == "If":
            then, other = footers(child["then"]), footers(child.get("else", []))
            assert then == other, "a footer stands in both branches or in none"
            count += then
    return count


@pytest.mark.parametrize("form", flows.FORMS)
def test_screens_and_components_are_within_the_limits(form: str) -> None:
    made = MADE[form]
    assert set(made) == {"version", "screens"} and len(json.dumps(made).encode()) < MOST_BYTES
    assert re.fullmatch(r"[67]\.\d", made["version"])
    for screen in made["screens"]:
        assert set(screen) <= {"id", "title", "terminal", "success", "data", "layout"}
        assert re.fullmatch("[A-Z_]+", screen["id"]) and screen["id"] != "SUCCESS" and 1 <= len(screen["title"]) <= whatsapp.FLOW_LABEL
        children = screen["layout"]["children"]
        assert len(list(inside(children))) <= whatsapp.FLOW_SCREEN_CHILDREN and footers(children) == 1
        names = [part["name"] for part in inside(children) if part["type"] in INPUTS]
        assert len(set(names)) == len(names) and all(re.fullmatch(r"[a-z_0-9]+", name) for name in names)
    for part in all_parts(form):
        assert set(part) <= MEMBERS[part["type"]], part
        if part["type"] in LONGEST:
            name, longest = LONGEST[part["type"]]
            assert 1 <= len(part[name]) <= longest, part
        assert len(part.get("helper-text", "")) <= whatsapp.FLOW_HELPER
        assert "${" in part.get("init-values", "${") and CONDITION.fullmatch(part.get("condition", "${form.a} == 'b'"))
        if part["type"] == "RadioButtonsGroup":
            options = part["data-source"]
            assert 1 <= len(options) <= whatsapp.FLOW_OPTIONS and len({row["id"] for row in options}) == len(options)
            assert all(1 <= len(row["title"]) <= whatsapp.FLOW_OPTION for row in options)


@pytest.mark.parametrize("form", flows.FORMS)
def test_every_reference_names_a_field_that_is_there_and_no_server_is_asked(form: str) -> None:
    text = json.dumps(MADE[form])
    assert "data_exchange" not in text and "routing_model" not in text and "data_api_version" not in text
    fields = {s["id"]: {p["name"] for p in inside(s["layout"]["children"]) if p["type"] in INPUTS} for s in MADE[form]["screens"]}
    data = {s["id"]: set(s.get("data", {})) for s in MADE[form]["screens"]}
    for screen in MADE[form]["screens"]:
        own = json.dumps(screen)
        assert set(re.findall(r"\$\{form\.(\w+)\}", own)) <= fields[screen["id"]]
        assert set(re.findall(r"\$\{data\.(\w+)\}", own)) <= data[screen["id"]]
        for name, what, field in re.findall(r"\$\{screen\.(\w+)\.(form|data)\.(\w+)\}", own):
            assert field in (fields if what == "form" else data)[name]
        for part in inside(screen["layout"]["children"]):
            action = part.get("on-click-action", {"name": "none"})
            assert action["name"] in ("none", "navigate", "complete")
            assert action["name"] != "navigate" or action["next"]["name"] in fields
            assert action["name"] != "complete" or screen["terminal"]


def test_the_survey_brings_every_answer_back_once() -> None:
    names = [part["name"] for part in all_parts(flows.SURVEY) if part["type"] in INPUTS]
    assert names == [f"unsur_{row.id}" for row in unsur()] + [row.id for row in respondent()]
    first, last = [part["on-click-action"] for part in all_parts(flows.SURVEY) if part["type"] == "Footer"]
    assert first["next"]["name"] == ABOUT and set(last["payload"]) == set(names)
    assert [screen["id"] for screen in MADE[flows.SURVEY]["screens"]] == [UNSUR, ABOUT]


def test_the_registration_brings_back_everything_up_to_the_last_child_that_was_counted() -> None:
    screens = MADE[flows.REGISTRATION]["screens"]
    assert [screen["id"] for screen in screens] == [SCREEN, PARENTS, *CHILDREN]
    ends = [part["on-click-action"] for part in all_parts(flows.REGISTRATION) if part["type"] == "Footer"]
    payloads = [action["payload"] for action in ends if action["name"] == "complete"]
    for fewer, more in pairwise(payloads):
        assert set(fewer) < set(more)
    assert set(payloads[-1]) == {field.name for field in all_fields()} and len(payloads) == len(CHILDREN)
    assert set(payloads[0]) == {field.name for field in all_fields() if field.child in (None, 0)}


def test_it_is_opened_with_what_its_first_screen_declares() -> None:
    known = {field.name: "x" for field in all_fields()}
    declared = MADE[flows.REGISTRATION]["screens"][0]["data"]
    given = opened_with(known)
    assert set(given) == set(declared)
    for group, values in given.items():
        assert set(values) == set(declared[group]["properties"])
    assert {name for values in given.values() for name in values} == set(known)
    assert set(given["anak_1"]) == {field.name for field in child_fields(0)}


def test_as_many_children_fit_as_the_question_offers() -> None:
    assert [option.id for option in flows.ChatTexts(None).options("q_jumlah_anak")] == [str(n + 1) for n in range(len(CHILDREN))]


def test_the_chat_and_the_command_make_the_same_form() -> None:
    assert flow_json(Catalogue(read_responses())) == MADE[flows.REGISTRATION]


def test_the_command_prints_it() -> None:
    run = subprocess.run([sys.executable, "-m", "pack", "flow", "permohonan"], capture_output=True, check=True)
    assert json.loads(run.stdout) == MADE[flows.REGISTRATION]
