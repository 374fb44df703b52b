"""What a person puts right in the same breath (`ayah, eh maksudnya kakek`), and what stands beside a question (`bapake, bayar ora?`)."""

import re
from functools import cache

from intake.reading.asking import is_question, weighs
from language.lists import either, phrases
from language.phrases import words

_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
_FIRST_CLAUSE = re.compile(r"(?s)([^,.;(\n]*)((?:[,.;](?=\s)|[(\n])?)(.*)")
SHORT = 5
"""Words of a first clause that is an answer."""
_CLAUSE = re.compile(rf"(?i),|;|\s(?:{either('contrast')}|soale|soalnya)\s")


def put_right(text: str) -> list[str]:
    """What stands behind the last word that takes back what was said before it, its first clause before the whole; else empty."""
    line = _trailing().sub("", text.strip())
    found = list(_turning().finditer(line))
    if "?" in text or (not found and line == text.strip()):
        return []
    behind = line[found[-1].end() :] if found else line
    while (denied := _denied().match(behind)) is not None:
        behind = behind[denied.end() :]
    first = re.split(r"[,.;]|\s\(", behind)[0]
    parts = [_trailing().sub("", first).strip(" ,.;"), behind.strip(" ,.;")]
    return [part for part in dict.fromkeys(parts) if part]


def answer_first(text: str) -> str:
    """The first clause of a message (`laki, tadi salah ngetik`) where nothing behind it says otherwise or puts off; else empty."""
    first, mark, rest = _FIRST_CLAUSE.match(text.strip()).groups()  # type: ignore[union-attr]
    if not mark or len(words(first)) > SHORT or is_question(text) or set(words(rest)) & _otherwise():
        return ""
    return first


def begins_anew(text: str) -> bool:
    """Whether a message begins by taking back what the one before it said (`eh wis ding`)."""
    found = _turning().match(text.strip())
    return found is not None and found.start() == 0 and "?" not in text


def beside_question(text: str) -> str:
    """The sentences and clauses of a message that ask nothing and suppose nothing, where another one does; else empty."""
    if not is_question(text):
        sentences = _SENTENCE.findall(text)
        plain = [sentence.strip() for sentence in sentences if not weighs(sentence)]
        return " ".join(plain) if len(plain) < len(sentences) else ""
    kept: list[str] = []
    marked = "?" in text
    for sentence in _SENTENCE.findall(text):
        if "?" not in sentence if marked else not is_question(sentence):
            kept.append(sentence.strip())
            continue
        clauses = [clause.strip() for clause in _CLAUSE.split(sentence)]
        asking = next((at for at, clause in enumerate(clauses) if is_question(clause)), len(clauses))
        kept += [clause for clause in clauses[:asking] if clause and not weighs(clause)]
    return " . ".join(part.strip(" .") for part in kept if part.strip(" ."))


def _any(section: str) -> str:
    texts = sorted(phrases("answers", section), key=len, reverse=True)
    return "|".join(re.escape(text).replace(r"\ ", r"\s+") for text in texts)


@cache
def _otherwise() -> frozenset[str]:
    turns = (text for section in ("instead", "supposed", "waiting") for text in phrases("frame", section))
    return frozenset(text for text in turns if " " not in text) | {*phrases("answers", "contrast")}


@cache
def _turning() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:(?:^|(?<=[\s,.;(]))(?:{_any('turning')})(?![^\W_])[\s,.:]*)+")


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![\s,.])[\s,.]+(?:{_any('turned')})[\s.!]*$")


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:{_any('taking_back')})(?![^\W_])\s*[,.:]+\s*")
