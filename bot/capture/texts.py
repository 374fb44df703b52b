"""Writes the capture page from its template and the texts of the chat's catalogue: the same for everybody, without a datum of anyone."""

import html
import re
from collections.abc import Callable
from pathlib import Path

PAGE = Path(__file__).parent / "page"
FILES = {"camera.js": "text/javascript", "hints.js": "text/javascript", "look.css": "text/css"}
"""What the page loads beside itself, with its type."""
_TEXT = re.compile(r"\{\{ (\w+) \}\}")
PREFIX = "utter_laman_foto_"


def page(sentence: Callable[[str], str]) -> str:
    """The page; `sentence` gives the text of a key. Raises what that raises."""
    return _TEXT.sub(lambda found: html.escape(sentence(PREFIX + found[1])), (PAGE / "page.html").read_text(encoding="utf-8"))
