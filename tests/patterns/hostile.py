"""Makes texts on which a regular expression with a weakness takes longest: runs, alternations, and near misses of the pattern itself."""

import re
import string
from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]
from typing import Any

RUNS = (" ", "\n", "a", "e", "x", "A", "1", "0", ".", "-", ",", "@", "_", "(", "'", "é", "/", ":")
PAIRS = ("a ", "1 ", "a1", "1.", "1,", "- ", " \n", "a,", "a.", "a@", "1-", "A ", "A.", ". ", ", ", "1a", "1/", "a-", "\n ")
TAILS = (" ", "a", "A", "1", ".", ",", "\n")
MOST_WORDS = 16


def texts(pattern: re.Pattern[Any], length: int) -> Iterator[str]:
    """Texts of that length."""
    words = _words(pattern)
    for unit in dict.fromkeys((*RUNS, *PAIRS, *words, *(f"{word} " for word in words), *(word[:-1] for word in words if len(word) > 1))):
        yield (unit * length)[: length - 1] + "\x00"
    for word in words:
        for tail in TAILS:
            yield (word + tail * length)[: length - 1] + "\x00"


def _words(pattern: re.Pattern[Any]) -> list[str]:
    """What the pattern can take, in a few ways: each branch of its choices, with its repetitions once and twice."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = _parser.parse(text, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    found: dict[str, None] = {}
    for choice in range(MOST_WORDS):
        for repeats in (1, 2):
            word = "".join(_sample(tree, choice, repeats))
            for part in (word, word[: len(word) // 2], *word.split(" ")[:1]):
                if part:
                    found.setdefault(part[:80])
    return list(found)[:: max(1, len(found) // MOST_WORDS)]


def _sample(tree: Any, choice: int, repeats: int) -> Iterator[str]:
    for kind, value in tree:
        yield from _part(str(kind), value, choice, repeats)


def _part(kind: str, value: Any, choice: int, repeats: int) -> Iterator[str]:
    match kind:
        case "LITERAL":
            yield chr(value)
        case "NOT_LITERAL":
            yield "a" if value != ord("a") else "b"
        case "ANY":
            yield "a"
        case "IN":
            yield _one_of(value)
        case "BRANCH":
            yield from _sample(value[1][choice % len(value[1])], choice // len(value[1]), repeats)
        case "SUBPATTERN":
            yield from _sample(value[3], choice, repeats)
        case "ATOMIC_GROUP":
            yield from _sample(value, choice, repeats)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, inner = value
            for _ in range(min(max(least, repeats if least or choice % 2 == 0 else 0), most if isinstance(most, int) else repeats)):
                yield from _sample(inner, choice, repeats)
        case "GROUPREF_EXISTS":
            yield from _sample(value[1], choice, repeats)


def _one_of(options: Any) -> str:
    """A character of a set."""
    kinds = {str(kind): value for kind, value in options}
    if "NEGATE" in kinds:
        outside = {chr(value) for kind, value in options if str(kind) == "LITERAL"}
        classes = {str(value) for kind, value in options if str(kind) == "CATEGORY"}
        for character in "a ,1.":
            if character in outside or (character.isspace() and "CATEGORY_SPACE" in classes):
                continue
            if (character == "1" and "CATEGORY_DIGIT" in classes) or (character.isalnum() and "CATEGORY_WORD" in classes):
                continue
            return character
        return "!"
    for kind, value in options:
        match str(kind):
            case "LITERAL":
                return chr(value)
            case "RANGE":
                return chr(value[0])
            case "CATEGORY":
                return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}.get(
                    str(value), "a" if "NOT" in str(value) else string.punctuation[0]
                )
    return "a"
