"""Every code that a member of staff may meet has a sentence; no template names a sentence that there is not."""

import re
from pathlib import Path

import pytest

from backoffice import errors
from backoffice.cases.documents import DocumentState
from backoffice.notices.models import NoticeState
from backoffice.web.pages import FOLDER
from backoffice.web.texts import catalogue
from standard import stages
from standard.crosscheck import Code
from standard.kinds import Item, Kind
from standard.names import NameProblem
from standard.stages import Refused

TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))


def problems(kind=errors.Problem):
    for sub in kind.__subclasses__():
        yield sub
        yield from problems(sub)


KEYS = [
    *(f"item.{item}" for item in Item),
    *(f"kind.{kind}" for kind in Kind),
    *(f"warning.{code}" for code in Code),
    *(f"flag.{problem}" for problem in NameProblem),
    *(f"document_state.{state}" for state in DocumentState),
    *(f"notice_state.{state}" for state in NoticeState),
    *(f"notice_kind.{row.notice}" for row in stages.transitions().values() if row.notice),
    *(f"done.{row.id}" for row in stages.transitions().values() if row.roles),
    *(f"missing.{fact}" for row in stages.transitions().values() for fact in sorted(row.needs & stages.COMPUTED)),
    *(f"problem.{refused.text}" for refused in Refused.__subclasses__()),
    *(f"problem.{problem.code}" for problem in problems() if hasattr(problem, "code") and problem is not errors.Refusal),
]


@pytest.mark.parametrize("key", KEYS)
def test_each_code_has_its_sentence(key):
    assert catalogue()[key]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_each_sentence_that_a_template_names_is_there(template: Path):
    for key in re.findall(r"""\bt\(["']([a-z_.]+)["'](?!\s*~)""", template.read_text(encoding="utf-8")):
        assert key.endswith(".") or key in catalogue(), key


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_sentence_of_its_own(template: Path):
    written = re.sub(r"\{% block body_class %\}.*?\{% endblock %\}", "", template.read_text(encoding="utf-8"))
    without_tags = re.sub(r"<[^>]*>|&\w+;", " ", re.sub(r"\{[%{#].*?[%}#]\}", " ", written, flags=re.DOTALL))
    assert set(re.findall(r"[A-Za-z]{4,}", without_tags)) <= {"XLSX"}
