"""Offers the child's name that the birth letter gives: a yes, a no, or the right name at once."""

from intake.drafts.birth_letters import letter_facts, letter_name
from intake.drafts.model import Draft
from intake.questions.child_names import ChildName, read_child_name, read_name_right, store_child_name
from intake.questions.question import Reading, Said
from intake.reading import Answer, read_choice, read_yes_no

SHORT = 3
"""Words of an answer that only says that something is wrong."""


def is_offered(draft: Draft, child: int) -> bool:
    """Whether the child's letter gives a name that nobody refused, and there is none yet."""
    name = letter_name(draft, child)
    return draft.children[child].nama is None and name is not None and name != draft.children[child].refused


REST = "isi"
"""The choice that something beside the name is wrong."""


def read_offered_name(said: Said, draft: Draft, child: int) -> Reading[ChildName | bool | str | None]:
    """True where the letter is right; another name where one was given; None where the name is wrong and nothing more was said; `REST`."""
    if letter_facts(draft, child) and (said.choice or read_choice(said.text, said.choices)) == REST and len(said.text.split()) <= SHORT:
        return REST
    right = read_name_right(said, draft, child)
    if isinstance(right, tuple) and right[0] == letter_name(draft, child):
        return True  # the offered name, written out: a yes
    if right is True or right is None or isinstance(right, tuple):
        return right
    answer = read_yes_no(said.text)
    if answer is not None:
        return True if answer is Answer.YES else None
    name = read_child_name(said, draft, child)
    return True if isinstance(name, tuple) and name[0] == letter_name(draft, child) else name


def store_offered_name(draft: Draft, child: int, value: ChildName | bool | str | None) -> None:
    """The name, as it was spelled out; another is spelled back, and a refused one is not offered again."""
    if value == REST:
        return
    offered = letter_name(draft, child) or ""
    name = read_child_name(Said(offered, draft.updated_at.date()), draft, child) if value is True else value
    if isinstance(name, tuple):
        store_child_name(draft, child, name)
        draft.children[child].confirmed = value is True
    draft.children[child].refused = None if value is True else offered
