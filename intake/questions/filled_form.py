"""Reads a form within WhatsApp that came back: each field by the reader of the question that asks for it, and stored as its answer is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from intake.drafts.model import Child, Draft
from intake.questions import answers, child_names
from intake.questions.delivery import read_delivery, store_delivery
from intake.questions.form_values import form_values, said_values
from intake.questions.parent_births import YOUNGEST, store_births
from intake.questions.question import NOTHING, Problem, Reading, Said
from intake.questions.table import BY_ID
from intake.reading import Choice, read_birthplace, read_date, read_email
from standard.birth_flow import OTHER_ADDRESS, Field, all_fields
from standard.birth_form import parents_asked
from standard.clock import write_date
from standard.f201 import FieldType
from standard.requirements import Reporter

Offered = Callable[[str], Sequence[Choice]]
"""The answers that a question offers, by its id."""


@dataclass
class Filled:
    """What became of a form."""

    stored: list[Field] = field(default_factory=list)
    unread: list[tuple[Field, str, Problem | None]] = field(default_factory=list)
    """What was not understood or can't be taken: it is asked for in the chat."""
    outdated: list[tuple[Field, str]] = field(default_factory=list)
    """What the person said otherwise in the chat after the form was sent to them: that stands."""
    answers: dict[str, Any] = field(default_factory=dict)
    """Values by question, of those that are about no child."""


def take_form(draft: Draft, fields: Mapping[str, Any], given: Mapping[str, str], today: date, offered: Offered) -> Filled:
    """Stores what a form tells anew. `given`: what it was filled in with when it was sent. What was left empty erases nothing."""
    filled, said_before = Filled(), said_values(draft)
    for row in all_fields():
        text = fields.get(row.name)
        text = " ".join(text.split()) if isinstance(text, str) else ""
        if not text or (row.child is not None and row.child >= max(1, len(draft.children))):
            continue
        if _stands(draft, row, text) or (text == given.get(row.name) and not _only_offered(draft, row)):
            continue
        said = _slot(said_before, row)
        if said is not None and said != _slot(given, row):
            filled.outdated.append((row, text))
            continue
        value = _read(draft, row, text, today, offered)
        if value is NOTHING or isinstance(value, Problem):
            filled.unread.append((row, text, value if isinstance(value, Problem) else None))
            continue
        _store(draft, row, value)
        filled.stored.append(row)
        if row.child is None:
            filled.answers[row.of] = value
    return filled


def _stands(draft: Draft, row: Field, text: str) -> bool:
    """Whether the same is known; a name from the birth letter that was kept in the form is an answer, and no longer only offered."""
    return form_values(draft).get(row.name) == text and not _only_offered(draft, row)


def _slot(values: Mapping[str, str], row: Field) -> str | None:
    """What stands for a field; the two of the address are one answer."""
    return values.get("alamat_kia") or values.get(OTHER_ADDRESS) if row.of == "alamat_kia" else values.get(row.name)


def _only_offered(draft: Draft, row: Field) -> bool:
    return row.of == "nama_anak" and row.child is not None and row.child < len(draft.children) and draft.children[row.child].nama is None


def _read(draft: Draft, row: Field, text: str, today: date, offered: Offered) -> Reading[Any]:
    if row.type is FieldType.CHOICE:
        options = offered(row.of)
        if text not in [option.id for option in options]:
            return NOTHING
        said = Said(next(option.title for option in options if option.id == text), today, options, text)
    else:
        said = Said(_as_typed(row, text), today)
    return _of_child(draft, row, said) if row.child is not None else _READERS.get(row.of, _asked(row.of))(said, draft, 0)


def _as_typed(row: Field, text: str) -> str:
    """A date of the calendar as people write it."""
    if row.type is FieldType.DATE:
        try:
            return write_date(date.fromisoformat(text))
        except ValueError:
            return text
    return text


def _of_child(draft: Draft, row: Field, said: Said) -> Reading[Any]:
    """Read as of an only child: the form says by its number whose it is, no word in it does."""
    if not draft.children:
        draft.children.append(Child())
    assert row.child is not None
    alone = draft.model_copy(update={"children": [draft.children[row.child]]})
    if row.of == "nama_anak":
        return child_names.read_child_name(said, alone, 0)
    found = BY_ID[row.of].read(said, alone, 0)
    return found if isinstance(found, Problem) or (isinstance(found, dict) and found.keys() == {row.of}) else NOTHING


def _store(draft: Draft, row: Field, value: Any) -> None:
    if row.child is None:
        _STORES.get(row.of, _stored(row.of))(draft, 0, value)
    elif row.of == "nama_anak":
        child_names.store_child_name(draft, row.child, value)
    else:
        BY_ID[row.of].store(draft, row.child, value)


def _asked(question: str) -> Callable[[Said, Draft, int], Reading[Any]]:
    return lambda said, draft, child: BY_ID[question].read(said, draft, child)


def _stored(question: str) -> Callable[[Draft, int, Any], None]:
    return lambda draft, child, value: BY_ID[question].store(draft, child, value)


def _birthplace(said: Said, draft: Draft, child: int) -> Reading[str]:
    found = read_birthplace(said.text)
    return NOTHING if found is None else found


def _grown_up_day(said: Said, draft: Draft, child: int) -> Reading[str]:
    """A day of birth that can be a parent's."""
    found = read_date(said.text, said.today)
    return NOTHING if found is None or found.year > said.today.year - YOUNGEST else found.isoformat()


def _email(said: Said, draft: Draft, child: int) -> Reading[str]:
    found = read_email(said.text)
    return found if isinstance(found, str) and "@" in found else NOTHING


def _relation(said: Said, draft: Draft, child: int) -> Reading[str]:
    """Only of a reporter who is no parent."""
    return answers.read_relation_words(said, draft, child) if draft.conditions.pelapor is Reporter.LAIN else NOTHING


def _address(said: Said, draft: Draft, child: int) -> Reading[Any]:
    found = read_delivery(said, draft, child)
    return NOTHING if isinstance(found, tuple) and found[0] is None else found


_BIRTHS = {
    f"{parent}_{name}": reader
    for parent in parents_asked()
    for name, reader in (("tempat_lahir", _birthplace), ("tanggal_lahir", _grown_up_day))
}
_READERS: dict[str, Callable[[Said, Draft, int], Reading[Any]]] = {
    **_BIRTHS,
    "hubungan_pelapor": _relation,
    "alamat_kia": _address,
    "email": _email,
}
"""Of what the chat asks for together with something else; of any other field the question of its name reads it."""


def _birth_store(name: str) -> Callable[[Draft, int, Any], None]:
    return lambda draft, child, value: store_births(draft, child, {name: value})


_STORES: dict[str, Callable[[Draft, int, Any], None]] = {
    **{name: _birth_store(name) for name in _BIRTHS},
    "alamat_kia": store_delivery,
    "email": answers.store("email"),
}
