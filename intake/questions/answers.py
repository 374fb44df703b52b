"""Reads the answers to the bundle's questions and stores them in the draft: the columns `read` and `store` of the question table."""

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from intake.drafts.learning import note_facts
from intake.drafts.model import Child, Draft
from intake.questions.birth_facts import read_facts, read_field, says_unknown
from intake.questions.papers import papers_told
from intake.questions.parent_births import read_births, store_births
from intake.questions.question import NOTHING, Nothing, Problem, Reading, Said
from intake.reading import (
    Answer,
    Relation,
    is_question,
    read_choice,
    read_count,
    read_name,
    read_relation,
    read_yes_no,
    weighs,
)
from language.phrases import plain
from standard.birth_form import UNKNOWN, BirthField, birth_fields
from standard.crosscheck import same_name
from standard.names import Severity, judge_name
from standard.requirements import FamilyCard, KtpStatus, Reporter

ChildName: TypeAlias = tuple[str, tuple[str, ...]]
"""A name as the register writes it, and the keys of what an officer will look at."""

MOST_CHILDREN = 5
_CHILDS = frozenset(field.name for field in birth_fields())
_NAMING = r"(?:nama|jeneng|asma|asmo|nami)\w*\b|(?:dijeneng|dinama|diparingi\s+asm)\w*"
_ANNOUNCED, _ANNOUNCED_FIRST = re.compile(_NAMING), re.compile(rf"(?:(?:nggih|inggih|ya|pak|bu)[\s,]+)*+(?:{_NAMING})")
_NO_NAME = re.compile(
    r"(?:(?:di|neng|nang|ning|ing|teng|wonten)\s+)?(?:bu\s+|pak\s+)?"
    r"(?:bidan|dokter|dukun|perawat|puskesmas|polindes|klinik|rsu?d?|rumah\s+sakit|jam|pukul|lahir|lair|anak\s+(?:ke|kaping|no))\b"
)
"""How a fact of the birth begins, and no name does."""
_PATRONYM = re.compile(
    r"(?i)(?:harus\w{0,12}|yang\s+benar|sing\s+bener|mestin\w{0,12}|kudu\w{0,12}|ingkang\s+leres|bukan\s+\S+\s+tapi|jadi|ganti)(?:\s*:)?\s+(.+)"
)


def _picked(said: Said) -> str | None:
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
    picked = _picked(said)
    return Problem("kk_luar") if picked == "luar" else _yes_or_no(picked)


def store_agreement(draft: Draft, child: int, value: bool) -> None:
    """Only a yes is kept; what a no leads to is the conversation's."""
    draft.agreed = value


def read_reporter(said: Said, draft: Draft, child: int) -> Reading[tuple[Reporter, str | None]]:
    """`(pelapor, hubungan)`: father, mother, or another with what they are to the child where they said it."""
    relation = None if said.choice else read_relation(said.text)
    if relation is not None:
        is_parent = relation in (Relation.AYAH, Relation.IBU)
        return (Reporter(relation.value), None) if is_parent else (Reporter.LAIN, relation.value)
    picked = _picked(said)
    return (Reporter(picked), None) if picked else NOTHING


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
    count = read_count(said.text)
    if count is None:
        picked = read_choice(said.text, said.choices)
        count = int(picked) if picked else None
    return count if count is not None and 1 <= count <= MOST_CHILDREN else NOTHING


def store_children(draft: Draft, child: int, value: int) -> None:
    """Makes a place for each child, and says of each what follows: single birth or twins."""
    draft.conditions.jumlah_anak = value
    draft.children = (draft.children + [Child() for _ in range(value)])[:value]


def read_family_card(said: Said, draft: Draft, child: int) -> Reading[FamilyCard]:
    """How the KK shows the parents."""
    picked = _picked(said)
    return NOTHING if picked is None else FamilyCard(picked)


def read_ktp_status(said: Said, draft: Draft, child: int) -> Reading[KtpStatus]:
    """What a parent's KTP says; a yes is KAWIN, a no says only that it is not. `Ada buku nikah` speaks of another paper."""
    if said.choice is None:
        words = plain(said.text)
        if papers_told(said.text) and "ktp" not in words:
            return NOTHING
        for status, sign in _STATUSES.items():
            if sign.search(words):
                return status
        if says_unknown(said.text):
            return KtpStatus.TIDAK_TAHU
        answer = read_yes_no(said.text)
        if answer is not None:
            return KtpStatus.KAWIN if answer is Answer.YES else KtpStatus.BELUM_KAWIN
    picked = _picked(said)
    return NOTHING if picked is None else KtpStatus(picked)


_STATUSES = {status: re.compile(signs) for status, signs in (
    (
        KtpStatus.BELUM_PUNYA,
        r"\b(?:belum|blm|durung|dereng|tidak|gak|ora|mboten)\s+(?:punya|duwe|nduwe|gadhah|gadah|ada|wonten|bikin|buat)\s+(?:e-?)?ktp",
    ),
    (KtpStatus.CERAI_MATI, r"\b(?:cerai\s+mati|janda\s+mati|duda\s+mati)\b"),
    (KtpStatus.CERAI_HIDUP, r"\b(?:cerai|janda|duda|pegat|pisah)\b"),
    (
        KtpStatus.BELUM_KAWIN,
        r"\b(?:belum|blm|durung|dereng)\s+(?:kawin|nikah|rabi|krama|kromo|menikah)\b"
        r"|\b(?:lajang|jejaka|perjaka|bujang|perawan)\b",
    ),
)}  # fmt: skip


def read_child_name(said: Said, draft: Draft, child: int) -> Reading[ChildName]:
    """The name as the register writes it, `(name, keys of what an officer will look at)`; a Problem where the rules forbid it."""
    name = read_name(said.text)
    if name is None or _tells_of_birth(said):
        return NOTHING
    findings = judge_name(name.official)
    stop = next((finding for finding in findings if finding.severity is Severity.STOP), None)
    if stop is not None:
        return Problem(stop.problem.value, {"nama": name.official, "bagian": stop.detail})
    return name.official, tuple(finding.problem.value for finding in findings)


def _tells_of_birth(said: Said) -> bool:
    """Whether it is a fact of the birth that comes before it is asked for (`bidan Yuni`, `3,1 kilo 49 cm`), or "I forgot"; no name."""
    if _ANNOUNCED.search(plain(said.text)):
        return False
    if says_unknown(said.text) or _NO_NAME.match(plain(said.text)):
        return True
    return any(letter.isdigit() for letter in said.text) and bool(
        read_facts(said.text, [field.name for field in birth_fields()], said.today)
    )


def surely_name(value: Any, said: Said) -> bool:
    """Whether nothing but a name can have been meant: it is announced (`jenenge …`), or each of its words begins with a capital."""
    if isinstance(value, Problem) or is_question(said.text) or weighs(said.text):
        return False
    typed = said.text.strip(" .,!").split()
    return len(typed) > 1 and (_ANNOUNCED_FIRST.match(plain(said.text)) is not None or all(word[0].isupper() for word in typed))


def store_child_name(draft: Draft, child: int, value: ChildName) -> None:
    """Keeps the name, to be confirmed, and the marks for the officer."""
    draft.children[child].nama, remarks = value
    draft.children[child].confirmed = False
    for remark in remarks:
        draft.flag(remark)


def read_name_right(said: Said, draft: Draft, child: int) -> Reading[ChildName | bool | None]:
    """True where the spelling is right; a corrected name where one was given; None where it is wrong without saying how."""
    corrected = _PATRONYM.search(said.text) if said.choice is None else None
    if corrected:
        return read_child_name(Said(corrected[1], said.today), draft, child)
    picked = _picked(said)
    if picked == "ya":
        return True
    old = draft.children[child].nama or ""
    name = NOTHING if said.choice else read_child_name(said, draft, child)
    if isinstance(name, tuple) and same_name(name[0], old) and (picked is None or name[0] != old):
        return name if name[0] != old else True
    return NOTHING if picked is None else None


def store_name_right(draft: Draft, child: int, value: ChildName | bool | None) -> None:
    """Confirms, replaces, or clears the name."""
    if isinstance(value, tuple):
        store_child_name(draft, child, value)
    elif value is True:
        draft.children[child].confirmed = True
    else:
        draft.children[child].nama = None


def read_birth_facts(said: Said, draft: Draft, child: int) -> Reading[dict[str, Any]]:
    """Every fact of the child that is still missing and that the message gives, and where and when a parent was born."""
    known = draft.children[child].fields
    births, rest = read_births(said.text, draft, said.today)
    found = read_facts(rest, [field.name for field in birth_fields() if field.name not in known], said.today)
    return {**found, **births} or NOTHING


def read_one_fact(field: BirthField) -> Callable[[Said, Draft, int], Reading[dict[str, Any]]]:
    """A reader of one fact: by its choices, its own reader, or, where the form may leave it open, "not known"."""

    def read(said: Said, draft: Draft, child: int) -> Reading[dict[str, Any]]:
        value: Any = _chosen(said.choice) if said.choice else read_field(field.name, said.text, said.today)
        if value is None and field.unknown and says_unknown(said.text):
            value = UNKNOWN
        if value is None and said.choices:
            value = read_choice(said.text, said.choices)
        return NOTHING if value is None else {field.name: value}

    return read


def _chosen(choice: str) -> str | int:
    return int(choice) if choice.isdigit() else choice


def store_birth_facts(draft: Draft, child: int, value: dict[str, Any]) -> None:
    """Keeps the facts as said in the chat; what twins share goes to the next child, what is a parent's to the parents."""
    births = {name: fact for name, fact in value.items() if name not in _CHILDS}
    store_births(draft, child, births)
    note_facts(draft, child, {name: fact for name, fact in value.items() if name in _CHILDS}, "chat")


def read_person(said: Said, draft: Draft, child: int) -> Reading[str]:
    """A parent's name."""
    name = read_name(said.text)
    return NOTHING if name is None else name.official


def read_confirmation(said: Said, draft: Draft, child: int) -> Reading[bool]:
    """Yes, or no."""
    return _yes_or_no(_picked(said))
