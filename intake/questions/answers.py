"""Reads agreement, reporter and number of children, and stores them: the columns `read` and `store` of the question table."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from intake.drafts.model import Child, Draft
from intake.questions.question import NOTHING, Nothing, Problem, Reading, Said
from intake.questions.reporter import FEW, read_reporter_said
from intake.reading import (
    Relation,
    is_question,
    read_choice,
    read_count,
    read_relation,
    weighs,
)
from intake.reading.frame import Sense, Who, read_frame
from intake.reading.gazetteer import home_regency
from intake.reading.name_tagger import without_names
from intake.reading.numbers import number_of
from language.lists import either, phrases
from language.phrases import words
from standard.requirements import Reporter

MOST_CHILDREN = 5
CHAT = "chat"
"""The yes of who wants to be asked in the chat, where a form is offered."""


NOTHING_WRONG = re.compile(
    rf"\b(?:{either('not')}|bukan)(?:\s+{either('there_is')})?"
    rf"(?:\s+{either('which')})?\s+(?:{either('wrong')}|salah)\b"
)

"""A double negation that says yes."""


def choice_of(said: Said) -> str | None:
    """The id of the choice that was tapped or meant."""
    return said.choice or read_choice(said.text, said.choices)


def _yes_or_no(picked: str | None) -> Reading[bool]:
    return picked == "ya" if picked in ("ya", "tidak") else NOTHING


def read_nothing(said: Said, draft: Draft, child: int) -> Nothing:
    """For questions that only photos answer."""
    return NOTHING


def store_nothing(draft: Draft, child: int, value: Any) -> None:
    """For questions whose answer changes more than the draft: the conversation acts on it."""


def store(name: str) -> Callable[[Draft, int, Any], None]:
    """Stores the answer under that name in the draft."""
    return lambda draft, child, value: setattr(draft, name, value)


def store_condition(name: str) -> Callable[[Draft, int, Any], None]:
    """Stores the answer as one of the conditions."""
    return lambda draft, child, value: setattr(draft.conditions, name, value)


def read_agreement(said: Said, draft: Draft, child: int) -> Reading[bool]:
    """Yes or no; "not yet" is neither. Of a KK from elsewhere nothing is asked here; that it is from here may stand beside the yes."""
    picked = choice_of(said) or read_choice(_home_card().sub(" ", said.text), said.choices)
    return Problem("kk_luar") if picked == "luar" else _yes_or_no("ya" if picked == CHAT else picked)


@cache
def _home_card() -> re.Pattern[str]:
    """That the KK is of the office's own regency: `KK istri saya blora jadi`, or the regency alone."""
    home = re.escape(home_regency())
    return re.compile(
        rf"(?i)(?:\b(?:kk|kartu keluarga)\w{{0,4}}\s(?:\w+\s){{0,3}}?)?\b(?:kab(?:upaten)?\.?\s)?{home}\b(?:\s(?:jadi|dadi)\b)?"
    )


def store_agreement(draft: Draft, child: int, value: bool) -> None:
    """Only a yes is kept; what a no leads to is the conversation's."""
    draft.agreed = value


def read_reporter(said: Said, draft: Draft, child: int) -> Reading[tuple[Reporter, str | None]]:
    """`(pelapor, hubungan)`: father, mother, or another with what they are to the child where they said it."""
    relation = None if said.choice else read_reporter_said(said.text) or read_reporter_said(without_names(said.text, "pelapor"))
    if relation is not None:
        return reporter_of(relation)
    bare = [word for word in words(said.text) if word not in phrases("answers", "filler")]
    if said.choice is None and len(bare) == 1 and bare[0].isalpha() and number_of(bare) is not None:
        return NOTHING  # `satu`: how many children, or the first of the choices
    few = len(words(said.text)) <= FEW
    picked = said.choice or (read_choice(said.text, said.choices) if few and read_relation(said.text) is None else None)
    return (Reporter(picked), None) if picked else NOTHING


def reporter_of(relation: str) -> tuple[Reporter, str | None]:
    """`(pelapor, hubungan)` of somebody by what they are to the child."""
    is_parent = relation in (Relation.AYAH, Relation.IBU)
    return (Reporter(str(relation)), None) if is_parent else (Reporter.LAIN, str(relation))


def surely_reporter(value: Any, said: Said) -> bool:
    """Whether the writer says who they are and asks nothing: it is an answer, whatever else the sentence sounds like."""
    return read_reporter_said(said.text) is not None and not is_question(said.text) and not weighs(said.text)


def store_reporter(draft: Draft, child: int, value: tuple[Reporter, str | None]) -> None:
    """Both halves of the answer."""
    draft.conditions.pelapor, draft.hubungan_pelapor = value


def read_relation_words(said: Said, draft: Draft, child: int) -> Reading[str]:
    """What the reporter is to the child, in a known word or their own few."""
    relation = read_relation(said.text)
    if relation is not None:
        return relation.value
    words = re.sub(r"\s+", " ", said.text).strip(" .,!")
    return words if re.search(r"[^\W\d_]{3}", words) and len(words.split()) <= 6 and "?" not in words else NOTHING


def read_children(said: Said, draft: Draft, child: int) -> Reading[int]:
    """How many children were born."""
    if said.choice is not None:
        return int(said.choice)
    frame = read_frame(said.text, said.today)
    if (
        frame.marks & {"supposed"}
        or " ? " in frame.line
        or any(item.field == "kelahiran_ke" and not A_COUNT.fullmatch(frame.line[item.start : item.end]) for item in frame.items)
    ):
        return NOTHING
    if re.search(r"(?<! ibu)(?<! ibuk)(?<! tua)(?<! mama) (?:tunggal|ontang anting) ", frame.line):
        return 1
    if _THIS_ONE.search(frame.line):
        return 1
    if re.search(rf" {either('not_of_one_birth')} ", frame.line):
        return NOTHING
    if _JUST_ONE.search(frame.line):
        return 1
    if (stated := _STATED.search(frame.line)) is not None:
        return int(stated["born"] or stated["few"] or stated["first"])
    registered = re.search(rf" {either('registering')}(?: \w+){{0,1}} (\d) ", frame.line)
    count = int(registered[1]) if registered else read_count(said.text)
    if count is None:
        picked = read_choice(said.text, said.choices)
        count = int(picked) if picked else None
    return count if count is not None and 1 <= count <= MOST_CHILDREN else NOTHING


A_COUNT = re.compile(rf"{either('child')}\w* \d{{1,2}}")
"""`Anak siji`, the number alone: how many were born, not which of them it is."""
_THIS_ONE = re.compile(rf" {either('which')} {either('this')}(?: (?:{either('only')}|lahir))? (?:{either('single')}|1) ")


_JUST_ONE = re.compile(rf"^ {either('only')} 1 (?:(?:{either('child')}|orang) )?(?:{either('address', 'just')}|,|\.|$)")

"""How it is said that there was one child, whatever the family thought or had before."""

_BEHIND_ONE = rf"(?:,|\.|{either('address', 'sexes', 'name')}|$)"
_STATED = re.compile(
    rf" {either('twins')}\w* (?P<born>[2-{MOST_CHILDREN}]) "
    rf"|^(?: \w+ ,)? {either('child')}\w* (?:{either('only')} )?(?P<few>[1-{MOST_CHILDREN}]) {_BEHIND_ONE}"
    rf"|^ (?P<first>[1-{MOST_CHILDREN}]) {either('address', 'just')}?\s?,"
)
"""The number where it stands beside the word for twins, or for child, or alone before the first comma; what follows says other things."""


def sexes_aside(said: Said, draft: Draft) -> dict[int, str]:
    """The sex of each child where it is told along with how many there are: of the only one, or of all alike."""
    frame = read_frame(said.text, said.today)
    stated = [item for item in frame.items if item.field == "jenis_kelamin" and item.sense is Sense.SAID and item.who is Who.CHILD]
    if len({item.value for item in stated}) != 1 or is_question(said.text):
        return {}
    places = range(len(draft.children)) if "all" in frame.marks or len(draft.children) == 1 else ()
    return {at: stated[0].value for at in places if "jenis_kelamin" not in draft.children[at].fields}


def store_children(draft: Draft, child: int, value: int) -> None:
    """Makes a place for each child, and says of each what follows: single birth or twins."""
    draft.conditions.jumlah_anak = value
    draft.children = (draft.children + [Child() for _ in range(value)])[:value]


def read_confirmation(said: Said, draft: Draft, child: int) -> Reading[bool]:
    """Yes, or no."""
    return _yes_or_no(choice_of(said))
