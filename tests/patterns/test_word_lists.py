"""Words that people or papers use stand in data, not in the regular expressions that look for them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("actions", "documents", "intake", "language")
"""Where texts of people and papers are read; their lists lie in `data/documents/` and `data/language/`."""
WORDS = re.compile(r" ?[A-Za-z]{2,}(?: [A-Za-z]{2,})* ?")
MOST = 2
"""So many words side by side are a turn of grammar (`di|pada`); more are a list."""
ALLOWED = {
    r"II|2|ll|\|\||lI|Il": "letters that the reader takes for the figure II",
}
"""Parts of patterns that hold more words and stay, with why."""


def _strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each text of the code but docstrings, with its line; what an f-string puts in is a mark."""
    skipped = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node) if part is not node}
    skipped |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(part.value if isinstance(part, ast.Constant) else "\0" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def lists_in(pattern: str) -> Iterator[str]:
    """The alternations of a pattern, in a group or over all of it, that hold more than `MOST` words."""
    open_groups: list[list[str]] = [[""]]
    for piece in re.findall(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?P<\w+>|\(\?[a-z]*[:=!]?|\(\?<[=!]|[()|]|[^\\\[()|]+", pattern):
        if piece.startswith("("):
            open_groups.append([""])
        elif piece == "|":
            open_groups[-1].append("")
        elif piece == ")" and len(open_groups) > 1:
            yield from _listed(open_groups.pop())
            open_groups[-1][-1] += "\0"
        else:
            open_groups[-1][-1] += piece
    for group in open_groups:
        yield from _listed(group)


def _listed(alternatives: list[str]) -> Iterator[str]:
    if sum(WORDS.fullmatch(text) is not None for text in alternatives) > MOST:
        yield "|".join(alternatives).replace("\0", "…")


@pytest.mark.parametrize("room", ROOMS)
def test_no_pattern_holds_a_list_of_words(room: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}: {words}"
        for file in sorted((ROOT / room).rglob("*.py"))
        for line, text in _strings(ast.parse(file.read_text(encoding="utf-8")))
        for words in lists_in(text)
        if words not in ALLOWED
    ]
    assert not found, "Put these words into the data that the room reads (`either`):\n" + "\n".join(found)


def test_a_list_is_seen_wherever_it_stands_in_a_pattern() -> None:
    assert list(lists_in(r" (?:tidak|gak|ora) (?P<day>\d)")) == ["tidak|gak|ora"]
    assert list(lists_in(r"(?i)\b(?:di (?P<x>rumah|klinik|rs)\w*)$")) == ["rumah|klinik|rs"]
    assert list(lists_in("saya|kulo|aku")) == ["saya|kulo|aku"]
    assert list(lists_in(r"(?:di|pada) \d{1,2}(?:kg|g)|[a-z|]")) == []
