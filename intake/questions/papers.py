"""Reads what an applicant says of having the birth letter and the marriage book, where it is asked for and where it is said by the way."""

import re
from collections.abc import Callable

from intake.drafts.model import Draft
from intake.questions.question import NOTHING, Reading, Said
from intake.reading import Answer, is_question, read_both, read_choice, read_position, read_yes_no
from intake.reading.papers import BOOK, LETTER, read_papers_said
from language.lists import either, word_set
from language.phrases import words
from standard.kinds import Item

CONDITIONS = {Item.SURAT_KELAHIRAN: "ada_surat_kelahiran", Item.SURAT_NIKAH: "ada_surat_nikah"}
"""The condition that a paper decides."""

Papers = tuple[bool | None, bool | None]
"""`(surat kelahiran, surat nikah)`, each None where the answer left it open."""

_CHOICES: dict[str, Papers] = {
    "keduanya": (True, True),
    "surat_kelahiran": (True, False),
    "surat_nikah": (False, True),
    "tidak_ada": (False, False),
}
SHORT = 7
"""Words of an answer that need not name the papers."""
_ROW = tuple(_CHOICES)
_PLACE = re.compile(rf"\W{{0,4}}(?:{either('which', 'choice')}\s){{0,2}}(?:no\.|{either('numbered')}|no)?\s?([1-4])\b")
_ANEW = re.compile(rf"\b{either('meant')}\b")
"""What stands behind it replaces what was said before (`1 eh salah 2`)."""
_NUMBERED = re.compile(rf"\b(?:no\b\.?|{either('numbered')}|opsi|pilihan)\s*(\w+)")


def papers_told(text: str) -> dict[Item, bool]:
    """Each of the two papers of which the text says how it is."""
    said = read_papers_said(text)
    return {} if said.asks and said.supposed else {Item(paper): has for paper, has in said.stated.items() if has is not None}


def read_papers(said: Said, draft: Draft, child: int) -> Reading[Papers]:
    """What the answer says of each; an option by its number, both or neither in one word."""
    if said.choice is not None:
        return _CHOICES[said.choice]
    stated = read_papers_said(said.text, by_sign=True)
    if (place := _numbered(said.text, bool(stated.stated))) is not None:
        return _CHOICES[_ROW[place - 1]]
    if (
        stated.asks
        and None in stated.stated.values()
        and (rest := without_questions(said.text))
        and read_papers_said(rest, by_sign=True).stated
    ):
        stated = read_papers_said(rest, by_sign=True)
    if (stated.asks and stated.supposed) or (stated.asks and None in (*stated.stated.values(), *([] if stated.stated else [None]))):
        return NOTHING
    ordered = _by_rank(said.text)
    if ordered is not None:
        return ordered
    unsure = _LOST.search(said.text) or stated.beside or (not stated.stated and (stated.doubtful or _OTHER_PAPERS.search(said.text)))
    both = None if unsure else read_both(said.text) if len(words(said.text)) <= SHORT or stated.stated else None
    if both is not None and all(value in (both, None) for value in stated.stated.values()):
        return both, both
    if not stated.stated and unsure:
        return NOTHING
    if stated.stated:
        only_signs = not any(value is not None for value in stated.stated.values()) and not read_papers_said(said.text).stated
        if only_signs and len(words(said.text)) > SHORT:
            return NOTHING  # a story in which a midwife comes, and no paper
        return stated.stated.get(LETTER), stated.stated.get(BOOK)
    if _means_two(said.text):
        return True, True
    picked = None if is_question(said.text) or read_position(said.text) else read_choice(said.text, said.choices)
    if picked is not None and read_yes_no(said.text) is None:
        return _CHOICES[picked]
    return NOTHING if read_yes_no(said.text) is None else (None, None)


def without_questions(text: str) -> str:
    """The sentences that ask nothing."""
    return " ".join(part for part in re.findall(r"[^.?!\n]+[.?!\n]?", text) if not part.endswith("?"))


def _numbered(text: str, named: bool) -> int | None:
    """The number of an option: `3`, `yg no 3`, `sing nomer loro`, `1 eh salah 2`; not the figure in a sentence about the papers."""
    typed = text.strip().lower()
    found = _NUMBERED.search(typed)
    if (
        found is not None
        and not _OF_A_CHILD.search(typed[: found.start()])
        and (place := read_position(found[1])) is not None
        and 1 <= place <= len(_ROW)
    ):
        return place
    last = _ANEW.split(typed)[-1]
    digit = _PLACE.match(last)
    alone = digit is not None and re.match(rf"\s*(?:$|[.,!]|{either('address')}|nggih|lengkap)", last[digit.end() :])
    return int(digit[1]) if digit and (alone or not named) and not re.match(r"\d{2,}", last) else None


_OF_A_CHILD = re.compile(rf"\b{either('child', 'born', 'numbered_else')}\w{{0,6}}\s*$")
"""`Anake nomer telu`: the number of something else."""
_FIRST = re.compile(rf"(?i)\b{either('which')}\s(?:pertama|kapisan)\b")
_SECOND = re.compile(rf"(?i)\b{either('which')}\s{either('second')}\b")


def _by_rank(text: str) -> Papers | None:
    """`Yang pertama ada, yang kedua tidak`: the two papers in the order in which they were asked for."""
    first, second = _FIRST.search(text), _SECOND.search(text)
    if first is None or second is None or second.start() < first.end():
        return None
    answers = [read_yes_no(part) for part in (text[first.end() : second.start()], text[second.end() :])]
    return None if None in answers else (answers[0] is Answer.YES, answers[1] is Answer.YES)


def _means_two(text: str) -> bool:
    """`Dua`, `kalih pak`: how many there are, not the second option."""
    typed = [word for word in words(text) if word not in word_set("answers", "filler")]
    return len(typed) == 1 and typed[0] in ("dua", "loro", "kalih")


def store_papers(draft: Draft, child: int, value: Papers) -> None:
    """What was said; the rest is asked for itself."""
    letter, book = value
    draft.conditions.ada_surat_kelahiran = draft.conditions.ada_surat_kelahiran if letter is None else letter
    draft.conditions.ada_surat_nikah = draft.conditions.ada_surat_nikah if book is None else book
    draft.papers_asked_apart = None in value


def read_has(item: Item) -> Callable[[Said, Draft, int], Reading[bool]]:
    """A reader of whether they have that paper. "Not yet" is a no that stays open: a paper that comes after all is taken."""

    def read(said: Said, draft: Draft, child: int) -> Reading[bool]:
        if said.choice is None:
            stated = read_papers_said(said.text)
            if stated.stated:
                has = stated.stated.get(item)
                first = re.split(r"[.,;\n]", said.text)[0]
                if (
                    has is None
                    and item not in stated.stated
                    and not read_papers_said(first).stated
                    and (bare := read_yes_no(first)) is not None
                ):
                    return bare is Answer.YES  # `tidak ada. buku nikah juga tidak`
                return NOTHING if has is None else has
            if stated.asks or (words(said.text)[:1] in (["sudah"], ["sdh"], ["udah"], ["wis"]) and len(words(said.text)) == 1):
                return NOTHING
            named = read_papers_said(f"{_NAMES[item]} {said.text}").stated
            own = named.get(item)
            if _IN_DOUBT.search(said.text) or (own is None and (stated.doubtful or stated.beside)):
                return NOTHING
            if own is not None:
                return own
            answer = read_yes_no(said.text)
            if answer is not None:
                return answer is Answer.YES
        picked = said.choice or read_choice(said.text, said.choices)
        return NOTHING if picked is None else picked == "ada"

    return read


_IN_DOUBT = re.compile(rf"(?i)\b{either('held_back')}\b")
"""Pawned, of another marriage, to be had again: asked once more."""
_LOST = re.compile(rf"(?i)\b{either('lost')}\b")
"""Lost papers: whether others can be had is asked of each."""
_OTHER_PAPERS = re.compile(rf"(?i)\b{either('cards')}\b")
"""`KK sama KTP ada lengkap` says nothing of the two that were asked for."""
_NAMES = {Item.SURAT_KELAHIRAN: "surat lahir", Item.SURAT_NIKAH: "buku nikah"}
"""Put in front of an answer that leaves out what was asked for."""


def papers_mentioned(text: str, draft: Draft) -> dict[Item, bool]:
    """What a message says of the papers though something else was asked: a paper that they have, or one that was not spoken of yet."""
    known = {item: getattr(draft.known, name) for item, name in CONDITIONS.items()}
    return {item: has for item, has in papers_told(text).items() if known[item] is None or (has and not known[item])}
