"""Reads agreement, reporter and number of children, and stores them: the columns `read` and `store` of the question table."""

import re
from collections.abc import Callable
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
from intake.reading.frame.matching import found_words
from language.phrases import words
from standard.requirements import Reporter

MOST_CHILDREN = 5


NOTHING_WRONG = re.compile(
    r"\b(?:tidak|tdk|gak|ga|ngga|nggak|ndak|ora|ra|mboten|boten|bukan)(?:\s+(?:ada|ono|ana|wonten|enten|enek))?"
    r"(?:\s+(?:yang|yg|sing|ingkang))?\s+(?:salah|keliru|kliru|kleru|klentu|lepat)\b"
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
    """Yes or no; "not yet" is neither. Of a KK from elsewhere nothing is asked here."""
    picked = choice_of(said)
    return Problem("kk_luar") if picked == "luar" else _yes_or_no(picked)


def store_agreement(draft: Draft, child: int, value: bool) -> None:
    """Only a yes is kept; what a no leads to is the conversation's."""
    draft.agreed = value


def read_reporter(said: Said, draft: Draft, child: int) -> Reading[tuple[Reporter, str | None]]:
    """`(pelapor, hubungan)`: father, mother, or another with what they are to the child where they said it."""
    relation = None if said.choice else read_reporter_said(said.text)
    if relation is not None:
        is_parent = relation in (Relation.AYAH, Relation.IBU)
        return (Reporter(str(relation)), None) if is_parent else (Reporter.LAIN, str(relation))
    few = len(words(said.text)) <= FEW
    picked = said.choice or (read_choice(said.text, said.choices) if few and read_relation(said.text) is None else None)
    return (Reporter(picked), None) if picked else NOTHING


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
    if frame.marks & {"supposed"} or " ? " in frame.line or any(item.field == "kelahiran_ke" for item in frame.items):
        return NOTHING
    if re.search(r"(?<! ibu)(?<! ibuk)(?<! tua)(?<! mama) (?:tunggal|ontang anting) ", frame.line):
        return 1
    if _THIS_ONE.search(frame.line):
        return 1
    if re.search(r" (?:meninggal|mati|seda|sedo|tilar|umur|usia|sekalian|kakak\w*|adik\w*|beda ibu|bedo ibu) ", frame.line):
        return NOTHING
    if _JUST_ONE.search(frame.line):
        return 1
    registered = re.search(r" (?:didaftar\w*|daftar|dilapor\w*|lapor|diurus|ngurus)(?: \w+){0,1} (\d) ", frame.line)
    count = int(registered[1]) if registered else read_count(said.text)
    if count is None:
        picked = read_choice(said.text, said.choices)
        count = int(picked) if picked else None
    return count if count is not None and 1 <= count <= MOST_CHILDREN else NOTHING


_THIS_ONE = re.compile(
    r" (?:yang|yg|sing|ingkang) (?:ini|iki|niki|punika)(?: cuma| mung| namung| hanya| lahir)? (?:biasa|tunggal|1|ora kembar|tidak kembar) "
)


_JUST_ONE = re.compile(
    r"^ (?:cuma|cm|mung|namung|hanya|muk) 1 (?:anak |orang |bayi |lare )?(?:pak|bu|mas|mbak|mawon|saja|wae|thok|tok|,|\.|$)"
)

"""How it is said that there was one child, whatever the family thought or had before."""


def sexes_aside(said: Said, draft: Draft) -> dict[int, str]:
    """The sex of each child where it is told along with how many there are: of the only one, or of all alike."""
    frame = read_frame(said.text, said.today)
    stated = [item for item in frame.items if item.field == "jenis_kelamin" and item.sense is Sense.SAID and item.who is Who.CHILD]
    if len({item.value for item in stated}) != 1 or is_question(said.text):
        return {}
    places = range(len(draft.children)) if "all" in frame.marks or len(draft.children) == 1 else ()
    return {at: stated[0].value for at in places if "jenis_kelamin" not in draft.children[at].fields}


def twins_aside(said: Said, draft: Draft) -> int | None:
    """How many children a message tells of by `kembar`, though something else was asked; not of a brother or sister."""
    frame = read_frame(said.text, said.today)
    line, sexes = frame.line, [item.value for item in frame.items if item.field == "jenis_kelamin"]
    if (
        not (_TWINS.search(line) if len(set(sexes)) > 1 or "all" in frame.marks else _BORN_TWINS.search(line))
        or found_words(line, "denial")
        or found_words(line, "sibling", "persons")
        or is_question(said.text)
    ):
        return None
    count = read_children(said, draft, 0)
    return count if isinstance(count, int) and count > 1 else None


_TWINS = re.compile(r" (?:kembar|kmbar|dampit)\w* ")


_BORN_TWINS = re.compile(
    r" (?:anak|bayi|lahir|lair|lare|putra|putri|yugo)\w*(?: saya| kulo| kula| kami| ku)?(?: itu| niki)? (?:kembar|kmbar|dampit)\w* "
)


def store_children(draft: Draft, child: int, value: int) -> None:
    """Makes a place for each child, and says of each what follows: single birth or twins."""
    draft.conditions.jumlah_anak = value
    draft.children = (draft.children + [Child() for _ in range(value)])[:value]


def read_confirmation(said: Said, draft: Draft, child: int) -> Reading[bool]:
    """Yes, or no."""
    return _yes_or_no(choice_of(said))
