"""Finds what would be shown as it stands: braces that nobody fills, and marks of other languages than WhatsApp's."""

import re
from collections.abc import Collection, Iterator

_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LINK = re.compile(r"\[[^\]]*\]\(\S*\)")
_IN_BRACKETS = re.compile(r"\[([A-Za-z_]+)\]")
_BOLD = re.compile(r"\*\*|__(?=\w)")
TITLE = re.compile(r"[*~`]")
"""Marks that WhatsApp shows as such on buttons and in lists, and an office's own names can't hold."""


def shown_as_such(text: str, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is wrong and what is allowed, for each. `names`: what may stand in braces in this text."""
    if "{{" in text or "}}" in text:
        yield "The braces are doubled.", "Write {name}."
    if "${" in text:
        yield "The $ before a brace would be read as such.", "Write {name}."
    for found in _IN_BRACKETS.finditer(text):
        if found[1] in names:
            yield f"{found[0]} would be read as such.", f"Write {{{found[1]}}}."
    if (tag := _TAG.search(text)) is not None:
        yield f"{tag[0]} would be read as such.", "Write plain text; in the chat *bold* is bold."
    if (link := _LINK.search(text)) is not None:
        yield f"{link[0]} would be read as such.", "Write the address alone."
    if _BOLD.search(text):
        yield "Doubled marks would be read as such.", "Write *bold*."
