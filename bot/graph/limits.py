"""Makes a text fit the limits of WhatsApp (`contracts.whatsapp`). Pure."""

import re

from contracts.whatsapp import size


def cut(text: str, longest: int) -> str:
    """The text, or its beginning up to a whole word with `…`."""
    text = " ".join(text.split())
    if size(text) <= longest:
        return text
    short = _head(text, longest - 1)
    word_end = short.rfind(" ")
    if word_end >= longest // 2:
        short = short[:word_end]
    return short.rstrip(" ,.;:-") + "…"


def unique(titles: list[str], longest: int) -> list[str]:
    """The titles cut to fit, and told apart by a number where cutting made them alike."""
    made: list[str] = []
    for title in titles:
        short, n = cut(title, longest), 2
        while short.casefold() in {m.casefold() for m in made}:
            mark = f" {n}"
            short, n = cut(title, longest - len(mark)) + mark, n + 1
        made.append(short)
    return made


def pieces(text: str, longest: int) -> list[str]:
    """The text in parts that fit, parted between paragraphs, else lines, sentences, words; nothing is lost but space at the seams."""
    parts: list[str] = []
    rest = text.strip()
    while size(rest) > longest:
        window = _head(rest, longest)
        seam = next((m for pattern in _SEAMS if (m := _last(pattern, window)) > longest // 4), len(window))
        parts.append(rest[:seam].rstrip())
        rest = rest[seam:].lstrip()
    return [*parts, rest] if rest else parts


def tail(text: str, longest: int) -> tuple[str, str]:
    """The text as (before, end): the end, its last paragraphs, fits `longest`, because that is where the question stands."""
    text = text.strip()
    if size(text) <= longest:
        return "", text
    paragraphs = re.split(r"\n\s*\n", text)
    end: list[str] = []
    while paragraphs and size("\n\n".join([paragraphs[-1], *end])) <= longest:
        end.insert(0, paragraphs.pop())
    if not end:
        *_, last = pieces(paragraphs.pop(), longest)
        return text[: -len(last)].rstrip(), last
    return "\n\n".join(paragraphs), "\n\n".join(end)


_SEAMS = [re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s"), re.compile(r"\s")]


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.end() for m in pattern.finditer(text)), default=0)


def _head(text: str, longest: int) -> str:
    """As much of the beginning as fits, never half an emoji."""
    return text.encode("utf-16-le")[: longest * 2].decode("utf-16-le", "ignore")
