"""What is known of a draft as the form within WhatsApp holds it: by the form's field names, each as text. Pure."""

from collections.abc import Mapping
from typing import Any

from intake.drafts.birth_letters import letter_name
from intake.drafts.learning import parent_called
from intake.drafts.model import Draft
from intake.questions.changed_keys import Key
from intake.questions.papers import CONDITIONS as PAPERS
from intake.questions.parent_births import births_known
from intake.questions.standing import CONDITIONS, PLACE_ONLY, standing
from standard.birth_flow import COUNT, OTHER_ADDRESS, Field, all_fields
from standard.birth_form import UNKNOWN, parents_asked
from standard.f201 import FieldType


def form_values(draft: Draft) -> dict[str, str]:
    """Everything that the person or a paper said."""
    values = standing(draft)
    for parent in parents_asked():
        values |= {Key(f"{parent}_{name}"): value for name, value in births_known(draft, parent).items()}
        if (name := parent_called(draft, parent)) is not None:
            values[Key(f"nama_{parent}")] = name
    for at, child in enumerate(draft.children):
        if child.nama is None and (printed := letter_name(draft, at)) is not None:
            values[Key("nama_anak", at)] = printed
    return _written(values)


def said_values(draft: Draft) -> dict[str, str]:
    """Of these only what the person said, with their own words or taps."""
    by_paper = {Key(name) for name in CONDITIONS if getattr(draft.conditions, name) is None}
    by_paper |= {Key(name, at) for at, child in enumerate(draft.children) for name in child.fields if child.sources.get(name) != "chat"}
    return _written({key: value for key, value in standing(draft).items() if key not in by_paper})


def _written(values: Mapping[Key, Any]) -> dict[str, str]:
    found = {field.name: _text(field, values.get(Key(field.of, field.child))) for field in all_fields()}
    return {name: text for name, text in found.items() if text}


def _text(field: Field, value: Any) -> str:
    if value is None or value in (UNKNOWN, PLACE_ONLY):
        return ""
    if field.of in PAPERS.values():
        return "ada" if value else "belum"
    if field.of == "alamat_kia":
        return str(value) if (value == "kk") == (field.name != OTHER_ADDRESS) else ""
    if field.of == COUNT or isinstance(value, int):
        return str(value)
    written = f"{value:g}" if isinstance(value, float) else str(value)
    return written.replace(":", ".") if field.type is FieldType.TIME else written
