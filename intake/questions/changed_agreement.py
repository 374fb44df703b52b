"""Whether a message at the summary is a plain yes, a no, or neither."""

import re
from functools import cache

from intake.questions.answers import NOTHING_WRONG
from intake.questions.changed_keys import Changes
from intake.reading import (
    Answer,
    is_question,
    read_yes_no,
)
from intake.reading.frame import Frame, Sense
from intake.reading.frame.matching import found_words
from language.lists import either, phrases, word_set
from language.phrases import plain, words

_UNRIGHT = re.compile(rf" {either('not_yet', 'not', 'less')} {either('right', 'fits')} ")


@cache
def _topics() -> frozenset[str]:
    """What a yes may name where it answers another question than the summary's."""
    return frozenset(word for text in phrases("answers", "topic") for word in words(text))


def tell_agreement(text: str, frame: Frame, changes: Changes) -> None:
    """A yes is a yes only where nothing else was said."""
    if changes.values or changes.ask or frame.unread:
        return
    if changes.speaks and _leading_yes(plain(text), frame) is None:
        return
    stated = [item for item in frame.items if item.sense is not Sense.NAMED]
    if stated and all(item.sense in (Sense.SAID, Sense.DENIED) for item in stated):
        changes.agrees = (
            "right" in frame.marks
            and not _UNRIGHT.search(frame.line)
            and not frame.marks & {"wrong", "instead", "question", "promise", "waiting"}
        )
        return
    bare = NOTHING_TO_CHANGE.sub("benar", NOTHING_WRONG.sub("benar", plain(text)))
    led = _leading_yes(plain(text), frame)
    answer = read_yes_no(_without_sending(bare)) or led
    speaks_of_else = led is None and set(words(text)) & (_topics() - {"data", "semua", "nama"}) and not {"right", "all"} <= frame.marks
    speaks_of_else = bool(speaks_of_else)
    changes.agrees = answer is Answer.YES and not speaks_of_else and not frame.marks & {"waiting", "promise"}
    changes.disagrees = answer in (Answer.NO, Answer.NOT_YET)


NOTHING_TO_CHANGE = re.compile(
    rf"\b{either('not')}(?: {either('there_is', 'need')})?(?: {either('which')})? "
    rf"(?:dipun ?|di)?{either('change')}\b"
)
_THEN = re.compile(r"[.!?,;\n]+")
_WEIGHTY = ("denial", "wrong", "swapped", "withdraw", "forgotten")


def _leading_yes(text: str, frame: Frame) -> Answer | None:
    """A yes in a sentence of its own, and behind it only thanks, a wish or a question: nothing that names, denies or counts."""
    first, _, rest = text.partition(next(iter(_THEN.findall(text)), "\0"))
    if not rest:
        first, rest = _before_a_wish(first)
    meant = NOTHING_TO_CHANGE.sub("benar", NOTHING_WRONG.sub("benar", first))
    if not rest.strip() or read_yes_no(_without_sending(meant)) is not Answer.YES:
        return None
    if not set(words(rest)) - word_set("answers", "wishes") - word_set("answers", "filler") - _yes_words():
        return Answer.YES
    behind = f" {' '.join(words(rest))} "
    named = any(item.sense is Sense.NAMED for item in frame.items) or re.search(r"\b\d", rest) is not None
    changing = any(found_words(behind, section) for section in _WEIGHTY) or set(words(rest)) & word_set("names", "changing")
    outright = read_yes_no(_without_sending(first)) is Answer.YES  # `bukan salah pak, cuma mau tanya …` is none
    return Answer.YES if is_question(rest) and outright and not named and not changing else None


@cache
def _yes_words() -> frozenset[str]:
    return frozenset(word for text in phrases("answers", "yes") for word in words(text))


_THANKS = re.compile(rf" {either('wishes', 'thanks')} ")


def _before_a_wish(text: str) -> tuple[str, str]:
    line = f" {text} "
    found = _THANKS.search(line)
    return (line[: found.start()].strip(), line[found.start() :]) if found else (text, "")


def _without_sending(text: str) -> str:
    """`Ya kirim`, `kirim saja pak`: to have it sent is a yes, unless the rest says otherwise (`jangan dikirim dulu`)."""
    typed = words(text)
    rest = [word for word in typed if word not in word_set("answers", "send")]
    if len(rest) == len(typed):
        return text
    return " ".join(rest) if set(rest) - word_set("answers", "filler") else "ya"
